"""Headings that no single issuer owns, and how near an unknown heading comes to a known one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from extractors.layouts.declare import Role
from extractors.layouts.heading_grammar import role_by_grammar, simplified
from extractors.layouts.registry import issuers
from extractors.values.glyphs import squeeze

COMMON: dict[Role, tuple[str, ...]] = {
    Role.DATE: (
        *("日期", "交易日", "交易日期", "记账日", "记账日期", "入账日期", "入帐日期", "会计日期"),
        *("业务日期", "账务日期", "发生日期", "过账日期", "交易日期时间", "记帐日期", "动账日期"),
        *("日期时间", "date", "trans date", "transaction date", "posting date", "book date"),
        "booking date",
    ),
    Role.TIME: (
        *("时间", "交易时间", "记账时间", "入账时间", "发生时间", "交易时刻", "交易时间戳"),
        *("time", "trans time", "transaction time"),
    ),
    Role.MONTH: ("月",),
    Role.DAY: ("日",),
    Role.VALUE_DATE: ("起息日", "起息日期", "value date", "凭证日期"),
    Role.DEBIT: (
        *("借方", "借方金额", "借方发生额", "支出", "支出金额", "付款金额", "付出", "付出金额"),
        *("转出金额", "取款金额", "支取金额", "支取", "取出", "取出金额", "扣款金额", "减少"),
        *("debit", "debit amount", "debits", "withdrawal", "withdrawals", "paid out", "payment"),
        *("money out", "付方发生额", "付方金额", "流出金额", "支出/借方", "借方/支出", "支付金额"),
    ),
    Role.CREDIT: (
        *("贷方", "贷方金额", "贷方发生额", "收入", "收入金额", "收款金额", "存入", "存入金额"),
        *("转入金额", "存款金额", "入账金额", "进账金额", "增加", "credit", "credit amount"),
        *("credits", "deposit", "deposits", "paid in", "money in", "receipt", "收方发生额"),
        *("收方金额", "流入金额", "收入/贷方", "贷方/收入"),
    ),
    Role.AMOUNT: (
        *("金额", "发生额", "交易金额", "交易额", "发生金额", "收支金额", "变动金额", "收付金额"),
        *("借贷金额", "借贷发生额", "原币交易金额", "收入/支出金额", "收入/支出", "收/支金额"),
        *("支出/收入", "支出/收入金额", "借/贷发生额", "amount", "trans amt", "transaction amount"),
        "trade amount",
    ),
    Role.FLAG: (
        *("借贷", "借贷标志", "借贷标识", "借贷方向", "收支", "收支标志", "收支类型", "收付标志"),
        *(
            "借贷别",
            "借/贷",
            "收/支",
            "收/付",
            "收支方向",
            "方向",
            "交易方向",
            "借贷状态",
            "资金方向",
        ),
        *("收支类别", "记账方向", "借贷标记", "收付方向", "收/支/其他", "0(支出)/1(收入)", "d/c"),
        *("dr/cr", "dc flg", "debit/credit", "cr/dr", "现金流向"),
    ),
    Role.BALANCE: (
        *("余额", "账户余额", "帐户余额", "交易后余额", "当前余额", "联机余额", "本次余额", "结余"),
        *("可用余额", "账面余额", "更新后余额", "交易余额", "当前账户余额", "期末余额", "账户结余"),
        *("balance", "account balance", "running balance", "after-transaction balance"),
    ),
    Role.COUNTERPARTY: (
        *("对手信息", "对方信息", "交易对手信息", "对方账户信息", "对方户名/账号", "对方账号/户名"),
        *("对方户名账号", "对方账号与户名", "对方户名及账号", "对方户名与账号", "交易对手及账号"),
        *("counter party", "对方账号及户名", "收/付款方信息", "对方户名和账号"),
    ),
    Role.COUNTERPARTY_NAME: (
        *(
            "对方户名",
            "对方名称",
            "对方单位",
            "对方单位名称",
            "对方账户名称",
            "对方账户名",
            "往来单位",
        ),
        *("交易对手", "交易对手名称", "交易对手户名", "对手户名", "对手名称", "交易对方", "对方"),
        *("对方姓名", "对方客户名称", "对方账号名称", "收/付款人名称", "收付款人", "收款人/付款人"),
        *("counterparty", "counterparty name", "payment receipt account name", "payee/payer"),
        *("对手方名称", "收(付)方名称", "对手账户名称", "对方公司名称", "交易方姓名", "往来户名"),
        *("对手方户名", "payer/payee", "对方行名户名"),
    ),
    Role.COUNTERPARTY_ACCOUNT: (
        *("对方账号", "对方帐号", "对方账户", "对方帐户", "对方卡号", "对方卡号/账号", "对手账号"),
        *("交易对手账号", "交易对手帐号", "对手帐号", "对方账号/卡号", "收/付款人账号", "往来账号"),
        *("counterparty account", "payment receipt account", "收(付)方账号", "对手方账号"),
        *("交易方账号", "对手账户", "对方银行账号"),
    ),
    Role.COUNTERPARTY_BANK: (
        *("对方开户行", "对方行名", "对方银行", "对方开户银行", "对方行号", "对手开户行"),
        *("对方开户行名", "对方开户机构", "交易对手开户行", "交易对手行名", "对方开户行名称"),
    ),
    Role.PAYER_NAME: ("付款人名称", "付款方名称", "付款人", "付款方户名", "付款人户名", "付款方"),
    Role.PAYER_ACCOUNT: ("付款人账号", "付款方账号", "付款账号", "付款人帐号"),
    Role.PAYEE_NAME: ("收款人名称", "收款方名称", "收款人", "收款方户名", "收款人户名", "收款方"),
    Role.PAYEE_ACCOUNT: ("收款人账号", "收款方账号", "收款账号", "收款人帐号"),
    Role.OWN_ACCOUNT: (
        *(
            "账号",
            "帐号",
            "卡号",
            "本方账号",
            "客户账号",
            "查询账号",
            "我方账号",
            "本方卡号",
            "账户",
        ),
        *("银行账号", "账户号", "本方帐号", "己方账号", "account no", "account number"),
    ),
    Role.OWN_NAME: (
        *("户名", "账户名称", "账户名", "客户名称", "本方户名", "我方户名", "本方名称", "单位名称"),
        *("account name", "己方户名", "客户姓名", "本方账户名称"),
    ),
    Role.OWN_BANK: ("开户行", "开户银行", "开户机构", "本方银行", "银行名称", "本方开户行"),
    Role.CURRENCY: ("币种", "币别", "货币", "交易币种", "currency", "交易货币", "记账币种"),
    Role.SERIAL_NUMBER: (
        *("流水号", "交易流水号", "交易流水", "业务流水号", "核心流水号", "柜员流水号", "日志号"),
        *("银行流水号", "主机流水号", "交易序号", "交易编号", "流水编号", "回单编号", "交易单号"),
        *("凭证号", "凭证号码", "凭证编号", "reference", "reference no", "ref", "交易参考号"),
        *("传票号", "银行流水", "核心交易流水号"),
    ),
    Role.INDEX: ("序号", "编号", "顺序号", "行号", "no", "no.", "#", "serial num", "笔次"),
    Role.DESCRIPTION: (
        *("摘要", "用途", "附言", "备注", "说明", "类型", "交易摘要", "交易类型", "交易说明"),
        *("交易附言", "交易备注", "交易名称", "交易描述", "业务摘要", "交易用途", "摘要用途"),
        *(
            "摘要/用途",
            "用途/摘要",
            "摘要及用途",
            "交易渠道",
            "渠道",
            "业务类型",
            "交易方式",
            "附言/备注",
        ),
        *("description", "narrative", "particulars", "details", "remarks", "remark", "purpose"),
        *(
            "summary",
            "abstract",
            "trading type",
            "transaction type",
            "交易场所",
            "商品",
            "商品说明",
        ),
        *("摘要附言", "摘要备注", "备注/附言", "款项用途", "交易种类", "customer type", "事由"),
    ),
    Role.STATUS: ("交易状态", "当前状态", "状态", "资金状态", "支付状态"),
    Role.OTHER: (
        *("交易地点", "交易网点", "交易机构", "柜员号", "柜员", "网点", "交易行", "操作员", "复核"),
        *("凭证种类", "凭证类型", "钞汇", "钞汇标志", "汇率", "手续费", "trading place", "地区"),
        *("现转标志", "交易柜员", "机构号", "冲账标志", "储种", "操作"),
    ),
}

_BRACKETS = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_DIRECTION = re.compile(r"收入|支出|支取|存入|借|贷|转入|转出|[+-]")
_UNITS = re.compile(r"[/]?(?:人民币|rmb|cny|单位|[¥*:：])?元?$|[¥*:：]|人民币元?|单位")
_NOISE = re.compile(r"[\s()（）\[\]【】\"'`.。,，、]")
EXACT = 1.0
PATTERN = 0.95  # a heading that a pattern matches as a whole
_LONGEST = 40  # characters; what is longer is no heading


@lru_cache(maxsize=4096)
def similarity(heading: str) -> dict[Role, float]:
    """How near a heading comes to each role, 0 to 1; both halves of a bilingual one are looked at."""
    best: dict[Role, float] = {}
    for text in _forms(heading):
        for role, value in _of_text(text).items():
            best[role] = max(best.get(role, 0.0), value)
    return best


@lru_cache(maxsize=16384)
def role_of_heading(heading: str) -> Role | None:
    """The role of a heading that is known, or None. Cheap: nothing is compared by likeness."""
    if len(heading) > 2 * _LONGEST:
        return None
    return next((role for form in _forms(heading) if (role := _known(form))), None)


def _known(text: str) -> Role | None:
    found = _vocabulary().get(text)
    if found is not None or len(text) > _LONGEST:
        return found
    return role_by_grammar(text)


def _forms(heading: str) -> Iterator[str]:
    """The ways to read a heading: whole, without brackets, its Chinese part, its Latin part."""
    folded = squeeze(heading).lower()
    if not folded or len(folded) > 2 * _LONGEST:
        return
    kept = _BRACKETS.sub(lambda m: m[0] if _DIRECTION.search(m[0]) else "", folded)
    forms = [folded, kept]
    bare = _BRACKETS.sub("", folded)
    if kept == bare or _DIRECTION.search(bare):  # else the brackets alone tell in from out
        forms.append(bare)
    chinese = "".join(re.findall(r"[\u4e00-\u9fff/]+", kept)).strip("/")
    latin = " ".join(re.findall(r"[a-z/#-]+", heading.lower()))
    if chinese and latin:
        forms += [chinese, latin]
    yield from dict.fromkeys(normal(form) for form in forms if form)


def normal(text: str) -> str:
    """A heading as the vocabulary keeps it: folded, without spaces, brackets and units."""
    bare = _NOISE.sub("", simplified(squeeze(text)).lower())
    return _UNITS.sub("", bare) or bare


def _of_text(text: str) -> dict[Role, float]:
    known = _known(text)
    if known is not None:
        return {known: EXACT if text in _vocabulary() else PATTERN}
    return _near(text) if len(text) <= _LONGEST else {}


def _near(text: str) -> dict[Role, float]:
    """Likeness to every known heading by pairs of characters, the best of each role."""
    own = _pairs(text)
    best: dict[Role, float] = {}
    for known, role in _vocabulary().items():
        other = _pairs(known)
        shared = len(own & other)
        if shared:
            value = 2 * shared / (len(own) + len(other)) * _MOST_ALIKE
            best[role] = max(best.get(role, 0.0), value)
    return best


_MOST_ALIKE = 0.9  # likeness of a heading that is not known stays below that of one that is


def _pairs(text: str) -> frozenset[str]:
    padded = f"^{text}$"
    return frozenset(padded[i : i + 2] for i in range(len(padded) - 1))


@cache
def _vocabulary() -> dict[str, Role]:
    """Every known heading with its role; what is common to all issuers comes first."""
    found: dict[str, Role] = {}
    for role, texts in COMMON.items():
        for text in texts:
            found.setdefault(normal(text), role)
    for issuer in issuers().values():
        for table in issuer.tables:
            for text, role in table.headings:
                found.setdefault(normal(text), role)
    return found

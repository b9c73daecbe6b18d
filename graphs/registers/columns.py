"""What each column of a table may be called, in Chinese (both scripts) and English, and which kinds
of relations there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# The first words of a list are the more exact ones: where two columns may be one thing, the earlier
# word is taken.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "source": (
        "guarantor", "guarantor_name", "owner", "shareholder", "shareholder_name", "payer", "seller", "source",
        "保证人", "担保人", "保证人名称", "担保人名称", "担保方", "保证人姓名", "担保企业", "反担保人", "股东", "股东名称", "股东姓名",
        "出资人", "付款人", "付款方", "付款人名称", "销售方", "销方名称",
        "保證人", "擔保人", "保證人名稱", "擔保人名稱", "股東", "股東名稱", "付款人名稱",
    ),
    "target": (
        "debtor", "debtor_name", "borrower", "borrower_name", "company", "company_name", "payee", "buyer", "target",
        "债务人", "被担保人", "被保证人", "主债务人", "借款人", "债务人名称", "被担保人名称", "被担保方", "被担保企业", "借款人名称", "借款企业",
        "客户名称", "授信客户", "企业", "企业名称", "公司", "公司名称", "被投资企业", "被投资单位", "收款人", "收款方", "收款人名称",
        "购买方", "购方名称",
        "債務人", "被擔保人", "借款人名稱", "債務人名稱", "公司名稱", "企業", "企業名稱", "客戶名稱", "收款人名稱",
    ),
    "source_code": (
        "guarantor_code", "source_code", "owner_code", "shareholder_code", "guarantor_uscc",
        "保证人代码", "保证人统一社会信用代码", "担保人统一社会信用代码", "担保人代码", "保证人证件号码", "保证人证件号", "担保人证件号码",
        "保证人身份证号", "保证人信用代码", "担保人信用代码", "股东代码", "股东证件号码", "股东证件号", "股东统一社会信用代码",
        "保證人代碼", "擔保人代碼",
    ),
    "target_code": (
        "debtor_code", "target_code", "borrower_code", "company_code", "borrower_uscc",
        "债务人代码", "债务人统一社会信用代码", "借款人统一社会信用代码", "借款人代码", "借款人证件号码", "被担保人统一社会信用代码",
        "被担保人代码", "债务人信用代码", "借款人信用代码", "公司统一社会信用代码", "企业统一社会信用代码",
        "債務人代碼", "借款人代碼",
    ),
    "amount": (
        "amount", "guaranteed_amount", "guarantee_amount", "balance", "loan_balance", "loan_amount", "principal",
        "担保金额", "保证金额", "担保余额", "保证余额", "担保债权金额", "最高额担保金额", "担保合同金额", "主债权金额",
        "贷款余额", "借款余额", "贷款金额", "借款金额", "金额", "余额",
        "擔保金額", "保證金額", "貸款餘額", "貸款金額", "金額",
    ),
    "share": (
        "share", "shares", "percentage", "percent", "share_percent", "ownership", "holding", "stake",
        "持股比例", "出资比例", "股权比例", "占股比例", "持股比率", "股权占比", "持股",
    ),
    "start": (
        "start", "start_date", "signed", "signed_date", "from", "start_day", "date", "value_date", "loan_date",
        "起始日", "起始日期", "担保起始日", "担保起始日期", "保证起始日", "生效日期", "生效日", "签订日期", "签署日期", "合同签订日期", "起期",
        "放款日", "放款日期", "发放日期", "发放日", "贷款发放日", "借款日期", "开始日期", "日期", "交易日期", "开票日期",
        "起始日期", "簽訂日期", "日期",
    ),
    "end": (
        "end", "end_date", "to", "end_day", "maturity", "maturity_date", "due_date", "expiry", "expires",
        "到期日", "到期日期", "担保到期日", "担保到期日期", "保证到期日", "贷款到期日", "贷款到期日期", "借款到期日", "终止日期", "终止日",
        "结束日期", "止期", "失效日期", "還款日", "到期日", "終止日期",
    ),
    "contract": (
        "contract", "contract_number", "contract_no", "guarantee_contract", "loan", "loan_id", "invoice_number",
        "合同编号", "合同号", "担保合同编号", "保证合同编号", "保证合同号", "担保合同号", "借款合同编号", "借据号", "借据编号", "发票号码", "流水号",
        "合同編號", "合同號",
    ),
    "replaces": ("replaces", "renews", "原合同编号", "被替换合同编号", "续保原合同编号", "原担保合同编号"),
    "mode": ("mode", "guarantee_mode", "liability", "保证方式", "担保方式", "责任方式", "保證方式", "擔保方式"),
    "kind": ("kind", "relation", "relation_type", "关系", "关系类型", "關係"),
    "currency": ("currency", "ccy", "币种", "货币", "幣種"),
    "code": ("code", "uscc", "credit_code", "统一社会信用代码", "信用代码", "社会信用代码", "企业代码", "統一社會信用代碼"),
    "net_assets": ("net_assets", "equity", "净资产", "所有者权益", "股东权益", "所有者权益合计", "淨資產"),
    "day": ("as_of", "report_date", "报表日", "报表日期", "截至日期", "报告期末"),
    "phone": ("phone", "telephone", "电话", "联系电话", "手机", "手机号", "手机号码"),
    "email": ("email", "e_mail", "mail", "邮箱", "电子邮箱", "电子邮件"),
    "address": ("address", "地址", "住所", "注册地址", "经营地址", "通讯地址"),
}  # fmt: skip
OF_COMPANIES = ("net_assets", "phone", "email", "address")  # what a table of companies may tell
SEVERAL = (
    "source",
    "source_code",
)  # columns that a table may hold several times, one for each party
SOLD = {"seller", "销售方", "销方名称"}
PAID = {"payer", "付款人", "付款方", "付款人名称"}
HELD = {"owner", "shareholder", "股东", "股东名称", "出资人"}

KINDS = {
    "guarantees": "guarantees",
    "guarantee": "guarantees",
    "担保": "guarantees",
    "保证": "guarantees",
    "保证担保": "guarantees",
    "holds_shares": "holds_shares",
    "持股": "holds_shares",
    "股东": "holds_shares",
    "pays": "pays",
    "付款": "pays",
    "转账": "pays",
    "invoices": "invoices",
    "开票": "invoices",
}

_UNIT = re.compile(r"(百万元|千万元|千元|万元|亿元|元|萬元|億元|百万|千万|万|亿|RMB|CNY)[)）\]】]?$", re.IGNORECASE)  # fmt: skip
_UNIT_NAMES = {"百万": "百万元", "千万": "千万元", "万": "万元", "亿": "亿元", "萬元": "万元", "億元": "亿元"}  # fmt: skip
_PLAIN_UNITS = ("RMB", "CNY")
_ORDINAL = re.compile(r"(?:第?[一二三四五六七八九十]|[0-9]{1,2}|[①-⑨])$")
_NOISE = re.compile(r"[\s_（）()\[\]【】%％:：*/.\-]+")


def unit_of(head: str) -> str:
    """The unit that a column of amounts is printed in, empty where its head names none."""
    found = _UNIT.search(head.strip())
    if not found:
        return ""
    unit = found[1]
    return "元" if unit.upper() in _PLAIN_UNITS else _UNIT_NAMES.get(unit, unit)


def folded_head(cell: str) -> str:
    """A head without its unit, brackets, blanks and case."""
    return _UNIT.sub("", _NOISE.sub("", cell)).casefold() or _NOISE.sub("", cell).casefold()


_KNOWN = {
    folded_head(word): (column, order)
    for column, words in COLUMNS.items()
    for order, word in reversed(list(enumerate(words)))
}


def heads(row: Sequence[str], told: Mapping[str, str] | None = None) -> dict[int, str]:
    """Which known column each cell of a head row names, by its place. Where several name one thing,
    the most exact is taken; guarantors and their codes may stand several times. `told` maps
    heads as printed to columns, and goes first.
    """
    found: dict[int, tuple[str, int]] = {}
    for place, cell in enumerate(row):
        known = _column(cell, told or {})
        if known is not None:
            found[place] = known
    taken: dict[str, int] = {}
    for place, (column, order) in found.items():
        if column not in SEVERAL and (column not in taken or order < found[taken[column]][1]):
            taken[column] = place
    return {
        place: column
        for place, (column, _) in found.items()
        if column in SEVERAL or taken[column] == place
    }


def _column(cell: str, told: Mapping[str, str]) -> tuple[str, int] | None:
    if cell.strip() in told:
        column = told[cell.strip()]
        return (column, -1) if column in COLUMNS else None
    folded = folded_head(cell)
    if folded in _KNOWN:
        return _KNOWN[folded]
    numbered = _KNOWN.get(_ORDINAL.sub("", folded))
    return numbered if numbered and numbered[0] in SEVERAL else None

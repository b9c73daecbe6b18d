"""银行回单 and kin: electronic receipts, 进账单, transfer vouchers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from extractors.documents.declare import DATE, MONEY, TEXT, Parts, Recognise, document_type
from extractors.layout.amount_grid import grid_amount
from extractors.layout.labels import Form, Label, make_field
from extractors.layout.page import Page, Word
from extractors.model import Field, Provenance
from extractors.values.account_number import parse_account
from extractors.values.amount_in_words import FIND as WORDS
from extractors.values.amount_in_words import parse_words
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import FIND as MONEY_IN_TEXT
from extractors.values.money import money_text, parse_money
from extractors.values.period import find_dates, parse_date

BANK_SLIP = document_type(
    id="bank_slip",
    title="Bank slip",
    title_zh="银行回单",
    recognise=Recognise(
        titles=re.compile(
            r"回单(?!编号|号|专用)|进账单|进帐单|转账凭证|付款凭证|收款凭证|支付凭证|汇款凭证|电汇凭证|业务凭证|转账支票存根|客户通知书|收款通知|付款通知|结算业务申请书|入账通知"
        ),
        cues=(
            "付款人|付款方|汇款人|出票人|付款户名|付款账",
            "收款人|收款方|持票人|收款户名|收款账",
            "大写",
            "小写|金额",
            "户名|全称|名称",
            "账号|账户",
            "用途|摘要|附言",
        ),
        never=re.compile(r"价税合计|资产负债表|保证合同|期初余额|上期余额"),
        essential=(
            "付款|汇款|出票|借方",
            "收款|持票|贷方",
            "金额|大写|小写",
            "账号|帐号|账户|卡号",
        ),
        ends=re.compile(r"(?:回单|凭证|凭条|通知书?|存根|单)$"),
        sheets=False,
        identity="serial_number",
        repeats=True,
    ),
    vocabulary={
        "date": (
            "交易日期",
            "记账日期",
            "日期",
            "转账日期",
            "委托日期",
            "入账日期",
            "交易时间",
            "汇款日期",
            "付款日期",
            "时间",
            "记账时间",
        ),
        "serial_number": (
            "交易流水号",
            "流水号",
            "凭证号",
            "回单编号",
            "回单号",
            "回单号码",
            "凭证号码",
            "业务流水号",
            "业务编号",
            "交易序号",
            "核心流水号",
            "电子回单号码",
            "电子回单号",
            "交易参考号",
        ),
        "amount_words": (
            "金额(大写)",
            "大写金额",
            "金额大写",
            "大写",
            "人民币(大写)",
            "合计大写",
            "金额大写(人民币)",
        ),
        "amount": (
            "金额(小写)",
            "小写金额",
            "金额小写",
            "小写",
            "交易金额",
            "转账金额",
            "汇款金额",
            "金额",
            "付款金额",
        ),
        "purpose": ("用途", "摘要", "附言", "交易附言", "汇款用途", "款项用途", "备注", "交易摘要"),
        "payer": ("付款人", "付款方", "汇款人", "出票人", "付款单位"),
        "payee": ("收款人", "收款方", "持票人", "收款单位"),
        "payer_name": (
            "付款人全称",
            "付款人户名",
            "付款人名称",
            "付款方户名",
            "付款方名称",
            "付款方全称",
            "汇款人名称",
            "汇款人全称",
            "出票人全称",
            "付款户名",
            "付款账户名称",
            "付款人账户名称",
            "付款人姓名",
            "付款单位名称",
        ),
        "payee_name": (
            "收款人全称",
            "收款人户名",
            "收款人名称",
            "收款方户名",
            "收款方名称",
            "收款方全称",
            "持票人全称",
            "收款户名",
            "收款账户名称",
            "收款人账户名称",
            "收款人姓名",
            "收款单位名称",
        ),
        "payer_account": (
            "付款人账号",
            "付款方账号",
            "汇款人账号",
            "出票人账号",
            "付款账号",
            "付款账户",
            "付款人卡号",
            "付款人账户",
        ),
        "payee_account": (
            "收款人账号",
            "收款方账号",
            "持票人账号",
            "收款账号",
            "收款账户",
            "收款人卡号",
            "收款人账户",
        ),
        "name": ("户名", "全称", "名称", "账户名称", "单位名称"),
        "account": ("账号", "帐号", "账户", "卡号"),
        "other": (
            "开户行",
            "开户银行",
            "付款人开户行",
            "收款人开户行",
            "付款人开户银行",
            "收款人开户银行",
            "币种",
            "手续费",
            "开户行名称",
            "汇入行",
            "汇出行",
            "记账机构",
            "交易机构",
            "验证码",
        ),
    },
    required=("date", "amount"),
)
DATE_ = BANK_SLIP.field("date", DATE, label_zh="日期")
AMOUNT = BANK_SLIP.field("amount", MONEY, label_zh="金额（小写）")
AMOUNT_WORDS = BANK_SLIP.field("amount_words", MONEY, label_zh="金额（大写）")
PAYER_NAME = BANK_SLIP.field("payer_name", TEXT, label_zh="付款人")
PAYER_ACCOUNT = BANK_SLIP.field("payer_account", TEXT, label_zh="付款账号")
PAYEE_NAME = BANK_SLIP.field("payee_name", TEXT, label_zh="收款人")
PAYEE_ACCOUNT = BANK_SLIP.field("payee_account", TEXT, label_zh="收款账号")
SERIAL_NUMBER = BANK_SLIP.field("serial_number", TEXT, label_zh="流水号")
PURPOSE = BANK_SLIP.field("purpose", TEXT, label_zh="用途")


@BANK_SLIP.reader
def read(pages: Sequence[Page]) -> Parts:
    """Date, amount in both writings, both parties, serial number, purpose."""
    parts = Parts()
    for page in pages:
        form = BANK_SLIP.form(page)
        parts.put(form.field("date", parse_date, date.isoformat))
        parts.put(form.field("serial_number", _serial))
        parts.put(form.field("purpose", _text))
        _amounts(form, parts)
        for side in ("payer", "payee"):
            parts.put(form.field(f"{side}_name", _party))
            parts.put(form.field(f"{side}_account", parse_account))
        _by_side(form, parts)
        _unlabelled(form, parts)
    return parts


def _unlabelled(form: Form, parts: Parts) -> None:
    """A date that stands alone, and a marked amount beside the capitals: paper forms print both without a label."""
    for line in form.lines:
        found = find_dates(line.text)
        if "date" not in parts.fields and found:
            parts.put(
                _field(form, line.span(found[0][1], found[0][2]), "date", found[0][0].isoformat())
            )
        marked = re.search(r"(?:[¥$]|RMB|CNY)\s*[\d,]+\.\d{2}", line.text)
        value = parse_money(marked[0].replace(" ", "")) if marked else None
        if "amount" not in parts.fields and marked and value is not None:
            parts.put(
                _field(form, line.span(marked.start(), marked.end()), "amount", money_text(value))
            )


def _field(form: Form, word: Word, name: str, value: str) -> Field:
    at = Provenance(
        page=form.page.number,
        box=form.page.box(word.x0, word.top, word.x1, word.bottom),
        method="text",
    )
    return Field(name=name, value=value, raw=word.text, confidence=0.92, at=at)


def _serial(text: str) -> str | None:
    match = re.match(r"[0-9A-Za-z-]{6,40}", squeeze(text))
    return match[0] if match else None


def _text(text: str) -> str | None:
    value = tidy(text)
    return value if value and not parse_account(value) else None


def _party(text: str) -> str | None:
    name = tidy(text)
    return (
        name
        if len(squeeze(name)) >= 2 and not parse_account(name) and not re.match(r"[¥\d]", name)
        else None
    )


def _amounts(form: Form, parts: Parts) -> None:
    parts.put(form.field("amount_words", _words, money_text))
    grid = grid_amount(form.page)
    if grid is not None:
        at = Provenance(page=form.page.number, box=form.page.box_of(grid[1]), method="table")
        raw = "".join(w.text for w in sorted(grid[1], key=lambda w: w.x0))
        parts.put(Field(name="amount", value=money_text(grid[0]), raw=raw, confidence=0.96, at=at))
    parts.put(form.field("amount", _figure, money_text))
    if "amount_words" not in parts.fields:
        for line in form.lines:
            match = WORDS.search(line.text.replace(" ", ""))
            value = parse_words(match[0]) if match else None
            if match and value:
                candidate = next(iter(form.candidates(Label("", line, 0, 0, False))), None)
                if candidate:
                    parts.put(make_field("amount_words", money_text(value), candidate))
                return


def _words(text: str):  # type: ignore[no-untyped-def]
    match = WORDS.search(squeeze(text))
    return parse_words(match[0]) if match else None


def _figure(text: str):  # type: ignore[no-untyped-def]
    """An amount with decimals or a currency mark; a bare long digit string is an account, not an amount."""
    match = next(
        (
            m
            for m in MONEY_IN_TEXT.finditer(text)
            if "." in m[0] or "," in m[0] or m[0].startswith(("¥", "RMB", "CNY"))
        ),
        None,
    )
    return parse_money(match[0].replace(" ", "")) if match else None


def _by_side(form: Form, parts: Parts) -> None:
    """Plain 户名/账号 labels: whose they are is told by the nearest 付款人/收款人 to the left, or above."""
    marks = [
        (label, side)
        for side in ("payer", "payee")
        for key in (side, f"{side}_name", f"{side}_account")
        for label in form.of(key)
    ]
    readers: tuple[tuple[str, Callable[[str], str | None]], ...] = (
        ("name", _party),
        ("account", parse_account),
    )
    for key, parse in readers:
        for label in form.of(key):
            side = _side(label, marks)
            found = next(((v, c) for c in form.candidates(label) if (v := parse(c.text))), None)
            if side and found:
                parts.put(make_field(f"{side}_{key}", found[0], found[1]))
    for label, side in marks:
        if f"{side}_name" not in parts.fields and label.colon:
            found = next(((v, c) for c in form.candidates(label) if (v := _party(c.text))), None)
            if found:
                parts.put(make_field(f"{side}_name", found[0], found[1]))


def _side(label: Label, marks: list[tuple[Label, str]]) -> str:
    word = label.word
    best = ("", float("inf"))
    for mark, side in marks:
        at = mark.word
        beside = at.x1 <= word.x0 + 2 and abs(at.mid - word.mid) < 4 * word.height
        above = (
            at.bottom <= word.top + 2
            and at.x0 < word.x1 + 6 * word.height
            and at.x0 > word.x0 - 12 * word.height
        )
        if beside:
            cost = (word.x0 - at.x1) + 2 * abs(at.mid - word.mid)
        elif above:
            cost = 1.5 * (word.top - at.bottom) + 2 * abs(at.x0 - word.x0)
        else:
            continue
        if cost < best[1]:
            best = (side, cost)
    return best[0]

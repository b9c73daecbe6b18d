"""增值税发票: legacy electronic and paper (code and number) and fully digital 数电票, with lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from extractors.documents.declare import DATE, MONEY, TEXT, Parts, Recognise, document_type
from extractors.documents.invoice_contacts import put_contacts
from extractors.documents.invoice_items import read_items
from extractors.documents.invoice_sides import near, sides
from extractors.layout.labels import Form, make_field
from extractors.layout.page import Page
from extractors.model import Field, Provenance
from extractors.values.amount_in_words import FIND as WORDS
from extractors.values.amount_in_words import parse_words
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import FIND as MONEY_IN_TEXT
from extractors.values.money import money_text, parse_money
from extractors.values.period import parse_date

INVOICE = document_type(
    id="invoice",
    title="VAT invoice",
    title_zh="增值税发票",
    recognise=Recognise(
        titles=re.compile(
            r"增值税.{0,6}(?:专用|普通|电子)?.{0,6}发票|电子发票|数电票|机动车销售统一发票|通用机打发票|电子普通发票|(?<!开具)专用发票(?!章)"
        ),
        cues=(
            "发票号码",
            "开票日期",
            "价税合计",
            "购买方|购货单位|购方",
            "销售方|销货单位|销方",
            "税额",
            "税率|征收率",
            "开票人",
            "校验码",
            "小写",
        ),
        never=re.compile(r"申报表|资产负债表|利润表"),
        essential=("发票|票据号码", "价税合计|合计|小写", "购|买|付款方", "销|售|收款方"),
        ends=re.compile(r"(?:发票|票)$"),
        identity="number",
        repeats=True,
    ),
    vocabulary={
        "number": ("发票号码", "发票号", "票据号码", "数电票号码", "数电发票号码"),
        "code": ("发票代码",),
        "issue_date": ("开票日期", "开具日期", "填开日期"),
        "check_code": ("校验码",),
        "buyer_name": ("购买方名称", "购方名称", "购货单位名称", "购买方"),
        "seller_name": ("销售方名称", "销方名称", "销货单位名称", "销售方"),
        "buyer_tax_id": (
            "购买方纳税人识别号",
            "购方税号",
            "购买方税号",
            "购方纳税人识别号",
            "购买方统一社会信用代码/纳税人识别号",
        ),
        "seller_tax_id": (
            "销售方纳税人识别号",
            "销方税号",
            "销售方税号",
            "销方纳税人识别号",
            "销售方统一社会信用代码/纳税人识别号",
        ),
        "name": ("名称", "单位名称"),
        "tax_id": (
            "统一社会信用代码/纳税人识别号",
            "纳税人识别号",
            "统一社会信用代码",
            "税号",
            "纳税识别号",
        ),
        "address": ("地址、电话", "地址电话", "地址"),
        "account": ("开户行及账号", "开户行账号", "开户银行及账号"),
        "total_amount": ("小写", "价税合计小写", "价税合计(小写)"),
        "total_words": ("价税合计(大写)", "价税合计大写", "价税合计"),
        "issuer": ("开票人",),
        "payee": ("收款人",),
        "reviewer": ("复核人", "复核"),
        "remark": ("备注",),
    },
    required=("number", "issue_date", "total_amount"),
)
NUMBER = INVOICE.field("number", TEXT, label_zh="发票号码")
CODE = INVOICE.field("code", TEXT, label_zh="发票代码")
ISSUE_DATE = INVOICE.field("issue_date", DATE, label_zh="开票日期")
SELLER_NAME = INVOICE.field("seller_name", TEXT, label_zh="销售方名称")
SELLER_TAX_ID = INVOICE.field("seller_tax_id", TEXT, label_zh="销售方税号")
BUYER_NAME = INVOICE.field("buyer_name", TEXT, label_zh="购买方名称")
BUYER_TAX_ID = INVOICE.field("buyer_tax_id", TEXT, label_zh="购买方税号")
NET_AMOUNT = INVOICE.field("net_amount", MONEY, label_zh="合计金额")
TAX_AMOUNT = INVOICE.field("tax_amount", MONEY, label_zh="合计税额")
TOTAL_AMOUNT = INVOICE.field("total_amount", MONEY, label_zh="价税合计")
TOTAL_WORDS = INVOICE.field("total_words", MONEY, label_zh="价税合计（大写）")
CHECK_CODE = INVOICE.field("check_code", TEXT, label_zh="校验码")
TITLE = INVOICE.field("title", TEXT, label_zh="票种")
QR = INVOICE.field("qr", TEXT, label_zh="二维码内容")
SELLER_ADDRESS = INVOICE.field("seller_address", TEXT, label_zh="销售方地址")
SELLER_PHONE = INVOICE.field("seller_phone", TEXT, label_zh="销售方电话")
SELLER_ACCOUNT = INVOICE.field("seller_account", TEXT, label_zh="销售方账号")
BUYER_ADDRESS = INVOICE.field("buyer_address", TEXT, label_zh="购买方地址")
BUYER_PHONE = INVOICE.field("buyer_phone", TEXT, label_zh="购买方电话")
BUYER_ACCOUNT = INVOICE.field("buyer_account", TEXT, label_zh="购买方账号")


@INVOICE.reader
def read(pages: Sequence[Page]) -> Parts:
    """Header, parties, items and totals. A red-letter invoice has negative amounts."""
    parts = Parts()
    forms = [INVOICE.form(page) for page in pages]
    for form in forms:
        _head(form, parts)
        _parties(form, parts)
        _totals(form, parts)
    parts.items = read_items(pages)
    put_contacts(forms, parts)
    _sums_from_items(parts)
    return parts


def _digits(*lengths: int):  # type: ignore[no-untyped-def]  # a small parser factory
    def parse(text: str) -> str | None:
        match = re.match(r"[№Nno.:\s]*((?:\d\s?)+)", squeeze(text))
        found = re.sub(r"\s", "", match[1]) if match else ""
        return found if len(found) in lengths else None

    return parse


def _head(form: Form, parts: Parts) -> None:
    parts.put(form.field("number", _digits(8, 20)))
    parts.put(form.field("code", _digits(10, 12)))
    parts.put(form.field("issue_date", parse_date, date.isoformat))
    parts.put(form.field("check_code", _digits(20, 6)))
    for line in form.lines:
        squeezed = squeeze(line.text)
        if INVOICE.recognise.titles.search(squeezed) and len(squeezed) < 40:
            title = re.sub(r"发票号码.*|开票日期.*", "", squeezed)
            at = Provenance(page=form.page.number, box=form.page.box_of(line.words), method="text")
            parts.put(Field(name="title", value=title, raw=title, confidence=0.97, at=at))
            break


def _tax_id(text: str) -> str | None:
    plain = squeeze(text).upper()
    match = CREDIT_CODE.search(plain) or re.match(r"[0-9A-Z]{15,20}", plain)
    return match[0] if match else None


def _party(text: str) -> str | None:
    name = re.sub(r"^(?:信息|名称)?[:：]?", "", tidy(text)).strip()
    return (
        name
        if len(squeeze(name)) >= 2
        and not _tax_id(name)
        and not name.startswith(("信息", "规格", "方"))
        else None
    )


def _parties(form: Form, parts: Parts) -> None:
    """Names and tax numbers by side: the label itself, the vertical mark 购/销 beside it, or place (buyer first)."""
    for key, parse in (
        ("buyer_name", _party),
        ("seller_name", _party),
        ("buyer_tax_id", _tax_id),
        ("seller_tax_id", _tax_id),
    ):
        labels = [x for x in form.of(key) if x.colon]
        found = next(
            (
                (v, c)
                for x in labels
                for c in form.candidates(x)
                if c.confidence > 0.96 and (v := parse(c.text))
            ),
            None,
        )
        if found:
            parts.put(make_field(key, found[0], found[1]))
    for key, parse in (("name", _party), ("tax_id", _tax_id)):
        for side, label in sides(form, form.of(key)):
            found = next(((v, c) for c in near(form, label) if (v := parse(c.text))), None)
            if found:
                parts.put(make_field(f"{side}_{key}", found[0], found[1]))


def _totals(form: Form, parts: Parts) -> None:
    parts.put(form.field("total_amount", _amount, money_text))
    for line in form.lines:
        plain = squeeze(line.text)
        if "价税合计" in plain:
            _words(form, line, parts)
            if "total_amount" not in parts.fields:
                _last_amount(form, line, parts)
        elif re.match(r"合计", plain) and "net_amount" not in parts.fields:
            _net_and_tax(form, line, parts)


def _amount(text: str) -> Decimal | None:
    match = MONEY_IN_TEXT.search(re.sub(r"[()]?小写[()]?[::]?", "", text).strip())
    return parse_money(match[0].replace(" ", "")) if match else None


def _words(form: Form, line, parts: Parts) -> None:  # type: ignore[no-untyped-def]
    match = WORDS.search(line.text.replace(" ", ""))
    value = parse_words(match[0]) if match else None
    if match and value is not None:
        if re.search(r"\(负数\)|^负", line.text) or "(负数)" in line.text:
            value = -abs(value)
        at = Provenance(page=form.page.number, box=form.page.box_of(line.words), method="text")
        parts.put(
            Field(name="total_words", value=money_text(value), raw=match[0], confidence=0.98, at=at)
        )


def _last_amount(form: Form, line, parts: Parts) -> None:  # type: ignore[no-untyped-def]
    found = [m for m in MONEY_IN_TEXT.finditer(line.text) if "." in m[0]]
    if found:
        word = line.span(found[-1].start(), found[-1].end())
        at = Provenance(
            page=form.page.number,
            box=form.page.box(word.x0, word.top, word.x1, word.bottom),
            method="text",
        )
        value = parse_money(word.text)
        if value is not None:
            parts.put(
                Field(
                    name="total_amount",
                    value=money_text(value),
                    raw=word.text,
                    confidence=0.93,
                    at=at,
                )
            )


def _net_and_tax(form: Form, line, parts: Parts) -> None:  # type: ignore[no-untyped-def]
    """The line 合 计: the last two amounts are net and tax; *** or nothing stands for no tax."""
    found = [
        (m, parse_money(m[0].replace(" ", "")))
        for m in MONEY_IN_TEXT.finditer(line.text)
        if "." in m[0]
    ]
    values = [(line.span(m.start(), m.end()), v) for m, v in found if v is not None]
    for name, (word, value) in zip(("net_amount", "tax_amount"), values[-2:], strict=False):
        at = Provenance(
            page=form.page.number,
            box=form.page.box(word.x0, word.top, word.x1, word.bottom),
            method="text",
        )
        parts.put(Field(name=name, value=money_text(value), raw=word.text, confidence=0.98, at=at))
    if len(values) == 1 and re.search(r"\*{2,}|免税|不征税", line.text):
        first = parts.fields["net_amount"]
        parts.put(Field(name="tax_amount", value="0.00", raw="***", confidence=0.95, at=first.at))


def _sums_from_items(parts: Parts) -> None:
    """Net and tax from the lines where the paper prints no line of sums (some 数电票 of one line)."""
    if "net_amount" in parts.fields or not parts.items:
        return
    item = parts.items[0]
    at = Provenance(page=item.page, box=item.box, method="table")
    parts.put(
        Field(
            name="net_amount",
            value=money_text(sum((i.net for i in parts.items), Decimal(0))),
            raw="",
            confidence=0.85,
            at=at,
        )
    )
    if all(i.tax is not None for i in parts.items):
        tax = sum((i.tax for i in parts.items if i.tax is not None), Decimal(0))
        parts.put(Field(name="tax_amount", value=money_text(tax), raw="", confidence=0.85, at=at))

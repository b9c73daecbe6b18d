"""税收完税证明: which taxes a company paid, for which periods, and when they reached the treasury.

Form: 税收票证管理办法 (国家税务总局令第28号), 税收完税证明 (表格式).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.documents.chosen_values import put_choice
from extractors.documents.declare import DATE, MONEY, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.documents.ties import Cell, Tie, adds_up, field_cell, figures_and_words, tie
from extractors.errors import IncompleteLines, as_failure
from extractors.keyvalue import value_types
from extractors.keyvalue.candidates import Role
from extractors.keyvalue.reading import KeyValueReading
from extractors.keyvalue.vocabulary import Vocabulary
from extractors.layout.lines import TextLine, cells_of, lines_of
from extractors.layout.page import Page
from extractors.layout.running_text import RunningText
from extractors.model import Item
from extractors.values.money import parse_money

_TAX = (
    r"[\u4e00-\u9fff]{0,12}(?:增值税|所得税|消费税|印花税|房产税|契税|车船税|资源税|环境保护税|城镇土地使用税"
    r"|土地增值税|车辆购置税|耕地占用税|烟叶税|关税|城市维护建设税|教育费附加|地方教育附加|水利建设(?:专项)?基金(?:收入)?"
    r"|文化事业建设费|残疾人就业保障金|保险费)"
)


def taxes_and_words(parts: Parts) -> Iterator[Tie]:
    """Tie the total to the taxes listed, and to the total in words."""
    yield from figures_and_words(parts)
    total = field_cell(parts, "amount")
    listed = [Cell(item.page, item.box, item.net) for item in parts.items]
    if listed:
        yield from tie(adds_up, total, *listed)


TAX_PAYMENT_CERTIFICATE = document_type(
    id="tax_payment_certificate",
    title="Tax payment certificate",
    title_zh="税收完税证明",
    recognise=Recognise(
        titles=re.compile(r"(?:中华人民共和国)?(?:税收)?(?:电子)?完税(?:证明|凭证)"),
        cues=(
            "填发日期",
            "税务机关",
            "纳税人识别号",
            "纳税人名称",
            "原凭证号",
            "税种",
            "品目名称",
            "税款所属(?:时期|期)",
            r"入[(（]?退?[)）]?库日期",
            r"实缴[(（]?退?[)）]?金额",
            "填票人",
            "金额合计|合计",
        ),
        never=re.compile(r"资产负债表|价税合计|保证合同|申报表"),
        # Payment vouchers of banks have the same table: without its title this is none.
        essential=("完税", "税种", "实缴", "纳税人"),
        ends=re.compile(r"完税(?:证明|凭证)$"),
        sheets=False,
        identity="number",
        repeats=True,
    ),
    vocabulary={
        "number": ("No", "证明编号", "编号", "票证字号", "字号", "票证号码"),
        "issued": ("填发日期", "开具日期", "打印日期"),
        "office": ("税务机关", "征收机关", "主管税务机关", "开具机关"),
        "tax_id": ("纳税人识别号", "统一社会信用代码", "纳税人识别号(统一社会信用代码)"),
        "taxpayer": ("纳税人名称", "纳税人", "纳税人全称", "单位名称"),
        "amount": ("金额合计", "合计", "实缴金额合计", "小写", "合计金额"),
        "amount_words": ("金额合计(大写)", "大写", "合计(大写)", "人民币(大写)"),
        "other": (
            "原凭证号",
            "税种",
            "品目名称",
            "税款所属时期",
            "入(退)库日期",
            "入库日期",
            "实缴(退)金额",
            "填票人",
            "备注",
        ),
    },
    required=("taxpayer", "amount"),
    made_by=Maker.INSTITUTION,
    owner="taxpayer",
    system_issued=True,
    ties=taxes_and_words,
)
NUMBER = TAX_PAYMENT_CERTIFICATE.field("number", TEXT, label_zh="证明编号")
ISSUED = TAX_PAYMENT_CERTIFICATE.field("issued", DATE, label_zh="填发日期")
OFFICE = TAX_PAYMENT_CERTIFICATE.field("office", TEXT, label_zh="税务机关")
TAX_ID = TAX_PAYMENT_CERTIFICATE.field("tax_id", TEXT, label_zh="纳税人识别号")
TAXPAYER = TAX_PAYMENT_CERTIFICATE.field("taxpayer", PARTY, label_zh="纳税人名称")
AMOUNT = TAX_PAYMENT_CERTIFICATE.field("amount", MONEY, label_zh="实缴金额合计（小写）")
AMOUNT_WORDS = TAX_PAYMENT_CERTIFICATE.field("amount_words", MONEY, label_zh="实缴金额合计（大写）")

_VOCABULARY = Vocabulary(TAX_PAYMENT_CERTIFICATE.vocabulary)
_NAMES_A_TAX = re.compile(rf"\d*({_TAX})")  # without rules a voucher's number may touch it
_FIGURE = re.compile(r"[¥-]{0,2}\d[\d,]*\.\d{2}")
_NUMBER = re.compile(r"(?:N[oO]|№|编号|字号)[.:： ]*(\d{12,20})(?!\d)")
_SURE = 0.95  # of what its printed form makes plain: a row of a tax, the number behind No.


_ROLES = (
    Role(name="issued", find=value_types.dates, labels=("issued",)),
    Role(name="office", find=value_types.names, labels=("office",), takes_parts=False),
    Role(name="tax_id", find=value_types.credit_codes, labels=("tax_id",)),
    Role(name="taxpayer", find=value_types.names, labels=("taxpayer",), takes_parts=False),
    Role(name="amount", find=value_types.amounts, labels=("amount", "amount_words")),
    Role(name="amount_words", find=value_types.words_amounts, labels=("amount_words", "amount")),
)


@TAX_PAYMENT_CERTIFICATE.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read the taxpayer, the total in both writings, and each tax with its amount."""
    reading = KeyValueReading(pages, _VOCABULARY)
    for role in _ROLES:
        reading.add(role)
    reading.choose()
    parts = Parts()
    put_choice(reading, TAX_PAYMENT_CERTIFICATE, parts)
    _put_number(pages, parts)
    parts.items = tuple(item for page in pages for item in _taxes(page))
    if not _is_whole(parts):
        parts.failures.append(as_failure(IncompleteLines(), pages[0].number))
    return parts


def _put_number(pages: Sequence[Page], parts: Parts) -> None:
    """Put the certificate's own number, which stands behind No. at the top of the form."""
    text = RunningText([TAX_PAYMENT_CERTIFICATE.form(page) for page in pages])
    match = _NUMBER.search(text.text)
    if match:
        parts.put(text.field("number", match[1], match.start(1), match.end(1), _SURE))


def _taxes(page: Page) -> Iterator[Item]:
    """Yield a line of the table for each tax that was paid."""
    for line in lines_of(page, cells_of(page)):
        item = _tax_of(line, page)
        if item is not None:
            yield item


def _tax_of(line: TextLine, page: Page) -> Item | None:
    pieces = line.text.split()
    names = [named[1] for piece in pieces if (named := _NAMES_A_TAX.fullmatch(piece))]
    if not names or not _FIGURE.fullmatch(pieces[-1]):
        return None
    amount = parse_money(pieces[-1])
    if amount is None:
        return None
    return Item(
        name=names[0],
        quantity=None,
        unit_price=None,
        net=amount,
        rate="",
        tax=None,
        page=page.number,
        box=page.box_of(line.words),
        confidence=_SURE,
    )


def _is_whole(parts: Parts) -> bool:
    """Return whether the taxes that were read add up to the printed total."""
    total = parts.fields.get("amount")
    if total is None or not parts.items:
        return False
    return sum((item.net for item in parts.items), Decimal(0)) == Decimal(total.value)

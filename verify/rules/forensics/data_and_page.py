"""An invoice's data file against what its page shows."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.declare import FieldSpec
from extractors.documents.invoice import (
    BUYER_NAME,
    BUYER_TAX_ID,
    INVOICE,
    ISSUE_DATE,
    NET_AMOUNT,
    NUMBER,
    SELLER_NAME,
    SELLER_TAX_ID,
    TAX_AMOUNT,
    TOTAL_AMOUNT,
)
from extractors.model import Document
from extractors.values.party_name import folded_name
from verify.case_file import RuleView
from verify.context.facts import invoice_key
from verify.ledger.unique_invoices import RANK
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

_FIELDS: tuple[FieldSpec[object], ...] = (
    ISSUE_DATE,
    NET_AMOUNT,
    TAX_AMOUNT,
    TOTAL_AMOUNT,
    SELLER_NAME,
    SELLER_TAX_ID,
    BUYER_NAME,
    BUYER_TAX_ID,
)


@rule(
    id="FOR12",
    title="Forms of one invoice agree",
    title_zh="同一发票的数据文件与版式文件一致",
    severity="high",
    group="invoice_forms",
    reads=(INVOICE,),
    needs=("invoice",),
    cross=True,
    zh=Page(
        why="数电票的法定原件是带签名的 XML 数据，OFD 和 PDF 只是它的版式。同一号码的几种形式（包括 OFD、PDF 内嵌的数据）应逐项一致；只改版式不改数据，一比即知。",
        example="PDF 显示价税合计 226,000.00，内嵌 XML 为 22,600.00。",
        innocent="名称全称与简称、空格标点之差（不提示）；识别不清的扫描件（不判断）。",
        ask="请提供税务平台下载的 XML 原件。",
        paper="电子税务局下载的该发票 XML 与 OFD",
    ),
    en=Page(
        why=(
            "The legal original of a fully digital invoice is its signed XML; OFD and PDF "
            "are pictures of it. Its forms, data within an OFD or PDF included, agree item "
            "by item; a picture changed without the data shows at once."
        ),
        example="The PDF shows a total of 226,000.00, the XML within it 22,600.00.",
        innocent=(
            "Full and short names, blanks and punctuation (silent); a scan that is hard to "
            "read (not judged)."
        ),
        ask="Please provide the XML as downloaded from the tax platform.",
        paper="XML and OFD of the invoice from the electronic tax office",
    ),
)
def data_and_page(case: RuleView) -> Iterator[Result]:
    forms: dict[str, list[Document]] = {}
    for document in case.papers(INVOICE):
        if (key := invoice_key(document)) and case.get(NUMBER, document):
            forms.setdefault(key, []).append(document)
    looked = False
    for same in forms.values():
        ordered = sorted(same, key=lambda d: (RANK.get(d.kind, 3), d.id))
        for other in ordered[1:] if len({each.kind for each in same}) > 1 else ():
            if other.kind != ordered[0].kind:
                looked = True
                yield from _compared(case, ordered[0], other)
    if not looked:
        yield NotApplicable(
            BilingualText("没有同一发票的不同形式", "no invoice is here in several forms")
        )


def _compared(case: RuleView, original: Document, other: Document) -> Iterator[Result]:
    hits = 0
    for spec in _FIELDS:
        one, two = case.get(spec, original), case.get(spec, other)
        if one is None or two is None or _equal(one.field.value, two.field.value):
            continue
        hits += 1
        confidence = min(one.field.confidence, two.field.confidence)
        if confidence < float(case.shared("trust_floor")):
            yield NotChecked(
                BilingualText(f"{spec.label_zh}识别置信度不足", f"{spec.name} was read doubtfully")
            )
            continue
        say = BilingualText(
            (
                f"同一发票的{spec.label_zh}：{original.kind.upper()} 为 {one.field.value}，"
                f"{other.kind.upper()} 为 {two.field.value}"
            ),
            (
                f"{spec.name} of one invoice: {one.field.value} in its "
                f"{original.kind.upper()}, {two.field.value} in its {other.kind.upper()}"
            ),
        )
        doubted, against = (case.at_field(other, two.field),), (case.at_field(original, one.field),)
        yield Hit(
            say=say,
            evidence=doubted,
            against=against,
            expected=one.field.value,
            observed=two.field.value,
            confidence=0.95 * confidence,
        )
    if not hits:
        yield Clear(BilingualText("各种形式一致", "its forms agree"))


def _equal(one: str, two: str) -> bool:
    """Whether two values are one; a name cut or wrapped on the page, or its short form, is."""
    a, b = folded_name(one), folded_name(two)
    whole = len(min(a, b, key=len)) >= 4 and not a[0].isdigit()
    return a == b or (whole and (a.startswith(b) or b.startswith(a)))

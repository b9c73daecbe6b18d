"""An invoice is issued after its seller was founded and not in the future."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents import business_licence
from extractors.documents.invoice import INVOICE, ISSUE_DATE, SELLER_NAME
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="IDE11",
    title="Invoice date is possible",
    title_zh="开票日期合理",
    severity="high",
    group="invoice_date",
    reads=(ISSUE_DATE, SELLER_NAME, business_licence.NAME, business_licence.ESTABLISHED),
    needs=("invoice",),
    zh=Page(
        why="发票不会开在未来，也不会开在销售方成立之前。",
        example="核查日为 2026-01-31，开票日期为 2026-03-02。",
        innocent="核查日期设置有误；销售方更名或改制前开具。",
        ask="开票日期为何晚于今天（或早于企业成立）？",
        paper="发票查验结果",
    ),
    en=Page(
        why="No invoice is issued in the future, or before its seller exists.",
        example="Checked as of 2026-01-31, issued on 2026-03-02.",
        innocent="A wrong as-of date; a seller that was reorganised.",
        ask="Why is the invoice dated after today (or before the firm was founded)?",
        paper="The invoice verification result",
    ),
)
def invoice_date(case: RuleView) -> Iterator[Result]:
    founded = {}
    for licence in case.papers(business_licence.BUSINESS_LICENCE):
        name, day = (
            case.get(business_licence.NAME, licence),
            case.get(business_licence.ESTABLISHED, licence),
        )
        if name and day:
            founded[name.value] = day.value
    for invoice in case.papers(INVOICE):
        issued, seller = case.get(ISSUE_DATE, invoice), case.get(SELLER_NAME, invoice)
        if issued is None:
            yield NotChecked(BilingualText("没有读到开票日期", "no date of issue was read"))
            continue
        evidence = (case.at_field(invoice, issued.field),)
        start = founded.get(seller.value) if seller else None
        if issued.value > case.as_of:
            say = BilingualText(
                f"开票日期 {issued.value} 晚于核查日 {case.as_of}",
                f"issued on {issued.value}, after {case.as_of}",
            )
            yield Hit(
                say=say,
                evidence=evidence,
                expected=f"<= {case.as_of}",
                observed=issued.value.isoformat(),
                confidence=issued.field.confidence,
            )
        elif start and issued.value < start:
            say = BilingualText(
                f"开票日期 {issued.value} 早于销售方成立日期 {start}",
                f"issued on {issued.value}, before the seller was founded on {start}",
            )
            yield Hit(
                say=say,
                evidence=evidence,
                expected=f">= {start}",
                observed=issued.value.isoformat(),
                confidence=0.9 * issued.field.confidence,
            )
        else:
            yield Clear(BilingualText("开票日期合理", "the date is possible"))

"""A legacy invoice code carries region, year and kind."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.invoice import CODE, INVOICE, ISSUE_DATE
from extractors.values.fapiao_number import (
    LEGACY_CODE,
    legacy_kind_known,
    legacy_province_known,
    legacy_year,
)
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="IDE08",
    title="Legacy invoice code is built right",
    title_zh="发票代码结构",
    severity="medium",
    group="invoice_number",
    reads=(CODE, ISSUE_DATE),
    needs=("invoice",),
    zh=Page(
        why="10 位或 12 位发票代码含地区、年份和票种；代码年份晚于开票日期不可能。",
        example="代码年份为 2026，开票日期为 2025 年。",
        innocent="库存发票跨年使用（允许早于开票年份三年）；个别地区代码。",
        ask="发票代码与开票日期为何不符？",
        paper="发票查验结果",
    ),
    en=Page(
        why=(
            "A 10- or 12-digit code holds region, year and kind; a code of a later year "
            "than the invoice cannot be."
        ),
        example="A code of 2026 on an invoice of 2025.",
        innocent="Invoices in stock are used in later years (three allowed); some regions' codes.",
        ask="Why do code and date differ?",
        paper="The invoice verification result",
    ),
)
def legacy_invoice_code(case: RuleView) -> Iterator[Result]:
    for invoice in case.papers(INVOICE):
        code, day = case.get(CODE, invoice), case.get(ISSUE_DATE, invoice)
        if code is None or not LEGACY_CODE.match(code.value):
            yield NotApplicable(BilingualText("没有发票代码", "no invoice code"))
            continue
        evidence = (
            case.at_field(invoice, code.field),
            *([case.at_field(invoice, day.field)] if day else []),
        )
        year = legacy_year(code.value)
        stock = int(case.limit("years_in_stock"))
        if day and not day.value.year - stock <= year <= day.value.year:
            say = BilingualText(
                f"代码所示年份 {year} 与开票日期 {day.value} 不符",
                f"the code says {year}, the invoice {day.value}",
            )
            yield Hit(
                say=say,
                evidence=evidence,
                expected=f"{day.value.year - stock}-{day.value.year}",
                observed=str(year),
                confidence=0.85 * code.field.confidence,
            )
        elif not legacy_province_known(code.value) or not legacy_kind_known(code.value):
            say = BilingualText(
                f"发票代码 {code.value} 的地区或票种未知",
                f"region or kind in code {code.value} is unknown",
            )
            yield Hit(
                say=say,
                evidence=evidence[:1],
                observed=code.value,
                confidence=0.7 * code.field.confidence,
                severity=Severity.LOW,
            )
        else:
            yield Clear(BilingualText("发票代码结构有效", "the code is built right"))

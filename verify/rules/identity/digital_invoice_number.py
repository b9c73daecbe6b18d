"""A 20-digit invoice number carries the year and the region."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.invoice import INVOICE, ISSUE_DATE, NUMBER
from extractors.values.fapiao_number import DIGITAL, digital_province_known, digital_year
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="IDE07",
    title="Digital invoice number fits its date",
    title_zh="数电票号码与开票日期一致",
    severity="high",
    group="invoice_number",
    reads=(NUMBER, ISSUE_DATE),
    needs=("invoice",),
    zh=Page(
        why="数电票号码前两位为开票年份，第 3–4 位为省级代码；改日期或编造号码时常被忽略。",
        example="开票日期 2025 年，号码以 23 开头。",
        innocent="计划单列市另有代码（只作低等级提示）；识别错误。",
        ask="发票号码与开票日期的年份为何不同？",
        paper="发票查验结果",
    ),
    en=Page(
        why=(
            "The first two digits are the year of issue, the next two the province; those "
            "who change a date or invent a number overlook it."
        ),
        example="Issued in 2025 with a number that starts with 23.",
        innocent="Planned cities may have codes of their own (low severity); a misreading.",
        ask="Why do number and date name different years?",
        paper="The invoice verification result",
    ),
)
def digital_invoice_number(case: RuleView) -> Iterator[Result]:
    for invoice in case.papers(INVOICE):
        number, day = case.get(NUMBER, invoice), case.get(ISSUE_DATE, invoice)
        if number is None or day is None or not DIGITAL.match(number.value):
            yield NotApplicable(BilingualText("不是 20 位数电票", "no 20-digit invoice"))
            continue
        evidence = (case.at_field(invoice, number.field), case.at_field(invoice, day.field))
        confidence = min(number.field.confidence, day.field.confidence)
        if digital_year(number.value) != day.value.year:
            say = BilingualText(
                f"号码所示年份 {digital_year(number.value)} 与开票日期 {day.value} 不符",
                f"the number says {digital_year(number.value)}, the date {day.value}",
            )
            yield Hit(
                say=say,
                evidence=evidence,
                expected=str(digital_year(number.value)),
                observed=str(day.value.year),
                confidence=confidence,
            )
        elif not digital_province_known(number.value):
            say = BilingualText(
                f"号码中的地区代码 {number.value[2:4]} 未知",
                f"region {number.value[2:4]} in the number is unknown",
            )
            yield Hit(
                say=say,
                evidence=evidence[:1],
                observed=number.value[2:4],
                confidence=0.7 * confidence,
                severity=Severity.LOW,
            )
        else:
            yield Clear(BilingualText("数电票号码与日期一致", "number and date agree"))

"""VAT rates that were in force on the day of issue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractors.documents.invoice import INVOICE, ISSUE_DATE
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

# Rates that were in force all the time, so that the date says nothing about them.
_ALWAYS = {Decimal(r) for r in ("6", "3", "5", "1", "0", "2", "1.5", "0.5", "4")}
_DATED = (
    (date(1994, 1, 1), date(2018, 4, 30), {Decimal(17), Decimal(13), Decimal(11)}),
    (date(2018, 5, 1), date(2019, 3, 31), {Decimal(16), Decimal(10)}),
    (date(2019, 4, 1), date(9999, 12, 31), {Decimal(13), Decimal(9)}),
)


@rule(
    id="IDE10",
    title="Tax rate was in force on the date",
    title_zh="税率在开票日有效",
    severity="medium",
    group="invoice_number",
    reads=(INVOICE,),
    zh=Page(
        why="增值税税率随时间调整（2018-05-01 由 17/11% 降为 16/10%，2019-04-01 再降为 13/9%），日期与税率不符说明日期或金额被改。",
        example="2025 年的发票税率为 17%。",
        innocent="红字发票沿用原税率（不提示）；补开税率调整前业务的发票可用原税率（调整后两年内降为低）。",
        ask="该税率在开票日已不适用，是否为补开？",
        paper="发票查验结果、业务合同",
    ),
    en=Page(
        why=(
            "Rates changed over time (17/11 % to 16/10 % on 2018-05-01, 13/9 % on "
            "2019-04-01); a rate out of its time speaks of a changed date or amount."
        ),
        example="17 % on an invoice of 2025.",
        innocent=(
            "A red-letter invoice keeps the rate of its original (not reported); an "
            "invoice issued later for a sale before the change may carry the old rate (low "
            "within two years)."
        ),
        ask="The rate was no longer in force: is this a late invoice?",
        paper="The verification result and the contract",
    ),
)
def tax_rate(case: RuleView) -> Iterator[Result]:
    for invoice in case.papers(INVOICE):
        day = case.get(ISSUE_DATE, invoice)
        for item in invoice.items:
            if day is None or not item.rate.endswith("%"):
                yield NotApplicable(BilingualText("没有税率或日期", "no rate or date"))
                continue
            valid = _ALWAYS | next(
                (rates for start, end, rates in _DATED if start <= day.value <= end), set()
            )
            rate = Decimal(item.rate.rstrip("%"))
            late = _days_late(rate, day.value)
            if rate in valid:
                yield Clear(BilingualText("税率有效", "the rate was in force"))
            elif late is not None and item.net < 0:
                yield Clear(
                    BilingualText(
                        "红字发票沿用原税率", "a red-letter invoice keeps the rate of its original"
                    )
                )
            else:
                say = BilingualText(
                    f"{day.value} 没有 {item.rate} 的税率",
                    f"no rate of {item.rate} was in force on {day.value}",
                )
                yield Hit(
                    say=say,
                    evidence=(case.at_item(invoice, item), case.at_field(invoice, day.field)),
                    observed=item.rate,
                    confidence=0.9 * item.confidence,
                    severity=Severity.LOW
                    if late is not None and late <= case.limit("late_days")
                    else Severity.MEDIUM,
                )


def _days_late(rate: Decimal, day: date) -> int | None:
    """Days since a rate ended; None where it had not yet begun or never was."""
    ended = [end for _, end, rates in _DATED if rate in rates and end < day]
    return (day - max(ended)).days if ended else None

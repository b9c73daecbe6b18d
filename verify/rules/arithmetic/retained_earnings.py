"""Retained earnings grow by net profit less what was distributed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents import balance_sheet, income_statement
from extractors.model import Document
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="ARI08",
    title="Retained earnings roll forward",
    title_zh="未分配利润滚动勾稽",
    severity="high",
    group="balance_sheet",
    reads=(balance_sheet.BALANCE_SHEET, income_statement.INCOME_STATEMENT),
    cross=True,
    stands_on=(Part.HOLDER,),
    zh=Page(
        why="未分配利润与盈余公积的增加额来自当年净利润；增加额大于净利润，说明利润表或资产负债表至少有一处不实。",
        example="净利润 117 万，而未分配利润一年增加 217 万。",
        innocent="以前年度损益调整；分配股利（减少）；资本公积转增；会计政策变更。",
        ask="未分配利润的变动与净利润不一致，是否有以前年度损益调整或利润分配？",
        paper="利润分配明细账、股东会利润分配决议、审计报告",
    ),
    en=Page(
        why=(
            "Retained earnings and surplus reserve grow out of the year's net profit; if "
            "they grow by more, one of the two statements is not true."
        ),
        example="Net profit is 1.17m, yet retained earnings grew by 2.17m.",
        innocent=(
            "Adjustments of earlier years; dividends (a decrease); transfers from "
            "reserves; a change of accounting policy."
        ),
        ask=(
            "Retained earnings moved by another amount than net profit: were there "
            "earlier-year adjustments or distributions?"
        ),
        paper="The ledger of profit distribution, the shareholders' resolution, the audit report",
    ),
)
def retained_earnings(case: RuleView) -> Iterator[Result]:
    for sheet in case.own_papers(balance_sheet.BALANCE_SHEET):
        day = case.get(balance_sheet.PERIOD_END, sheet)
        for paper in case.own_papers(income_statement.INCOME_STATEMENT):
            end = case.get(income_statement.PERIOD_END, paper)
            if day is None or end is None or day.value != end.value:
                yield NotApplicable(
                    BilingualText(
                        "没有同一期间的资产负债表和利润表",
                        "no balance sheet and income statement of one period",
                    )
                )
                continue
            yield _roll(case, sheet, paper)


def _roll(case: RuleView, sheet: Document, paper: Document) -> Result:
    retained = sheet.lines["未分配利润"].columns if "未分配利润" in sheet.lines else {}
    profit = paper.lines["净利润"].columns.get("value") if "净利润" in paper.lines else None
    if "ending" not in retained or "opening" not in retained or profit is None:
        return NotChecked(
            BilingualText(
                "未读到未分配利润或净利润", "retained earnings or net profit were not read"
            )
        )
    reserve = sheet.lines["盈余公积"].columns if "盈余公积" in sheet.lines else {}
    grown = retained["ending"].value - retained["opening"].value
    if "ending" in reserve and "opening" in reserve:
        grown += reserve["ending"].value - reserve["opening"].value
    gap = grown - profit.value
    tolerance = max(case.limit("least"), abs(profit.value) * case.limit("share"))
    what = BilingualText("未分配利润变动与净利润", "movement of retained earnings and net profit")
    if abs(gap) <= tolerance:
        return Clear(what)
    confidence = min(
        amount.confidence for amount in (retained["ending"], retained["opening"], profit)
    )
    evidence = (
        case.at_amount(sheet, retained["ending"]),
        case.at_amount(sheet, retained["opening"]),
        case.at_amount(paper, profit),
    )
    large = gap > max(profit.value.copy_abs() * case.limit("large_share"), Decimal(10000))
    severity = Severity.HIGH if large else Severity.MEDIUM if gap > 0 else Severity.LOW
    say = BilingualText(
        f"未分配利润（含盈余公积）增加 {yuan(grown)}，净利润为 {yuan(profit.value)}，相差 {yuan(gap)}",
        (
            f"retained earnings (with surplus reserve) grew by {yuan(grown)}, net profit is "
            f"{yuan(profit.value)}, difference {yuan(gap)}"
        ),
    )
    return Hit(
        say=say,
        evidence=evidence,
        expected=f"{profit.value:.2f}",
        observed=f"{grown:.2f}",
        difference=f"{gap:.2f}",
        confidence=0.9 * confidence,
        severity=severity,
    )

"""Statements run until shortly before the application."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.bank_statement import BANK_STATEMENT, PERIOD_END
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="PRA07",
    title="Statements are recent",
    title_zh="流水截至申请日前",
    severity="low",
    group="rows_missing",
    reads=(BANK_STATEMENT,),
    stands_on_all=(Part.ROWS,),
    zh=Page(
        why="流水应截至申请日前一个月内；只交到年末，之后的月份可能有销售下滑、查封或新增借款。",
        example="7 月申请，流水只到上年 12 月。",
        innocent="月结对账单尚未出具；报送时点的惯例。",
        ask="请补充最近月份的流水。",
        paper="截至申请日的网银流水",
    ),
    en=Page(
        why=(
            "Statements should reach to within a month of the application; the months left "
            "out may hold falling sales, a freeze or a new debt."
        ),
        example="An application of July with statements to December.",
        innocent="The monthly statement is not out yet; a custom of reporting dates.",
        ask="Please hand in the latest months.",
        paper="The online statement up to the application",
    ),
)
def statement_is_recent(case: RuleView) -> Iterator[Result]:
    ends = [
        (each, day)
        for each in case.own_papers(BANK_STATEMENT)
        if (day := case.get(PERIOD_END, each))
    ]
    if not ends:
        yield NotChecked(BilingualText("未读到对账单截止日", "no end of a period was read"))
        return
    statement, last = max(ends, key=lambda x: (x[1].value, x[0].id))
    days = (case.as_of - last.value).days
    if days <= case.limit("days"):
        yield Clear(BilingualText(f"流水截至 {last.value}", f"the statements run to {last.value}"))
        return
    say = BilingualText(
        f"流水只到 {last.value}，距核查日 {case.as_of} 已 {days} 天",
        f"the statements end on {last.value}, {days} days before {case.as_of}",
    )
    yield Hit(
        say=say,
        evidence=(case.at_field(statement, last.field),),
        observed=str(days),
        confidence=0.9,
        severity=Severity.LOW,
    )

"""Items of equity add up to equity."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.balance_sheet import BALANCE_SHEET
from verify.arithmetic.form_totals import COLUMNS, line_sums
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import NotApplicable, Page, Result, rule


@rule(
    id="ARI03",
    title="Items of equity add up",
    title_zh="所有者权益各项勾稽",
    severity="medium",
    group="balance_sheet",
    reads=(BALANCE_SHEET,),
    zh=Page(
        why="实收资本、资本公积、盈余公积与未分配利润之和等于所有者权益合计；为配平资产而改大权益时常只改合计。",
        example="实收资本 300 万、未分配利润 170 万，所有者权益合计 620 万。",
        innocent="报表另列其他权益工具、少数股东权益等本系统不认识的行；四舍五入。",
        ask="所有者权益还包含哪些未列示的项目？",
        paper="科目余额表、实收资本与未分配利润明细账",
    ),
    en=Page(
        why=(
            "Paid-in capital, reserves and retained earnings add up to equity; equity "
            "raised to balance the sheet is often raised in its total alone."
        ),
        example="Capital of 3.0m and earnings of 1.7m beside total equity of 6.2m.",
        innocent="A line that is not known here (other equity instruments, minorities); rounding.",
        ask="What else belongs to equity?",
        paper="The trial balance, ledgers of capital and retained earnings",
    ),
)
def equity_items(case: RuleView) -> Iterator[Result]:
    found = False
    for sheet in case.papers(BALANCE_SHEET):
        sums = [s for s in line_sums(sheet) if s.total == "所有者权益合计"]
        # Failing by one amount in every column speaks of a line that is not known here, not of a
        # changed one.
        unknown = len(sums) > 1 and len({s.gap for s in sums}) == 1
        for each in sums:
            found = True
            zh, en = COLUMNS[each.column]
            what = BilingualText(f"{zh}所有者权益合计与各项之和", f"{en} equity and its items")
            severity = Severity.LOW if unknown else None
            yield case.compare_sum(what, sheet, each, severity)
    if not found:
        yield NotApplicable(
            BilingualText("没有读到所有者权益各项", "items of equity were not read")
        )

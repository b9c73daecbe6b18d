"""Rows lie within the statement's period and before it was printed."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.bank_statement import BANK_STATEMENT, PERIOD_END, PERIOD_START, PRINTED_AT
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="BNK07",
    title="Row dates are possible",
    title_zh="交易日期合理",
    severity="high",
    group="row_dates",
    reads=(BANK_STATEMENT,),
    zh=Page(
        why="对账单只能列示查询期间内、打印之前已发生的交易。",
        example="打印日期 2026-01-09，却有 2026-01-15 的交易。",
        innocent="核查日期设置有误；打印日期为补打前的日期。",
        ask="该交易日期为何晚于打印日期或不在查询期间？",
        paper="开户行重新打印的对账单",
    ),
    en=Page(
        why="A statement lists what happened within its period and before it was printed.",
        example="Printed on 2026-01-09 with a row of 2026-01-15.",
        innocent="A wrong as-of date; a date of an earlier print.",
        ask="Why is a row after the print date or outside the period?",
        paper="The statement printed again by the bank",
    ),
)
def row_dates(case: RuleView) -> Iterator[Result]:
    for statement in case.papers(BANK_STATEMENT):
        if not statement.rows:
            yield NotChecked(BilingualText("没有读到明细", "no rows were read"))
            continue
        printed, start, end = (
            case.get(s, statement) for s in (PRINTED_AT, PERIOD_START, PERIOD_END)
        )
        latest = min(case.as_of, printed.value) if printed else case.as_of
        late = [row for row in statement.rows if row.day > latest]
        outside = [
            row
            for row in statement.rows
            if (start and start.field.confidence > 0.9 and row.day < start.value)
            or (end and end.field.confidence > 0.9 and row.day > end.value)
        ]
        if late:
            say = BilingualText(
                f"{len(late)} 笔交易晚于打印日或核查日 {latest}",
                f"{len(late)} row(s) are after the print or as-of date {latest}",
            )
            yield Hit(
                say=say,
                evidence=tuple(case.at_row(statement, r) for r in late[:6]),
                expected=f"<= {latest}",
                observed=late[-1].day.isoformat(),
                confidence=0.95 * late[0].confidence,
            )
        elif outside:
            say = BilingualText(
                f"{len(outside)} 笔交易不在查询期间内",
                f"{len(outside)} row(s) are outside the period",
            )
            yield Hit(
                say=say,
                evidence=tuple(case.at_row(statement, r) for r in outside[:6]),
                confidence=0.85,
                severity=Severity.MEDIUM,
            )
        else:
            yield Clear(BilingualText("交易日期均在期间内", "all rows are within the period"))

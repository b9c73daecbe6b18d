"""Balances that rise for the day of the report and fall again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from extractors.documents.balance_sheet import BALANCE_SHEET, PERIOD_END
from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.values.money import yuan
from verify.arithmetic.assignment import assign
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, months_between, within
from verify.ledger.deposit_interest import daily_of
from verify.ledger.transaction_kinds import (
    deposit_interest,
    invested,
    loan_disbursed,
    overhead,
    own_transfer,
)
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK12",
    title="Month-end balances are real",
    title_zh="期末时点冲存",
    severity="medium",
    group="window_dressing",
    reads=(BANK_STATEMENT, BALANCE_SHEET),
    needs=("bank_statement",),
    stands_on_all=(Part.ROWS,),
    zh=Page(
        why="月末、季末、报表日前转入大额，几天后按原额转出，时点余额便不代表真实存款。",
        example="12 月 30 日转入 300 万，1 月 2 日转出 300 万，报表货币资金因此多出 300 万。",
        innocent="月末集中回款后即付货款（金额不同，不提示）；股东临时垫款已入账其他应付款。",
        ask="报表日前后这两笔款项的用途？",
        paper="两笔款项的合同与回单",
    ),
    en=Page(
        why=(
            "A large amount in before a month's, a quarter's or the report's day and the "
            "same amount out after it make a balance that is no real deposit."
        ),
        example=(
            "3.0m in on 30 December, 3.0m out on 2 January, and cash on the sheet is 3.0m higher."
        ),
        innocent=(
            "Collections at month end that pay suppliers at once (other amounts, silent); "
            "a shareholder's advance booked as such."
        ),
        ask="What were these two amounts for?",
        paper="Contracts and slips of both",
    ),
)
def window_dressing(case: RuleView) -> Iterator[Result]:
    bridges, holder = case.bridges(), case.applicant.name
    rows = [
        entry
        for entry in case.entries()
        if not overhead(entry.row) and not deposit_interest(entry.row) and entry.ref not in bridges
    ]
    rows = [
        entry
        for entry in rows
        if not (loan_disbursed(entry.row) or own_transfer(entry.row, holder) or invested(entry.row))
    ]
    if not rows:
        yield NotApplicable(BilingualText("没有收付明细", "no rows"))
        return
    reports = {
        day.value
        for sheet in case.own_papers(BALANCE_SHEET)
        if (day := case.get(PERIOD_END, sheet))
    }
    found: list[tuple[date, Entry, Entry]] = []
    for year, month in months_between(rows[0].row.day, rows[-1].row.day):
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        found += [(end, first, second) for first, second in _reversed_at(case, rows, end)]
    at_report = [x for x in found if x[0] in reports]
    if not found or (len(found) < case.limit("least") and not at_report):
        yield Clear(
            BilingualText(
                "没有期末转入、期初按原额转出的款项",
                "no amount came at a month's end and left after it",
            )
        )
        return
    say = BilingualText(
        f"{len(found)} 次月末转入、月初按原额转出，如 {found[0][1].row.day} 转入 {yuan(found[0][1].amount)}",
        (
            f"{len(found)} time(s) an amount came at a month's end and left after it, such "
            f"as {yuan(found[0][1].amount)} on {found[0][1].row.day}"
        ),
    )
    shown = [entry for _, a, b in (at_report or found)[:3] for entry in (a, b)]
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in shown),
        observed=str(len(found)),
        confidence=0.75,
        severity=Severity.MEDIUM,
    )


def _reversed_at(case: RuleView, rows: list[Entry], end: date) -> list[tuple[Entry, Entry]]:
    """Pairs of one amount around a month's end that are large against the balance of that day."""
    days = timedelta(days=int(case.limit("days")))
    balances = [
        daily.on(end)
        for statement in case.own_papers(BANK_STATEMENT)
        if (daily := daily_of(statement)) and daily.covers(end, end)
    ]
    level = max(sum(balances, Decimal(0)), case.limit("least_amount"))
    large = max(level * case.limit("balance_share"), case.limit("least_amount"))
    came = [
        entry
        for entry in within(rows, end - days + timedelta(days=1), end)
        if entry.amount >= large
    ]
    went = [
        entry
        for entry in within(rows, end + timedelta(days=1), end + days)
        if -entry.amount >= large
    ]

    def cost(a: Entry, b: Entry) -> float | None:
        gap = abs(a.amount + b.amount)
        return float(gap) + 1.0 if gap <= a.amount * case.limit("amount_share") else None

    return [(came[i], went[j]) for i, j in assign(came, went, cost).items()]

"""Balances carried over pages, and from one month's statement to the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from extractors.documents.bank_statement import (
    ACCOUNT_NUMBER,
    BANK_STATEMENT,
    CLOSING_BALANCE,
    OPENING_BALANCE,
    PERIOD_END,
    PERIOD_START,
)
from extractors.model import Document
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import NotApplicable, Page, Result, rule


@rule(
    id="ARI19",
    title="Balances carry over pages and months",
    title_zh="承前页与跨月余额衔接",
    severity="high",
    group="statement_chain",
    reads=(BANK_STATEMENT,),
    proof=True,
    zh=Page(
        why="上页（上月）末的余额就是下页（下月）初的余额；抽走一页或替换一个月会在衔接处露出差额。",
        example="3 月对账单期末余额 53 万，4 月对账单期初余额 73 万。",
        innocent="中间月份未提交；同一账号下的子账户。",
        ask="两期对账单余额不衔接，中间是否缺页或缺月？",
        paper="连续期间的完整对账单",
    ),
    en=Page(
        why=(
            "The last balance of a page or month is the first of the next; a page taken "
            "out or a month replaced shows at the joint."
        ),
        example="March closes at 530,000, April opens at 730,000.",
        innocent="A month not handed in; sub-accounts under one number.",
        ask="The balances of two statements do not join: is a page or month missing?",
        paper="The whole statement over the period",
    ),
)
def carried_balance(case: RuleView) -> Iterator[Result]:
    statements = case.papers(BANK_STATEMENT)
    results = [r for statement in statements for r in _within(case, statement)]
    results += [
        r for a in statements for b in statements if a is not b for r in _between(case, a, b)
    ]
    yield from results
    if not results:
        yield NotApplicable(
            BilingualText(
                "没有承前页余额，也没有相连的两期对账单",
                "no carried balances and no adjoining statements",
            )
        )


def _within(case: RuleView, statement: Document) -> Iterator[Result]:
    """Balances carried over pages, against the last row before them."""
    what = BilingualText(
        "承前/过次页余额与上一笔余额", "carried balance and the last row's balance"
    )
    for total in statement.totals:
        row = (
            statement.rows[total.after_row - 1]
            if 0 < total.after_row <= len(statement.rows)
            else None
        )
        if (
            total.kind == "carried"
            and total.balance is not None
            and row
            and row.balance is not None
        ):
            evidence = (case.at_total(statement, total), case.at_row(statement, row))
            yield case.compare(
                what, row.balance, total.balance, case.limit("cents"), evidence, 0.95
            )


def _between(case: RuleView, first: Document, second: Document) -> Iterator[Result]:
    """The closing balance of one period against the opening balance of the next, of one account."""
    end, start = case.get(PERIOD_END, first), case.get(PERIOD_START, second)
    if (
        end is None
        or start is None
        or start.value != end.value + timedelta(days=1)
        or _number(case, first) != _number(case, second)
    ):
        return
    closing, opening = case.get(CLOSING_BALANCE, first), case.get(OPENING_BALANCE, second)
    if closing is None or opening is None:
        return
    evidence = (case.at_field(first, closing.field), case.at_field(second, opening.field))
    confidence = min(closing.field.confidence, opening.field.confidence)
    what = BilingualText(
        "下期期初余额与上期期末余额",
        "the next period's opening balance and the last closing balance",
    )
    yield case.compare(
        what, closing.value, opening.value, case.limit("cents"), evidence, confidence
    )


def _number(case: RuleView, document: Document) -> str:
    found = case.get(ACCOUNT_NUMBER, document)
    return found.value if found else ""

"""Balances carried over pages, and from one month's statement to the next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from extractors.documents.bank_statement import ACCOUNT_NUMBER, BANK_STATEMENT, CLOSING_BALANCE, OPENING_BALANCE, PERIOD_END, PERIOD_START
from extractors.values.money import yuan
from verify.case_file import View
from verify.model import Say
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="ARI19", title="Balances carry over pages and months", title_zh="承前页与跨月余额衔接",
    severity="high", group="statement_chain", reads=(BANK_STATEMENT,), proof=True,
    zh=Page(
        why="上页（上月）末的余额就是下页（下月）初的余额；抽走一页或替换一个月会在衔接处露出差额。", example="3 月对账单期末余额 53 万，4 月对账单期初余额 73 万。",
        innocent="中间月份未提交；同一账号下的子账户。", ask="两期对账单余额不衔接，中间是否缺页或缺月？", paper="连续期间的完整对账单",
    ),
    en=Page(
        why="The last balance of a page or month is the first of the next; a page taken out or a month replaced shows at the joint.", example="March closes at 530,000, April opens at 730,000.",
        innocent="A month not handed in; sub-accounts under one number.", ask="The balances of two statements do not join: is a page or month missing?", paper="The whole statement over the period",
    ),
)
def carried_balance(case: View) -> Iterator[Result]:
    statements = case.papers(BANK_STATEMENT)
    looked = False
    for statement in statements:
        for total in statement.totals:
            if total.kind == "carried" and total.balance is not None and 0 < total.after_row <= len(statement.rows):
                looked = True
                row = statement.rows[total.after_row - 1]
                if row.balance is not None:
                    evidence = (case.at_total(statement, total), case.at_row(statement, row))
                    yield case.compare(Say("承前/过次页余额与上一笔余额", "carried balance and the last row's balance"), row.balance, total.balance, Decimal(0), evidence, 0.95)
    for first in statements:
        for second in statements:
            one, two = case.get(PERIOD_END, first), case.get(PERIOD_START, second)
            if one is None or two is None or first is second or two.value != one.value + timedelta(days=1) or _number(case, first) != _number(case, second):
                continue
            closing, opening = case.get(CLOSING_BALANCE, first), case.get(OPENING_BALANCE, second)
            if closing is None or opening is None:
                continue
            looked = True
            if closing.value == opening.value:
                yield Clear(Say("前后两期余额衔接", "the two periods join"))
                continue
            say = Say(
                f"上期期末余额 {yuan(closing.value)}，下期期初余额 {yuan(opening.value)}，不衔接",
                f"one period closes at {yuan(closing.value)}, the next opens at {yuan(opening.value)}",
            )
            yield Hit(
                say=say, evidence=(case.at_field(first, closing.field), case.at_field(second, opening.field)), expected=f"{closing.value:.2f}",
                observed=f"{opening.value:.2f}", difference=f"{opening.value - closing.value:.2f}", confidence=min(closing.field.confidence, opening.field.confidence),
            )
    if not looked:
        yield NotApplicable(Say("没有承前页余额，也没有相连的两期对账单", "no carried balances and no adjoining statements"))


def _number(case: View, document: object) -> str:
    found = case.get(ACCOUNT_NUMBER, document)  # type: ignore[arg-type]  # papers of this type only
    return found.value if found else ""

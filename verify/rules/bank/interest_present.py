"""A current account with a balance earns interest every quarter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.deposit_interest import YEAR, daily_of, interest_rows, on_yuan_deposit, quarters
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="BNK01",
    title="Interest is paid every quarter",
    title_zh="每季度有结息",
    severity="high",
    group="interest",
    reads=(BANK_STATEMENT,),
    stands_on=(Part.ROWS,),
    zh=Page(
        why="单位活期存款按季结息（每季末月 20 日），有余额就有利息；编造的流水常常忘记结息。",
        example="全年日均余额 80 万，四个季度没有一笔结息。",
        innocent="保证金户、贷款专户、不计息账户；结息转入其他账户；按月结息（已识别）。",
        ask="该账户为何没有结息？账户性质是什么？",
        paper="开户许可证或账户性质证明、开户行盖章的对账单",
    ),
    en=Page(
        why=(
            "Current accounts of firms earn interest each quarter (settled on the 20th of "
            "its last month); invented statements tend to forget it."
        ),
        example="An average balance of 800,000 and no interest in four quarters.",
        innocent=(
            "Margin and loan accounts, accounts without interest; interest paid into "
            "another account; monthly interest (recognised)."
        ),
        ask="Why does the account earn no interest, and of what kind is it?",
        paper="The account opening permit, a statement stamped by the bank",
    ),
)
def interest_present(case: RuleView) -> Iterator[Result]:
    for statement in on_yuan_deposit(case.papers(BANK_STATEMENT)):
        daily = daily_of(statement)
        if daily is None:
            yield NotChecked(
                BilingualText(
                    "没有完整的余额或期间，无法计算积数", "balances or period are not whole"
                )
            )
            continue
        rows = interest_rows(statement)
        wait = timedelta(days=int(case.limit("days")))
        found = False
        missing = []
        for first, last in quarters(daily.start, daily.end - wait):
            due = daily.product(first, last) * case.limit("lowest_rate") / YEAR
            found = True
            if due >= case.limit("least_interest") and not any(
                first < row.day <= last + wait for row in rows
            ):
                missing.append((first, last, due))
        if not found:
            yield NotApplicable(
                BilingualText(
                    "对账单没有覆盖一个完整的结息季度",
                    "the statement covers no whole interest quarter",
                )
            )
        elif not missing:
            yield Clear(
                BilingualText("各完整季度均有结息", "interest was paid in every whole quarter")
            )
        for first, last, due in missing:
            near = [row for row in statement.rows if row.day <= last][-1:] or list(
                statement.rows[:1]
            )
            say = BilingualText(
                f"{first} 至 {last} 有余额但没有结息，按最低活期利率也应有约 {yuan(due)}",
                (
                    f"no interest for {first} to {last}, though about {yuan(due)} is due "
                    "even at the lowest demand rate"
                ),
            )
            severity = Severity.HIGH if due >= 4 * case.limit("least_interest") else Severity.MEDIUM
            yield Hit(
                say=say,
                evidence=tuple(case.at_row(statement, r) for r in near),
                expected=f">= {due:.2f}",
                observed="0.00",
                confidence=0.9,
                severity=severity,
            )

"""Equal payments to one person month by month."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Transaction
from extractors.values.money import yuan
from extractors.values.party_name import is_company
from verify.case_file import RuleView
from verify.ledger.accounts import Entry, by_month, by_party, total
from verify.ledger.transaction_kinds import (
    current_text,
    fee,
    loan_interest,
    social,
    tax,
    utility,
    wages,
)
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule

# Names of persons have two to four characters, those of companies more.
_PERSON = re.compile(r"^[\u4e00-\u9fff·]{2,4}$")


@rule(
    id="BNK17",
    title="No regular payments to private lenders",
    title_zh="向个人定期等额付款",
    severity="medium",
    group="hidden_debt",
    reads=(BANK_STATEMENT,),
    zh=Page(
        why="每月等额付给同一个人而不是工资、房租，可能是民间借贷的利息或分期还款，属于未披露的负债。",
        example="每月 5 日付给张某 30,000 元，摘要“往来款”。",
        innocent="工资、房租、车辆租赁、报销（摘要写明的不提示）；股东分红。",
        ask="每月付给此人的款项是什么性质？",
        paper="借款协议或租赁合同、企业及法人征信报告",
    ),
    en=Page(
        why=(
            "Equal monthly payments to one person that are no wages or rent may be "
            "interest or instalments of a private loan that is not disclosed."
        ),
        example="30,000 to one person on the 5th of each month as current account.",
        innocent=(
            "Wages, rent, hire of cars, expenses (silent where the summary says so); dividends."
        ),
        ask="What are the monthly payments to this person?",
        paper="The loan or lease contract, credit reports of firm and owner",
    ),
)
def private_lenders(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    if not any(entry.party for entry in rows):
        yield NotChecked(BilingualText("流水没有对方户名", "the statements name no counterparties"))
        return
    paid = [
        entry
        for entry in rows
        if entry.amount < 0
        and _PERSON.match(entry.party)
        and not is_company(entry.party)
        and not _plain(entry.row)
    ]
    found = [same for es in by_party(paid).values() if (same := _equal(case, es))]
    for same in found:
        amount = total(entry.row.debit for entry in same)
        name = same[0].row.counterparty_name
        say = BilingualText(
            f"按月向个人“{name}”付款 {len(same)} 笔共 {yuan(amount)}，每月金额几乎相同",
            (
                f"{len(same)} monthly payments to “{name}”, {yuan(amount)} in all, of "
                "almost one amount a month"
            ),
        )
        severity = (
            Severity.MEDIUM
            if any(current_text(entry.row) or loan_interest(entry.row) for entry in same)
            else Severity.LOW
        )
        yield Hit(
            say=say,
            evidence=tuple(case.at_entry(entry) for entry in same[:5]),
            observed=f"{amount:.2f}",
            confidence=0.75,
            severity=severity,
        )
    if not found:
        yield Clear(
            BilingualText("没有向个人的定期等额付款", "no regular equal payments to a person")
        )


def _plain(row: Transaction) -> bool:
    """Wages, rent, taxes and the like; “还款” and interest to a person are what is looked for."""
    return tax(row) or social(row) or wages(row) or fee(row) or utility(row)


def _equal(case: RuleView, rows: list[Entry]) -> list[Entry]:
    """Payments whose sum a month is about one amount in nearly all months, and in enough of them."""
    months = by_month(rows)
    sums = sorted(total(entry.row.debit for entry in es) for es in months.values())
    middle = sums[len(sums) // 2]
    alike = [
        es
        for es in months.values()
        if abs(total(entry.row.debit for entry in es) - middle)
        <= middle * case.limit("amount_share")
    ]
    enough = (
        len(alike) >= case.limit("periods")
        and len(alike) >= len(months) - 1
        and middle >= case.limit("least_amount")
    )
    return [entry for es in alike for entry in es] if enough else []

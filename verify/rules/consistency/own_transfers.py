"""A transfer between two accounts of the applicant stands in both statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from extractors.documents.bank_statement import (
    ACCOUNT_NUMBER,
    BANK_STATEMENT,
    PERIOD_END,
    PERIOD_START,
)
from extractors.model import Document
from extractors.values.account_number import same_account
from extractors.values.money import yuan
from verify.arithmetic.assignment import assign
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, is_foreign, total
from verify.ledger.transaction_kinds import own_transfer
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="CON32",
    title="Own transfers stand in both statements",
    title_zh="本企业账户互转两边都有记录",
    severity="high",
    group="own_transfers",
    since="0.2",
    reads=(BANK_STATEMENT,),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ACCOUNT, Part.ROWS, Part.PERIOD),
    zh=Page(
        why="同一企业两个账户之间的转账，一边记支出，另一边必有同额收入。改了其中一份流水的人往往忘记另一份。",
        example="甲账户 3 月 4 日转入自有乙账户 50 万元，乙账户流水当日没有这笔收入。",
        innocent="跨日入账（允许几天）；当日退回；另一边是尚未提交的账户（不提示）。",
        ask="这笔互转为何只有一边有记录？",
        paper="两个账户的盖章流水，该笔回单",
    ),
    en=Page(
        why=(
            "A transfer between two accounts of one firm is money out in one statement and "
            "the same money in in the other. Who changes one statement tends to forget the "
            "other."
        ),
        example=(
            "500,000 leave account A for the firm's own account B on 4 March; B's "
            "statement has no such receipt."
        ),
        innocent=(
            "Booked some days later (allowed); returned the same day; the other side is an "
            "account that was not handed in (silent)."
        ),
        ask="Why does this transfer stand in one statement alone?",
        paper="Both statements stamped by the bank, the slip of the transfer",
    ),
)
def own_transfers(case: RuleView) -> Iterator[Result]:
    moved = [
        entry
        for entry in case.entries()
        if entry.row.counterparty_account
        and own_transfer(entry.row, case.applicant.name)
        and abs(entry.amount) >= case.limit("least_amount")
    ]
    pairs = [(entry, d) for entry in moved if (d := _covering(case, entry))]
    if not pairs:
        yield NotApplicable(
            BilingualText(
                "没有两个已提交账户之间的转账", "no transfer between two accounts handed in"
            )
        )
        return
    lacking = _lacking(case, pairs)
    if not lacking:
        yield Clear(
            BilingualText(
                f"{len(pairs)} 笔互转两边均有记录", f"{len(pairs)} transfers stand on both sides"
            )
        )
        return
    amount = total(abs(entry.amount) for entry, _ in lacking)
    say = BilingualText(
        f"{len(lacking)} 笔本企业账户互转共 {yuan(amount)}，只在一个账户的流水中有记录",
        (
            f"{len(lacking)} own transfer(s), {yuan(amount)}, stand in the statement of one "
            "account alone"
        ),
    )
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(e) for e, _ in lacking[:4]),
        against=tuple(
            case.at_file(each)
            for each in {document.id: document for _, document in lacking[:4]}.values()
        ),
        observed=f"{amount:.2f}",
        expected="0.00",
        confidence=0.85 * min(entry.row.confidence for entry, _ in lacking),
        severity=Severity.HIGH if len(lacking) >= case.limit("several") else Severity.MEDIUM,
    )


def _covering(case: RuleView, entry: Entry) -> Document | None:
    """The statement of the other account, where it covers the days on which it may be booked."""
    days = timedelta(days=int(case.limit("days")))
    for statement in case.own_papers(BANK_STATEMENT):
        number = case.get(ACCOUNT_NUMBER, statement)
        start, end = case.get(PERIOD_START, statement), case.get(PERIOD_END, statement)
        if number is None or start is None or end is None or is_foreign(statement):
            continue
        other = statement is not entry.document
        named = same_account(number.value, entry.row.counterparty_account)
        if other and named and start.value + days <= entry.row.day <= end.value - days:
            return statement
    return None


def _lacking(
    case: RuleView, pairs: Sequence[tuple[Entry, Document]]
) -> list[tuple[Entry, Document]]:
    """Transfers whose other side is in no statement, each row taken once."""
    rows = case.entries()
    by_amount: dict[Decimal, list[int]] = {}
    for index, entry in enumerate(rows):
        by_amount.setdefault(entry.amount, []).append(index)
    days = int(case.limit("days"))

    def cost(pair: tuple[Entry, Document], other: Entry) -> float | None:
        entry = pair[0]
        apart = abs((other.row.day - entry.row.day).days)
        elsewhere = other.document is not entry.document
        return float(apart) if elsewhere and apart <= days else None

    found = assign(pairs, rows, cost, lambda pair: by_amount.get(-pair[0].amount, [])[:200])
    return [pair for index, pair in enumerate(pairs) if index not in found]

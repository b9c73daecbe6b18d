"""A payment between two applicants stands in both their statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Transaction
from extractors.values.account_number import same_account
from extractors.values.money import yuan
from verify.arithmetic.assignment import assign
from verify.case_file import RuleView
from verify.context.context import Ledger
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, by_party, total
from verify.ledger.transaction_kinds import refund
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="DUP06",
    title="Payments between applicants mirror each other",
    title_zh="往来款镜像核对",
    severity="high",
    group="mirror",
    reads=(BANK_STATEMENT,),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why="甲的流水显示付给乙，乙的流水就应有同日同额的收入；对方账里没有这一笔，需要核实哪一份流水有误。",
        example="甲 6 月 10 日付乙 75 万元，乙同期流水没有这笔收入。",
        innocent="对方用另一账户收款（按账号核对时不提示）；跨日入账（允许几天）；退票。",
        ask="这笔款项付到对方哪个账户？",
        paper="该笔回单，对方收款账户的流水",
    ),
    en=Page(
        why="Where A's statement shows a payment to B, B's shows the receipt; if it does not, one of the two needs checking.",
        example="A pays B 750,000 on 10 June, B's statement of that time lacks it.",
        innocent="Received on another account of B's (silent where the account number tells); booked some days later; a returned payment.",
        ask="To which account of the other firm was this paid?",
        paper="The slip, the statement of the receiving account",
    ),
)
def mirrored_payment(case: RuleView) -> Iterator[Result]:
    checked = 0
    missing: list[list[tuple[Entry, Ledger]]] = []
    for same in by_party(
        e for e in case.entries() if abs(e.amount) >= case.limit("least_amount")
    ).values():
        if case.applicant.is_named(same[0].row.counterparty_name):
            continue
        theirs = [
            x
            for x in case.context.ledgers_of(same[0].row.counterparty_name)
            if x.packet != case.packet_id
        ]
        covered = [
            (e, ledger)
            for e in same
            if theirs and not _returned(e, same) and (ledger := _covering(case, e, theirs))
        ]
        checked += len(covered)
        lost = _unmirrored(case, covered, theirs)
        missing += [lost] if lost else []
    for pairs in missing:
        yield _hit(case, pairs)
    if checked and not missing:
        yield Clear(
            BilingualText(
                f"{checked} 笔往来在对方流水中均有对应",
                f"{checked} payments stand in the other firm's statement too",
            )
        )
    if not checked:
        yield NotApplicable(
            BilingualText(
                "没有与其他申请人的往来可核对", "no payments with another applicant to compare"
            )
        )


def _returned(entry: Entry, same: Sequence[Entry]) -> bool:
    """A payment that came back within days, as the other side of it: it never reached the other
    account.
    """
    return any(
        x.amount == -entry.amount
        and abs((x.row.day - entry.row.day).days) <= 5
        and (refund(x.row) or refund(entry.row))
        for x in same
    )


def _unmirrored(
    case: RuleView, covered: Sequence[tuple[Entry, Ledger]], theirs: Sequence[Ledger]
) -> list[tuple[Entry, Ledger]]:
    """Payments that no row of the other firm mirrors, each of its rows taken once."""
    rows = [r for x in theirs for r in x.document.rows]
    by_amount: dict[Decimal, list[int]] = {}
    for j, row in enumerate(rows):
        by_amount.setdefault(row.credit - row.debit, []).append(j)
    days = int(case.limit("days"))

    def cost(pair: tuple[Entry, Ledger], row: Transaction) -> float | None:
        apart = abs((row.day - pair[0].row.day).days)
        return float(apart) if apart <= days else None

    found = assign(covered, rows, cost, lambda pair: by_amount.get(-pair[0].amount, [])[:200])
    return [pair for i, pair in enumerate(covered) if i not in found]


def _covering(case: RuleView, entry: Entry, theirs: list[Ledger]) -> Ledger | None:
    """The other firm's statement that should show the payment: of the account named, or of its only
    account.
    """
    days = timedelta(days=int(case.limit("days")))
    fits = [x for x in theirs if x.start + days <= entry.row.day <= x.end - days]
    number = entry.row.counterparty_account
    if number:
        return next((x for x in fits if same_account(x.account, number)), None)
    return fits[0] if fits else None


def _hit(case: RuleView, pairs: list[tuple[Entry, Ledger]]) -> Hit:
    entry, ledger = pairs[0]
    amount = total(abs(e.amount) for e, _ in pairs)
    sure = all(e.row.counterparty_account for e, _ in pairs)
    name = entry.row.counterparty_name
    say = BilingualText(
        f"与“{name}”的 {len(pairs)} 笔往来共 {yuan(amount)}，在对方提交的流水中没有对应",
        f"{len(pairs)} payment(s) with “{name}”, {yuan(amount)} in all, do not stand in the statement that it handed in",
    )
    return Hit(
        say=say,
        evidence=tuple(case.at_entry(e) for e, _ in pairs[:4]),
        against=(ledger.evidence(),),
        observed=f"{amount:.2f}",
        expected="0.00",
        confidence=0.85 * min(e.row.confidence for e, _ in pairs),
        severity=Severity.HIGH if sure else Severity.MEDIUM,
    )

"""A payment between two applicants stands in both their statements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.values.account_number import same_account
from extractors.values.money import yuan
from verify.accounts import Entry, total
from verify.case_file import View
from verify.context import Ledger
from verify.model import Say, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="DUP06",
    title="Payments between applicants mirror each other",
    title_zh="往来款镜像核对",
    severity="high",
    group="mirror",
    reads=(BANK_STATEMENT,),
    cross=True,
    zh=Page(
        why="甲的流水显示付给乙，乙的流水就应有同日同额的收入；对方账里没有这一笔，两份流水必有一份不实。",
        example="甲 6 月 10 日付乙 75 万元，乙同期流水没有这笔收入。",
        innocent="对方用另一账户收款（按账号核对时不提示）；跨日入账（允许几天）；退票。",
        ask="这笔款项付到对方哪个账户？",
        paper="该笔回单，对方收款账户的流水",
    ),
    en=Page(
        why="Where A's statement shows a payment to B, B's shows the receipt; if it does not, one of them is untrue.",
        example="A pays B 750,000 on 10 June, B's statement of that time lacks it.",
        innocent="Received on another account of B's (silent where the account number tells); booked some days later; a returned payment.",
        ask="To which account of the other firm was this paid?",
        paper="The slip, the statement of the receiving account",
    ),
)
def mirrored_payment(case: View) -> Iterator[Result]:
    checked = 0
    missing: dict[str, list[tuple[Entry, Ledger]]] = {}
    for entry in case.entries():
        if not entry.party or case.applicant.is_named(entry.row.counterparty_name) or abs(entry.amount) < case.limit("least_amount"):
            continue
        theirs = [x for x in case.context.ledgers_of(entry.row.counterparty_name) if x.packet != case.packet_id]
        ledger = _covering(case, entry, theirs)
        if ledger is None:
            continue
        checked += 1
        if not any(_mirrors(case, entry, x) for x in theirs):
            missing.setdefault(entry.party, []).append((entry, ledger))
    for pairs in missing.values():
        yield _hit(case, pairs)
    if checked and not missing:
        yield Clear(Say(f"{checked} 笔往来在对方流水中均有对应", f"{checked} payments stand in the other firm's statement too"))
    if not checked:
        yield NotApplicable(Say("没有与其他申请人的往来可核对", "no payments with another applicant to compare"))


def _covering(case: View, entry: Entry, theirs: list[Ledger]) -> Ledger | None:
    """The other firm's statement that should show the payment: of the account named, or of its only account."""
    days = timedelta(days=int(case.limit("days")))
    fits = [x for x in theirs if x.start <= entry.row.day <= x.end - days]
    number = entry.row.counterparty_account
    if number:
        return next((x for x in fits if same_account(x.account, number)), None)
    return fits[0] if fits else None


def _mirrors(case: View, entry: Entry, ledger: Ledger) -> bool:
    days = int(case.limit("days"))
    return any(
        (r.credit if entry.amount < 0 else r.debit) == abs(entry.amount) and abs((r.day - entry.row.day).days) <= days for r in ledger.document.rows
    )


def _hit(case: View, pairs: list[tuple[Entry, Ledger]]) -> Hit:
    entry, ledger = pairs[0]
    amount = total(abs(e.amount) for e, _ in pairs)
    sure = all(e.row.counterparty_account for e, _ in pairs)
    name = entry.row.counterparty_name
    say = Say(
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

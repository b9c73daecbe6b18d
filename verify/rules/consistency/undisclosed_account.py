"""Money to or from own accounts that were not handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal

from extractors.documents.bank_statement import ACCOUNT_NUMBER, BANK_STATEMENT
from extractors.values.account_number import same_account
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, is_foreign, total, within
from verify.ledger.transaction_kinds import exchanged, own_transfer
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="CON21",
    title="All own accounts were handed in",
    title_zh="本企业账户是否全部提交",
    severity="medium",
    group="accounts",
    reads=(BANK_STATEMENT,),
    stands_on_all=(Part.HOLDER, Part.ACCOUNT),
    zh=Page(
        why="与自己名下另一账户往来，而该账户的流水没有提交，资金的来去就无法核对；占比越大，越需要补充。",
        example="全年转给本企业尾号 8832 的账户 320 万，该账户流水未提交。",
        innocent="企业普遍开有多个账户（基本户、一般户、保证金户），占比不大时只提示补充资料。",
        ask="尾号所示账户的用途是什么？请补充该账户流水。",
        paper="该账户同期流水、开立单位银行结算账户清单",
    ),
    en=Page(
        why=(
            "Where money moves to an own account whose statement was not handed in, "
            "neither its source nor its use can be checked."
        ),
        example="3.2m sent to the firm's own account ending in 8832, whose statement is missing.",
        innocent=(
            "Most firms hold several accounts; a small share is only a note to ask for the paper."
        ),
        ask="What is this account for? Please hand in its statement.",
        paper="The statement of that account, the list of accounts opened",
    ),
)
def undisclosed_account(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    if not rows or not any(row.party for row in rows):
        yield NotChecked(BilingualText("流水没有对方户名", "the statements name no counterparties"))
        return
    known = [
        n.value
        for document in case.papers(BANK_STATEMENT)
        if (n := case.get(ACCOUNT_NUMBER, document))
    ]
    foreign = any(is_foreign(d) for d in case.papers(BANK_STATEMENT))
    own: dict[str, list[Entry]] = {}
    for entry in rows:
        number = entry.row.counterparty_account
        if (
            own_transfer(entry.row, case.applicant.name)
            and not any(same_account(number, key) for key in known)
            and not _opposite(entry, rows)
            and not (foreign and exchanged(entry.row))
        ):
            own.setdefault(number, []).append(entry)
    turnover = total(abs(row.amount) for row in rows)
    if not own:
        yield Clear(
            BilingualText(
                "没有与未提交的本企业账户往来",
                "no money moved to own accounts that were not handed in",
            )
        )
    for number, moved in sorted(own.items()):
        amount = total(abs(each.amount) for each in moved)
        share = amount / turnover if turnover else Decimal(0)
        severity = (
            Severity.MEDIUM
            if share > case.limit("share")
            else Severity.LOW
            if share > case.limit("small_share")
            else Severity.INFO
        )
        tail = f"…{number[-4:]}" if number else "（未列账号）"
        say = BilingualText(
            f"与本企业未提交的账户 {tail} 往来 {len(moved)} 笔共 {yuan(amount)}，占流水 {share:.0%}",
            (
                f"{len(moved)} transfers, {yuan(amount)} or {share:.0%} of turnover, with "
                f"an own account ({tail if number else 'no number'}) not handed in"
            ),
        )
        biggest = sorted(moved, key=lambda e: -abs(e.amount))[:4]
        yield Hit(
            say=say,
            evidence=tuple(case.at_entry(each) for each in biggest),
            observed=f"{amount:.2f}",
            confidence=0.9,
            severity=severity,
        )


def _opposite(entry: Entry, rows: Sequence[Entry]) -> bool:
    """The other side of a transfer without an account number, in the statement of another own
    account that was handed in.
    """
    if entry.row.counterparty_account:
        return False
    near = within(rows, entry.row.day - timedelta(days=3), entry.row.day + timedelta(days=3))
    return any(x.amount == -entry.amount and x.document is not entry.document for x in near)

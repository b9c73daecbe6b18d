"""The payment that a slip shows did not come back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from extractors.documents import bank_slip, bank_statement
from extractors.model import Document, Transaction
from extractors.values.money import yuan
from extractors.values.party_name import same_party
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.slip_rows import booked, each_slip_once
from verify.ledger.transaction_kinds import (
    current_text,
    goods_returned,
    refund,
    with_lender,
)
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="CON30",
    title="Payments shown by slips did not come back",
    title_zh="回单所示款项未被退回",
    severity="high",
    group="slip_statement",
    since="0.2",
    reads=(bank_slip.BANK_SLIP, bank_statement.BANK_STATEMENT),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ACCOUNT, Part.ROWS),
    zh=Page(
        why="回单只证明款项发出过。账号、户名故意写错，银行几天内退汇或冲正，回单仍可拿来证明已付货款；退回后没有重新支付的，这张回单什么也证明不了。",
        example="10 月 22 日付乙公司 618,941 元的回单；次日流水有同额“退汇”，以后再未支付。",
        innocent="户名账号填错退汇后重新支付（不提示）；退货后退款；短期借款到期归还；对方用另一账户重收。",
        ask="这笔款项退回后是否重新支付？回单所附业务是否真实完成？",
        paper="重新支付的回单、退汇通知、对应合同与发货单",
    ),
    en=Page(
        why=(
            "A slip proves only that money was sent. With a wrong account name the bank "
            "returns it within days, yet the slip still serves as proof of payment; where "
            "it was not sent again, the slip proves nothing."
        ),
        example=(
            "A slip of 618,941 paid to B on 22 October; on the next day the same amount is "
            "returned and never paid again."
        ),
        innocent=(
            "Returned for a wrong name and sent again (silent); goods returned and "
            "refunded; a short loan paid back; received on another account of the partner."
        ),
        ask=(
            "Was the payment made again after it was returned? Did the business behind the "
            "slip take place?"
        ),
        paper=(
            "The slip of the second payment, the bank's notice of return, contract and "
            "delivery note"
        ),
    ),
)
def slip_returned(case: RuleView) -> Iterator[Result]:
    slips = each_slip_once(case.papers(bank_slip.BANK_SLIP))
    found: set[str] = set()
    for statement in case.own_papers(bank_statement.BANK_STATEMENT):
        left = [s for s in slips if s.id not in found]  # a statement may be handed in twice
        for slip, row in booked(left, statement, int(case.limit("days_booked"))):
            found.add(slip.id)
            yield _judged(case, slip, statement, row)
    if not found:
        yield NotApplicable(
            BilingualText(
                "没有在对账单中找到对应明细的回单", "no slip whose row stands in a statement"
            )
        )


def _judged(case: RuleView, slip: Document, statement: Document, row: Transaction) -> Result:
    """Whether the payment of a slip came back and was not made again."""
    last = row.day + timedelta(days=int(case.limit("days")))
    after = [each for each in statement.rows if row.day <= each.day <= last and each is not row]
    back = _return_of(case, row, after)
    if back is None or _sent_again(row, back, statement.rows):
        return Clear(
            BilingualText("回单所示款项未退回", "the payment of the slip did not come back")
        )
    amount = row.debit or row.credit
    labelled = refund(back)
    say = BilingualText(
        f"{row.day} 回单所示 {yuan(amount)} 于 {back.day} {'退回' if labelled else '同额转回'}，此后没有重新支付",
        (
            f"the {yuan(amount)} that the slip of {row.day} shows "
            f"{'was returned' if labelled else 'came back'} on {back.day} and was not paid "
            "again"
        ),
    )
    shown = bank_slip.AMOUNT.of(slip)
    places = (case.at_field(slip, shown.field),) if shown else (case.at_file(slip),)
    return Hit(
        say=say,
        evidence=places,
        against=(case.at_row(statement, row), case.at_row(statement, back)),
        expected=f"{amount:.2f}",
        observed="0.00",
        confidence=0.9 * min(row.confidence, back.confidence),
        severity=Severity.HIGH if labelled else Severity.LOW,
    )


def _return_of(
    case: RuleView, row: Transaction, after: Sequence[Transaction]
) -> Transaction | None:
    """The row that takes a payment back: the same amount on the other side, named as a return, or
    with the same partner within days.
    """
    for other in after:
        opposite = other.credit == row.debit and other.debit == row.credit
        if not opposite or goods_returned(other):
            continue
        named = bool(row.counterparty_name) and same_party(
            row.counterparty_name, other.counterparty_name
        )
        if refund(other) and (named or with_lender(other)):
            return other
        soon = (other.day - row.day).days <= int(case.limit("days_unlabelled"))
        lent = current_text(row) or current_text(other)
        if named and soon and not lent:
            return other
    return None


def _sent_again(row: Transaction, back: Transaction, rows: Sequence[Transaction]) -> bool:
    """Whether the same amount went the same way to the same partner after the return."""
    return any(
        each.day >= back.day
        and each is not row
        and (each.debit, each.credit) == (row.debit, row.credit)
        and same_party(each.counterparty_name, row.counterparty_name)
        for each in rows
    )

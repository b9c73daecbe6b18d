"""On which of two firms' statements the doubt falls where they contradict each other.

A statement edited by an expert agrees with itself: its balances run and its totals are right. What
was moved with others, what was invoiced and what the bank paid interest on is out of its maker's
hands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extractors.values.party_name import folded_name
from verify.context.context import Context, Ledger
from verify.ledger.mirror import Contradiction, Payment, payments, unmirrored
from verify.ledger.standing import balances_stand, interest_stands
from verify.model import BilingualText

_LEAST = Decimal(1000)  # yuan from which a payment counts
_DAYS = 5  # within which both sides are booked
_STRONG, _WEAK = 2, 1  # points of a sign; a sum of two decides


class Doubted(StrEnum):
    """Whose statement is in doubt."""

    MINE = "mine"
    THEIRS = "theirs"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks against one of the statements: points above zero against mine."""

    text: BilingualText
    points: int


def doubted(signs: Iterable[Sign]) -> Doubted:
    """The side on which signs of at least one strong or two weak ones fall."""
    points = sum(sign.points for sign in signs)
    if points >= _STRONG:
        return Doubted.MINE
    return Doubted.THEIRS if points <= -_STRONG else Doubted.OPEN


def weighed(
    found: Sequence[Contradiction],
    invoiced: Collection[Decimal],
    context: Context,
    me: str,
    partner: str,
) -> list[Sign]:
    """Every sign that the papers of all applications give."""
    signs = [
        *_by_invoices(found, invoiced),
        *_by_own_arithmetic(found),
        *_by_third_parties(context, me, partner),
        *_by_gain(found),
    ]
    return [sign for sign in signs if sign.points]


def _by_invoices(found: Sequence[Contradiction], invoiced: Collection[Decimal]) -> list[Sign]:
    """An invoice between the two firms over the amount that one side alone shows."""
    mine = {abs(contradiction.mine.amount) for contradiction in found if contradiction.mine} & set(
        invoiced
    )
    theirs = {
        abs(contradiction.theirs.amount) for contradiction in found if contradiction.theirs
    } & set(invoiced)
    if bool(mine) == bool(theirs):
        return []
    if mine:
        text = BilingualText(
            "发票金额与本方流水相符", "an invoice bears this statement's amount out"
        )
        return [Sign(text, -_STRONG)]
    text = BilingualText("发票金额与对方流水相符", "an invoice bears the other's amount out")
    return [Sign(text, _STRONG)]


def _by_own_arithmetic(found: Sequence[Contradiction]) -> list[Sign]:
    """Balances round the row, and the interest of its quarter, in either statement."""
    out: list[Sign] = []
    for side, sign in (("mine", 1), ("theirs", -1)):
        shown = [p for c in found if (p := getattr(c, side))]
        who = BilingualText(*(("本方", "this") if sign > 0 else ("对方", "the other")))
        if any(not balances_stand(p.document, p.row) for p in shown):
            text = BilingualText(
                f"{who.zh}流水该笔前后余额不连续",
                f"balances round the row do not follow in {who.en} statement",
            )
            out.append(Sign(text, sign * _STRONG))
        if _interest_is_odd(found, side):
            text = BilingualText(
                f"{who.zh}流水该季结息与余额不符",
                f"the interest of that quarter does not fit the balances in {who.en} statement",
            )
            out.append(Sign(text, sign * _STRONG))
    return out


def _interest_is_odd(found: Sequence[Contradiction], side: str) -> bool:
    """Whether interest speaks against one side: it does so against a row left out as well."""
    for each in found:
        own: Payment | None = getattr(each, side)
        other: Payment | None = each.theirs if side == "mine" else each.mine
        if own is not None:
            document, day = own.document, own.row.day
        elif other is not None:
            document, day = other.other.document, other.row.day
        else:
            continue
        if interest_stands(document, day) is False:
            return True
    return False


def _by_third_parties(context: Context, me: str, partner: str) -> list[Sign]:
    """Further applicants whose statements contradict one of the two, and not the other."""
    against_me = _contradicted_by(context, me, {folded_name(me), folded_name(partner)})
    against_them = _contradicted_by(context, partner, {folded_name(me), folded_name(partner)})
    if bool(against_me) == bool(against_them):
        return []
    who, points = (against_me, _STRONG) if against_me else (against_them, -_STRONG)
    names = "、".join(sorted(who)[:3])
    side = BilingualText(*(("本方", "this") if points > 0 else ("对方", "the other")))
    text = BilingualText(
        f"{side.zh}流水与“{names}”的流水也不一致",
        f"{side.en} statement differs from that of {names} as well",
    )
    return [Sign(text, points)]


def _contradicted_by(context: Context, holder: str, without: Collection[str]) -> set[str]:
    """Other applicants whose statements do not mirror the holder's."""
    own = [x for x in context.ledgers_of(holder) if x.is_whole]
    out: set[str] = set()
    for ledger in (x for x in context.ledgers_naming(holder) if x.is_whole):
        if folded_name(ledger.applicant) in without or ledger.packet in {x.packet for x in own}:
            continue
        if _differ(own, [ledger]) or _differ([ledger], own):
            out.add(ledger.applicant)
    return out


def _differ(ours: Sequence[Ledger], theirs: Sequence[Ledger]) -> bool:
    """Whether some row of ours with a named account is not mirrored in theirs."""
    names = {folded_name(each.applicant) for each in theirs}
    rows = [
        (ledger.document, row)
        for ledger in ours
        for row in ledger.document.rows
        if row.counterparty_name and row.counterparty_key in names
    ]
    accounts = [each.account_of for each in theirs]
    moved = [
        payment for payment in payments(rows, accounts, least=_LEAST, days=_DAYS) if payment.is_sure
    ]
    return bool(unmirrored(moved, accounts, days=_DAYS))


def _by_gain(found: Sequence[Contradiction]) -> list[Sign]:
    """Whose account looks better: the one that shows the larger receipt.

    Strong where one payment stands under two amounts: who leaves a payment out leaves its row out.
    """
    out: list[Sign] = []
    altered = [
        (contradiction.mine, contradiction.theirs)
        for contradiction in found
        if contradiction.mine and contradiction.theirs
    ]
    raised = sum(_raised(first, second) - _raised(second, first) for first, second in altered)
    if raised:
        side = BilingualText(*(("本方", "this") if raised > 0 else ("对方", "the other")))
        text = BilingualText(
            f"同一笔款项{side.zh}流水所记收入大于付款方所记支出",
            f"{side.en} statement shows a larger receipt than the payer's shows as paid",
        )
        out.append(Sign(text, _STRONG if raised > 0 else -_STRONG))
    receipts = sum(
        contradiction.mine.amount > 0
        for contradiction in found
        if contradiction.mine and not contradiction.theirs
    )
    payments_left_out = sum(
        contradiction.theirs.amount > 0
        for contradiction in found
        if contradiction.theirs and not contradiction.mine
    )
    if receipts and not payments_left_out:
        text = BilingualText("该收入只有本方流水显示", "this statement alone shows the receipt")
        out.append(Sign(text, _WEAK))
    if payments_left_out and not receipts:
        text = BilingualText(
            "该收入只有对方流水显示", "the other's statement alone shows the receipt"
        )
        out.append(Sign(text, -_WEAK))
    return out


def _raised(mine: Payment, theirs: Payment) -> bool:
    """Whether my account shows a receipt larger than what the payer's shows as paid.

    Receipts are raised to look like turnover; payments are left out, seldom lowered.
    """
    return mine.amount > 0 and mine.amount > -theirs.amount

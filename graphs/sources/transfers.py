"""Bank rows of all packets as transfers between parties: each payment once, though payer's and
payee's statements both show it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractors.documents.bank_statement import ACCOUNT_NAME, BANK_STATEMENT
from extractors.model import Document, Packet, Transaction
from extractors.values.party_name import is_company
from graphs.model import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Money from one party to another, by folded names, and where it was read; two places where
    both statements show it.
    """

    source: str
    target: str
    day: date
    time: str
    amount: Decimal
    places: tuple[Place, ...]


def transfers(packets: Sequence[Packet], least: Decimal = Decimal(10_000)) -> tuple[Transfer, ...]:
    """Payments of at least `least` yuan between named parties, in order of day, parties and amount."""
    found: dict[tuple[object, ...], list[Transfer]] = {}
    for packet in sorted(packets, key=lambda p: p.id):
        for document in packet.of_type(BANK_STATEMENT.id):
            seen: dict[tuple[object, ...], int] = {}
            for one in _of(packet.id, document, least):
                key = (one.source, one.target, one.day, one.amount)
                at = seen.get(key, 0)
                seen[key] = at + 1
                same = found.setdefault(key, [])
                if at < len(
                    same
                ):  # the other side's statement, or another copy, shows this payment too
                    same[at] = _joined(same[at], one)
                else:
                    same.append(one)
    return tuple(
        t
        for key in sorted(found, key=lambda k: tuple(str(x) for x in (k[2], k[0], k[1], k[3])))
        for t in found[key]
    )


def between_firms(moved: Sequence[Transfer]) -> tuple[Transfer, ...]:
    """Transfers whose two sides are named as firms: people of one name are many."""
    return tuple(
        transfer
        for transfer in moved
        if is_company(transfer.source) and is_company(transfer.target)
    )


def _joined(first: Transfer, second: Transfer) -> Transfer:
    return Transfer(
        source=first.source,
        target=first.target,
        day=first.day,
        time=first.time or second.time,
        amount=first.amount,
        places=(*first.places, *second.places),
    )


def _of(packet: str, document: Document, least: Decimal) -> Iterator[Transfer]:
    holder = ACCOUNT_NAME.of(document)
    if holder is None:
        return
    me = holder.value.key
    for row in document.rows:
        other, amount = row.counterparty_key, row.debit or row.credit
        if not other or other == me or amount < least:
            continue
        source, target = (me, other) if row.debit else (other, me)
        yield Transfer(
            source=source,
            target=target,
            day=row.day,
            time=row.time,
            amount=amount,
            places=(_place(packet, document, row),),
        )


def _place(packet: str, document: Document, row: Transaction) -> Place:
    text = f"{row.day} {row.description} {row.debit or row.credit}"
    return Place(
        packet=packet,
        file=document.file,
        document=document.id,
        page=row.page,
        box=row.box,
        text=text,
    )

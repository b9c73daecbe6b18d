"""Guarantees that a guarantee contract states: one for each guarantor and debtor."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractors.documents import guarantee_contract as contract
from extractors.model import Document
from graphs.model import Relation, RelationKind
from graphs.relations.places import at_field
from graphs.resolve.same_party import Resolution


def guarantees(packet: str, document: Document, parties: Resolution) -> Iterator[Relation]:
    """Guarantees between different parties; the file's digest stands for a number that was not
    read.
    """
    amount, number = contract.AMOUNT.of(document), contract.CONTRACT_NUMBER.of(document)
    signed, mode = contract.SIGNED.of(document), contract.MODE.of(document)
    for guarantor in document.parties.get("guarantor", ()):
        source = parties.of(guarantor.value, scope=packet)
        for debtor in document.parties.get("debtor", ()):
            target = parties.of(debtor.value, scope=packet)
            if source == target:
                continue
            yield Relation(
                kind=RelationKind.GUARANTEES,
                source=source,
                target=target,
                amount=amount.value if amount else None,
                start=signed.value if signed else None,
                end=_end(document),
                places=(at_field(packet, document, guarantor, guarantor.value, debtor.value),),
                contract=number.value if number else document.sha256[:12],
                mode=mode.value if mode else "",
            )


def _end(document: Document) -> date | None:
    period = contract.CLAIM_PERIOD.of(document)
    return date.fromisoformat(period.value.split("/")[1]) if period else None

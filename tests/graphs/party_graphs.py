"""Small graphs for tests: entities by name, relations in one line each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from extractors.model import WHOLE_PAGE
from graphs.build import build as build_graph
from graphs.model import Entity, PartyGraph, Place, Relation
from verify.policy import default_policy

build = partial(build_graph, floor=default_policy().trust_floor)

# Holds 1→5→6→3→4→2→1, which the bounded-circle algorithm of Gupta and Suzumura (2021) does not find.
HARD_CIRCLE = {
    (0, 4), (0, 6), (1, 3), (1, 4), (1, 5), (2, 1), (3, 4), (3, 5), (4, 2), (4, 3), (5, 6), (6, 2), (6, 3),
}  # fmt: skip

KINDS = ("phone", "email", "address", "account", "author", "device", "file")


def place(packet: str = "p") -> Place:
    return Place(packet=packet, file="f", document="d", page=1, box=WHOLE_PAGE, text="t")


def tie(
    kind: str,
    source: str,
    target: str,
    amount: str = "",
    day: int = 0,
    *,
    share: str = "",
    contract: str = "",
    packet: str = "p",
) -> Relation:
    when = date(2025, 1, 1).fromordinal(date(2025, 1, 1).toordinal() + day) if day else None
    return Relation(
        kind=kind,
        source=source,
        target=target,
        amount=Decimal(amount) if amount else None,
        start=when,
        end=when,
        places=(place(packet),),
        contract=contract,
        share=Decimal(share) if share else None,
    )


def graph(*relations: Relation) -> PartyGraph:
    """Entities are as the relations name them: "phone:1" is a contact, a name that starts with a
    capital a person, any other a firm.
    """
    entities = {}
    for name in sorted({e for r in relations for e in (r.source, r.target)}):
        kind = name.partition(":")[0]
        kind = kind if kind in KINDS else "person" if name[0].isupper() else "company"
        entities[name] = Entity(
            id=name, kind=kind, name=name.partition(":")[2] or name, names=(name,)
        )
    return PartyGraph(entities, relations)

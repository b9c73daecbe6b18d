"""Firms that share a telephone, e-mail, account, address or maker of files, weighed by how many
firms share it (rules.md G09).

A contact of two firms says most, one of a few firms less, and one of many nothing: it is a virtual
office, an agent or an accountant. The weight is the inverse document frequency ln(common / firms)
over that of two firms, so that it does not depend on how many applications happen to be at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import log, prod

from graphs.model import Entity, PartyGraph, Pattern, PatternKind, Relation, RelationKind

COMMON = 12  # firms from which on a contact says nothing
_SURETY = {
    "phone": 1.0,
    "email": 1.0,
    "account": 1.0,
    "file": 0.9,
    "device": 0.7,
    "address": 0.6,
    "author": 0.5,
}
_LET_TO_MANY = re.compile(
    r"集群|托管|商务秘书|秘书(?:服务|公司)|孵化|众创|工位|虚拟|联合办公|集中(?:登记|注册|办公)|代理记账|财税"
)


def contact_weight(contact: Entity, firms: int, common: int = COMMON) -> float:
    """0 to 1: what a contact that so many firms share says about two of them.

    An address that by its own words is let to many says nothing.
    """
    if not 2 <= firms < common or _LET_TO_MANY.search(contact.name):
        return 0.0
    return _SURETY.get(contact.kind, 0.0) * log(common / firms) / log(common / 2)


def holders_of(graph: PartyGraph) -> dict[str, set[str]]:
    """Ids of the parties that have each contact."""
    found: dict[str, set[str]] = {}
    for relation in graph.of_kind(RelationKind.HAS_CONTACT):
        found.setdefault(relation.target, set()).add(relation.source)
    return found


def shared_contacts(graph: PartyGraph, common: int = COMMON) -> tuple[Pattern, ...]:
    """One pattern for each two firms with a contact in common, weightiest first. Several contacts
    count together as independent signs: 1 - product of (1 - weight). Relations are of kind
    shares_contact, with the places of both firms.
    """
    holders: dict[str, dict[str, Relation]] = {}
    for relation in graph.of_kind(RelationKind.HAS_CONTACT):
        if graph.entities[relation.source].kind == "company":
            holders.setdefault(relation.target, {}).setdefault(relation.source, relation)
    pairs: dict[tuple[str, str], list[tuple[float, Relation]]] = {}
    for contact, own in sorted(holders.items()):
        weight = contact_weight(graph.entities[contact], len(own), common)
        for one, other in _pairs(sorted(own)) if weight else ():
            if graph.entities[contact].kind == "device" and _packets(own[one]) & _packets(
                own[other]
            ):
                continue  # one person photographed all papers of an application
            pairs.setdefault((one, other), []).append(
                (weight, _shared(contact, own[one], own[other]))
            )
    return tuple(
        sorted(
            (_pattern(graph, pair, found) for pair, found in pairs.items()),
            key=lambda p: (-float(p.figures["weight"]), p.members),
        )
    )


def _pairs(firms: list[str]) -> Iterator[tuple[str, str]]:
    for i, one in enumerate(firms):
        yield from ((one, other) for other in firms[i + 1 :])


def _packets(relation: Relation) -> set[str]:
    return {place.packet for place in relation.places}


def _shared(contact: str, one: Relation, other: Relation) -> Relation:
    places = (*one.places[:1], *other.places[:1])
    return Relation(
        kind=RelationKind.SHARES_CONTACT,
        source=one.source,
        target=other.source,
        amount=None,
        start=None,
        end=None,
        places=places,
        contract=contact,
    )


def _pattern(
    graph: PartyGraph, pair: tuple[str, str], found: list[tuple[float, Relation]]
) -> Pattern:
    together = 1 - prod(1 - weight for weight, _ in found)
    shown = "; ".join(
        f"{graph.entities[relation.contract].kind} {graph.name(relation.contract)}"
        for _, relation in found
    )
    figures = {"weight": f"{together:.4f}", "contacts": shown}
    return Pattern(
        kind=PatternKind.SHARED_CONTACT,
        members=pair,
        relations=tuple(row for _, row in found),
        figures=figures,
    )

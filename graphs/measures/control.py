"""Who controls whom, and who benefits: the least fixed point of majority holdings, shares through
all paths, loops that own themselves.

Control (公司法 2023 art. 265; the least fixed point as in the company-control literature): x
controls y where x and the firms that x controls together hold more than half of y. Beneficial owner
(受益所有人, threshold 25 %): a person whose share through all paths, cross-holdings included,
reaches it: A(I - A)^-1. A closed loop that holds all of itself has no outside owner and is told,
never inverted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from graphs.model import PartyGraph, Pattern, PatternKind, RelationKind

_HALF, _BENEFIT, _WHOLE = Decimal(50), Decimal(25), 0.999
_MOST = 2_000  # firms above one that are solved together


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns how much of a firm through all paths, in percent."""

    owner: str
    share: Decimal


def holdings(graph: PartyGraph) -> dict[str, dict[str, Decimal]]:
    """Percent that each owner holds of each firm, as the papers say; a holding named twice counts
    once, with its larger share.
    """
    out: dict[str, dict[str, Decimal]] = {}
    for relation in graph.of_kind(RelationKind.HOLDS_SHARES):
        if relation.share is not None and relation.source != relation.target:
            own = out.setdefault(relation.source, {})
            own[relation.target] = max(own.get(relation.target, Decimal(0)), relation.share)
    return out


def controlled_by(
    owner: str, held: Mapping[str, Mapping[str, Decimal]], more_than: Decimal = _HALF
) -> tuple[str, ...]:
    """Firms that an owner controls, in the order in which control follows; linear in the holdings
    that it touches.
    """
    together: dict[str, Decimal] = {}
    found: dict[str, None] = {}
    todo = [owner]
    while todo:
        for firm, share in sorted(held.get(todo.pop(), {}).items()):
            together[firm] = together.get(firm, Decimal(0)) + share
            if together[firm] > more_than and firm not in found and firm != owner:
                found[firm] = None
                todo.append(firm)
    return tuple(found)


def control_groups(graph: PartyGraph) -> tuple[Pattern, ...]:
    """One pattern for each owner that nobody controls and that controls a firm: the owner, then the
    firms.
    """
    held = holdings(graph)
    groups = {owner: controlled_by(owner, held) for owner in sorted(held)}
    below = {
        firm
        for owner, firms in groups.items()
        for firm in firms
        if owner not in controlled_by(firm, held)
    }
    found = []
    for owner, firms in groups.items():
        if firms and owner not in below:
            members = (owner, *firms)
            inside = set(members)
            own = tuple(
                relation
                for relation in graph.of_kind(RelationKind.HOLDS_SHARES)
                if relation.source in inside and relation.target in inside
            )
            found.append(
                Pattern(
                    kind=PatternKind.CONTROL_GROUP,
                    members=members,
                    relations=own,
                    figures={"firms": str(len(firms))},
                )
            )
    return tuple(found)


def owners_of(firm: str, graph: PartyGraph) -> tuple[Owner, ...]:
    """Everyone above a firm with the share that reaches it through all paths, largest first.
    Members of loops that own themselves are left out; `self_owned` names them.
    """
    held = holdings(graph)
    closed = {member for pattern in self_owned(graph) for member in pattern.members}
    above = _above(firm, held)
    ids = sorted(e for e in above | {firm} if e not in closed or e == firm)
    number = {e: i for i, e in enumerate(ids)}
    matrix = np.zeros((len(ids), len(ids)))
    for owner in ids:
        for target, share in held.get(owner, {}).items():
            if target in number and target not in closed:
                matrix[number[owner], number[target]] = float(share) / 100
    if firm in closed:
        return ()
    reach = matrix @ np.linalg.solve(np.eye(len(ids)) - matrix, np.eye(len(ids))[:, number[firm]])
    found = [
        Owner(e, Decimal(str(round(100 * float(reach[number[e]]), 6))))
        for e in ids
        if e != firm and reach[number[e]] > 1e-9
    ]
    return tuple(sorted(found, key=lambda o: (-o.share, o.owner)))


def beneficial_owners(
    firm: str, graph: PartyGraph, at_least: Decimal = _BENEFIT
) -> tuple[Owner, ...]:
    """Persons whose share through all paths reaches the threshold."""
    return tuple(
        owner
        for owner in owners_of(firm, graph)
        if graph.entities[owner.owner].kind == "person" and owner.share >= at_least
    )


def _above(firm: str, held: Mapping[str, Mapping[str, Decimal]]) -> set[str]:
    owners: dict[str, list[str]] = {}
    for owner, firms in held.items():
        for target in firms:
            owners.setdefault(target, []).append(owner)
    found: set[str] = set()
    todo = [firm]
    while todo and len(found) < _MOST:
        for owner in sorted(owners.get(todo.pop(), ())):
            if owner not in found:
                found.add(owner)
                todo.append(owner)
    return found


def self_owned(graph: PartyGraph) -> tuple[Pattern, ...]:
    """Loops of firms that together hold all of themselves."""
    import networkx as nx

    held = holdings(graph)
    digraph = nx.DiGraph([(a, b) for a, firms in sorted(held.items()) for b in sorted(firms)])
    found = []
    for part in sorted(
        (sorted(p) for p in nx.strongly_connected_components(digraph)), key=lambda p: p[0]
    ):
        inside = set(part)
        if len(part) >= 2 and all(
            sum(float(held.get(o, {}).get(f, 0)) for o in inside) / 100 >= _WHOLE for f in part
        ):
            own = tuple(
                relation
                for relation in graph.of_kind(RelationKind.HOLDS_SHARES)
                if relation.source in inside and relation.target in inside
            )
            found.append(
                Pattern(kind=PatternKind.SELF_OWNED, members=tuple(part), relations=own, figures={})
            )
    return tuple(found)

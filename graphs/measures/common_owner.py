"""Which firms stand under the same hand as one firm: by majority, by shares through all paths, by
one representative (rules.md G08).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from graphs.model import PartyGraph, Pattern, PatternKind, Relation, RelationKind

_BENEFIT, _WHOLE, _LEAST, _ROUNDS = Decimal(25), Decimal(100), Decimal("0.000001"), 200
_MOST = 2_000  # firms below one owner that are looked at
Held = Mapping[str, Mapping[str, Decimal]]


def shares_below(owner: str, held: Held) -> dict[str, Decimal]:
    """Percent of each firm that belongs to an owner through all paths: the row of A + A² + …,
    summed until it changes no more.

    Loops that own themselves have no such sum; there it ends at the whole. At most `_MOST` firms
    are looked at.
    """
    total: dict[str, Decimal] = {}
    wave = dict(held.get(owner, {}))
    for _ in range(_ROUNDS):
        if not wave or len(total) > _MOST:
            break
        for firm, share in wave.items():
            total[firm] = min(_WHOLE, total.get(firm, Decimal(0)) + share)
        following: dict[str, Decimal] = {}
        for middle, part in sorted(wave.items()):
            for firm, share in held.get(middle, {}).items():
                following[firm] = following.get(firm, Decimal(0)) + part * share / 100
        wave = {firm: share for firm, share in following.items() if share > _LEAST}
    total.pop(owner, None)
    return total


def firms_under_one_hand(
    firm: str, graph: PartyGraph, held: Held, at_least: Decimal = _BENEFIT
) -> tuple[Pattern, ...]:
    """One pattern (hand, firm, other) for each other firm in which an owner of `at_least` percent
    of `firm` holds as much, or that has its representative. The owner may be the firm itself or
    the other one. Figures: by (shares | representative) and both shares.
    """
    found: dict[str, Pattern] = {}
    for pattern in (*_by_shares(firm, graph, held, at_least), *_by_head(firm, graph)):
        found.setdefault(pattern.members[-1], pattern)
    return tuple(found[other] for other in sorted(found))


def _by_shares(firm: str, graph: PartyGraph, held: Held, at_least: Decimal) -> Iterator[Pattern]:
    owned_by = {
        owner: below
        for owner in (*_above(firm, held), firm)
        if (below := shares_below(owner, held))
    }
    part = {
        owner: _WHOLE if owner == firm else below.get(firm, Decimal(0))
        for owner, below in owned_by.items()
    }
    for owner in sorted((o for o in part if part[o] >= at_least), key=lambda o: (-part[o], o)):
        own, below = part[owner], owned_by[owner]
        reached = {
            other: share
            for other, share in below.items()
            if other != firm and share >= at_least and graph.entities[other].kind == "company"
        }
        if owner != firm and graph.entities[owner].kind == "company":
            reached[owner] = _WHOLE
        inside = {owner, firm, *below}
        relations = tuple(
            relation
            for relation in graph.of_kind(RelationKind.HOLDS_SHARES)
            if relation.source in inside and relation.target in inside
        )
        for other, share in sorted(reached.items()):
            figures = {"by": "shares", "share": f"{own:.2f}", "other_share": f"{share:.2f}"}
            proof = _on_the_way(relations, owner, {firm, other})
            yield Pattern(
                kind=PatternKind.COMMON_CONTROLLER,
                members=(owner, firm, other),
                relations=proof,
                figures=figures,
            )


def _on_the_way(
    relations: tuple[Relation, ...], owner: str, ends: set[str]
) -> tuple[Relation, ...]:
    """Holdings that lead from an owner to one of the firms, so that each can be shown with its
    paper.
    """
    reach = set(ends)
    while True:
        more = {
            relation.source
            for relation in relations
            if relation.target in reach and relation.source != owner
        } - reach
        if not more:
            return tuple(relation for relation in relations if relation.target in reach)
        reach |= more


def _by_head(firm: str, graph: PartyGraph) -> Iterator[Pattern]:
    leads = graph.of_kind(RelationKind.REPRESENTS)
    for head in sorted({relation.source for relation in leads if relation.target == firm}):
        own = [relation for relation in leads if relation.source == head]
        for other in sorted({relation.target for relation in own} - {firm}):
            proof = tuple(relation for relation in own if relation.target in (firm, other))
            yield Pattern(
                kind=PatternKind.COMMON_CONTROLLER,
                members=(head, firm, other),
                relations=proof,
                figures={"by": "representative"},
            )


def _above(firm: str, held: Held) -> set[str]:
    owners: dict[str, list[str]] = {}
    for owner, firms in held.items():
        for target in firms:
            owners.setdefault(target, []).append(owner)
    found: set[str] = set()
    todo = [firm]
    while todo and len(found) < _MOST:
        fresh = set(owners.get(todo.pop(), ())) - found - {firm}
        found |= fresh
        todo += sorted(fresh)
    return found

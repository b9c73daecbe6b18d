"""环开发票: invoices of about one amount that come back to the firm that issued the first (rules.md
G11).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graphs.measures.guarantee_circle import canonical
from graphs.model import CyclePaths, PartyGraph, Pattern, PatternKind, Relation, RelationKind

FIRMS, DAYS, SHARE = 6, 90, 0.05


def invoice_rings(
    graph: PartyGraph, *, least: int = 3, firms: int = FIRMS, days: int = DAYS, share: float = SHARE
) -> CyclePaths:
    """One pattern for each ring of `least` to `firms` firms: the first invoice's seller first. All
    invoices of a ring lie within `days` of the earliest, each within `share` of the amount
    before. Of several rounds of the same firms one that runs in time is told, else the shortest.

    Figures: `order` is in_time where each invoice is later than the one before, same_day where some
    fall on one day, else mixed.
    """
    issued = [
        relation
        for relation in graph.of_kind(RelationKind.INVOICES)
        if relation.start is not None and relation.amount
    ]
    if len(issued) < least:
        return CyclePaths((), 0)
    from graphs.kernels.flows import flows

    issued.sort(key=lambda r: (r.start, r.source, r.target, r.amount, r.contract))
    ids = sorted({end for relation in issued for end in (relation.source, relation.target)})
    number = {e: i for i, e in enumerate(ids)}
    source, target = (
        np.array([number[getattr(relation, end)] for relation in issued], np.int32)
        for end in ("source", "target")
    )
    day, amount = (
        np.array([_day(relation) for relation in issued], np.int32),
        np.array([float(relation.amount or 0) for relation in issued]),
    )
    found, cut = flows(
        source, target, day, amount, hops=firms, days=days, share=share, ordered=False
    )
    best: dict[tuple[str, ...], list[Relation]] = {}
    for way in ([issued[i] for i in ring] for ring in found if len(ring) >= least):
        key = canonical(tuple(relation.source for relation in way))
        if key not in best or _worth_telling(way) < _worth_telling(best[key]):
            best[key] = way
    return CyclePaths(tuple(_pattern(best[key]) for key in sorted(best)), cut)


def _day(relation: Relation) -> int:
    assert relation.start is not None
    return relation.start.toordinal()


def _order(way: Sequence[Relation]) -> str:
    steps = [(_day(first), _day(second)) for first, second in zip(way, way[1:], strict=False)]
    return (
        "in_time"
        if all(first < second for first, second in steps)
        else "same_day"
        if all(first <= second for first, second in steps)
        else "mixed"
    )


def _span(way: Sequence[Relation]) -> int:
    return max(map(_day, way)) - min(map(_day, way))


def _worth_telling(way: Sequence[Relation]) -> tuple[int, int]:
    return ("in_time", "same_day", "mixed").index(_order(way)), _span(way)


def _pattern(way: Sequence[Relation]) -> Pattern:
    amounts = [relation.amount for relation in way if relation.amount]
    figures = {
        "firms": str(len(way)),
        "days": str(_span(way)),
        "amount": f"{min(amounts):.2f}",
        "largest": f"{max(amounts):.2f}",
        "order": _order(way),
    }
    return Pattern(
        kind=PatternKind.INVOICE_RING,
        members=tuple(relation.source for relation in way),
        relations=tuple(way),
        figures=figures,
    )

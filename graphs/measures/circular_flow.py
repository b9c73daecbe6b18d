"""资金回流: money that returns to where it started through other firms, within days and in about
the same amount (graph.md, rules.md G10).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graphs.model import CyclePaths, PartyGraph, Pattern, PatternKind, Relation, RelationKind
from graphs.sources.transfers import Transfer

HOPS, DAYS, SHARE = 7, 7, 0.05


def circular_flows(
    moved: Sequence[Transfer], *, hops: int = HOPS, days: int = DAYS, share: float = SHARE
) -> CyclePaths:
    """One pattern for each way home of three or more transfers, in order of time. `order` is
    "known" where no two of its transfers fall on one day without their times, else "same_day".
    """
    if len(moved) < 3:
        return CyclePaths((), 0)
    from graphs.kernels.flows import flows

    names = sorted({name for transfer in moved for name in (transfer.source, transfer.target)})
    number = {name: i for i, name in enumerate(names)}
    source, target = (
        np.array([number[getattr(t, end)] for t in moved], np.int32) for end in ("source", "target")
    )
    day, amount = (
        np.array([t.day.toordinal() for t in moved], np.int32),
        np.array([float(t.amount) for t in moved]),
    )
    found, cut = flows(source, target, day, amount, hops=hops, days=days, share=share)
    ways = [[moved[i] for i in way] for way in found if len(way) >= 3]
    return CyclePaths(tuple(_pattern(way) for way in ways if _in_time(way)), cut)


def transfers_of(graph: PartyGraph) -> tuple[tuple[Transfer, ...], int]:
    """The payments of a graph with a day and an amount, in order of day, and how many lack one of
    them.
    """
    paid = [
        relation
        for relation in graph.of_kind(RelationKind.PAYS)
        if relation.source != relation.target
    ]
    moved = [
        Transfer(
            source=relation.source,
            target=relation.target,
            day=relation.start,
            time="",
            amount=relation.amount,
            places=relation.places,
        )
        for relation in paid
        if relation.start is not None and relation.amount
    ]
    moved.sort(key=lambda t: (t.day, t.source, t.target, t.amount))
    return tuple(moved), len(paid) - len(moved)


def _in_time(way: Sequence[Transfer]) -> bool:
    """Whether the times, where both are printed, do not contradict the order."""
    return all(
        first.day < second.day or not (first.time and second.time) or first.time <= second.time
        for first, second in zip(way, way[1:], strict=False)
    )


def _pattern(way: Sequence[Transfer]) -> Pattern:
    known = all(
        first.day < second.day or (first.time and second.time)
        for first, second in zip(way, way[1:], strict=False)
    )
    relations = tuple(
        Relation(
            kind=RelationKind.PAYS,
            source=transfer.source,
            target=transfer.target,
            amount=transfer.amount,
            start=transfer.day,
            end=transfer.day,
            places=transfer.places,
        )
        for transfer in way
    )
    figures = {
        "hops": str(len(way)),
        "first": way[0].day.isoformat(),
        "last": way[-1].day.isoformat(),
        "amount": f"{min(t.amount for t in way):.2f}",
        "order": "known" if known else "same_day",
    }
    return Pattern(
        kind=PatternKind.CIRCULAR_FLOW,
        members=tuple(transfer.source for transfer in way),
        relations=relations,
        figures=figures,
    )

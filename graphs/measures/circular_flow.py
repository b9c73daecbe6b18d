"""资金回流: money that returns to where it started through other firms, within days and in about
the same amount (graph.md, rules.md G10).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graphs.model import PartyGraph, Pattern, Relation, Ways
from graphs.sources.transfers import Transfer

HOPS, DAYS, SHARE = 7, 7, 0.05


def circular_flows(
    moved: Sequence[Transfer], *, hops: int = HOPS, days: int = DAYS, share: float = SHARE
) -> Ways:
    """One pattern for each way home of three or more transfers, in order of time. `order` is
    "known" where no two of its transfers fall on one day without their times, else "same_day".
    """
    if len(moved) < 3:
        return Ways((), 0)
    from graphs.kernels.flows import flows

    names = sorted({n for t in moved for n in (t.source, t.target)})
    number = {n: i for i, n in enumerate(names)}
    source, target = (
        np.array([number[getattr(t, end)] for t in moved], np.int32) for end in ("source", "target")
    )
    day, amount = (
        np.array([t.day.toordinal() for t in moved], np.int32),
        np.array([float(t.amount) for t in moved]),
    )
    found, cut = flows(source, target, day, amount, hops=hops, days=days, share=share)
    ways = [[moved[i] for i in way] for way in found if len(way) >= 3]
    return Ways(tuple(_pattern(way) for way in ways if _in_time(way)), cut)


def transfers_of(graph: PartyGraph) -> tuple[tuple[Transfer, ...], int]:
    """The payments of a graph with a day and an amount, in order of day, and how many lack one of
    them.
    """
    paid = [r for r in graph.of_kind("pays") if r.source != r.target]
    moved = [
        Transfer(
            source=r.source, target=r.target, day=r.start, time="", amount=r.amount, places=r.places
        )
        for r in paid
        if r.start is not None and r.amount
    ]
    moved.sort(key=lambda t: (t.day, t.source, t.target, t.amount))
    return tuple(moved), len(paid) - len(moved)


def _in_time(way: Sequence[Transfer]) -> bool:
    """Whether the times, where both are printed, do not contradict the order."""
    return all(
        a.day < b.day or not (a.time and b.time) or a.time <= b.time
        for a, b in zip(way, way[1:], strict=False)
    )


def _pattern(way: Sequence[Transfer]) -> Pattern:
    known = all(a.day < b.day or (a.time and b.time) for a, b in zip(way, way[1:], strict=False))
    relations = tuple(
        Relation(
            kind="pays",
            source=t.source,
            target=t.target,
            amount=t.amount,
            start=t.day,
            end=t.day,
            places=t.places,
        )
        for t in way
    )
    figures = {
        "hops": str(len(way)),
        "first": way[0].day.isoformat(),
        "last": way[-1].day.isoformat(),
        "amount": f"{min(t.amount for t in way):.2f}",
        "order": "known" if known else "same_day",
    }
    return Pattern(
        kind="circular_flow",
        members=tuple(t.source for t in way),
        relations=relations,
        figures=figures,
    )

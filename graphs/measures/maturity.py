"""到期梯形: which guarantees end when, and which circles then end by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from graphs.model import PartyGraph, Pattern, Relation, RelationKind

# Days ahead that a bank's plan of maturities is kept for: a month, a quarter, half a year, a year.
STEPS = (30, 90, 180, 365)


@dataclass(frozen=True, slots=True)
class Rung:
    """Guarantees whose end lies from `first` to `last` (None: no limit), their sum, and how many
    have no amount.
    """

    name: str  # ended | within_30 … | later | no_end
    first: date | None
    last: date | None
    guarantees: tuple[Relation, ...]
    amount: Decimal
    unknown: int
    circles: tuple[Pattern, ...] = field(default=())


def maturity_ladder(
    graph: PartyGraph,
    day: date,
    circles: Sequence[Pattern] = (),
    steps: Sequence[int] = STEPS,
) -> tuple[Rung, ...]:
    """Rungs in order of time, those that ended before `day` first and those without an end last.
    Circles stand in the rung in which their first guarantee ends that nothing takes the place
    of.
    """
    limits = [day + timedelta(days=step) for step in steps]
    names = ["ended", *(f"within_{step}" for step in steps), "later", "no_end"]
    firsts = [None, day, *(limit + timedelta(days=1) for limit in limits), None]
    lasts = [day - timedelta(days=1), *limits, None, None]
    held: dict[str, list[Relation]] = {name: [] for name in names}
    ending: dict[str, list[Pattern]] = {name: [] for name in names}
    for relation in graph.of_kind(RelationKind.GUARANTEES):
        held[_rung(relation.end, day, limits, names)].append(relation)
    for circle in circles:
        told = circle.figures.get("ends_on")
        last = date.fromisoformat(told) if told else None
        ending[_rung(last, day, limits, names)].append(circle)
    return tuple(
        _made(name, first, last, held[name], ending[name])
        for name, first, last in zip(names, firsts, lasts, strict=True)
    )


def _rung(end: date | None, day: date, limits: Sequence[date], names: Sequence[str]) -> str:
    if end is None:
        return names[-1]
    if end < day:
        return names[0]
    for limit, name in zip(limits, names[1:], strict=False):
        if end <= limit:
            return name
    return names[-2]


def _made(
    name: str,
    first: date | None,
    last: date | None,
    guarantees: Sequence[Relation],
    circles: Sequence[Pattern],
) -> Rung:
    amount = sum(
        (relation.amount for relation in guarantees if relation.amount is not None), Decimal(0)
    )
    unknown = sum(relation.amount is None for relation in guarantees)
    return Rung(name, first, last, tuple(guarantees), amount, unknown, tuple(circles))

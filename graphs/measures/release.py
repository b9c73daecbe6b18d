"""拆圈方案: which guarantees to release, what each costs and leaves behind, and another plan of the
kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from graphs.measures.circle_cut import Cut, Edge, full_cut
from graphs.measures.indexed import indexed
from graphs.model import PartyGraph, Relation, RelationKind

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Release:
    """All guarantees of one guarantor for one debtor; what then still stands behind the debtor."""

    edge: Edge
    relations: tuple[Relation, ...]
    left: int  # guarantees that the debtor keeps
    left_amount: Decimal

    @property
    def amount(self) -> Decimal:
        return sum((r.amount for r in self.relations if r.amount is not None), _ZERO)

    @property
    def unknown(self) -> int:
        return sum(r.amount is None for r in self.relations)

    @property
    def contracts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(r.contract for r in self.relations))


@dataclass(frozen=True, slots=True)
class Plan:
    """Releases after which nobody guarantees itself through others; `alternative` keeps the dearest
    of them.
    """

    releases: tuple[Release, ...]
    cut: Cut
    alternative: tuple[Edge, ...]
    unknown: int  # guarantees on circles whose amount is not known; priced as the largest known

    @property
    def amount(self) -> Decimal:
        return sum((release.amount for release in self.releases), _ZERO)

    @property
    def is_feasible(self) -> bool:
        """Whether a release exists: not where the guarantees to keep form a circle."""
        return self.cut.weight != float("inf")


def plan_release(graph: PartyGraph, kept: Iterable[Edge] = ()) -> Plan:
    """The cheapest plan over circles of every length, mutual pairs and joint groups.

    Guarantees in `kept` stay.
    """
    of_edge = dict(indexed(graph, RelationKind.GUARANTEES).of_edge)
    weight, unknown = _weights(of_edge)
    keeps = list(kept)
    cut = full_cut(of_edge, weight, keeps)
    alternative: tuple[Edge, ...] = ()
    if cut.edges:
        dearest = max(cut.edges, key=lambda edge: (weight[edge], edge))
        other = full_cut(of_edge, weight, [*keeps, dearest])
        alternative = other.edges if other.weight != float("inf") else ()
    released = set(cut.edges)
    into: dict[str, list[Relation]] = {}
    for (source, target), relations in of_edge.items():
        if (source, target) not in released:
            into.setdefault(target, []).extend(relations)
    releases = tuple(
        Release(
            edge,
            of_edge[edge],
            len(into.get(edge[1], ())),
            sum((r.amount for r in into.get(edge[1], ()) if r.amount is not None), _ZERO),
        )
        for edge in cut.edges
    )
    return Plan(releases, cut, alternative, sum(unknown.get(edge, 0) for edge in released))


def _weights(
    of_edge: dict[Edge, tuple[Relation, ...]],
) -> tuple[dict[Edge, float], dict[Edge, int]]:
    """Yuan from one company to another, and how many of its guarantees have no amount.

    A guarantee without an amount counts as the largest known, so that a release is never cheap
    because nobody wrote down the sum.
    """
    largest = max(
        (r.amount for relations in of_edge.values() for r in relations if r.amount is not None),
        default=Decimal(1),
    )
    unknown = {
        edge: count
        for edge, relations in of_edge.items()
        if (count := sum(r.amount is None for r in relations))
    }
    weight = {
        edge: float(sum((largest if r.amount is None else r.amount for r in relations), _ZERO))
        for edge, relations in of_edge.items()
    }
    return weight, unknown

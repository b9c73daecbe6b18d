"""Guarantees that a set of companies receives from outside (外部担保): none means that the set
stands on itself.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from graphs.model import PartyGraph, RelationKind


def support_of(graph: PartyGraph) -> Support:
    """Worked out once for a graph."""
    found = graph.derived.get(("support", ""))
    if found is None:
        found = graph.derived["support", ""] = Support(graph)
    assert isinstance(found, Support)
    return found


class Support:
    """Guarantees from outside a set of companies, in yuan; built once for a graph, asked for many
    sets.
    """

    def __init__(self, graph: PartyGraph) -> None:
        self._into: dict[str, list[tuple[str, Decimal | None]]] = {}
        for relation in graph.of_kind(RelationKind.GUARANTEES):
            self._into.setdefault(relation.target, []).append((relation.source, relation.amount))

    def __call__(self, inside: Collection[str]) -> Decimal:
        """The sum of the amounts that are known."""
        total = Decimal(0)
        for company in inside:
            for source, amount in self._into.get(company, ()):
                if source not in inside and amount is not None:
                    total += amount
        return total

    def unknown(self, inside: Collection[str]) -> int:
        """Guarantees from outside whose amount is not known."""
        return sum(
            source not in inside and amount is None
            for company in inside
            for source, amount in self._into.get(company, ())
        )


def external_support(graph: PartyGraph, inside: Collection[str]) -> Decimal:
    """Sum of guarantees that companies outside a set give to companies inside it, in yuan."""
    return support_of(graph)(set(inside))

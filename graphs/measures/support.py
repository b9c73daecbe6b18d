"""Guarantees that a set of companies receives from outside (外部担保): none means that the set
stands on itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

import numpy as np

from graphs.measures.indexed import indexed
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
        self._own = indexed(graph, RelationKind.GUARANTEES)
        self._order = np.argsort(self._own.edges[:, 1], kind="stable")
        sorted_targets = self._own.edges[self._order, 1]
        self._starts = np.searchsorted(sorted_targets, np.arange(len(self._own.ids) + 1))

    def __call__(self, inside: Collection[str]) -> Decimal:
        """The sum of the amounts that are known."""
        known = (amount for amount in self._from_outside(inside) if amount is not None)
        return sum(known, Decimal(0))

    def unknown(self, inside: Collection[str]) -> int:
        """Guarantees from outside whose amount is not known."""
        return sum(amount is None for amount in self._from_outside(inside))

    def _from_outside(self, inside: Collection[str]) -> Iterator[Decimal | None]:
        for company in inside:
            for guarantor in self._guarantors(company):
                if guarantor not in inside:
                    yield from self._own.of_edge.amounts((guarantor, company))

    def _guarantors(self, company: str) -> Iterator[str]:
        if not self._own.knows(company):
            return
        place = self._own.number(company)
        for edge in self._order[self._starts[place] : self._starts[place + 1]].tolist():
            yield self._own.ids[self._own.edges[edge, 0]]


def external_support(graph: PartyGraph, inside: Collection[str]) -> Decimal:
    """Sum of guarantees that companies outside a set give to companies inside it, in yuan."""
    return support_of(graph)(set(inside))

"""How much of a firm's sales one customer makes: a guarantor that lives on the borrower falls with it (rules.md G07)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extractors.values.party_name import folded_name
from graphs.model import PartyGraph
from graphs.transfers import Transfer


def sold_to(seller: str, buyer: str, graph: PartyGraph, moved: Iterable[Transfer] = ()) -> Decimal:
    """What a firm sold to one customer, in yuan with tax: the larger of invoices and payments, each known only in part.

    `moved` are transfers by folded names; those from a spelling of the buyer to one of the seller count.
    """
    invoiced = sum((r.amount or Decimal(0) for r in graph.of_kind("invoices") if (r.source, r.target) == (seller, buyer)), Decimal(0))
    sides = tuple(_folded(graph, e) for e in (buyer, seller))
    paid = sum((t.amount for t in moved if t.source in sides[0] and t.target in sides[1]), Decimal(0))
    return max(invoiced, paid)


def _folded(graph: PartyGraph, entity: str) -> frozenset[str]:
    return frozenset(folded_name(n) for n in graph.entities[entity].names)

"""How much of a firm's sales one customer makes: a guarantor that lives on the borrower falls with
it (rules.md G07).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from graphs.model import PartyGraph, RelationKind
from graphs.sources.transfers import Transfer


def sold_to(seller: str, buyer: str, graph: PartyGraph, moved: Iterable[Transfer] = ()) -> Decimal:
    """What a firm sold to one customer in its best calendar year, in yuan with tax: the larger of
    invoices and payments, each known only in part. Invoices without a date make a year of their
    own.

    `moved` are transfers by folded names; those from a spelling of the buyer to one of the seller
    count.
    """
    invoiced: dict[int, Decimal] = defaultdict(Decimal)
    for relation in graph.of_kind(RelationKind.INVOICES):
        if (relation.source, relation.target) == (seller, buyer):
            invoiced[relation.start.year if relation.start else 0] += relation.amount or Decimal(0)
    paid: dict[int, Decimal] = defaultdict(Decimal)
    sides = tuple(_folded(graph, e) for e in (buyer, seller))
    for transfer in moved:
        if transfer.source in sides[0] and transfer.target in sides[1]:
            paid[transfer.day.year] += transfer.amount
    return max((*invoiced.values(), *paid.values()), default=Decimal(0))


def _folded(graph: PartyGraph, entity: str) -> frozenset[str]:
    return graph.entities[entity].keys

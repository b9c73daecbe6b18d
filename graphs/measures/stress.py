"""What the failure of companies costs the bank: who certainly and who possibly fails, as guarantees
without an amount may be anything; who brings down most; and two other ways to reckon it,
Eisenberg–Noe clearing and DebtRank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from graphs.measures.clearing import clearing_payments, debt_rank
from graphs.measures.contagion import Contagion, Contract, Spread, contracts_of, without_amount
from graphs.model import PartyGraph, RelationKind

_UNLIMITED = (
    Decimal(10) ** 18
)  # yuan; above every amount that is read, so a call of it exceeds every capacity


MOST_CLEARED = 1_500  # companies: the matrices of clearing take memory by the square


@dataclass(frozen=True, slots=True)
class Stress:
    """`certain` counts guarantees without an amount as nothing, `possible` as more than anyone can
    pay. The bank's loss lies from `certain.bank_loss` upwards; it ends there where no guarantee
    without an amount is called.
    """

    certain: Spread
    possible: Spread
    uncertain: tuple[
        str, ...
    ]  # companies that fail only where guarantees without an amount are large
    unknown_called: int  # guarantees without an amount that are called
    capacity_unknown: tuple[str, ...]  # companies that are called and whose means are not known

    @property
    def loss_is_bounded(self) -> bool:
        return not self.unknown_called


class StressTest:
    """One graph, many questions."""

    def __init__(
        self,
        graph: PartyGraph,
        means: Mapping[str, Decimal] | None = None,
        otherwise: Decimal = Decimal(0),
        loss: Decimal = Decimal(1),
    ) -> None:
        """`means` are what companies can pay beside their net assets in the graph; `otherwise`
        counts where nothing is known.
        """
        self._graph, self._loss = graph, loss
        self._known = net_assets_of(graph) | dict(means or {})
        self._capacity = dict.fromkeys(graph.entities, otherwise) | self._known
        contracts = contracts_of(graph)
        self._unknown = without_amount(graph)
        unlimited = tuple(
            Contract(relation.target, ((relation.source, _UNLIMITED),))
            for relation in self._unknown
        )
        self._certain = Contagion(contracts)
        self._possible = Contagion((*contracts, *unlimited)) if unlimited else self._certain

    @property
    def known(self) -> Mapping[str, Decimal]:
        """What companies can pay where that is known."""
        return self._known

    @property
    def capacity(self) -> Mapping[str, Decimal]:
        """What every company can pay, known or assumed."""
        return self._capacity

    @property
    def unknown(self) -> int:
        """Guarantees without an amount."""
        return len(self._unknown)

    def of(self, start: Sequence[str]) -> Stress:
        certain = self._certain.spread(start, self._capacity, self._loss)
        possible = certain
        if self._unknown:
            possible = self._possible.spread(start, self._capacity, self._loss)
            possible = replace(possible, shortfall=certain.shortfall, bank_loss=certain.bank_loss)
        failed, may_fail = set(certain.failed), set(possible.failed)
        called = sum(relation.target in may_fail for relation in self._unknown)
        unknown = tuple(sorted(glyph for glyph in possible.calls if glyph not in self._known))
        return Stress(certain, possible, tuple(sorted(may_fail - failed)), called, unknown)

    def ranking(self, most: int) -> list[tuple[str, Spread]]:
        """The debtors whose failure brings down most companies and costs most, at most so many."""
        found = [
            (debtor, self._certain.spread((debtor,), self._capacity, self._loss))
            for debtor in self._certain.debtors
        ]
        found.sort(key=lambda pair: (-len(pair[1].failed), -pair[1].bank_loss, pair[0]))
        return found[:most]


def net_assets_of(graph: PartyGraph) -> dict[str, Decimal]:
    """What companies can pay: their net assets, nothing where those are negative."""
    return {
        entity.id: max(entity.worth.value, Decimal(0))
        for entity in graph.entities.values()
        if entity.worth
    }


def _exposures(graph: PartyGraph) -> dict[tuple[str, str], float]:
    """Debtor and guarantor: what the guarantor loses when the debtor fails, as far as amounts are
    known.
    """
    found: dict[tuple[str, str], float] = {}
    for relation in graph.of_kind(RelationKind.GUARANTEES):
        if relation.amount is not None and relation.source != relation.target:
            key = (relation.target, relation.source)
            found[key] = found.get(key, 0.0) + float(relation.amount)
    return found


def debt_rank_of(
    graph: PartyGraph, capacity: Mapping[str, Decimal], start: Sequence[str]
) -> tuple[dict[str, float], float]:
    """DebtRank of companies that fail, over guarantees and what companies can pay."""
    exposures = _exposures(graph)
    companies = sorted({end for pair in exposures for end in pair} | set(start))
    capital = {company: float(capacity.get(company, Decimal(0))) for company in companies}
    return debt_rank(companies, exposures, capital, start)


def recourse_clearing(
    graph: PartyGraph, capacity: Mapping[str, Decimal]
) -> dict[str, float] | None:
    """What each debtor leaves unpaid where all guarantees are called at once and every guarantor
    claims it back (Eisenberg–Noe).

    None for more companies than a matrix is made for.
    """
    claims = _exposures(graph)
    companies = sorted({end for pair in claims for end in pair})
    if len(companies) > MOST_CLEARED:
        return None
    assets = {company: float(capacity.get(company, Decimal(0))) for company in companies}
    paid = clearing_payments(companies, claims, assets)
    owed: dict[str, float] = {}
    for (debtor, _), amount in claims.items():
        owed[debtor] = owed.get(debtor, 0.0) + amount
    return {company: owed[company] - paid[company] for company in companies if company in owed}

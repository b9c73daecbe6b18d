"""Which firms fail if one does: calls on guarantors round by round, until nobody new fails
(threshold clearing, graph.md 1.1).

The sets only grow, so the end is the least fixed point and comes within as many rounds as there are
firms. Several liability (按份): each guarantor is called for its share of the shortfall. Joint
liability (连带): the guarantors still standing share it, each up to its amount. Each round looks
only at the debts of firms that failed in the round before, so that the whole is linear in what it
touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from graphs.model import PartyGraph, Relation, RelationKind

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Contract:
    """Who stands behind one debt of a firm, each with its amount; `joint` where the guarantors are
    liable together.
    """

    debtor: str
    guarantors: tuple[tuple[str, Decimal], ...]
    joint: bool = False

    @property
    def debt(self) -> Decimal:
        """What is guaranteed in all: together once where the guarantors are liable together, else
        each its own part.
        """
        amounts = [amount for _, amount in self.guarantors]
        return max(amounts, default=_ZERO) if self.joint else sum(amounts, _ZERO)


@dataclass(frozen=True, slots=True)
class Spread:
    """Firms that fail, round by round, the first being the start; what each guarantor is called
    for, in yuan, a firm that failed for what it failed on; and what the bank loses after what
    the guarantors can pay.
    """

    rounds: tuple[tuple[str, ...], ...]
    calls: dict[str, Decimal]
    shortfall: Decimal = _ZERO  # guaranteed debts that failed firms cannot pay
    bank_loss: Decimal = _ZERO

    @property
    def failed(self) -> tuple[str, ...]:
        return tuple(firm for ring in self.rounds for firm in ring)


def contracts_of(graph: PartyGraph) -> tuple[Contract, ...]:
    """Guarantees of one contract for one debtor together. A guarantee without an amount cannot be
    called and is left out; `without_amount` names those. Different amounts of one guarantor
    under one contract add up; one that is told again counts once.
    """
    found: dict[tuple[str, str], dict[str, set[Decimal]]] = {}
    joint: set[tuple[str, str]] = set()
    for relation in graph.of_kind(RelationKind.GUARANTEES):
        if relation.amount is not None and relation.source != relation.target:
            key = (relation.contract, relation.target)
            found.setdefault(key, {}).setdefault(relation.source, set()).add(relation.amount)
            if "连带" in relation.mode:
                joint.add(key)
    return tuple(
        Contract(
            key[1],
            tuple((source, sum(amounts, _ZERO)) for source, amounts in sorted(own.items())),
            key in joint,
        )
        for key, own in sorted(found.items())
    )


def without_amount(graph: PartyGraph) -> tuple[Relation, ...]:
    """Guarantees whose amount is not known: what they may call for is anything from nothing on."""
    return tuple(
        relation
        for relation in graph.of_kind(RelationKind.GUARANTEES)
        if relation.amount is None and relation.source != relation.target
    )


@dataclass(slots=True)
class _State:
    """Calls so far, contract by contract, so that a contract that changes changes only its own
    guarantors.
    """

    capacity: Mapping[str, Decimal]
    loss: Decimal
    failed: dict[str, None] = field(default_factory=dict)
    calls: dict[str, Decimal] = field(default_factory=dict)
    of_contract: dict[int, dict[str, Decimal]] = field(default_factory=dict)
    failed_on: dict[str, Decimal] = field(default_factory=dict)

    def call(self, number: int, contract: Contract) -> set[str]:
        """Calls a contract's guarantors anew; those whose calls changed."""
        before = self.of_contract.get(number, {})
        after = _called(contract, self.loss, self.failed)
        self.of_contract[number] = after
        for guarantor in before.keys() | after.keys():
            change = after.get(guarantor, _ZERO) - before.get(guarantor, _ZERO)
            self.calls[guarantor] = self.calls.get(guarantor, _ZERO) + change
        return set(before) | set(after)

    def cannot_pay(self, guarantor: str) -> bool:
        return self.calls[guarantor] > self.capacity.get(guarantor, _ZERO)


class Contagion:
    """Contracts by debtor and guarantor, built once for many questions."""

    def __init__(self, contracts: Sequence[Contract]) -> None:
        self._contracts = contracts
        self._of_debtor: dict[str, list[int]] = {}
        self._of_guarantor: dict[str, list[int]] = {}
        for number, contract in enumerate(contracts):
            self._of_debtor.setdefault(contract.debtor, []).append(number)
            if contract.joint:
                for guarantor, _ in contract.guarantors:
                    self._of_guarantor.setdefault(guarantor, []).append(number)

    @property
    def debtors(self) -> tuple[str, ...]:
        return tuple(sorted(self._of_debtor))

    def spread(
        self,
        start: Iterable[str],
        capacity: Mapping[str, Decimal],
        loss: Decimal = Decimal(1),
    ) -> Spread:
        """The failures that follow those of `start`; see `spread`."""
        first = tuple(dict.fromkeys(start))
        state = _State(capacity, loss, dict.fromkeys(first))
        rounds, fresh = [first], first
        while fresh:
            touched = self._called_anew(fresh, state)
            fresh = tuple(
                sorted(f for f in touched if f not in state.failed and state.cannot_pay(f))
            )
            state.failed_on |= {f: state.calls[f] for f in fresh}
            state.failed |= dict.fromkeys(fresh)
            if fresh:
                rounds.append(fresh)
        return self._made(rounds, state)

    def _called_anew(self, fresh: Sequence[str], state: _State) -> set[str]:
        numbers: dict[int, None] = {}
        for company in fresh:
            numbers |= dict.fromkeys(self._of_debtor.get(company, ()))
            for number in self._of_guarantor.get(company, ()):
                if self._contracts[number].debtor in state.failed:
                    numbers[number] = None
        touched: set[str] = set()
        for number in numbers:
            touched |= state.call(number, self._contracts[number])
        return touched

    def _made(self, rounds: list[tuple[str, ...]], state: _State) -> Spread:
        calls = {
            glyph: value
            for glyph, value in state.calls.items()
            if value or glyph in state.failed_on
        }
        for company, called in state.failed_on.items():
            calls[company] = max(calls.get(company, _ZERO), called)
        shortfall = sum(
            (self._contracts[name].debt * state.loss for name in state.of_contract), _ZERO
        )
        paid = sum(
            (
                min(called, max(state.capacity.get(guarantor, _ZERO), _ZERO))
                for guarantor, called in calls.items()
            ),
            _ZERO,
        )
        return Spread(tuple(rounds), calls, shortfall, max(shortfall - paid, _ZERO))


def spread(
    start: Sequence[str],
    contracts: Sequence[Contract],
    capacity: Mapping[str, Decimal],
    loss: Decimal = Decimal(1),
) -> Spread:
    """The failures that follow those of `start`. `capacity` is what a firm can pay; a firm that is
    not in it can pay nothing.

    `loss` is the share of a guaranteed debt that the debtor itself cannot pay.
    """
    return Contagion(contracts).spread(start, capacity, loss)


def _called(contract: Contract, loss: Decimal, failed: Mapping[str, None]) -> dict[str, Decimal]:
    if contract.joint:
        return _joint(contract, contract.debt * loss, failed)
    return {guarantor: amount * loss for guarantor, amount in contract.guarantors}


def _joint(contract: Contract, debt: Decimal, failed: Mapping[str, None]) -> dict[str, Decimal]:
    """The debt among the guarantors still standing, by their amounts and up to them; those that
    failed are called no more.
    """
    standing = {glyph: a for glyph, a in contract.guarantors if glyph not in failed and a > 0}
    whole = sum(standing.values(), _ZERO)
    return {glyph: min(a, debt * a / whole) for glyph, a in standing.items()} if whole else {}

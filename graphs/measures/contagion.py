"""Which firms fail if one does: calls on guarantors round by round, until nobody new fails (threshold clearing, graph.md 1.1).

The sets only grow, so the end is the least fixed point and comes within as many rounds as there are firms. Several liability (按份):
each guarantor is called for its share of the shortfall. Joint liability (连带): the guarantors still standing share it, each up
to its amount.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from graphs.model import PartyGraph

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Contract:
    """Who stands behind one debt of a firm, each with its amount; `joint` where the guarantors are liable together."""

    debtor: str
    guarantors: tuple[tuple[str, Decimal], ...]
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Spread:
    """Firms that fail, round by round, the first being the start; and what each guarantor is called for in the end, in yuan."""

    rounds: tuple[tuple[str, ...], ...]
    calls: dict[str, Decimal]

    @property
    def failed(self) -> tuple[str, ...]:
        return tuple(f for r in self.rounds for f in r)


def contracts_of(graph: PartyGraph) -> tuple[Contract, ...]:
    """Guarantees of one contract for one debtor together. A guarantee without an amount cannot be called and is left out."""
    found: dict[tuple[str, str], dict[str, Decimal]] = {}
    joint: set[tuple[str, str]] = set()
    for relation in graph.of_kind("guarantees"):
        if relation.amount is not None:
            key = (relation.contract, relation.target)
            found.setdefault(key, {})[relation.source] = relation.amount
            if "连带" in relation.mode:
                joint.add(key)
    return tuple(
        Contract(key[1], tuple(sorted(own.items())), key in joint)
        for key, own in sorted(found.items())
    )


def spread(
    start: Sequence[str],
    contracts: Sequence[Contract],
    capacity: Mapping[str, Decimal],
    loss: Decimal = Decimal(1),
) -> Spread:
    """The failures that follow those of `start`. `capacity` is what a firm can pay; a firm that is not in it can pay nothing.

    `loss` is the share of a guaranteed debt that the debtor itself cannot pay.
    """
    failed: dict[str, None] = dict.fromkeys(start)
    rounds = [tuple(start)]
    while rounds[-1]:
        calls = _calls(contracts, failed, loss)
        fresh = tuple(
            sorted(
                f
                for f, called in calls.items()
                if f not in failed and called > capacity.get(f, _ZERO)
            )
        )
        failed |= dict.fromkeys(fresh)
        rounds.append(fresh)
    return Spread(tuple(rounds[:-1]), _calls(contracts, failed, loss))


def _calls(
    contracts: Sequence[Contract], failed: Mapping[str, None], loss: Decimal
) -> dict[str, Decimal]:
    calls: dict[str, Decimal] = {}
    for contract in contracts:
        if contract.debtor not in failed:
            continue
        debt = (
            max((a for _, a in contract.guarantors), default=_ZERO)
            if contract.joint
            else sum((a for _, a in contract.guarantors), _ZERO)
        )
        own = (
            _joint(contract, debt * loss, failed)
            if contract.joint
            else {g: a * loss for g, a in contract.guarantors}
        )
        for guarantor, called in own.items():
            calls[guarantor] = calls.get(guarantor, _ZERO) + called
    return calls


def _joint(contract: Contract, debt: Decimal, failed: Mapping[str, None]) -> dict[str, Decimal]:
    """The debt among the guarantors still standing, by their amounts and up to them; those that failed are called no more."""
    standing = {g: a for g, a in contract.guarantors if g not in failed and a > 0}
    whole = sum(standing.values(), _ZERO)
    return {g: min(a, debt * a / whole) for g, a in standing.items()} if whole else {}

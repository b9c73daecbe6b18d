"""What a guarantor's word is worth: its net assets against all that it stands for (担保能力)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from graphs.model import PartyGraph, RelationKind

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Capacity:
    """Net assets, guarantees outstanding (the one looked at left out), and the guarantee itself, in
    yuan.
    """

    guarantor: str
    net_assets: Decimal
    outstanding: Decimal
    amount: Decimal

    def cover(self, multiple: Decimal) -> Decimal:
        """How many times what is left of `multiple` net assets covers this guarantee."""
        return (
            (self.net_assets * multiple - self.outstanding) / self.amount if self.amount else _ZERO
        )

    @property
    def share(self) -> Decimal:
        """All guarantees against net assets."""
        return (
            (self.outstanding + self.amount) / self.net_assets
            if self.net_assets > 0
            else Decimal("Infinity")
        )


def capacity(
    guarantor: str, debtor: str, graph: PartyGraph, net_assets: Mapping[str, Decimal]
) -> Capacity | None:
    """None where the guarantor's net assets are not known or it gives this debtor no guarantee with
    an amount.
    """
    given = [
        relation
        for relation in graph.of_kind(RelationKind.GUARANTEES)
        if relation.source == guarantor and relation.amount is not None
    ]
    amount = sum(
        (relation.amount or _ZERO for relation in given if relation.target == debtor), _ZERO
    )
    if guarantor not in net_assets or not amount:
        return None
    outstanding = sum(
        (relation.amount or _ZERO for relation in given if relation.target != debtor), _ZERO
    )
    return Capacity(guarantor, net_assets[guarantor], outstanding, amount)

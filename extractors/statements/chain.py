"""The chain of balances: which order, sign and columns make each balance follow from the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Link:
    """One row for the chain: what moved, the balance printed after it, whether in or out is known."""

    net: Decimal | None
    balance: Decimal | None
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Fit:
    """How well balances follow from each other in one order with one sign."""

    agreed: int
    compared: int
    sign: int  # -1 where the columns name the two sides the other way round
    newest_first: bool

    @property
    def share(self) -> float:
        return self.agreed / self.compared if self.compared else 0.0


def best_fit(links: Sequence[Link], *, newest_first: bool = False) -> Fit:
    """The order and sign in which most balances follow; `newest_first` is what the dates say."""
    fits = [
        _fit(links, sign, backwards)
        for backwards in (newest_first, not newest_first)
        for sign in (1, -1)
    ]
    return max(fits, key=lambda fit: fit.agreed)


def _fit(links: Sequence[Link], sign: int, backwards: bool) -> Fit:
    ordered = list(reversed(links)) if backwards else links
    agreed = compared = 0
    before: Decimal | None = None
    pending: list[Link] = []  # rows since the last balance
    for link in ordered:
        pending.append(link)
        if link.balance is None:
            continue
        if before is not None:
            compared += 1
            agreed += explains(pending, link.balance - before, sign)
        before, pending = link.balance, []
    return Fit(agreed, compared, sign, backwards)


def explains(rows: Sequence[Link], change: Decimal, sign: int = 1) -> bool:
    """Whether rows move a balance by a change; a single row of unknown side may do it either way."""
    net = sum((row.net for row in rows if row.net is not None), Decimal(0))
    if sign * net == change:
        return True
    unsigned = len(rows) == 1 and not rows[0].signed
    return unsigned and abs(net) == abs(change)

"""Two ways to reckon contagion that the literature uses beside threshold clearing, each checked
against worked examples.

Eisenberg & Noe 2001: what everybody pays when all claims are due at once and nobody pays more than
it has; the greatest fixed point, found by fictitious default. DebtRank (Battiston et al. 2012): how
much of everybody's capital a loss reaches, each company passing it on once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Claims = Mapping[tuple[str, str], float]  # debtor and creditor: amount
_TINY = 1e-9  # share of a claim that rounding may leave unpaid


def clearing_payments(
    companies: Sequence[str], claims: Claims, assets: Mapping[str, float]
) -> dict[str, float]:
    """What each company pays on its claims: the greatest p with p = min(owed, assets + what it is
    paid).
    """
    number = {company: i for i, company in enumerate(companies)}
    owed = np.zeros(len(companies))
    for (debtor, _), amount in claims.items():
        owed[number[debtor]] += amount
    shares = _shares(number, claims, owed)
    own = np.array([assets.get(company, 0.0) for company in companies])
    paid = owed.copy()
    failing = np.zeros(len(companies), bool)
    for _ in companies:  # every round but the last adds a company that fails
        short = owed - own - shares @ paid > _TINY * np.maximum(owed, 1.0)
        if not (short & ~failing).any():
            break
        failing |= short
        paid = _paid_by_failing(failing, owed, own, shares)
    return {company: float(paid[i]) for company, i in number.items()}


def _shares(number: Mapping[str, int], claims: Claims, owed: Floats) -> Floats:
    """Row: creditor, column: debtor; which part of what a debtor pays goes to the creditor."""
    shares = np.zeros((len(number), len(number)))
    for (debtor, creditor), amount in claims.items():
        if owed[number[debtor]] > 0:
            shares[number[creditor], number[debtor]] += amount / owed[number[debtor]]
    return shares


def _paid_by_failing(
    failing: npt.NDArray[np.bool_], owed: Floats, own: Floats, shares: Floats
) -> Floats:
    """Companies that fail pay all that they have, the others all that they owe."""
    paid = np.where(failing, 0.0, owed)
    inside = np.flatnonzero(failing)
    matrix = np.eye(len(inside)) - shares[np.ix_(inside, inside)]
    due = own[inside] + shares[inside] @ paid
    paid[inside] = np.clip(np.linalg.solve(matrix, due), 0.0, owed[inside])
    return paid


def debt_rank(
    companies: Sequence[str],
    exposures: Claims,
    capital: Mapping[str, float],
    start: Sequence[str],
) -> tuple[dict[str, float], float]:
    """How much of each company's capital is lost, 0 to 1, when `start` fails; and the part of all
    capital that this is beyond the start's own.

    `exposures` hold the failing company and the one that loses by it. Each company passes its
    distress on once.
    """
    into: dict[str, list[tuple[str, float]]] = {}
    for (failing, losing), amount in exposures.items():
        means = capital.get(losing, 0.0)
        impact = min(1.0, amount / means) if means > 0 else 1.0
        into.setdefault(failing, []).append((losing, impact))
    distress = dict.fromkeys(companies, 0.0) | dict.fromkeys(start, 1.0)
    active, spent = set(start), set[str]()
    while active:
        grown: dict[str, float] = {}
        for company in sorted(active):
            for losing, impact in into.get(company, ()):
                grown[losing] = grown.get(losing, 0.0) + impact * distress[company]
        for losing, more in grown.items():
            distress[losing] = min(1.0, distress[losing] + more)
        spent |= active
        active = {losing for losing, more in grown.items() if more > 0 and losing not in spent}
    whole = sum(capital.get(company, 0.0) for company in companies)
    lost = sum(
        distress[each] * capital.get(each, 0.0) for each in companies if each not in set(start)
    )
    return distress, lost / whole if whole else 0.0

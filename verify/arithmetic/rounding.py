"""How far printed statement amounts may differ from a sum because each was rounded to its printed
unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from extractors.model import Amount
from extractors.values.money import parse_money


def rounding(amounts: Iterable[Amount], least: Decimal) -> Decimal:
    """Half the displayed unit for each amount, at least `least`: 万元 with two decimals is 100
    yuan, so 50 each.
    """
    total = Decimal(0)
    for amount in amounts:
        total += _unit(amount) / 2
    return max(least, total)


def _unit(amount: Amount) -> Decimal:
    printed = parse_money(amount.raw)
    decimals = len(amount.raw.rsplit(".", 1)[1].rstrip("元)）万")) if "." in amount.raw else 0
    scale = amount.value / printed if printed else Decimal(1)
    if decimals >= 2 and abs(scale) == 1:
        return Decimal(0)  # printed to the cent: a sum of cents is exact
    return (
        abs(scale) / (Decimal(10) ** decimals)
        if decimals or abs(scale) != 1 or printed
        else Decimal(0)
    )

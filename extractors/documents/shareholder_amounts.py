"""What the amounts of a shareholder table are counted in, and the capital that they must add up to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.documents.shareholder_grid import Table
from extractors.layout.lines import lines_of
from extractors.values.glyphs import fold, squeeze
from extractors.values.money import UNITS, parse_money

# Yuan. A small business has less registered capital: a sum that would be more in 万元 is in yuan.
_MOST_CAPITAL = Decimal(1_000_000_000)

_SHARE_COUNT = re.compile(r"股(?:份)?数|持股数|万股|[(（]股[)）]|股份数量|股份总数")
_MONEY = re.compile(r"元|金额|出资额|认缴额|资本")
_UNIT_SAID = re.compile(r"单位[:为是]?(?:人民币)?[(]?(万元|元)")
_CAPITAL = re.compile(
    r"注册资本(?:总额|金)?[:(]?(?:人民币)?[:]?[)]?(?P<sum>[\d,]+(?:\.\d+)?)(?P<unit>万元|万|元)"
)


def amount_unit(
    table: Table, heading: str, cells: Sequence[str], sums: Sequence[Decimal]
) -> Decimal | None:
    """Return what one in the column is worth in yuan; None where nothing on the page says it."""
    plain = fold(heading)
    if is_share_count(plain, cells):
        return None
    if any(re.search(r"万|元", cell) for cell in cells):
        return Decimal(1)  # amounts carry their own units
    if "万" in plain:
        return UNITS["万元"]
    if "元" in plain:
        return Decimal(1)
    said = _UNIT_SAID.search(_outside(table))
    if said:
        return UNITS[said[1]]
    return _unit_of_size(table, plain, sums)


def is_share_count(heading: str, cells: Sequence[str]) -> bool:
    """Return whether a column counts shares; what a share is worth in money is not said by it."""
    counted = any(cell.endswith("股") for cell in cells)
    named = bool(_SHARE_COUNT.search(heading)) and not _MONEY.search(heading)
    return counted or named


def registered_capital(table: Table) -> Decimal | None:
    """Return the registered capital that the page prints beside the table, in yuan."""
    found = _CAPITAL.search(_outside(table))
    return parse_money(found["sum"] + found["unit"]) if found else None


def _unit_of_size(table: Table, heading: str, sums: Sequence[Decimal]) -> Decimal | None:
    """Return the unit under which the sum is the registered capital, or alone a likely one."""
    total = sum(sums, Decimal(0))
    capital = registered_capital(table)
    fitting = [u for u in (Decimal(1), UNITS["万元"]) if capital == total * u]
    if fitting:
        return fitting[0]
    if not re.search(r"出资|认缴|金额|投资|资本|amount|subscribed", heading, re.IGNORECASE):
        return None
    return Decimal(1) if total * UNITS["万元"] > _MOST_CAPITAL else None


def _outside(table: Table) -> str:
    """Return the text above and below the table without spaces."""
    lines = (x for x in lines_of(table.page) if x.mid < table.top or x.mid > table.bottom)
    return "\n".join(squeeze(line.text) for line in lines)

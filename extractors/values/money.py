"""Amounts in figures: signs, brackets, thousands separators, currency marks, printed units."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from extractors.values.glyphs import fold

CENT = Decimal("0.01")
UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10000),
    "百万元": Decimal(1000000),
    "亿元": Decimal(100000000),
}
_NUMBER = re.compile(
    r"^(?P<cur>(?:RMB|CNY|人民币|USD|HKD|EUR|[¥$€])?\s*)(?P<sign>[-+]?)\s*(?P<cur2>(?:RMB|CNY|[¥$€])?\s*)"
    r"(?P<digits>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)\s*(?P<unit>亿元|百万元|万元|千元|元|万|圆)?(?P<tail>整|正|-|CR|DR|Cr|Dr)?$"
)
FIND = re.compile(
    r"[-+]?(?:RMB|CNY|[¥$€])?\s?[-+]?\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|[-+]?(?:RMB|CNY|[¥$€])?\s?[-+]?\d+(?:\.\d{1,4})?"
)
BLANKS = frozenset({"", "-", "--", "---", "/", "*", "**", "***", "无", "N/A", "n/a", "0.00-"})


def parse_money(text: str) -> Decimal | None:
    """Yuan and cents of an amount as printed, or None when `text` is no amount.

    (1,234.50), -1,234.50 and 1,234.50- are negative; 12万元 is 120000; a dash or an empty cell is
    no amount.
    """
    folded = fold(text).strip()
    if folded in BLANKS:
        return None
    negative = False
    if folded.startswith("(") and folded.endswith(")"):
        negative, folded = True, folded[1:-1].strip()
    match = _NUMBER.match(folded)
    if not match:
        return None
    try:
        value = Decimal(match["digits"].replace(",", "").replace(" ", ""))
    except InvalidOperation:
        return None
    if match["unit"] and match["unit"] not in ("圆",):
        value *= UNITS[match["unit"] if match["unit"].endswith("元") else match["unit"] + "元"]
    if match["sign"] == "-" or match["tail"] == "-":
        negative = not negative
    return -value if negative else value


def money_text(value: Decimal) -> str:
    """Canonical text of an amount: two decimals, no separators."""
    return f"{value.quantize(CENT):f}"


def yuan(value: Decimal) -> str:
    """An amount as people read it: 1,234.50."""
    return f"{value.quantize(CENT):,f}"


def printed_unit(text: str) -> Decimal:
    """Multiplier of a printed unit (单位：万元); 1 where none is printed."""
    folded = "".join(fold(text).split())
    match = re.search(r"单位[:为]?(?:人民币)?[(]?(百万元|千元|万元|亿元|元)", folded) or re.search(
        r"[(](?:人民币)?(千元|万元|亿元)[)]", folded
    )
    if match:
        return UNITS[match[1]]
    if re.search(r"(?i)in\s*thousands|['’]000|rmb'000", text):
        return Decimal(1000)
    return Decimal(1)

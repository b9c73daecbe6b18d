"""What the words of a statement's row say beside its amounts: times, sums' labels, places of lines."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.layout.page import Word
from extractors.layout.table import Row
from extractors.layouts.declare import Role
from extractors.values.account_number import FIND as ACCOUNT
from extractors.values.glyphs import fold
from extractors.values.money import parse_money
from extractors.values.period import parse_time

CARRIED = re.compile(r"过次页|转下页|承上页|carriedforward|balancec/?f|结转下页")
_ACCOUNT_DIGITS = 10  # of a number that is an account for certain
_SAME_LINE = 3.0  # points by which words of one line may stand higher or lower


def levels_of(row: Row) -> tuple[float, ...]:
    """Return the heights of a row's lines of print, from top to bottom."""
    if row.page.is_sheet:
        return ()
    found: list[float] = []
    for word in sorted(row.words, key=lambda w: w.mid):
        if not found or word.mid - found[-1] > _SAME_LINE:
            found.append(word.mid)
    return tuple(found)


def names_two_accounts(texts: dict[Role, str]) -> bool:
    """Whether a cell for one account holds two: one of them may belong to the row beside it."""
    for role in (Role.COUNTERPARTY, Role.COUNTERPARTY_ACCOUNT):
        found = [m[0] for m in ACCOUNT.finditer(fold(texts[role]))]
        if len({number for number in found if len(number) >= _ACCOUNT_DIGITS}) > 1:
            return True
    return False


def clock_in(text: str) -> str:
    """Return the time in a text as HH:MM:SS, or an empty string."""
    found = parse_time(text)
    if found:
        return found
    match = re.match(r"^\s*([01]\d|2[0-3])([0-5]\d)([0-5]\d)(?!\d)", text)
    return f"{match[1]}:{match[2]}:{match[3]}" if match else ""


def kind_of_total(whole: str) -> str:
    """Return what a printed sum covers, as the row's words say."""
    if CARRIED.search(whole):
        return "carried"
    if "累计" in whole:
        return "running_total"  # since the year began, which may be before the statement
    if "总计" in whole or whole.startswith("合计") or "total" in whole:
        return "total"
    if re.search(r"本页|小计|页", whole):
        return "page_total"
    return "month_total" if "月" in whole else "total"


def last_amount(row: Row) -> Decimal | None:
    """Return the amount that stands furthest right in a row."""
    for index in sorted(row.cells, reverse=True):
        value = parse_money(row.text(index))
        if value is not None:
            return value
    return None


def joined(words: list[Word]) -> str:
    """Return words in reading order with nothing between them."""
    return "".join(w.text for w in sorted(words, key=lambda w: (round(w.top), w.x0)))


def spaced(words: list[Word]) -> str:
    """Return words in reading order with spaces between them."""
    return " ".join(w.text for w in sorted(words, key=lambda w: (round(w.top), w.x0)))


def row_text(row: Row, index: int) -> str:
    """Return the words of a cell with spaces between them."""
    return spaced(row.cells.get(index, []))

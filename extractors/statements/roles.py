"""Roles of a table's columns, chosen jointly from their headings and from what stands in them.

Days come first, then the money columns, whose balances prove them, then all others.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.statements.cells import read_amount
from extractors.statements.column_choice import Columns, Roles
from extractors.statements.date_columns import choose_dates
from extractors.statements.dates import Span, looks_dated
from extractors.statements.money_columns import choose_money
from extractors.statements.party_columns import choose_others
from extractors.statements.profiles import profile_of


def choose_roles(
    headings: Sequence[str], lines: Sequence[Sequence[str]], span: Span | None = None
) -> Roles:
    """Roles of columns from headings and lines of cells; `span` is the period that the head names."""
    profiles = [profile_of([line[i] for line in lines]) for i in range(len(headings))]
    columns = Columns(headings, profiles, span)
    choose_dates(columns)
    choose_money(columns)
    choose_others(columns)
    return columns.roles


# Digits of the largest amount that may stand without decimals; account numbers are longer.
WHOLE_YUAN_DIGITS = 11


def is_row_like(cells: Sequence[str]) -> bool:
    """Whether a line of cells may be a row before any role is known: a date and an amount."""
    dated = any(looks_dated(c) for c in cells)
    amounts = sum(read_amount(c) is not None and ("." in c or "," in c) for c in cells)
    # A spreadsheet keeps whole yuan without decimals: an amount and a balance beside the day.
    whole = sum(c.isdecimal() and len(c) <= WHOLE_YUAN_DIGITS for c in cells)
    return (dated and (amounts >= 1 or whole >= 2)) or amounts >= 2

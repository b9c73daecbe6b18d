"""Rows of a statement: its tables read by content, set in time order, with what they print besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from dataclasses import replace as replaced

from extractors.layout.page import Page
from extractors.layouts.declare import Role
from extractors.model import Field, PrintedTotal, Provenance, ReadMethod, Transaction
from extractors.statements.chain import Fit
from extractors.statements.counterparty import counterparty_of
from extractors.statements.dates import Span
from extractors.statements.entries import Entry, Found, Opening, read_entries
from extractors.statements.lost_rows import lost_rows
from extractors.statements.order import settle
from extractors.statements.tables import Table, tables_of
from extractors.values.money import money_text

_SURE = 0.98  # confidence of a balance that the table prints before its first row


@dataclass(slots=True)
class Rows:
    """What a statement's tables hold."""

    transactions: tuple[Transaction, ...] = ()
    totals: list[PrintedTotal] = field(default_factory=list)
    opening: Field | None = None
    body_top: float = float("inf")
    tables: list[Table] = field(default_factory=list)
    found: Found = field(default_factory=Found)
    fit: Fit | None = None


def read_rows(pages: Sequence[Page], span: Span | None = None) -> Rows:
    """Transactions in time order, with printed totals and an opening row."""
    tables = tables_of(pages, span)
    if not tables:
        return Rows()
    found = read_entries(tables, span)
    entries, fit = settle(found.entries)
    found.open_lines += lost_rows(found.entries, newest_first=fit.newest_first)
    first = tables[0].segments[0]
    return Rows(
        transactions=tuple(_transaction(entry) for entry in entries),
        totals=_totals(found, fit),
        opening=_opening(found.opening),
        body_top=first.header.top if first.page is pages[0] else float("inf"),
        tables=tables,
        found=found,
        fit=fit,
    )


def _totals(found: Found, fit: Fit) -> list[PrintedTotal]:
    """Printed totals; where the newest row comes first only those of the whole statement hold."""
    if not fit.newest_first:
        return found.totals
    count = len(found.entries)
    whole = [total for total in found.totals if total.kind == "total" and total.after_row == count]
    return [replaced(t, after_row=count) for t in whole]


def _opening(opening: Opening | None) -> Field | None:
    if opening is None:
        return None
    text = money_text(opening.balance)
    at = Provenance(page=opening.page, box=opening.box, method=ReadMethod.TABLE)
    return Field(name="opening_balance", value=text, raw=text, confidence=_SURE, at=at)


def _transaction(entry: Entry) -> Transaction:
    name, account = counterparty_of(entry)
    status = entry.texts[Role.STATUS] if entry.neutral else ""
    description = " ".join(filter(None, (entry.texts[Role.DESCRIPTION], status)))
    return Transaction(
        day=entry.day,
        time=entry.time,
        description=description,
        debit=entry.debit,
        credit=entry.credit,
        balance=entry.balance,
        neutral=entry.neutral,
        counterparty_name=name,
        counterparty_account=account,
        serial_number=entry.texts[Role.SERIAL_NUMBER].replace(" ", ""),
        page=entry.page,
        box=entry.box,
        confidence=entry.confidence,
    )

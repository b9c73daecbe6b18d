"""Honest facts about periods, accounts and taxpayers: none may raise a finding above low."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from conftest import honest_packet, report_on

from extractors.model import Document, Field, Line, Packet, Transaction
from verify.model import Finding, Severity

WEIGHTY = (Severity.MEDIUM, Severity.HIGH)
MIDDLE = date(2025, 6, 30)


def _statement(packet: Packet) -> Document:
    return packet.of_type("bank_statement")[0]


def _value(document: Document, name: str, value: str) -> Document:
    old = document.fields[name]
    return replace(document, fields={**document.fields, name: replace(old, value=value, raw=value)})


def _within(statement: Document, first: date, last: date, file: str) -> Document:
    """The statement of some days of the year, as the bank prints it for them."""
    rows = tuple(r for r in statement.rows if first <= r.day <= last)
    before = [r for r in statement.rows if r.day < first]
    opening = before[-1].balance if before else Decimal(statement.fields["opening_balance"].value)
    out = replace(
        statement, file=file, sha256=file.encode().hex().ljust(64, "0")[:64], rows=rows, totals=()
    )
    out = _value(out, "period_start", first.isoformat())
    out = _value(out, "period_end", last.isoformat())
    out = _value(out, "opening_balance", f"{opening:.2f}")
    return _value(out, "closing_balance", f"{rows[-1].balance:.2f}")


def _put(packet: Packet, old: Document, *new: Document) -> Packet:
    kept = tuple(d for d in packet.documents if d is not old)
    return replace(packet, documents=(*kept, *new))


def _partial_year(packet: Packet) -> Packet:
    """Statements of the first three quarters beside statements of the whole year."""
    old = _statement(packet)
    return _put(packet, old, _within(old, date(2025, 1, 1), date(2025, 9, 30), "q3.pdf"))


def _printed_twice(packet: Packet) -> Packet:
    """The same statement printed again another day."""
    old = _statement(packet)
    again = replace(old, file="again.pdf", sha256="a" * 64)
    return replace(packet, documents=(*packet.documents, again))


def _page_scanned_twice(packet: Packet) -> Packet:
    """One page of the statement lies in the scan twice."""
    old = _statement(packet)
    page = old.rows[len(old.rows) // 2].page
    again = [replace(r, page=max(old.pages) + 1) for r in old.rows if r.page == page]
    rows = sorted((*old.rows, *again), key=lambda r: r.day)
    return _put(packet, old, replace(old, rows=tuple(rows)))


def _overlapping(packet: Packet) -> Packet:
    """The first nine months and, printed later, the last nine."""
    old = _statement(packet)
    first = _within(old, date(2025, 1, 1), date(2025, 9, 30), "first.pdf")
    second = _within(old, date(2025, 4, 1), date(2025, 12, 31), "second.pdf")
    return _put(packet, old, first, second)


def _by_half_years(packet: Packet) -> Packet:
    old = _statement(packet)
    first = _within(old, date(2025, 1, 1), MIDDLE, "h1.pdf")
    second = _within(old, date(2025, 7, 1), date(2025, 12, 31), "h2.pdf")
    return _put(packet, old, first, second)


def _by_months(packet: Packet) -> Packet:
    """One statement a month, as many banks print them."""
    old = _statement(packet)
    months = []
    for month in range(1, 13):
        first = date(2025, month, 1)
        last = date(2025 + month // 12, month % 12 + 1, 1) - (date(2025, 1, 2) - date(2025, 1, 1))
        if any(first <= r.day <= last for r in old.rows):
            months.append(_within(old, first, last, f"m{month:02d}.pdf"))
    return _put(packet, old, *months)


def _moved_account(packet: Packet) -> Packet:
    """The bank gave the account a new number at midyear and carried its balance over."""
    old = _statement(packet)
    first = _within(old, date(2025, 1, 1), MIDDLE, "old.pdf")
    second = _within(old, date(2025, 7, 1), date(2025, 12, 31), "new.pdf")
    return _put(packet, old, first, _value(second, "account_number", "8100200030004000"))


def _foreign_account(packet: Packet) -> Packet:
    """A dollar account beside the yuan account: its interest follows no renminbi rate."""
    old = _statement(packet)
    dollars = tuple(_in_dollars(r) for r in old.rows)
    other = replace(old, file="usd.pdf", sha256="d" * 64, rows=dollars, totals=())
    opening = Decimal(old.fields["opening_balance"].value)
    closing = opening + sum((r.credit - r.debit for r in dollars), Decimal(0))
    other = _value(other, "closing_balance", f"{closing:.2f}")
    other = _value(other, "account_number", "9900110022003300")
    currency = replace(old.fields["account_number"], name="currency", value="USD", raw="美元")
    other = replace(other, fields={**other.fields, "currency": currency})
    return replace(packet, documents=(*packet.documents, other))


def _in_dollars(row: Transaction) -> Transaction:
    """The same movements in dollars, interest at a dollar rate."""
    times = Decimal("20") if "息" in row.description else Decimal(1)
    return replace(row, credit=row.credit * times, balance=None)


def _became_general(packet: Packet) -> Packet:
    """A small taxpayer to June, a general one from July: two returns that add up to the year's
    sales.
    """
    old = packet.of_type("vat_return")[0]
    sales = old.lines["销售额"].columns["value"]
    half = (sales.value / 2).quantize(Decimal("0.01"))
    first = _return(old, half, "2025-01-01", "2025-06-30", "small.pdf")
    second = _return(old, sales.value - half, "2025-07-01", "2025-12-31", "general.pdf")
    return _put(packet, old, first, second)


def _return(old: Document, sales: Decimal, start: str, end: str, file: str) -> Document:
    cell = replace(old.lines["销售额"].columns["value"], value=sales, raw=f"{sales:,.2f}")
    line = Line(name="销售额", columns={"value": cell})
    fields: dict[str, Field] = dict(old.fields)
    out = replace(
        old, file=file, sha256=file.encode().hex().ljust(64, "0")[:64], lines={"销售额": line}
    )
    out = replace(out, fields=fields)
    return _value(_value(out, "period_start", start), "period_end", end)


def _month_return(packet: Packet) -> Packet:
    """A return of December alone beside the year's income statement."""
    old = packet.of_type("vat_return")[0]
    sales = old.lines["销售额"].columns["value"].value
    month = (sales / 12).quantize(Decimal("0.01"))
    return _put(packet, old, _return(old, month, "2025-12-01", "2025-12-31", "dec.pdf"))


def _year_not_over(packet: Packet) -> Packet:
    """An income statement to September, the year's statements going on."""
    old = packet.of_type("income_statement")[0]
    lines = {
        name: Line(name=name, columns={c: _part(a) for c, a in line.columns.items()})
        for name, line in old.lines.items()
    }
    new = _value(replace(old, lines=lines), "period_end", "2025-09-30")
    sheet = packet.of_type("balance_sheet")[0]
    vat = packet.of_type("vat_return")[0]
    kept = tuple(d for d in packet.documents if d not in (old, sheet, vat))
    return replace(packet, documents=(*kept, new))


def _part(amount):  # type: ignore[no-untyped-def]
    return replace(amount, value=(amount.value * 3 / 4).quantize(Decimal("0.01")))


FACTS: dict[str, Callable[[Packet], Packet]] = {
    "statements of a part of the year": _partial_year,
    "a statement printed twice": _printed_twice,
    "a page scanned twice": _page_scanned_twice,
    "statements that overlap": _overlapping,
    "statements by half-years": _by_half_years,
    "statements by months": _by_months,
    "an account with a new number": _moved_account,
    "an account in dollars": _foreign_account,
    "a small taxpayer who became a general one": _became_general,
    "a return of one month": _month_return,
    "a fiscal year that is not over": _year_not_over,
}


def _weighty(packet: Packet) -> list[Finding]:
    return [f for f in report_on(packet).findings if f.severity in WEIGHTY]


@pytest.mark.parametrize("fact", sorted(FACTS))
@pytest.mark.parametrize("seed", [7, 44])
def test_an_honest_fact_is_no_weighty_finding(fact: str, seed: int) -> None:
    found = _weighty(FACTS[fact](honest_packet(seed)))
    assert not found, [(f.rule, f.message.en) for f in found]

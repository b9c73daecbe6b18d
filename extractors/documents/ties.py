"""What the figures of one paper say about each other: sums and chains that hold on a paper that is right and rightly read.

A tie that fails says only that something is off; whether a digit was misread or changed, the picture of the cell tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from extractors.documents.declare import Parts
from extractors.model import Box
from extractors.values.money import CENT

Cells = Sequence[Decimal]


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed amount: where it stands and its value in yuan."""

    page: int
    box: Box
    value: Decimal


@dataclass(frozen=True, slots=True)
class Tie:
    """Cells and what must be true of their values."""

    cells: tuple[Cell, ...]
    true: Callable[[Cells], bool]

    @property
    def holds(self) -> bool:
        return self.true([c.value for c in self.cells])


def ties(kind: str, parts: Parts) -> list[Tie]:
    """All ties that a paper's figures can be held to; an empty list for a type that has none."""
    return list(_TIES[kind](parts)) if kind in _TIES else []


def _field(parts: Parts, name: str) -> Cell | None:
    found = parts.fields.get(name)
    return Cell(found.at.page, found.at.box, Decimal(found.value)) if found else None


def _line(parts: Parts, name: str, column: str) -> Cell | None:
    found = parts.lines[name].columns.get(column) if name in parts.lines else None
    return Cell(found.at.page, found.at.box, found.value) if found else None


def _adds_up(values: Cells) -> bool:
    """The first value is the sum of the others."""
    return values[0] == sum(values[1:], Decimal(0))


def _same(values: Cells) -> bool:
    return values[0] == values[1]


def _rises(values: Cells) -> bool:
    """Balance, balance before, money in."""
    return values[0] == values[1] + values[2]


def _falls(values: Cells) -> bool:
    """Balance, balance before, money out."""
    return values[0] == values[1] - values[2]


def _is_share(values: Cells, share: Decimal) -> bool:
    return abs(values[0] - values[1] * share) <= CENT


def _is_product(values: Cells) -> bool:
    """Net amount, quantity, unit price; half a printed cent of the price counts for each piece."""
    return abs(values[0] - values[1] * values[2]) <= max(CENT, abs(values[1]) * Decimal("0.005"))


def _tie(true: Callable[[Cells], bool], *cells: Cell | None) -> Iterator[Tie]:
    whole = tuple(c for c in cells if c is not None)
    if len(whole) == len(cells):
        yield Tie(whole, true)


def _statement(parts: Parts) -> Iterator[Tie]:
    """Each balance follows from the one before it and the row's amount; the first from the opening balance."""
    before = _field(parts, "opening_balance")
    rows = [r for r in parts.rows if r.balance is not None]
    for row in rows:
        moved = row.credit - row.debit
        balance = Cell(row.page, row.box, row.balance if row.balance is not None else Decimal(0))
        if before is not None:
            move = Cell(row.page, row.box, abs(moved))
            yield Tie((balance, before, move), _rises if moved >= 0 else _falls)
        before = balance


def _invoice(parts: Parts) -> Iterator[Tie]:
    total, net, tax = (_field(parts, n) for n in ("total_amount", "net_amount", "tax_amount"))
    yield from _tie(_adds_up, total, net, tax)
    yield from _tie(_same, total, _field(parts, "total_words"))
    items = [Cell(i.page, i.box, i.net) for i in parts.items]
    if items:
        yield from _tie(_adds_up, net, *items)
    for item in parts.items:
        if item.tax is not None and item.rate.endswith("%"):
            share = Decimal(item.rate[:-1]) / 100
            yield Tie(
                (Cell(item.page, item.box, item.tax), Cell(item.page, item.box, item.net)),
                partial(_is_share, share=share),
            )
        if item.quantity is not None and item.unit_price is not None:
            factors = (
                Cell(item.page, item.box, item.quantity),
                Cell(item.page, item.box, item.unit_price),
            )
            yield Tie((Cell(item.page, item.box, item.net), *factors), _is_product)


def _in_words(parts: Parts) -> Iterator[Tie]:
    yield from _tie(_same, _field(parts, "amount"), _field(parts, "amount_words"))


def _balance_sheet(parts: Parts) -> Iterator[Tie]:
    for column in ("ending", "opening"):
        for whole, *summed in _SHEET:
            yield from _tie(
                _adds_up if len(summed) > 1 else _same,
                _line(parts, whole, column),
                *(_line(parts, s, column) for s in summed),
            )


_SHEET = (
    ("资产总计", "流动资产合计", "非流动资产合计"),
    ("负债合计", "流动负债合计", "非流动负债合计"),
    ("负债和所有者权益总计", "负债合计", "所有者权益合计"),
    ("资产总计", "负债和所有者权益总计"),
)


def _income(parts: Parts) -> Iterator[Tie]:
    for column in ("value", "month", "prior"):
        yield from _tie(
            _adds_up,
            _line(parts, "利润总额", column),
            _line(parts, "净利润", column),
            _line(parts, "所得税费用", column),
        )


def _vat(parts: Parts) -> Iterator[Tie]:
    for column in ("value", "month"):
        yield from _tie(
            _adds_up,
            _line(parts, "销项税额", column),
            _line(parts, "应纳税额", column),
            _line(parts, "进项税额", column),
        )


_TIES: dict[str, Callable[[Parts], Iterator[Tie]]] = {
    "bank_statement": _statement,
    "invoice": _invoice,
    "bank_slip": _in_words,
    "guarantee_contract": _in_words,
    "balance_sheet": _balance_sheet,
    "income_statement": _income,
    "vat_return": _vat,
}

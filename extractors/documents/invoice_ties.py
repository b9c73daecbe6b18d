"""Ties between the figures of an invoice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from extractors.documents.parts import Parts
from extractors.documents.ties import (
    Cell,
    Tie,
    adds_up,
    field_cell,
    is_product,
    is_share,
    same,
    tie,
)
from extractors.model import Item


def invoice_ties(parts: Parts) -> Iterator[Tie]:
    """Tie total to net and tax, total to words, net to its lines, and each line's own figures."""
    total, net, tax = (
        field_cell(parts, name) for name in ("total_amount", "net_amount", "tax_amount")
    )
    yield from tie(adds_up, total, net, tax)
    yield from tie(same, total, field_cell(parts, "total_words"))
    items = [Cell(each.page, each.box, each.net) for each in parts.items]
    if items:
        yield from tie(adds_up, net, *items)
    for item in parts.items:
        yield from _item_ties(item)


def _item_ties(item: Item) -> Iterator[Tie]:
    net = Cell(item.page, item.box, item.net)
    if item.tax is not None and item.rate.endswith("%"):
        share = Decimal(item.rate[:-1]) / 100
        yield Tie((Cell(item.page, item.box, item.tax), net), partial(is_share, share=share))
    if item.quantity is not None and item.unit_price is not None:
        quantity = Cell(item.page, item.box, item.quantity)
        price = Cell(item.page, item.box, item.unit_price)
        yield Tie((net, quantity, price), is_product)

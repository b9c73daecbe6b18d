"""An invoice that came as data: the fields of its XML as those of an invoice read from a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from extractors.documents.invoice import INVOICE
from extractors.documents.invoice_contacts import PARSERS
from extractors.documents.parts import Parts
from extractors.formats.einvoice_xml import read_invoice_xml
from extractors.model import WHOLE_PAGE, Field, Item, Provenance, ReadMethod
from extractors.values.amount_in_words import parse_words
from extractors.values.glyphs import tidy
from extractors.values.money import money_text, parse_money
from extractors.values.period import parse_date

_MONEY = ("net_amount", "tax_amount", "total_amount")
_SURE, _LONGEST = 0.999, 24  # confidence of what is data; characters of a number
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_AT = Provenance(page=1, box=WHOLE_PAGE, method=ReadMethod.XML)


def invoice_data(data: bytes) -> Parts:
    """Raises as `read_invoice_xml` does. What cannot be read as its field's kind is left out."""
    fields, items = read_invoice_xml(data)
    parts = Parts()
    for name, text in fields.items():
        value = _value(name, text)
        if (
            value and name in INVOICE.specs and (name != "qr" or value.count(",") >= 5)
        ):  # some write the code's picture there
            parts.put(Field(name=name, value=value, raw=text[:200], confidence=_SURE, at=_AT))
    parts.items = tuple(item for item in map(_item, items) if item)
    return parts


def _value(name: str, text: str) -> str:
    text = text[:200]
    if name in _MONEY:
        amount = _amount(text)
        return money_text(amount) if amount is not None else ""
    if name == "total_words":
        words = parse_words(text)
        return money_text(words) if words is not None else ""
    if name == "issue_date":
        day = parse_date(_COMPACT_DAY.sub(r"\1-\2-\3", text, count=1))
        return day.isoformat() if day else ""
    contact = PARSERS.get(name.partition("_")[2])
    if contact is not None:
        return contact(text) or (tidy(text) if name.endswith("_address") else "")
    return tidy(text)[:200]


def _item(found: Mapping[str, str]) -> Item | None:
    net = _amount(found.get("net", ""))
    if net is None:
        return None
    return Item(
        name=found.get("name", "")[:100],
        quantity=_number(found.get("quantity", "")),
        unit_price=_number(found.get("unit_price", "")),
        net=net,
        rate=_rate(found.get("rate", "")),
        tax=_amount(found.get("tax", "")),
        page=1,
        box=WHOLE_PAGE,
        confidence=_SURE,
    )


def _amount(text: str) -> Decimal | None:
    return parse_money(text) if len(text) <= _LONGEST else None


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text[:_LONGEST]) if text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() and abs(value.adjusted()) < 16 else None


def _rate(text: str) -> str:
    """A rate as invoices print it: 13 %, written as 0.13 or 13 in data, is "13%"."""
    value = _number(text.rstrip("%"))
    if value is None:
        return text if any("\u4e00" <= character <= "\u9fff" for character in text) else ""
    percent = value if "%" in text or value >= 1 else value * 100
    return f"{percent.normalize():f}%"

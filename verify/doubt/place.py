"""What was read at the places that a finding points to: values, method, and how sure the reading
is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from extractors.model import Box, Document, Field, Packet, ReadMethod, Transaction
from verify.model import Evidence

# Readings of a document's own characters as data: nothing was recognised, so nothing can be
# misread.
_EXACT = (ReadMethod.XML, ReadMethod.QR, ReadMethod.REVIEWER)
PICTURE = ReadMethod.OCR


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Place:
    """A value that was read, with the document that it stands in."""

    document: Document
    page: int
    box: Box
    name: str
    value: str
    raw: str
    amounts: tuple[Decimal, ...]
    confidence: float
    method: ReadMethod
    derived_from: tuple[str, ...] = ()
    row: Transaction | None = None

    @property
    def is_picture(self) -> bool:
        return self.method == PICTURE

    def is_clear(self, clear_print: float, trust_floor: float) -> bool:
        """Whether the place reads only one way: data, text, or print that the engines are sure of."""
        if self.method in _EXACT:
            return True
        return self.confidence >= (clear_print if self.is_picture else trust_floor)


class PlaceIndex:
    """The places of a packet's documents by document, page and box."""

    def __init__(self, packet: Packet) -> None:
        self.documents = {document.id: document for document in packet.documents}
        self._held: dict[str, dict[tuple[int, Box], list[Place]]] = {}

    def at(self, evidence: Evidence) -> tuple[Place, ...]:
        """What was read where a finding points to; nothing for a whole page or another packet's
        document.
        """
        document = self.documents.get(evidence.document)
        if document is None:
            return ()
        found = self._of(document).get((evidence.page, evidence.box), ())
        rows = tuple(place for place in found if place.row is not None)
        return rows or tuple(found)  # what a row implies for the whole statement has its box too

    def field(self, document: Document, name: str) -> Place | None:
        """A field of a document as a place; None where it was not read."""
        held = document.fields.get(name)
        return None if held is None else _of_field(document, held)

    def rows(self, document: Document) -> tuple[Place, ...]:
        """The rows of a document as places."""
        return tuple(_of_rows(document))

    def _of(self, document: Document) -> dict[tuple[int, Box], list[Place]]:
        held = self._held.get(document.id)
        if held is None:
            held = defaultdict(list)
            for place in _places(document):
                held[place.page, place.box].append(place)
            self._held[document.id] = held
        return held


def _places(document: Document) -> Iterator[Place]:
    for field in document.fields.values():
        yield _of_field(document, field)
    for parties in document.parties.values():
        for field in parties:
            yield _of_field(document, field)
    for line in document.lines.values():
        for amount in line.columns.values():
            yield Place(
                document=document,
                page=amount.at.page,
                box=amount.at.box,
                name=line.name,
                value=str(amount.value),
                raw=amount.raw,
                amounts=(amount.value,),
                confidence=amount.confidence,
                method=amount.at.method,
            )
    yield from _of_rows(document)
    yield from _of_items(document)


def _of_field(document: Document, field: Field) -> Place:
    amount = _amount(field.value)
    return Place(
        document=document,
        page=field.at.page,
        box=field.at.box,
        name=field.name,
        value=field.value,
        raw=field.raw or field.value,
        amounts=() if amount is None else (amount,),
        confidence=field.confidence,
        method=field.at.method,
        derived_from=field.at.derived_from,
    )


def _of_rows(document: Document) -> Iterator[Place]:
    for row in document.rows:
        amounts = [row.debit, row.credit, row.balance]
        yield Place(
            document=document,
            page=row.page,
            box=row.box,
            name="rows",
            value="",
            raw="",
            amounts=tuple(amount for amount in amounts if amount),
            confidence=row.confidence,
            method=PICTURE if is_picture_page(document, row.page) else ReadMethod.TABLE,
            row=row,
        )


def _of_items(document: Document) -> Iterator[Place]:
    for item in document.items:
        amounts = [item.net, item.tax, item.quantity, item.unit_price]
        yield Place(
            document=document,
            page=item.page,
            box=item.box,
            name="items",
            value="",
            raw=item.name,
            amounts=tuple(amount for amount in amounts if amount),
            confidence=item.confidence,
            method=PICTURE if is_picture_page(document, item.page) else ReadMethod.TABLE,
        )


def is_picture_page(document: Document, page: int) -> bool:
    """Whether a page was read from a picture: what else was read from it says so, else the
    document's other pages.
    """
    if document.kind.startswith("picture"):
        return True
    read = [(field.at.page, field.at.method) for field in document.fields.values()]
    own = [method for number, method in read if number == page]
    return PICTURE in (own or [method for _, method in read])


def _amount(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None

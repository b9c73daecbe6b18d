"""Where a document states a relation, and the relation without an amount that it proves."""

from __future__ import annotations

from decimal import Decimal

from extractors.model import Box, Document, Field
from extractors.values.credit_code import FIND as CREDIT_CODE
from graphs.model import Place, Relation, RelationKind


def tie(
    kind: RelationKind, source: str, target: str, share: Decimal | None, place: Place
) -> Relation:
    """A relation that has neither an amount nor dates."""
    return Relation(
        kind=kind,
        source=source,
        target=target,
        amount=None,
        start=None,
        end=None,
        places=(place,),
        share=share,
    )


def at_field(
    packet: str, document: Document, field: Field, source: str = "", target: str = ""
) -> Place:
    """The place of a field; `source` and `target` are the names as the document prints them."""
    return at_box(packet, document, field.at.page, field.at.box, field.raw, source, target)


def at_box(
    packet: str,
    document: Document,
    page: int,
    box: Box,
    text: str,
    source: str = "",
    target: str = "",
) -> Place:
    """A place of a document; credit codes are left out of its text."""
    return Place(
        packet=packet,
        file=document.file,
        document=document.id,
        page=page,
        box=box,
        text=CREDIT_CODE.sub("", text).strip() or text,
        source=source,
        target=target,
    )

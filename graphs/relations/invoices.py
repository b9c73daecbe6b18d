"""Sales that invoices state: one relation for each invoice, on its day."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents import invoice
from extractors.model import Document
from extractors.values.party_name import is_company
from graphs.model import Relation, RelationKind
from graphs.relations.places import at_field
from graphs.resolve.same_party import Resolution


def traders(document: Document, floor: float) -> tuple[str, ...]:
    """Seller and buyer of an invoice where both names were read as surely as `floor`, and name
    companies.
    """
    seller, buyer = invoice.SELLER_NAME.of(document), invoice.BUYER_NAME.of(document)
    if not seller or not buyer:
        return ()
    if min(seller.field.confidence, buyer.field.confidence) < floor:
        return ()
    if not is_company(seller.value) or not is_company(buyer.value):
        return ()
    return seller.value, buyer.value


def invoiced(
    packet: str, document: Document, parties: Resolution, *, floor: float
) -> Iterator[Relation]:
    """The sale of one invoice.

    A red-letter invoice takes back and states none; nor does one without a number.
    """
    names = traders(document, floor)
    total, number = invoice.TOTAL_AMOUNT.of(document), invoice.NUMBER.of(document)
    if not names or not total or total.value <= 0 or not number:
        return
    source, target = (parties.of(name, scope=packet) for name in names)
    if source == target:
        return
    day, code = invoice.ISSUE_DATE.of(document), invoice.CODE.of(document)
    yield Relation(
        kind=RelationKind.INVOICES,
        source=source,
        target=target,
        amount=total.value,
        start=day.value if day else None,
        end=day.value if day else None,
        places=(at_field(packet, document, total.field, *names),),
        contract=f"{code.value}-{number.value}" if code else number.value,
    )

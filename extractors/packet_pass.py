"""The second look at a packet: what one document leaves open, another may settle.

Only fields that are empty or in doubt are settled, and only by a value that the document itself
prints (its alternatives). The provenance then names the documents that decided (`derived_from`), so
that no rule takes the value as independent proof of what they say. Clear readings never change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.documents.missing import RequiredValueMissing, ValueInDoubt
from extractors.documents.registry import document_types
from extractors.keyvalue.reading import SURE
from extractors.model import Document, Field, ReadMethod, ReadStatus, Transaction
from extractors.values.account_number import same_account
from extractors.values.glyphs import squeeze
from extractors.values.party_name import folded_name

SETTLED = (
    0.9  # two documents print the value; the second was looked up, so it is no proof by chance
)
_DAYS_APART = 3  # a slip may be dated before the day on which the bank books it
_PARTS = ("rows", "lines", "shareholders")
_SLIP = "bank_slip"
_STATEMENT = "bank_statement"


def settle_packet(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Return the documents with open fields settled by the others where they can be."""
    statements = [document for document in documents if document.type == _STATEMENT]
    owners = _owners(documents)
    return tuple(_settled(document, statements, owners) for document in documents)


def _settled(
    document: Document, statements: Sequence[Document], owners: dict[str, set[str]]
) -> Document:
    if not document.alternatives:
        return document
    settled = _slip(document, statements) if document.type == _SLIP else document
    return _cleared(_owner(settled, owners))


def _cleared(document: Document) -> Document:
    """Return a document without its doubts and gaps where the packet has settled all of them."""
    kind = document_types().get(document.type)
    if kind is None or not document.failures:
        return document
    parts = [key for key in kind.required if key in _PARTS]
    fields = [key.split("|") for key in kind.required if key not in _PARTS]
    if not all(getattr(document, key) for key in parts):
        return document
    if not all(any(not _is_open(document, name) for name in names) for names in fields):
        return document
    doubted = {name for names in fields for name in names} & set(document.alternatives)
    if any(_is_open(document, name) for name in doubted):
        return document
    open_codes = (ValueInDoubt.code, RequiredValueMissing.code)
    failures = tuple(failure for failure in document.failures if failure.code not in open_codes)
    return replace(
        document, failures=failures, status=ReadStatus.PARTIAL if failures else ReadStatus.READ
    )


def _is_open(document: Document, name: str) -> bool:
    found = document.fields.get(name)
    return found is None or found.confidence < SURE


def _choices(document: Document, name: str) -> Iterator[Field]:
    """Yield the values that a field could have, the chosen one first."""
    if name in document.fields:
        yield document.fields[name]
    yield from document.alternatives.get(name, ())


def _put(document: Document, name: str, found: Field, sources: Sequence[str]) -> Document:
    at = replace(found.at, method=ReadMethod.PACKET, derived_from=tuple(sources))
    field = replace(found, name=name, confidence=SETTLED, at=at)
    return replace(document, fields={**document.fields, name: field})


def _slip(slip: Document, statements: Sequence[Document]) -> Document:
    """Return a slip with its serial number and parties as the row of a statement shows them."""
    found = [(each, row) for each in statements for row in each.rows if _may_be_row(slip, row)]
    with_serial = [(s, row) for s, row in found if _serial(slip, row) is not None]
    if len(with_serial) == 1:
        found = with_serial
    if len(found) != 1:
        return slip
    statement, row = found[0]
    serial = _serial(slip, row)
    if serial is not None and _is_open(slip, "serial_number"):
        slip = _put(slip, "serial_number", serial, (statement.id,))
    return _parties(slip, statement, row)


def _may_be_row(slip: Document, row: Transaction) -> bool:
    """Return whether a row moves the slip's amount about its day."""
    amount, day = slip.fields.get("amount"), slip.fields.get("date")
    if amount is None or Decimal(amount.value) not in (row.debit, row.credit):
        return False
    if day is None:
        return True
    days = abs((row.day - row.day.fromisoformat(day.value)).days)
    return days <= _DAYS_APART


def _serial(slip: Document, row: Transaction) -> Field | None:
    """Return the number of the slip that the row shows as its serial number."""
    wanted = _plain(row.serial_number)
    if not wanted:
        return None
    choices = _choices(slip, "serial_number")
    return next((field for field in choices if _plain(field.value) == wanted), None)


def _plain(number: str) -> str:
    return squeeze(number).upper().lstrip("0")


def _parties(slip: Document, statement: Document, row: Transaction) -> Document:
    """Settle who paid and who received: the holder pays what leaves the account."""
    own, other = ("payer", "payee") if row.debit else ("payee", "payer")
    holder = statement.fields.get("account_name")
    number = statement.fields.get("account_number")
    wanted = (
        (f"{own}_name", holder.value if holder else ""),
        (f"{own}_account", number.value if number else ""),
        (f"{other}_name", row.counterparty_name),
        (f"{other}_account", row.counterparty_account),
    )
    for name, value in wanted:
        if not value or not _is_open(slip, name):
            continue
        printed = [f for side in ("payer", "payee") for f in _choices(slip, _of(side, name))]
        match = next((field for field in printed if _same(name, field.value, value)), None)
        if match is not None:
            slip = _put(slip, name, match, (statement.id,))
    return slip


def _of(side: str, name: str) -> str:
    return f"{side}_{name.partition('_')[2]}"


def _same(name: str, first: str, second: str) -> bool:
    if name.endswith("_account"):
        return same_account(first, second)
    return folded_name(first) == folded_name(second)


def _owners(documents: Sequence[Document]) -> dict[str, set[str]]:
    """Return the names of the companies that documents clearly bear, with those documents."""
    found: dict[str, set[str]] = {}
    for document in documents:
        kind = document_types().get(document.type)
        owner = document.fields.get(kind.owner) if kind and kind.owner else None
        if owner is not None and owner.confidence >= SURE:
            found.setdefault(folded_name(owner.value), set()).add(document.id)
    return found


def _owner(document: Document, owners: dict[str, set[str]]) -> Document:
    """Settle whose document it is: the one printed name that other documents bear too."""
    kind = document_types().get(document.type)
    if kind is None or not kind.owner or not _is_open(document, kind.owner):
        return document
    borne = {
        folded_name(field.value): field
        for field in _choices(document, kind.owner)
        if owners.get(folded_name(field.value), set()) - {document.id}
    }
    if len(borne) != 1:
        return document
    name, found = next(iter(borne.items()))
    return _put(document, kind.owner, found, sorted(owners[name] - {document.id}))

"""The nouns of reading: packet, document, page, field, row, provenance.

Frozen, and free of judgement.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from extractors.values.party_name import folded_name


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, as fractions of its width and height, origin top left."""

    left: float
    top: float
    right: float
    bottom: float

    def as_list(self) -> list[float]:
        return [round(value, 4) for value in (self.left, self.top, self.right, self.bottom)]


WHOLE_PAGE = Box(0.0, 0.0, 1.0, 1.0)


class ReadStatus(StrEnum):
    """How much of a document was read."""

    READ = "read"
    PARTIAL = "partial"  # a required part is missing, or a failure is open
    UNREADABLE = "unreadable"  # damaged, locked or empty
    UNSUPPORTED = "unsupported"  # of no declared kind


class ReadMethod(StrEnum):
    """How a value was read."""

    TEXT = "text"  # the file's own characters
    OCR = "ocr"  # recognised on a picture
    TABLE = "table"  # a cell by row and column
    QR = "qr"  # the content of a QR code
    XML = "xml"  # the data of an electronic invoice
    PACKET = "packet"  # settled by other documents
    REVIEWER = "reviewer"  # corrected by a person


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a value was read: page (from 1), box, by which method, and on a picture by which
    engines.

    `derived_from` names the documents that decided between several values of this one (method
    `packet`). Such a value must never confirm what those documents say.
    """

    page: int
    box: Box
    method: ReadMethod
    engine: str = ""
    derived_from: tuple[str, ...] = ()  # ids of documents


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value of a document: canonical `value`, `raw` as printed, and how sure the reading is."""

    name: str
    value: str
    raw: str
    confidence: float
    at: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One money cell of a statement line; `value` in yuan with the printed unit applied."""

    value: Decimal
    raw: str
    confidence: float
    at: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A named line of a statement or return; columns: ending, opening, value, month, prior.

    A column that is in neither `columns` nor `dashes` is blank: a blank is not zero.
    """

    name: str
    columns: dict[str, Amount]
    dashes: tuple[str, ...] = ()  # columns in which a dash says that nothing applies
    within: str = ""  # the line of which it is a part, where the form says 其中


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One row of a bank statement, money out in `debit`, money in in `credit`, in yuan."""

    day: date
    time: str = ""
    description: str = ""
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    balance: Decimal | None = None
    neutral: Decimal = Decimal(0)  # moved but counted on neither side: own transfers, closed orders
    counterparty_name: str = ""
    counterparty_account: str = ""
    serial_number: str = ""
    page: int
    box: Box
    confidence: float

    @property
    def counterparty_key(self) -> str:
        """The counterparty under the spelling by which equal names are equal."""
        return folded_name(self.counterparty_name)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One line of a journal: an amount posted to one side of one account, in yuan."""

    day: date
    voucher: str
    summary: str
    account_code: str
    account: str
    debit: Decimal
    credit: Decimal
    page: int
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of an invoice. Quantity and unit price are None where the paper leaves them out."""

    name: str
    quantity: Decimal | None
    unit_price: Decimal | None
    net: Decimal
    rate: str
    tax: Decimal | None
    page: int
    box: Box
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTotal:
    """A printed total or carried balance among a statement's rows: kind page_total, month_total,
    total, running_total, carried.
    """

    kind: str
    debit: Decimal | None
    credit: Decimal | None
    balance: Decimal | None
    after_row: int  # number of rows read before it, in printed order
    page: int
    box: Box


class ProofKind(StrEnum):
    """How a document itself shows that it was read completely."""

    CHAIN = "chain"  # each balance follows from the one before it, opening to closing
    PRINTED_TOTALS = "printed_totals"  # printed sums equal the sums of the rows read
    PRINTED_COUNT = "printed_count"  # the printed number of rows equals the rows read
    CARRY_OVER = "carry_over"  # a balance carried over a page equals the balance read there
    PAGE_NUMBERS = "page_numbers"  # every page i of n is present
    INK_LEDGER = "ink_ledger"  # every line between header and end has a known meaning


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One check of completeness that a document allows, and whether it holds for what was read.

    A document that prints nothing to hold a reading against has no proof of that kind: absent
    is not failed. A proof that does not hold comes with a Failure that shows the place.
    """

    kind: ProofKind
    holds: bool
    checked: int  # rows, printed figures, pages or lines that the proof covers
    open: int = 0  # of these, how many do not agree
    page: int = 1  # where the first disagreement stands; the document's first page if none
    box: Box = WHOLE_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Shareholder:
    name: str
    share: Decimal | None  # percent
    amount: Decimal | None  # yuan
    page: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """An observation about how a file was made or read.

    It states, it does not judge. Page 0, while reading, is the file as a whole.
    """

    kind: str
    detail: str
    page: int = 1
    box: Box = WHOLE_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Something that was not read, with a stable code and what to do next in both languages."""

    code: str
    zh: str
    en: str
    page: int = 1
    file: str = ""
    box: Box = WHOLE_PAGE  # where on the page, if the failure is about one place


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a document of no declared type looks like, and why.

    `kind` is empty where only its title is known.
    """

    kind: str
    zh: str
    en: str
    because_zh: str
    because_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper: its type, the pages that it takes in its file, and what was read from it.

    `alternatives` holds, for a field that the document alone does not settle, the other values that
    it could have; other documents of the packet may settle it.
    """

    type: str
    file: str
    sha256: str
    pages: tuple[int, ...]
    ordinal: int = 1
    """Tells documents of the same pages apart (slips on one sheet, equal files); given by
    `assemble`.
    """
    kind: str = ""  # of its file: pdf, ofd, xml, xlsx, picture/jpeg, …
    page_hashes: tuple[str, ...] = ()
    status: ReadStatus = ReadStatus.READ
    fields: dict[str, Field] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    rows: tuple[Transaction, ...] = ()
    totals: tuple[PrintedTotal, ...] = ()
    items: tuple[Item, ...] = ()
    entries: tuple[JournalEntry, ...] = ()  # of a journal
    shareholders: tuple[Shareholder, ...] = ()
    parties: dict[str, tuple[Field, ...]] = field(default_factory=dict)
    alternatives: dict[str, tuple[Field, ...]] = field(default_factory=dict)
    signals: tuple[Signal, ...] = ()
    failures: tuple[Failure, ...] = ()
    looks_like: Likeness | None = None  # of a document of type unknown
    proofs: tuple[Proof, ...] = ()

    @property
    def id(self) -> str:
        """The file's digest, the pages and the ordinal: the same whatever a better reader finds in
        it.
        """
        first, last = (self.pages[0], self.pages[-1]) if self.pages else (0, 0)
        return f"{self.sha256[:12]}-{first}-{last}-{self.ordinal}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """All that came out of one file."""

    file: str
    sha256: str
    size: int
    kind: str
    page_count: int
    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualCheck:
    """A check that a reviewer made elsewhere and recorded beside the packet."""

    what: str
    result: str  # passed | failed | unclear
    day: str
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A reviewer's value for a field of a paper, in place of the one that was read."""

    document: str
    field: str  # a field's name, line/column of a statement, or rows/n/column
    old: str
    value: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """All papers of one application."""

    id: str
    documents: tuple[Document, ...]
    files: tuple[FileReading, ...]
    manual_checks: tuple[ManualCheck, ...] = ()
    failures: tuple[Failure, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def of_type(self, type_id: str) -> tuple[Document, ...]:
        return tuple(document for document in self.documents if document.type == type_id)

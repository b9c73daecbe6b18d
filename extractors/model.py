"""The nouns of reading: packet, document, page, field, row, provenance. Frozen, and free of judgement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, as fractions of its width and height, origin top left."""

    left: float
    top: float
    right: float
    bottom: float

    def as_list(self) -> list[float]:
        return [round(v, 4) for v in (self.left, self.top, self.right, self.bottom)]


WHOLE_PAGE = Box(0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a value was read: page (from 1), box, by which method, and on a picture by which engines."""

    page: int
    box: Box
    method: str  # text | ocr | table | qr | xml | reviewer
    engine: str = ""


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
    """A named line of a statement or return; columns: ending, opening, value, month, prior."""

    name: str
    columns: dict[str, Amount]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One row of a bank statement, money out in `debit`, money in in `credit`, in yuan."""

    day: date
    time: str = ""
    description: str = ""
    debit: Decimal = Decimal(0)
    credit: Decimal = Decimal(0)
    balance: Decimal | None = None
    counterparty_name: str = ""
    counterparty_account: str = ""
    serial_number: str = ""
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
    """A printed total or carried balance among a statement's rows: kind page_total, month_total, total, running_total, carried."""

    kind: str
    debit: Decimal | None
    credit: Decimal | None
    balance: Decimal | None
    after_row: int  # number of rows read before it, in printed order
    page: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Shareholder:
    name: str
    share: Decimal | None  # percent
    amount: Decimal | None  # yuan
    page: int
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """An observation about how a file was made or read. It states, it does not judge. Page 0, while reading, is the file as a whole."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What a document of no declared type looks like, and why. `kind` is empty where only its title is known."""

    kind: str
    zh: str
    en: str
    because_zh: str
    because_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One paper: its type, the pages that it takes in its file, and what was read from it."""

    type: str
    file: str
    sha256: str
    pages: tuple[int, ...]
    kind: str = ""  # of its file: pdf, ofd, xml, xlsx, picture/jpeg, …
    page_hashes: tuple[str, ...] = ()
    status: str = "read"  # read | partial | unreadable | unsupported
    fields: dict[str, Field] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    rows: tuple[Transaction, ...] = ()
    totals: tuple[PrintedTotal, ...] = ()
    items: tuple[Item, ...] = ()
    shareholders: tuple[Shareholder, ...] = ()
    parties: dict[str, tuple[Field, ...]] = field(default_factory=dict)
    signals: tuple[Signal, ...] = ()
    failures: tuple[Failure, ...] = ()
    looks_like: Likeness | None = None  # of a document of type unknown

    @property
    def id(self) -> str:
        """Stable within a packet: the file's digest and the first page."""
        return (
            f"{self.sha256[:12]}-{self.file_tag}-{self.pages[0] if self.pages else 0}-{self.type}"
        )

    @property
    def file_tag(self) -> str:
        """Tells two equal files of one packet apart, and two papers on one page."""
        first = next(iter(self.fields.values()), None)
        place = f"{first.at.box.top:.3f}" if first else "0"
        return f"{sum(self.file.encode()) % 997:03d}-{place}"


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
        return tuple(d for d in self.documents if d.type == type_id)

"""read_file: bytes of one file to documents. assemble: files to a packet.

Pure functions; the sandbox runs the first.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors.classification.look import hidden_type
from extractors.classification.papers import Paper, papers_of
from extractors.decode import codes_of, decode
from extractors.documents.declare import DocumentType
from extractors.documents.invoice import INVOICE
from extractors.documents.invoice_code import FEWEST_COMMAS, complete_from_code, incomplete
from extractors.documents.invoice_data import invoice_data
from extractors.documents.missing import missing_parts
from extractors.documents.parts import Parts
from extractors.engines.installed import engines
from extractors.errors import (
    AnotherProcess,
    BlankPage,
    EmptyFile,
    OverLimit,
    PictureNotRead,
    ReadError,
    UnknownPaper,
    UnsupportedFile,
    as_failure,
)
from extractors.forensics.pdf.hidden_amounts import hidden_amounts
from extractors.forensics.pdf.text_and_drawing import drawn_text
from extractors.formats.einvoice_xml import attached_invoices
from extractors.formats.opened_file import OpenedFile
from extractors.formats.pdf_file import PdfFile
from extractors.formats.second_reader import read_again
from extractors.intake.limits import Limits
from extractors.intake.sniff import sniff
from extractors.layout.page import Page, Raw
from extractors.model import (
    Document,
    Failure,
    Field,
    FileReading,
    Likeness,
    ManualCheck,
    Packet,
    Provenance,
    ReadMethod,
    ReadStatus,
    Signal,
)
from extractors.packet_pass import settle_packet
from extractors.pictures.confidence import weigh
from extractors.pictures.settle import settle


def read_file(name: str, data: bytes, limits: Limits, password: str | None = None) -> FileReading:
    """All papers of one file. A failure is part of the answer, never an exception for bad input."""
    sha = hashlib.sha256(data).hexdigest()
    try:
        if not data:
            raise EmptyFile
        if len(data) > limits.file_bytes:
            raise OverLimit(f"{len(data)} bytes, at most {limits.file_bytes}")
        kind = sniff(data)
        if kind == "xml":
            return _from_data(name, sha, data)
        with OpenedFile(kind, data, password) as file:
            return _from_pages(name, sha, file, limits)
    except AnotherProcess:
        raise
    except ReadError as error:
        return _unreadable(name, sha, data, error)


def _from_pages(name: str, sha: str, file: OpenedFile, limits: Limits) -> FileReading:
    """The documents on a file's pages and those attached to it.

    Raises ReadError where it cannot be opened.
    """
    raw = decode(file, limits)
    found = [_document(paper, name, sha, file, raw) for paper in papers_of(raw.pages)]
    documents = (*found, *_attached(name, file))
    return FileReading(
        file=name,
        sha256=sha,
        size=len(file.data),
        kind=raw.kind,
        page_count=len(raw.pages),
        documents=documents,
        failures=tuple(failure for document in documents for failure in document.failures),
    )


def _unreadable(name: str, sha: str, data: bytes, error: ReadError) -> FileReading:
    """The answer about a file that could not be opened."""
    failure = as_failure(error, file=name)
    document = Document(
        type="unknown",
        file=name,
        sha256=sha,
        pages=(1,),
        status=_status(error),
        failures=(failure,),
    )
    return FileReading(
        file=name,
        sha256=sha,
        size=len(data),
        kind="unknown",
        page_count=0,
        documents=(document,),
        failures=(failure,),
    )


def _from_data(name: str, sha: str, data: bytes) -> FileReading:
    """An invoice that came as XML. Raises ReadError where it is none."""
    document = _invoice_data(name, sha, data)
    return FileReading(
        file=name,
        sha256=sha,
        size=len(data),
        kind="xml",
        page_count=1,
        documents=(document,),
        failures=document.failures,
    )


def _invoice_data(name: str, sha: str, data: bytes) -> Document:
    parts = invoice_data(data)
    lacking = INVOICE.lacks(parts)
    return Document(
        type=INVOICE.id,
        file=name,
        sha256=sha,
        pages=(1,),
        kind="xml",
        status=ReadStatus.PARTIAL if lacking else ReadStatus.READ,
        fields=parts.fields,
        items=parts.items,
        failures=(incomplete(lacking, 1, name),) if lacking else (),
    )


def _attached(name: str, file: OpenedFile) -> Iterator[Document]:
    """Invoices as data that a PDF or OFD carries, each once, under their own digest; what is no
    invoice is none of the packet's papers.
    """
    bodies = {hashlib.sha256(body).hexdigest(): body for body in attached_invoices(file)}
    for digest, body in bodies.items():
        with contextlib.suppress(ReadError):
            yield _invoice_data(name, digest, body)


def _status(error: ReadError) -> ReadStatus:
    return ReadStatus.UNSUPPORTED if isinstance(error, UnsupportedFile) else ReadStatus.UNREADABLE


def _document(paper: Paper, name: str, sha: str, file: OpenedFile, raw: Raw) -> Document:
    numbers = tuple(dict.fromkeys(page.number for page in paper.pages))
    signals = _signals(paper.pages, raw)
    base = Document(
        type=paper.kind.id if paper.kind else "unknown",
        file=name,
        sha256=sha,
        pages=numbers,
        kind=raw.kind,
        page_hashes=tuple(page.digest() for page in paper.pages),
        signals=signals,
    )
    if paper.kind is None or paper.kind.read is None:
        return _unknown(base, paper, name)
    parts = paper.kind.read(paper.pages)
    if any(page.scan for page in paper.pages):
        parts = settle(paper.kind, paper.pages, parts, engines())
    elif raw.kind == "pdf":
        parts = _second_reading(paper, parts, file.pdf, raw)
        parts.signals += _looked_at(paper.pages, parts, file.pdf)
    if paper.kind is INVOICE:
        _read_qr(paper.pages[0], parts, file)
        complete_from_code(parts)
    weigh(
        parts,
        paper.pages,
        " + ".join(engines().names.values()) if any(page.scan for page in paper.pages) else "",
    )
    missing = missing_parts(paper.kind, parts)
    complaints = [replace(failure, file=name) for failure in parts.failures]
    complaints += _complaints(paper.pages, name)
    complaints += [
        as_failure(PictureNotRead(), page.number, name) for page in paper.pages if page.is_picture
    ]
    if missing is not None and not complaints:
        own = incomplete(paper.kind.lacks(parts), numbers[0], name)
        said = own if paper.kind is INVOICE else replace(missing, page=numbers[0], file=name)
        complaints.append(said)
    return replace(
        base,
        status=ReadStatus.PARTIAL if complaints else ReadStatus.READ,
        fields=parts.fields,
        lines=parts.lines,
        rows=parts.rows,
        totals=parts.totals,
        items=parts.items,
        entries=parts.entries,
        shareholders=parts.shareholders,
        parties=parts.parties,
        alternatives=parts.alternatives,
        signals=(*signals, *parts.signals),
        failures=tuple(complaints),
        proofs=parts.proofs,
    )


def _unknown(base: Document, paper: Paper, name: str) -> Document:
    """A paper of no known type, with what is wrong with its picture where that may be why."""
    first = paper.pages[0]
    complaints = _complaints(paper.pages, name)
    error = (
        PictureNotRead()
        if any(page.is_picture for page in paper.pages)
        else BlankPage()
        if first.is_blank
        else UnknownPaper()
    )
    told = hidden_type(first) if first.is_picture and first.invisible else None
    failure = as_failure(error, first.number, name)
    if isinstance(error, UnknownPaper) and paper.likeness:
        failure = _with_likeness(failure, paper.likeness)
    return replace(
        base,
        type=told.id if told else "unknown",
        status=ReadStatus.UNREADABLE if complaints or first.is_blank else ReadStatus.UNSUPPORTED,
        failures=complaints or (failure,),
        looks_like=paper.likeness,
    )


def _with_likeness(failure: Failure, seen: Likeness) -> Failure:
    """The failure of an unknown document, with what it looks like and why."""
    return replace(
        failure,
        zh=f"{failure.zh}看起来像：{seen.zh}（{seen.because_zh}）。",
        en=f"{failure.en} It looks like: {seen.en} ({seen.because_en}).",
    )


def _complaints(pages: Sequence[Page], name: str) -> tuple[Failure, ...]:
    """What is wrong with the pictures of a paper's pages."""
    return tuple(
        replace(failure, file=name) for page in pages if page.scan for failure in page.scan.failures
    )


def _signals(pages: Sequence[Page], raw: Raw) -> tuple[Signal, ...]:
    out = [Signal(kind=f"metadata_{key.lower()}", detail=value) for key, value in raw.notes.items()]
    out += [
        Signal(kind="invisible_text", detail=page.invisible[:400], page=page.number)
        for page in pages
        if page.invisible.strip()
    ]
    numbers = {page.number for page in pages}
    out += [
        signal if signal.page else replace(signal, page=min(numbers))
        for signal in raw.signals
        if signal.page in numbers or not signal.page
    ]
    return (*out, *hidden_amounts(pages, raw.pages))


def _is_suspect(kind: DocumentType, parts: Parts) -> bool:
    """Return whether a self-check failed, so that a second reading is worth its time."""
    return bool(kind.lacks(parts)) or any(not tie.holds for tie in kind.ties(parts))


def _shares_page(paper: Paper, raw: Raw) -> bool:
    """Return whether another document stands on one of the pages too."""
    words = {page.number: len(page.words) for page in raw.pages}
    return any(len(page.words) < words.get(page.number, 0) for page in paper.pages)


def _second_reading(paper: Paper, parts: Parts, file: PdfFile, raw: Raw) -> Parts:
    """pdfplumber's reading where a self-check failed: taken when it is whole, noted when the
    readers differ.
    """
    assert paper.kind is not None and paper.kind.read is not None
    if _shares_page(paper, raw):
        return parts  # the second reader gives whole pages: it would mix the documents
    if any(page.turned for page in paper.pages):
        return parts  # the second reader does not turn pages
    if any(page.invisible for page in paper.pages):
        return parts  # the second reader cannot tell text that the page does not show
    if (
        not _is_suspect(paper.kind, parts)
        or len(paper.pages) > 60
        or len({page.number for page in paper.pages}) != len(paper.pages)
    ):
        return parts
    pages = read_again(file, [page.number for page in paper.pages])
    if pages is None:
        return parts
    second = paper.kind.read(pages)
    if not _is_suspect(paper.kind, second) and not _reads_less(paper.kind, second, parts):
        second.signals.append(
            Signal(kind="second_reader_taken", detail="pdfplumber", page=paper.pages[0].number)
        )
        return second
    if [(row.debit, row.credit, row.balance) for row in second.rows] != [
        (row.debit, row.credit, row.balance) for row in parts.rows
    ]:
        parts.signals.append(
            Signal(
                kind="readers_disagree", detail="pypdfium2, pdfplumber", page=paper.pages[0].number
            )
        )
    return parts


def _reads_less(kind: DocumentType, second: Parts, first: Parts) -> bool:
    """Return whether a reading holds together only because it lost what could have failed."""
    fewer_sums = len(list(kind.ties(second))) < len(list(kind.ties(first)))
    return fewer_sums or _balances(second) < _balances(first)


def _balances(parts: Parts) -> int:
    return sum(row.balance is not None for row in parts.rows)


def _looked_at(pages: Sequence[Page], parts: Parts, file: PdfFile) -> list[Signal]:
    """What the page draws otherwise than the text of the document's key figures and names says."""
    named = [field for own in parts.parties.values() for field in own]
    return list(drawn_text(file.document, pages, (*parts.fields.values(), *named)))


def _read_qr(page: Page, parts: Parts, file: OpenedFile) -> None:
    for text, box in codes_of(page, file):
        if text.count(",") >= FEWEST_COMMAS:
            at = Provenance(page=page.number, box=box, method=ReadMethod.QR)
            parts.put(Field(name="qr", value=text, raw=text, confidence=0.999, at=at))
            return


def assemble(
    packet_id: str,
    files: Sequence[FileReading],
    manual_checks: Sequence[ManualCheck] = (),
    failures: Sequence[Failure] = (),
) -> Packet:
    """Files to a packet, in a fixed order so that the same files give the same packet."""
    ordered = tuple(sorted(files, key=lambda f: (f.file, f.sha256)))
    return Packet(
        id=packet_id,
        documents=settle_packet(
            numbered(document for file_reading in ordered for document in file_reading.documents)
        ),
        files=ordered,
        manual_checks=tuple(manual_checks),
        failures=tuple(failures),
    )


def numbered(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Give each document its ordinal among those of the same bytes and pages."""
    seen: Counter[str] = Counter()
    out = []
    for document in documents:
        pages = f"{document.sha256}-{document.pages[:1]}-{document.pages[-1:]}"
        seen[pages] += 1
        out.append(replace(document, ordinal=seen[pages]))
    return tuple(out)

"""Changes to what was read of an honest packet: as from a picture, misread, lost; and the same
changes as forgeries.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from conftest import honest_packet, report_on

from extractors.model import (
    Amount,
    Document,
    Field,
    Line,
    Packet,
    Proof,
    ProofKind,
    Provenance,
    Transaction,
)
from verify.model import RuleRun

CLEAR = 0.99
WEAK = 0.9


def document_of(packet: Packet, kind: str) -> Document:
    return packet.of_type(kind)[0]


def with_document(packet: Packet, old: Document, new: Document) -> Packet:
    documents = tuple(new if d is old else d for d in packet.documents)
    return replace(packet, documents=documents)


def changed(kind: str, *changes: Callable[[Document], Document]) -> Packet:
    """The honest packet with changes to its first document of a kind."""
    packet = honest_packet()
    old = new = document_of(packet, kind)
    for change in changes:
        new = change(new)
    return with_document(packet, old, new)


def run_of(packet: Packet, rule: str) -> RuleRun:
    return next(r for r in report_on(packet).runs if r.rule == rule)


def slips_of(run: RuleRun) -> set[str]:
    return {d.slip for d in run.doubts}


def pictured(confidence: float = CLEAR) -> Callable[[Document], Document]:
    """The document as read from a picture, every value as sure as `confidence`."""

    def seen(at: Provenance) -> Provenance:
        return replace(at, method="ocr", engine="two engines")

    def field(value: Field) -> Field:
        return replace(value, at=seen(value.at), confidence=confidence)

    def amount(value: Amount) -> Amount:
        return replace(value, at=seen(value.at), confidence=confidence)

    def change(document: Document) -> Document:
        lines = {
            name: Line(name=name, columns={k: amount(v) for k, v in line.columns.items()})
            for name, line in document.lines.items()
        }
        return replace(
            document,
            kind="picture/jpeg",
            fields={name: field(value) for name, value in document.fields.items()},
            lines=lines,
            rows=tuple(replace(row, confidence=confidence) for row in document.rows),
            items=tuple(replace(item, confidence=confidence) for item in document.items),
        )

    return change


def field(
    name: str, value: str, *, raw: str | None = None, confidence: float | None = None
) -> Callable[[Document], Document]:
    """A field with another value, as surely read as before where no confidence is given."""

    def change(document: Document) -> Document:
        old = document.fields[name]
        new = replace(
            old,
            value=value,
            raw=value if raw is None else raw,
            confidence=old.confidence if confidence is None else confidence,
        )
        return replace(document, fields={**document.fields, name: new})

    return change


def without_field(name: str) -> Callable[[Document], Document]:
    def change(document: Document) -> Document:
        kept = {k: v for k, v in document.fields.items() if k != name}
        return replace(document, fields=kept)

    return change


def line(name: str, column: str, value: Decimal) -> Callable[[Document], Document]:
    """A line's amount replaced."""

    def change(document: Document) -> Document:
        old = document.lines[name]
        cell = replace(old.columns[column], value=value, raw=f"{value:,.2f}")
        new = Line(name=name, columns={**old.columns, column: cell})
        return replace(document, lines={**document.lines, name: new})

    return change


def row(index: int, **values: object) -> Callable[[Document], Document]:
    """One row of a statement with other values."""

    def change(document: Document) -> Document:
        rows = list(document.rows)
        rows[index] = replace(rows[index], **values)  # type: ignore[arg-type]
        return replace(document, rows=tuple(rows))

    return change


def without_row(index: int, *, closed_up: bool) -> Callable[[Document], Document]:
    """A statement without one row: its place left open on the page, or the rows below moved up."""

    def change(document: Document) -> Document:
        rows = list(document.rows)
        gone = rows.pop(index)
        if closed_up:
            rows[index:] = _moved_up(rows[index:], gone)
        return replace(document, rows=tuple(rows))

    return change


def _moved_up(rows: list[Transaction], gone: Transaction) -> list[Transaction]:
    """Rows of the page that each take the place of the one before."""
    out: list[Transaction] = []
    place = gone.box
    for each in rows:
        if each.page != gone.page:
            out.append(each)
            continue
        out.append(replace(each, box=place))
        place = each.box
    return out


def proven(kind: ProofKind, holds: bool = True) -> Callable[[Document], Document]:
    """A document that states one more proof of completeness."""

    def change(document: Document) -> Document:
        kept = tuple(p for p in document.proofs if p.kind is not kind)
        proof = Proof(kind=kind, holds=holds, checked=1, open=0 if holds else 2)
        return replace(document, proofs=(*kept, proof))

    return change


def unproven(document: Document) -> Document:
    """A document that states no proof, as one of a reader that looks for none."""
    return replace(document, proofs=())


def inner_row(document: Document) -> int:
    """A row in the middle of a page, with a balance and rows of the same page around it."""
    for index in range(2, len(document.rows) - 2):
        near = document.rows[index - 2 : index + 3]
        if len({r.page for r in near}) == 1 and all(r.balance is not None for r in near):
            return index
    raise AssertionError("no row stands within a page")

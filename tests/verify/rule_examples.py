"""Changes to an honest packet, as fixtures/rules/<ID>.yaml writes them, applied to what was read."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from extractors.model import (
    WHOLE_PAGE,
    Amount,
    Document,
    Field,
    Line,
    ManualCheck,
    Packet,
    Provenance,
    Shareholder,
    Signal,
    Transaction,
)

AT = Provenance(page=1, box=WHOLE_PAGE, method="text")


def apply(packet: Packet, changes: list[dict[str, Any]]) -> tuple[Packet, list[Packet], date]:
    """The changed packet, other packets for its context, and the day of judgement."""
    others: list[Packet] = []
    as_of = date(2026, 1, 31)
    for change in changes:
        if "as_of" in change:
            as_of = date.fromisoformat(str(change["as_of"]))
        elif "check" in change:
            packet = replace(
                packet,
                manual_checks=(
                    ManualCheck(
                        what=change["check"], result=change["result"], day="2026-01-20", by="tester"
                    ),
                ),
            )
        elif "other" in change:
            other, _, _ = apply(replace(packet, id="other"), change["other"])
            others.append(other)
        elif "tools" in change:
            others += [_by_tool(packet, n) for n in range(change["tools"])]
        elif "copy" in change:
            twin = replace(_pick(packet, change["copy"]), file="copy.pdf", sha256="c" * 64)
            packet = replace(packet, documents=(*packet.documents, twin))
        elif "drop" in change:
            packet = _drop(packet, change["drop"])
        elif "rows" in change:
            packet = _more_rows(packet, change["rows"])
        elif "signals" in change:
            document = _pick(packet, change["of"])
            packet = _put(
                packet,
                change["of"],
                replace(document, signals=tuple(_signal(document, **s) for s in change["signals"])),
            )
        elif "holders" in change:
            packet = _put(
                packet,
                change["holders"],
                replace(_pick(packet, change["holders"]), shareholders=_holders(change["to"])),
            )
        elif "mirror" in change or "scanned" in change:
            name = change.get("mirror") or change["scanned"]
            packet = _put(
                packet, name, (_mirrored if "mirror" in change else _scanned)(_pick(packet, name))
            )
        elif "last_year" in change:
            packet = replace(
                packet,
                documents=(*packet.documents, _last_year(_pick(packet, change["last_year"]))),
            )
        elif "paper" in change:
            packet = replace(packet, documents=(*packet.documents, _paper(change)))
        else:
            packet = _set(packet, change["set"], change)
    return packet, others, as_of


def _by_tool(packet: Packet, number: int) -> Packet:
    """Another firm's application whose statement of the same bank was written by iText."""
    name = f"第{number}家公司"
    made = Signal(kind="metadata_producer", detail="iText 5.5.13")
    papers = []
    for document in packet.documents:
        field = document.fields.get(
            "account_name" if document.type == "bank_statement" else "company"
        )
        if document.type in ("bank_statement", "vat_return") and field:
            renamed = {**document.fields, field.name: replace(field, value=name, raw=name)}
            papers.append(
                replace(document, sha256=f"{number:064d}", fields=renamed, rows=(), signals=(made,))
            )
    return replace(packet, id=f"other{number}", documents=tuple(papers))


def _mirrored(document: Document) -> Document:
    return replace(
        document, rows=tuple(replace(r, debit=r.credit, credit=r.debit) for r in document.rows)
    )


def _scanned(document: Document) -> Document:
    return replace(
        document,
        fields={k: replace(f, at=replace(f.at, method="ocr")) for k, f in document.fields.items()},
    )


def _holders(given: list[list[Any]]) -> tuple[Shareholder, ...]:
    return tuple(
        Shareholder(name=n, share=Decimal(str(share)), amount=None, page=1, box=WHOLE_PAGE)
        for n, share in given
    )


def _signal(document: Document, kind: str, detail: str, at: str = "") -> Signal:
    """A signal on the first page, or at the place of a field."""
    where = document.fields[at].at if at else AT
    return Signal(kind=kind, detail=detail, page=where.page, box=where.box)


def _last_year(sheet: Document) -> Document:
    """The sheet of the year before: its closing column is this year's opening."""
    lines = {
        n: Line(name=n, columns={"ending": x.columns["opening"]})
        for n, x in sheet.lines.items()
        if "opening" in x.columns
    }
    end = replace(sheet.fields["period_end"], value="2024-12-31", raw="2024-12-31")
    return replace(
        sheet,
        file="last_year.pdf",
        sha256="b" * 64,
        lines=lines,
        fields={**sheet.fields, "period_end": end},
    )


def _paper(change: dict[str, Any]) -> Document:
    """A paper of another type from its fields and lines."""
    made = {
        k: Field(name=k, value=str(v), raw=str(v), confidence=0.98, at=AT)
        for k, v in change.get("fields", {}).items()
    }
    lines = {
        name: Line(name=name, columns=_columns(given))
        for name, given in change.get("lines", {}).items()
    }
    return Document(
        type=change["paper"], file="more.pdf", sha256="d" * 64, pages=(1,), fields=made, lines=lines
    )


def _columns(given: Any) -> dict[str, Amount]:
    """Columns of a line: a mapping, or one amount for the column value."""
    columns = given if isinstance(given, dict) else {"value": given}
    return {
        column: Amount(value=Decimal(str(v)), raw=f"{v:,.2f}", confidence=0.98, at=AT)
        for column, v in columns.items()
    }


def _more_rows(packet: Packet, given: list[list[Any]]) -> Packet:
    """Rows of [day, summary, amount (minus for money out), party, serial number] in their place in
    time; later balances follow.
    """
    document = _pick(packet, "bank_statement")
    rows = list(document.rows)
    for day, text, amount, party, *serial in given:
        when, value = date.fromisoformat(str(day)), Decimal(str(amount))
        at = sum(r.day <= when for r in rows)
        before = rows[at - 1].balance if at else Decimal(0)
        assert before is not None
        new = Transaction(
            day=when,
            description=text,
            debit=max(-value, Decimal(0)),
            credit=max(value, Decimal(0)),
            balance=before + value,
            counterparty_name=party,
            serial_number=str(serial[0]) if serial else "",
            page=1,
            box=WHOLE_PAGE,
            confidence=0.98,
        )
        later = [
            replace(r, balance=r.balance + value) if r.balance is not None else r for r in rows[at:]
        ]
        rows = [*rows[:at], new, *later]
    return _put(packet, "bank_statement", replace(document, rows=tuple(rows)))


def _index(packet: Packet, name: str) -> int:
    kind, _, number = name.partition("#")
    found = [i for i, d in enumerate(packet.documents) if d.type == kind]
    return found[-1 if number == "LAST" else int(number or 0)]


def _pick(packet: Packet, name: str) -> Document:
    return packet.documents[_index(packet, name)]


def _put(packet: Packet, name: str, document: Document) -> Packet:
    at = _index(packet, name)
    return replace(
        packet, documents=tuple(document if i == at else d for i, d in enumerate(packet.documents))
    )


def _drop(packet: Packet, path: str) -> Packet:
    name, *rest = path.split(".")
    if not rest:
        return replace(packet, documents=tuple(d for d in packet.documents if d.type != name))
    document = _pick(packet, name)
    if rest[0] == "rows":
        keep = tuple(
            r
            for i, r in enumerate(document.rows)
            if rest[1] not in (str(i), r.description, f"month{r.day.month}")
        )
        return _put(packet, name, replace(document, rows=keep))
    part = dict(getattr(document, rest[0]))
    part.pop(rest[1])
    return _put(packet, name, replace(document, **{rest[0]: part}))


def _value(old: Any, change: dict[str, Any]) -> Any:
    if "add" in change:
        return old + Decimal(str(change["add"]))
    if "times" in change:
        return old * Decimal(str(change["times"]))
    new = change["to"]
    if isinstance(old, float):
        return float(new)
    if isinstance(old, Decimal) or (isinstance(new, int | float) and not isinstance(new, bool)):
        return Decimal(str(new))
    return date.fromisoformat(str(new)) if isinstance(old, date) else str(new)


def _set(packet: Packet, path: str, change: dict[str, Any]) -> Packet:
    name, part, *rest = path.split(".")
    document = _pick(packet, name)
    if part == "fields":
        old = document.fields.get(rest[0])
        text = (
            str(change["to"])
            if "to" in change
            else f"{_value(Decimal(old.value), change):.2f}"
            if old
            else ""
        )
        new = (
            replace(old, value=text, raw=text)
            if old
            else Field(name=rest[0], value=text, raw=text, confidence=0.98, at=AT)
        )
        return _put(packet, name, replace(document, fields={**document.fields, rest[0]: new}))
    if part == "lines":
        line = document.lines.get(rest[0], Line(name=rest[0], columns={}))
        old_amount = line.columns.get(
            rest[1], Amount(value=Decimal(0), raw="0.00", confidence=0.98, at=AT)
        )
        value = _value(old_amount.value, change)
        columns = {**line.columns, rest[1]: replace(old_amount, value=value, raw=f"{value:,.2f}")}
        return _put(
            packet,
            name,
            replace(document, lines={**document.lines, rest[0]: replace(line, columns=columns)}),
        )
    if part == "parties":
        made = tuple(
            Field(name=rest[0], value=v, raw=v, confidence=0.98, at=AT) for v in change["to"]
        )
        return _put(packet, name, replace(document, parties={**document.parties, rest[0]: made}))
    if part in ("rows", "items"):
        return _put(packet, name, _set_entries(document, part, rest, change))
    assert part in {f.name for f in fields(document)}
    return _put(packet, name, replace(document, **{part: change["to"]}))


def _set_entries(
    document: Document, part: str, rest: list[str], change: dict[str, Any]
) -> Document:
    """rows.5.credit, rows.结息.credit (every such row) or rows.from40.balance (every later row)."""
    entries = list(getattr(document, part))
    for index, entry in enumerate(entries):
        later = rest[0].startswith("from") and index >= int(rest[0][4:])
        if str(index) == rest[0] or later or getattr(entry, "description", None) == rest[0]:
            entries[index] = replace(entry, **{rest[1]: _value(getattr(entry, rest[1]), change)})
    return replace(document, **{part: tuple(entries)})

"""Changes to an honest packet, as fixtures/rules/<ID>.yaml writes them, applied to what was read."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from extractors.model import WHOLE_PAGE, Amount, Document, Field, Line, ManualCheck, Packet, Provenance

AT = Provenance(page=1, box=WHOLE_PAGE, method="text")


def apply(packet: Packet, changes: list[dict[str, Any]]) -> tuple[Packet, list[Packet], date]:
    """The changed packet, other packets for its context, and the day of judgement."""
    others: list[Packet] = []
    as_of = date(2026, 1, 31)
    for change in changes:
        if "as_of" in change:
            as_of = date.fromisoformat(str(change["as_of"]))
        elif "check" in change:
            packet = replace(packet, manual_checks=(ManualCheck(what=change["check"], result=change["result"], day="2026-01-20", by="tester"),))
        elif "other" in change:
            other, _, _ = apply(replace(packet, id="other"), change["other"])
            others.append(other)
        elif "copy" in change:
            twin = replace(_pick(packet, change["copy"]), file="copy.pdf", sha256="c" * 64)
            packet = replace(packet, documents=(*packet.documents, twin))
        elif "drop" in change:
            packet = _drop(packet, change["drop"])
        else:
            packet = _set(packet, change["set"], change)
    return packet, others, as_of


def _index(packet: Packet, name: str) -> int:
    kind, _, number = name.partition("#")
    found = [i for i, d in enumerate(packet.documents) if d.type == kind]
    return found[int(number or 0)]


def _pick(packet: Packet, name: str) -> Document:
    return packet.documents[_index(packet, name)]


def _put(packet: Packet, name: str, document: Document) -> Packet:
    at = _index(packet, name)
    return replace(packet, documents=tuple(document if i == at else d for i, d in enumerate(packet.documents)))


def _drop(packet: Packet, path: str) -> Packet:
    name, *rest = path.split(".")
    if not rest:
        return replace(packet, documents=tuple(d for d in packet.documents if d.type != name))
    document = _pick(packet, name)
    if rest[0] == "rows":
        keep = tuple(r for i, r in enumerate(document.rows) if str(i) != rest[1] and r.description != rest[1])
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
    if isinstance(old, Decimal) or (isinstance(new, int | float) and not isinstance(new, bool)):
        return Decimal(str(new))
    return date.fromisoformat(str(new)) if isinstance(old, date) else str(new)


def _set(packet: Packet, path: str, change: dict[str, Any]) -> Packet:
    name, part, *rest = path.split(".")
    document = _pick(packet, name)
    if part == "fields":
        old = document.fields.get(rest[0])
        text = str(change["to"]) if "to" in change else f"{_value(Decimal(old.value), change):.2f}" if old else ""
        new = replace(old, value=text, raw=text) if old else Field(name=rest[0], value=text, raw=text, confidence=0.98, at=AT)
        return _put(packet, name, replace(document, fields={**document.fields, rest[0]: new}))
    if part == "lines":
        line = document.lines.get(rest[0], Line(name=rest[0], columns={}))
        old_amount = line.columns.get(rest[1], Amount(value=Decimal(0), raw="0.00", confidence=0.98, at=AT))
        value = _value(old_amount.value, change)
        columns = {**line.columns, rest[1]: replace(old_amount, value=value, raw=f"{value:,.2f}")}
        return _put(packet, name, replace(document, lines={**document.lines, rest[0]: replace(line, columns=columns)}))
    if part == "parties":
        made = tuple(Field(name=rest[0], value=v, raw=v, confidence=0.98, at=AT) for v in change["to"])
        return _put(packet, name, replace(document, parties={**document.parties, rest[0]: made}))
    if part in ("rows", "items"):
        return _put(packet, name, _set_entries(document, part, rest, change))
    assert part in {f.name for f in fields(document)}
    return _put(packet, name, replace(document, **{part: change["to"]}))


def _set_entries(document: Document, part: str, rest: list[str], change: dict[str, Any]) -> Document:
    """rows.5.credit, rows.结息.credit (every such row) or rows.from40.balance (every later row)."""
    entries = list(getattr(document, part))
    for index, entry in enumerate(entries):
        later = rest[0].startswith("from") and index >= int(rest[0][4:])
        if str(index) == rest[0] or later or getattr(entry, "description", None) == rest[0]:
            entries[index] = replace(entry, **{rest[1]: _value(getattr(entry, rest[1]), change)})
    return replace(document, **{part: tuple(entries)})

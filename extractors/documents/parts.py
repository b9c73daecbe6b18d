"""What a reader found in the pages of one document, before it becomes a Document."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.model import (
    Failure,
    Field,
    Item,
    JournalEntry,
    Line,
    PrintedTotal,
    Proof,
    Shareholder,
    Signal,
    Transaction,
)


@dataclass(slots=True)
class Parts:
    """Fields, lines, rows and items of one document, filled in by its reader."""

    fields: dict[str, Field] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    rows: tuple[Transaction, ...] = ()
    totals: tuple[PrintedTotal, ...] = ()
    items: tuple[Item, ...] = ()
    entries: tuple[JournalEntry, ...] = ()
    shareholders: tuple[Shareholder, ...] = ()
    parties: dict[str, tuple[Field, ...]] = field(default_factory=dict)
    alternatives: dict[str, tuple[Field, ...]] = field(default_factory=dict)
    signals: list[Signal] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    proofs: tuple[Proof, ...] = ()

    def has(self, key: str) -> bool:
        """Return whether a required part was read: a field, rows or lines; one of several with |."""
        return any(self._has_one(each) for each in key.split("|"))

    def _has_one(self, key: str) -> bool:
        is_part = key in ("rows", "lines", "shareholders", "entries")
        return bool(self.fields.get(key) or (is_part and getattr(self, key)))

    def put(self, found: Field | None) -> bool:
        """Keep a field unless one of its name is there; return whether `found` is a field."""
        if found is not None:
            self.fields.setdefault(found.name, found)
        return found is not None

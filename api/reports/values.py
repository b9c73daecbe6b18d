"""Every value that a report holds of a paper, one by one: fields, values within lists, cells of a
statement's lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_PLACE = ("page", "box")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One value. `name` is a field's name, `items.2.name` within a list (from 1), or a line's name
    with `column` set.

    `confidence` and `method` are None and "" where a report keeps none for a list's entry.
    """

    name: str
    column: str = ""
    value: str
    raw: str
    page: int
    confidence: float | None
    method: str

    @property
    def path(self) -> str:
        return f"{self.name}/{self.column}" if self.column else self.name


def fields_of(document: Mapping[str, Any]) -> Iterator[Held]:
    """The fields of a report's document, its lists flattened."""
    for name, held in document["fields"].items():
        if not isinstance(held, list):
            yield _field(name, held)
            continue
        for number, entry in enumerate(held, 1):
            if "method" in entry:
                yield _field(f"{name}.{number}", entry)
            else:
                yield from _entry(f"{name}.{number}", entry)


def cells_of(document: Mapping[str, Any]) -> Iterator[Held]:
    """The cells of a report's document: amounts in yuan by line and column."""
    for name, columns in document["lines"].items():
        for column, value in columns.items():
            cell = document["cells"][name][column]
            yield Held(
                name=name,
                column=column,
                value=value,
                raw=cell["raw"],
                page=cell["page"],
                confidence=cell["confidence"],
                method=cell["method"],
            )


def _field(name: str, held: Mapping[str, Any]) -> Held:
    return Held(
        name=name,
        value=held["value"],
        raw=held["raw"],
        page=held["page"],
        confidence=held["confidence"],
        method=held["method"],
    )


def _entry(name: str, entry: Mapping[str, Any]) -> Iterator[Held]:
    for part, value in entry.items():
        if part not in _PLACE and value is not None:
            yield Held(
                name=f"{name}.{part}",
                value=str(value),
                raw="",
                page=entry["page"],
                confidence=None,
                method="",
            )

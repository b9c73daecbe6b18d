"""What is covered on pages that are drawn, as the service asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Edges = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A number on a page, where it was read, and whether that place is larger than the number."""

    page: int
    number: str
    box: Edges
    is_row: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """What is covered: numbers that were read, and patterns whose second group is a number."""

    marks: tuple[Mark, ...] = ()
    patterns: tuple[str, ...] = ()

    @staticmethod
    def of(head: Mapping[str, Any]) -> Cover | None:
        """Return what a request says; None where nothing is covered."""
        told = head.get("cover")
        if told is None:
            return None
        marks = (
            Mark(int(n), str(text), tuple(box), bool(row)) for n, text, box, row in told["marks"]
        )
        return Cover(tuple(marks), tuple(told["patterns"]))

    def as_head(self) -> dict[str, Any]:
        """Return the same as a request says it."""
        marks = [[m.page, m.number, list(m.box), m.is_row] for m in self.marks]
        return {"marks": marks, "patterns": list(self.patterns)}

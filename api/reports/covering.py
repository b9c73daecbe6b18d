"""What is covered on pictures of a report's pages: the numbers that masking covers in its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.reports.masking import PATTERNS, holds_number, personal_numbers_in
from extractors.sandbox.cover import Cover, Mark

_CELL = ("value", "raw")  # a field's parts, whose place is that of the number itself


def cover_of(report: Mapping[str, Any], sha256: str) -> Cover:
    """Return what to cover on the pages of a file, by the report that is not masked."""
    marks: set[Mark] = set()
    for document in report["documents"]:
        if document["sha256"] == sha256:
            marks.update(_marks(document, ""))
    patterns = tuple(pattern.pattern for pattern in PATTERNS)
    return Cover(tuple(sorted(marks, key=lambda m: (m.page, m.box, m.number))), patterns)


def _marks(value: Any, field: str) -> Iterator[Mark]:
    """Numbers with their places, wherever in a document something has a page and a box."""
    if isinstance(value, list):
        for each in value:
            yield from _marks(each, field)
    if not isinstance(value, dict):
        return
    for name, held in value.items():
        yield from _marks(held, field if name in _CELL else name)
    if "page" not in value or not value.get("box"):
        return
    page, box = value["page"], tuple(value["box"])
    for name, held in value.items():
        if isinstance(held, str):
            is_cell = name in _CELL
            for number in _numbers(held, field if is_cell else name):
                yield Mark(page, number, box, not is_cell or number != held)


def _numbers(text: str, field: str) -> list[str]:
    if holds_number(field):
        return [text] if text else []
    return personal_numbers_in(text)

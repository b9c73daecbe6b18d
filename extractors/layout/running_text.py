"""A paper's lines as one text, for what is told in sentences and wraps at line ends."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.layout.labels import Form
from extractors.layout.lines import TextLine
from extractors.layout.page import Page
from extractors.model import Field, Provenance, ReadMethod


class RunningText:
    """The text of a paper's pages, line by line, with the way back from an offset to a page and
    box.
    """

    def __init__(self, forms: Sequence[Form]) -> None:
        self.pieces: list[tuple[int, TextLine, Page]] = []
        parts: list[str] = []
        length = 0
        for form in forms:
            for line in form.lines:
                self.pieces.append((length, line, form.page))
                text = line.text.replace("\t", " ")
                glue = "\n" if not _runs_on(line, form.page) else ""
                parts.append(text + glue)
                length += len(text) + len(glue)
        self.text = "".join(parts)

    def at(self, start: int, end: int) -> Provenance:
        """Place of the text from `start` to `end`; the first line of it where it wraps."""
        offset, line, page = max(
            (piece for piece in self.pieces if piece[0] <= start), key=lambda p: p[0]
        )
        word = line.span(start - offset, min(end - offset, len(line.text)))
        return Provenance(
            page=page.number,
            box=page.box(word.x0, word.top, word.x1, word.bottom),
            method=ReadMethod.TEXT,
        )

    def field(self, name: str, value: str, start: int, end: int, confidence: float) -> Field:
        return Field(
            name=name,
            value=value,
            raw=self.text[start:end].strip(),
            confidence=confidence,
            at=self.at(start, end),
        )


def _runs_on(line: TextLine, page: Page) -> bool:
    """A line that reaches the right margin and does not end a sentence is continued by the next."""
    return line.words[-1].x1 > 0.8 * page.width and not line.text.rstrip().endswith(
        ("。", ";", ":")
    )

"""What a confined child tells of a PDF's earlier revisions: how many, and a page's words then and
now.
"""

from __future__ import annotations

import pypdfium2 as pdfium

from extractors.errors import DamagedFile
from extractors.forensics.pdf.revision_words import Change, changes, comparable
from extractors.formats.pdf import PIXELS, open_pdf, read_page
from extractors.formats.pdf_revisions import whole
from extractors.intake.sniff import sniff
from extractors.layout.page import Page, Word
from extractors.sandbox.revision_model import (
    LONGEST,
    MOST_CHANGES,
    Edges,
    FileRevision,
    FileRevisions,
    PageChange,
    PageChanges,
)


def revisions_of(body: bytes, password: str | None) -> FileRevisions:
    """Raises EncryptedFile."""
    return FileRevisions(
        items=[
            FileRevision(number=n, pages=pages, size=len(cut))
            for n, (cut, pages) in enumerate(_states(body, password), 1)
        ]
    )


def _states(body: bytes, password: str | None) -> list[tuple[bytes, int]]:
    """Earlier states with the count of their pages; none of what is no PDF."""
    return whole(body, password) if sniff(body) == "pdf" else []


def state_of(body: bytes, number: int, password: str | None) -> bytes:
    """The file as it was at a revision. Raises DamagedFile where it has none of that number."""
    found = _states(body, password)
    if not 1 <= number <= len(found):
        raise DamagedFile("no such revision")
    return found[number - 1][0]


def changes_of(body: bytes, number: int, page: int, password: str | None) -> PageChanges:
    """What a page shows now that it did not show at a revision, and the other way round.

    Raises DamagedFile, OverLimit.
    """
    old = _page(state_of(body, number, password), page, password)
    new = _page(body, page, password)
    if not comparable(old, new):
        return PageChanges(readable=False, more=False, items=[])
    found = changes(old, new)
    return PageChanges(
        readable=True,
        more=len(found) > MOST_CHANGES,
        items=[_told(c, old, new) for c in found[:MOST_CHANGES]],
    )


def _page(data: bytes, number: int, password: str | None) -> Page:
    document = open_pdf(data, password)
    try:
        if not 1 <= number <= len(document):
            raise DamagedFile("no such page")
        return read_page(document[number - 1], number, PIXELS)
    except pdfium.PdfiumError as error:
        raise DamagedFile(str(error)) from error
    finally:
        document.close()


def _told(change: Change, old: Page, new: Page) -> PageChange:
    gone = [change.gone] if change.gone else []
    return PageChange(
        before=_text(gone),
        after=_text(change.came),
        before_box=_edges(old, gone),
        after_box=_edges(new, list(change.came)),
    )


def _text(words: list[Word] | tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)[:LONGEST]


def _edges(page: Page, words: list[Word]) -> Edges | None:
    if not words:
        return None
    left, top, right, bottom = page.box_of(words).as_list()
    return left, top, right, bottom

"""All that is observed of how a PDF was made; each observer by itself, none judged.

What concerns the whole file stands on page 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extractors.forensics.pdf.anachronism import anachronisms
from extractors.forensics.pdf.column_outliers import set_apart
from extractors.forensics.pdf.covering_annotations import covering_notes
from extractors.forensics.pdf.generated import generated_parts
from extractors.forensics.pdf.glyph_differs import glyph_differs
from extractors.forensics.pdf.origin import pdf_origin
from extractors.forensics.pdf.page_writer import page_hands
from extractors.forensics.pdf.parser_disagreement import two_papers
from extractors.forensics.pdf.rare_font import odd_fonts, odd_subsets
from extractors.forensics.pdf.revision_words import covered_words, revised_words
from extractors.forensics.pdf.signatures import pdf_signatures
from extractors.forensics.pdf.unreferenced_text import loose_text
from extractors.forensics.pdf.writer_traces import writer_traces
from extractors.formats.pdf_file import PdfFile
from extractors.layout.page import Raw
from extractors.model import Signal


def pdf_making(file: PdfFile, raw: Raw) -> Iterator[Signal]:
    """Signals about the pages' text as it stands, before pictures are read."""
    pages = raw.pages
    upright = [p for p in pages if not p.turned]  # these two place characters as a viewer does
    yield from revised_words(file.data, pages, file.password)
    yield from covered_words(pages)
    yield from odd_fonts(pages)
    yield from odd_subsets(pages)
    yield from set_apart(pages)
    yield from covering_notes(file.document, upright)
    yield from glyph_differs(file.document, upright)
    yield from loose_text(file)
    yield from page_hands(file)
    yield from generated_parts(file, pages)
    whole = (
        *pdf_signatures(file),
        *pdf_origin(file),
        *writer_traces(file),
        *anachronisms(pages, raw.notes),
        *two_papers(file, pages),
    )
    yield from (replace(signal, page=0) for signal in whole)

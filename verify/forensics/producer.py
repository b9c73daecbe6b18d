"""How a file was made, as far as it tells: facts by which files of different applicants can be
compared.
"""

from __future__ import annotations

import hashlib
import re

from extractors.model import Document

# Libraries that servers fill forms and write PDF with. Issuing platforms draw a template once in an
# office or
# design program and fill it for each document (AcroForm; e.g. patent CN107357773 on electronic
# invoices), so
# that the file keeps the template's program and date beside the library's name.
_LIBRARY = re.compile(
    r"itext|openpdf|pdfbox|apache fop|aspose\.pdf|jasperreports|pdfsharp|pdflib|ireport|suwell|ofd",
    re.I,
)
_LONG_FIGURE = re.compile(r"\d[\d,]*\.\d{2}|\d{5,}")
# Of a page's figures, those with the smallest digests stand for all (bottom-k sketch, Broder 1997)
_SKETCH = 8


def tool_of(document: Document) -> str:
    """The family of the program that wrote a file: its name without versions; empty where it says
    none.
    """
    told = {
        signal.kind: signal.detail
        for signal in document.signals
        if signal.kind in ("metadata_producer", "metadata_creator")
    }
    text = told.get("metadata_producer") or told.get("metadata_creator") or ""
    name = re.split(r"[©(;\[]| - | by |版权", text)[0]
    return " ".join(
        re.sub(r"[\d.,®™]+|\bv(?:ersion)?\b", " ", name, flags=re.I).casefold().split()
    )[:40]


def is_filled_template(document: Document) -> bool:
    """Whether a server's library finished the file that another program began."""
    told = {
        signal.kind: signal.detail
        for signal in document.signals
        if signal.kind in ("metadata_producer", "metadata_creator")
    }
    producer, creator = told.get("metadata_producer", ""), told.get("metadata_creator", "")
    if not _LIBRARY.search(producer):
        return False
    return "modified using" in producer.lower() or bool(creator and not _LIBRARY.search(creator))


def is_signed_whole(document: Document) -> bool:
    """Whether a signature holds and nothing but what it allows came after."""
    kinds = {signal.kind for signal in document.signals if signal.kind.startswith("signature_")}
    return "signature_intact" in kinds and kinds <= {
        "signature_intact",
        "signature_extended",
        "signature_added",
    }


def figure_sketch(document: Document) -> tuple[str, ...]:
    """Digests that stand for all long figures of a paper; two papers that share nearly all of them
    say the same.
    """
    figures = {f"{row.day} {row.debit} {row.credit} {row.balance}" for row in document.rows}
    figures |= {
        f"{name} {c} {amount.value}"
        for name, line in document.lines.items()
        for c, amount in line.columns.items()
        if amount.value
    }
    figures |= {f"{item.net} {item.tax}" for item in document.items}
    figures |= {
        f"{name} {field.value}"
        for name, field in document.fields.items()
        if _LONG_FIGURE.fullmatch(field.value)
    }
    if len(figures) < _SKETCH:
        return ()
    return tuple(
        sorted(hashlib.sha256(figure.encode()).hexdigest()[:16] for figure in figures)[:_SKETCH]
    )

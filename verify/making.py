"""How a file was made, as far as it tells: facts by which files of different applicants can be compared."""

from __future__ import annotations

import hashlib
import re

from extractors.model import Document
from extractors.values.timestamp import Timestamp, parse_timestamp

_LONG_FIGURE = re.compile(r"\d[\d,]*\.\d{2}|\d{5,}")
_SKETCH = 8  # of a page's figures, those with the smallest digests stand for all (bottom-k sketch, Broder 1997)


def tool_of(document: Document) -> str:
    """The family of the program that wrote a file: its name without versions; empty where it says none."""
    told = {s.kind: s.detail for s in document.signals if s.kind in ("metadata_producer", "metadata_creator")}
    text = told.get("metadata_producer") or told.get("metadata_creator") or ""
    name = re.split(r"[©(;\[]| - | by |版权", text)[0]
    return " ".join(re.sub(r"[\d.,®™]+|\bv(?:ersion)?\b", " ", name, flags=re.I).casefold().split())[:40]


def noted(document: Document, kind: str) -> str:
    """A note of the file itself: author, serial (of a camera), file_id.

    A PDF's lasting mark counts together with the second in which the file was made: some programs work marks out from next to nothing.
    """
    if kind != "file_id":
        return _told(document, f"metadata_{kind}")
    mark, made = _told(document, "file_id"), time_of(document, "creationdate")
    known = made is not None and made.digits == 6 and (made.at.hour, made.at.minute, made.at.second) != (0, 0, 0)
    return f"{mark} {made.at:%Y%m%d%H%M%S}" if mark and made and known else ""


def time_of(document: Document, kind: str) -> Timestamp | None:
    """When a file says that it was made (creationdate) or changed (moddate); None where it says no time."""
    return parse_timestamp(_told(document, f"metadata_{kind}"))


def _told(document: Document, kind: str) -> str:
    return next((s.detail.strip() for s in document.signals if s.kind == kind), "")


def figure_sketch(document: Document) -> tuple[str, ...]:
    """Digests that stand for all long figures of a paper; two papers that share nearly all of them say the same."""
    figures = {f"{r.day} {r.debit} {r.credit} {r.balance}" for r in document.rows}
    figures |= {f"{n} {c} {a.value}" for n, line in document.lines.items() for c, a in line.columns.items() if a.value}
    figures |= {f"{i.net} {i.tax}" for i in document.items}
    figures |= {f"{n} {f.value}" for n, f in document.fields.items() if _LONG_FIGURE.fullmatch(f.value)}
    if len(figures) < _SKETCH:
        return ()
    return tuple(sorted(hashlib.sha256(f.encode()).hexdigest()[:16] for f in figures)[:_SKETCH])

"""From a joint choice to the parts of a document: fields, open alternatives, and what is in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.documents.declare import DocumentType
from extractors.documents.missing import values_in_doubt
from extractors.documents.parts import Parts
from extractors.keyvalue.candidates import Candidate
from extractors.keyvalue.pieces import Piece
from extractors.keyvalue.reading import SURE, KeyValueReading
from extractors.values.glyphs import squeeze
from extractors.values.period import find_dates

_DATE_LENGTH = 14  # characters of a date as printed


AT_THE_END = 3.5  # a date alone below the signatures is the day of signing or issue


# Labels of times at which a paper was printed or fetched: never the day of what it says.
OF_PRINTING = re.compile(r"打印|生成|下载|导出|查询|制单|操作|登录|截图|扫描|上传")


def at_the_end(candidate: Candidate, *, reading: KeyValueReading) -> float:
    """Return what it says about a date that it stands alone below all labels and other dates."""
    own = candidate.piece
    if own.follows is not None or len(squeeze(own.text)) > _DATE_LENGTH:
        return 0.0
    below = [
        piece
        for piece in reading.pieces
        if (piece.page.number, piece.word.top) > (own.page.number, own.word.bottom)
        and (_is_a_day(piece) or (piece.label and reading.vocabulary.knows(piece.text)))
    ]
    return 0.0 if below else AT_THE_END


def _is_a_day(piece: Piece) -> bool:
    """Return whether a piece is a date alone, and not the time of printing or part of a notice."""
    if not find_dates(piece.text) or len(squeeze(piece.text)) > _DATE_LENGTH:
        return False
    label = piece.follows
    return label is None or not OF_PRINTING.search(label.text)


def put_choice(
    reading: KeyValueReading,
    kind: DocumentType,
    parts: Parts,
    open_roles: Sequence[str] = (),
    also: Sequence[str] = (),
) -> None:
    """Put the chosen values into `parts`; keep the alternatives of what is in doubt.

    Required values and those named by `also` keep theirs where they are in doubt, `open_roles`
    always.
    """
    for found in reading.fields():
        parts.put(found)
    needed = {each for key in kind.required for each in key.split("|")}
    for name in sorted(needed | set(open_roles) | set(also)):
        others = reading.alternatives(name, always=name in open_roles)
        if others:
            parts.alternatives[name] = others
    doubtful = [
        name
        for name, chosen in reading.chosen.items()
        if chosen.confidence < SURE and name in needed
    ]
    failure = values_in_doubt(kind, doubtful, reading.pages[0].number if reading.pages else 1)
    if failure is not None:
        parts.failures.append(failure)

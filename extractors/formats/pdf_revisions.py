"""Earlier states of a PDF that are still in it.

ISO 32000-1 7.5.6: an incremental update appends to a file and leaves what was there; each "%%EOF"
but that of a linearised file's first part (annex F) ends a revision that can be opened by itself.
"""

from __future__ import annotations

import re

from extractors.errors import ReadError
from extractors.formats.pdf import open_pdf

_END = re.compile(rb"%%EOF[ \t]*(?:\r\n|\r|\n)?")
MOST = 8  # revisions to look at, the latest ones


def earlier(data: bytes, most: int = MOST) -> list[bytes]:
    """The latest earlier states, newest last; the file itself left out.

    A cut may be no whole file.
    """
    ends = [each.end() for each in _END.finditer(data)]
    first = 1 if b"/Linearized" in data[:1024] else 0
    return [data[:end] for end in ends[first:-1][-most:]]


def whole(data: bytes, password: str | None = None) -> list[tuple[bytes, int]]:
    """Those of the earlier states that can be opened, with the count of their pages; numbered from
    1 in this order.
    """
    out = []
    for cut in earlier(data):
        try:
            document = open_pdf(cut, password)
        except ReadError:
            continue
        out.append((cut, len(document)))
        document.close()
    return out

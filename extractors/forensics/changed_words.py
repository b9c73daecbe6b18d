"""Words that were changed: what earlier revisions of a PDF showed, and what lies under a cover, beside what the page shows now.

ISO 32000-1 7.5.6: an incremental update appends to a file and leaves what was there; each "%%EOF" but that of a linearised file's
first part (annex F) ends a revision that can be opened by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.errors import ReadError
from extractors.formats.pdf import read_pdf
from extractors.layout.page import Page, Word
from extractors.model import Signal

_END = re.compile(rb"%%EOF[ \t]*(?:\r\n|\r|\n)?")
_MOST_REVISIONS, _MOST_PAGES, _MOST_CHANGES = 4, 40, 40


def revised_words(data: bytes, pages: Sequence[Page], password: str | None) -> Iterator[Signal]:
    """What earlier revisions showed where the page now shows something else: revised_text "old → new", added_text, removed_text."""
    seen: set[tuple[int, str]] = set()
    for earlier in _revisions(data):
        try:
            before = read_pdf(earlier, max_pages=_MOST_PAGES, password=password).pages
        except ReadError:
            continue  # a cut that is no whole file, such as the end of a linearised part
        if len(before) != len(pages):
            yield Signal(kind="pages_revised", detail=f"{len(before)} → {len(pages)}")
        for old, new in zip(before, pages, strict=False):
            for signal in _compared(old, new):
                if (signal.page, signal.detail) not in seen:
                    seen.add((signal.page, signal.detail))
                    yield signal


def _revisions(data: bytes) -> list[bytes]:
    """Earlier states of the file, newest last; the file itself left out."""
    ends = [m.end() for m in _END.finditer(data)]
    first = 1 if b"/Linearized" in data[:1024] else 0
    return [data[:end] for end in ends[first:-1][-_MOST_REVISIONS:]]


def _compared(old: Page, new: Page) -> Iterator[Signal]:
    if new.scan is not None or old.is_picture or new.is_picture:
        return
    gone, came = _apart(old.words, new.words), _apart(new.words, old.words)
    if not gone and not came:
        return
    if len(gone) + len(came) > _MOST_CHANGES:
        yield Signal(kind="page_rewritten", detail=f"{len(gone)} / {len(came)}", page=new.number)
        return
    for word in gone:
        over = [w for w in came if overlaps(word, w)]
        came = [w for w in came if w not in over]
        if not over:
            yield Signal(kind="removed_text", detail=word.text, page=new.number, box=new.box_of([word]))
            continue
        fresh = [w for w in over if w.text not in word.text] or over  # what the old text did not hold already
        yield Signal(kind="revised_text", detail=f"{word.text} → {' '.join(w.text for w in over)}", page=new.number, box=new.box_of(fresh))
    for word in came:
        yield Signal(kind="added_text", detail=word.text, page=new.number, box=new.box_of([word]))


def covered_words(pages: Sequence[Page]) -> Iterator[Signal]:
    """Words under something opaque with words painted over them: covered_text "old → new", or reprinted_text where they say the same."""
    for page in pages:
        for word in page.covered:
            over = [w for w in page.words if overlaps(word, w)]
            shown = " ".join(w.text for w in over)
            if over and shown == word.text:
                yield Signal(kind="reprinted_text", detail=shown, page=page.number, box=page.box_of(over))
            elif over:
                yield Signal(kind="covered_text", detail=f"{word.text} → {shown}", page=page.number, box=page.box_of(over))


def _apart(words: Sequence[Word], others: Sequence[Word]) -> list[Word]:
    """Words that do not stand among the others at the same place."""
    places: dict[str, list[Word]] = {}
    for other in others:
        places.setdefault(other.text, []).append(other)
    return [w for w in words if not any(abs(o.x0 - w.x0) < 2 and abs(o.mid - w.mid) < 2 for o in places.get(w.text, ()))]


def overlaps(one: Word, other: Word) -> bool:
    """Whether two words share a good part of the shorter one's place."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0.3 * min(one.x1 - one.x0, other.x1 - other.x0) and high > 0.4 * min(one.bottom - one.top, other.bottom - other.top)

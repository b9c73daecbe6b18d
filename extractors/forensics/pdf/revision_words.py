"""Words that were changed: what earlier revisions of a PDF showed, and what lies under a cover,
beside what the page shows now.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.errors import ReadError
from extractors.formats.pdf import read_pdf
from extractors.formats.pdf_revisions import earlier
from extractors.layout.page import Page, Word
from extractors.model import Signal

_MOST_REVISIONS = 8  # the latest ones; each is read like a file of its own
_MOST_PAGES = 40  # pages of a revision that are compared
_MOST_CHANGES = 80  # changed words of a page that are told one by one; more is a page written again


@dataclass(frozen=True, slots=True)
class Change:
    """A word that is gone and what stands at its place; None and nothing for what only came or only
    went.
    """

    gone: Word | None
    came: tuple[Word, ...]


def revised_words(data: bytes, pages: Sequence[Page], password: str | None) -> Iterator[Signal]:
    """What earlier revisions showed where the page now shows something else: revised_text "old →
    new", added_text, removed_text.

    revisions_alike, with their number, where every earlier revision that can be opened shows the
    same.
    """
    seen: set[tuple[int, str]] = set()
    opened = 0
    for state in earlier(data, _MOST_REVISIONS):
        try:
            before = read_pdf(state, max_pages=_MOST_PAGES, password=password).pages
        except ReadError:
            continue  # a cut that is no whole file, such as the end of a linearised part
        opened += 1
        if len(before) != len(pages):
            seen.add((0, "pages"))
            yield Signal(kind="pages_revised", detail=f"{len(before)} → {len(pages)}")
        for old, new in zip(before, pages, strict=False):
            for signal in _compared(old, new):
                if (signal.page, signal.detail) not in seen:
                    seen.add((signal.page, signal.detail))
                    yield signal
    if opened and not seen:
        yield Signal(kind="revisions_alike", detail=str(opened))


def _compared(old: Page, new: Page) -> Iterator[Signal]:
    if not comparable(old, new):
        return
    found, moved = _without_moved(changes(old, new))
    for word in moved:
        yield Signal(kind="moved_text", detail=word.text, page=new.number, box=new.box_of([word]))
    gone, came = sum(each.gone is not None for each in found), sum(len(each.came) for each in found)
    if gone + came > _MOST_CHANGES:
        yield Signal(kind="page_rewritten", detail=f"{gone} / {came}", page=new.number)
        return
    for change in found:
        yield _signal(change, new)


def _without_moved(found: Sequence[Change]) -> tuple[list[Change], list[Word]]:
    """Changes without the words that stand elsewhere on the page now, and those words."""
    came = [change for change in found if change.gone is None]
    kept, moved = list[Change](), list[Word]()
    for change in found:
        if change.gone is None:
            continue
        text = change.gone.text
        elsewhere = next(
            (each for each in came if not change.came and each.came[0].text == text), None
        )
        if elsewhere is None:
            kept.append(change)
        else:
            came.remove(elsewhere)
            moved.append(elsewhere.came[0])
    return kept + came, moved


def _signal(change: Change, new: Page) -> Signal:
    word, over = change.gone, list(change.came)
    if word is None:
        return Signal(kind="added_text", detail=over[0].text, page=new.number, box=new.box_of(over))
    if not over:
        return Signal(
            kind="removed_text", detail=word.text, page=new.number, box=new.box_of([word])
        )
    fresh = [
        each for each in over if each.text not in word.text
    ] or over  # what the old text did not hold already
    return Signal(
        kind="revised_text",
        detail=f"{word.text} → {' '.join(each.text for each in over)}",
        page=new.number,
        box=new.box_of(fresh),
    )


def comparable(old: Page, new: Page) -> bool:
    """Whether both pages have text of their own; pictures have none to compare."""
    return new.scan is None and not old.is_picture and not new.is_picture


def changes(old: Page, new: Page) -> list[Change]:
    """Words of one page that do not stand at the same place on the other: those that went first,
    with what came in their place.
    """
    out, came = [], _apart(new.words, old.words)
    for word in _apart(old.words, new.words):
        over = [each for each in came if overlaps(word, each)]
        came = [each for each in came if each not in over]
        out.append(Change(word, tuple(over)))
    return out + [Change(None, (word,)) for word in came]


def covered_words(pages: Sequence[Page]) -> Iterator[Signal]:
    """Words under something opaque with words painted over them: covered_text "old → new", or
    reprinted_text where they say the same.
    """
    for page in pages:
        for word in page.covered:
            over = [each for each in page.words if overlaps(word, each)]
            shown = " ".join(each.text for each in over)
            if over and shown == word.text:
                yield Signal(
                    kind="reprinted_text", detail=shown, page=page.number, box=page.box_of(over)
                )
            elif over:
                yield Signal(
                    kind="covered_text",
                    detail=f"{word.text} → {shown}",
                    page=page.number,
                    box=page.box_of(over),
                )


def _apart(words: Sequence[Word], others: Sequence[Word]) -> list[Word]:
    """Words that do not stand among the others at the same place."""
    places: dict[str, list[Word]] = {}
    for other in others:
        places.setdefault(other.text, []).append(other)
    return [
        word
        for word in words
        if not any(
            abs(o.x0 - word.x0) < 2 and abs(o.mid - word.mid) < 2 for o in places.get(word.text, ())
        )
    ]


def overlaps(one: Word, other: Word) -> bool:
    """Whether two words share a good part of the shorter one's place."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0.3 * min(one.x1 - one.x0, other.x1 - other.x0) and high > 0.4 * min(
        one.bottom - one.top, other.bottom - other.top
    )

"""What one page looks like: the kind that its title names, whether its fields are there, and what
else speaks for another kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.classification.other_kind import OtherKind
from extractors.classification.other_kinds import OTHER_KINDS
from extractors.classification.titles import (
    HEAD_LINES,
    NOTE,
    Title,
    generic_title,
    named,
    titles_of,
)
from extractors.documents.declare import DocumentType
from extractors.documents.registry import document_types
from extractors.layout.lines import TextLine, lines_of
from extractors.layout.page import Page, Word
from extractors.model import Likeness
from extractors.values.glyphs import squeeze

TITLE_POINTS = 4.0  # what a title counts, in cues
SHOWN_POINTS = 8.0  # a table that only one type has outweighs a title and the cues of another
CUES_UNDER_TITLE = 2  # fields of its own that a page with a type's title shows
CUES_WITHOUT_TITLE = 4  # the same where no title stands
OTHER_CUES = 3  # words of another kind by which a page without a title is that kind
MOST_ABOVE = 3  # lines above a title; below more of them it may be a section's heading
_ANNEX = re.compile(
    r"说明|须知|提示|附注|附件|附表|附页|续页|清单|条款|公告|表|信$"
)  # titles of pages within a document
_PORTAL = re.compile(r"公示系统(?:[(].{2,6}[)])?$")  # prints whole extracts and single parts of one
_MOST_LINES = 120  # lines of a page that are looked through; a longer page repeats its table


@dataclass(slots=True)
class Look:
    """What a page looks like.

    `kind` is None for a page of no declared type; `likeness` then says what it may be, and why.
    """

    kind: DocumentType | None
    points: float
    titled: bool
    identity: str = ""
    likeness: Likeness | None = None

    is_annex: bool = False  # its title names a part of a longer document

    @property
    def is_other(self) -> bool:
        """Whether the page has the title of another kind."""
        return self.kind is None and self.titled


def look_at(page: Page) -> Look:
    """The kind of a page: the title that stands first decides, and the type's own fields must be
    there too.
    """
    lines, body = lines_of(page), body_of(page)
    title = _title(page, lines, body)
    is_other = title is not None and title.other is not None and title.other.id != NOTE
    shown = None if is_other else _shown(page)
    if title is not None and title.known is not None and shown in (None, title.known):
        return _titled(page, title, body)
    likeness = _likeness(title, body)
    if title is not None and title.other is not None and shown is None:
        return Look(None, TITLE_POINTS, True, likeness=likeness, is_annex=title.other.annex)
    if shown is not None and not _is_crowded(body, shown):
        return Look(shown, SHOWN_POINTS, False, _identity(shown, page))
    return _untitled(page, title, body, likeness)


def _shown(page: Page) -> DocumentType | None:
    """The type whose own table stands on a page, whatever its title."""
    for kind in document_types().values():
        if kind.recognise.shows is not None and kind.recognise.shows(page):
            return kind
    return None


def _is_crowded(body: str, kind: DocumentType) -> bool:
    """Whether so many words of another kind stand on a page that it is not of this type without a
    title.
    """
    other, words = _closest_other(body)
    return other is not None and kind.id not in other.near and len(words) >= OTHER_CUES


def _title(page: Page, lines: list[TextLine], body: str) -> Title | None:
    """The title of a page.

    Of several the first counts whose type's fields stand on the page, then the first of another
    kind.
    """
    found = titles_of(lines[:HEAD_LINES], page.is_sheet)
    if page.title and (sheet := named(squeeze(page.title))):
        found.append(sheet)
    for title in found:
        if title.other is not None and not _is_letterhead(title, body):
            return title
        if title.known and _has_fields(title.known, page, body):
            return title
    return found[0] if found else generic_title(lines[:HEAD_LINES], page.width)


def _has_fields(kind: DocumentType, page: Page, body: str) -> bool:
    """Whether the words of a type's fields stand on a page, or values that only it has."""
    if _cues(kind, body) >= CUES_UNDER_TITLE:
        return True
    bears = kind.recognise.bears
    return bears is not None and bears(page)


def _is_letterhead(title: Title, body: str) -> bool:
    """Whether a title only names the system that printed the page, and few words of its own kind
    follow.
    """
    if title.other is None or not _PORTAL.search(title.text):
        return False
    return sum(bool(re.search(cue, body)) for cue in title.other.cues) < OTHER_CUES


def _titled(page: Page, title: Title, body: str) -> Look:
    """A page with a declared type's title: the type where its fields are there, or where a picture
    may hide them.
    """
    kind = title.known
    assert kind is not None
    cues = _cues(kind, body)
    other, words = _closest_other(body)
    mixed = cues < CUES_WITHOUT_TITLE and _rules_out(kind, body)
    above = [x for x in lines_of(page) if title.line is not None and x.mid < title.line.mid]
    is_section = len(above) > MOST_ABOVE and len(words) > OTHER_CUES
    # A kind that is known by name alone may have a declared type for its usual form.
    rival = other is not None and other.id != kind.id
    if mixed or is_section or (rival and len(words) >= OTHER_CUES and len(words) > cues):
        return Look(None, cues, False, likeness=_likeness(None, body))
    lacks_fields = not _has_fields(kind, page, body)
    if lacks_fields and page.scan is None and not kind.recognise.continues:
        return Look(None, TITLE_POINTS + cues, False, likeness=_without_fields(kind, title))
    return Look(kind, TITLE_POINTS + cues, True, _identity(kind, page))


def _untitled(page: Page, title: Title | None, body: str, likeness: Likeness | None) -> Look:
    """A page without a declared title: a type only by most of its fields, and never against a title
    of another noun.
    """
    best, points = None, 0
    for kind in document_types().values():
        cues = 0 if _rules_out(kind, body) else _cues(kind, body)
        if cues > points and _may_be(kind, page, title, body):
            best, points = kind, cues
    proven = _proven(page, title, body)
    if proven is not None:
        return Look(proven, SHOWN_POINTS, False, _identity(proven, page))
    if best is None or points < CUES_WITHOUT_TITLE or _is_crowded(body, best):
        annex = title is None or bool(_ANNEX.search(title.text))
        return Look(None, float(points), title is not None, likeness=likeness, is_annex=annex)
    return Look(best, float(points), False, _identity(best, page))


def _proven(page: Page, title: Title | None, body: str) -> DocumentType | None:
    """The type whose own table stands on a page that has no title of another kind."""
    for kind in document_types().values():
        proves = kind.recognise.proves
        if proves is None or _rules_out(kind, body) or not _may_be(kind, page, title, body):
            continue
        if not _is_crowded(body, kind) and proves(page):
            return kind
    return None


def _may_be(kind: DocumentType, page: Page, title: Title | None, body: str) -> bool:
    recognise = kind.recognise
    if title is not None and not (recognise.ends and recognise.ends.search(title.text)):
        return False
    if page.is_sheet and not recognise.sheets:
        return False
    return all(re.search(pattern, body) for pattern in recognise.essential)


def _rules_out(kind: DocumentType, body: str) -> bool:
    return bool(kind.recognise.never and kind.recognise.never.search(body))


@cache
def _patterns(kind_id: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(_inline_flags(cue)) for cue in document_types()[kind_id].recognise.cues)


def _inline_flags(cue: str) -> str:
    """Cues may set a flag for one alternative; Python wants it in a group of its own."""
    parts = cue.split("|")
    return "|".join(f"(?i:{part[4:]})" if part.startswith("(?i)") else part for part in parts)


def count_cues(kind: DocumentType, pages: Sequence[Page]) -> int:
    """How many of a type's own words stand on the pages of a document."""
    return _cues(kind, "\n".join(body_of(page) for page in pages))


def body_of(page: Page) -> str:
    """The lines of a page without spaces; of a long table the first ones."""
    lines = lines_of(page)
    shown = lines if len(lines) < _MOST_LINES else lines[: _MOST_LINES - 20]
    return "\n".join(squeeze(line.text) for line in shown)


def _cues(kind: DocumentType, body: str) -> int:
    return sum(bool(pattern.search(body)) for pattern in _patterns(kind.id))


def _closest_other(body: str) -> tuple[OtherKind | None, list[str]]:
    """The other kind most of whose words stand on a page, with these words."""
    best: OtherKind | None = None
    most: list[str] = []
    for kind in OTHER_KINDS:
        words = [cue for cue in kind.cues if re.search(cue, body)]
        if len(words) > len(most):
            best, most = kind, words
    return best, most


def _likeness(title: Title | None, body: str) -> Likeness | None:
    """What a page of no declared type looks like, by its title or else by its words."""
    other, words = _closest_other(body)
    if title is not None and title.other is not None:
        kind = title.other
        seen = [cue for cue in kind.cues if re.search(cue, body)]
        return _described(kind, title.text, seen)
    if other is not None and len(words) >= OTHER_CUES:
        return _described(other, title.text if title else "", words)
    if title is None:
        return None
    return Likeness(
        kind="",
        zh=title.text,
        en=title.text,
        because_zh=f"标题为“{title.text}”",
        because_en=f"its title is “{title.text}”",
    )


def _described(kind: OtherKind, title: str, words: list[str]) -> Likeness:
    zh = [f"标题为“{title}”"] if title else []
    en = [f"its title is “{title}”"] if title else []
    if words:
        shown = "、".join(f"“{_plain(word)}”" for word in words[:3])
        zh.append(f"含有{shown}")
        en.append(f"it has {shown}")
    return Likeness(
        kind=kind.id, zh=kind.zh, en=kind.en, because_zh="，".join(zh), because_en=", ".join(en)
    )


def _plain(pattern: str) -> str:
    """A cue as words: what its pattern leaves open is left out."""
    return re.sub(r"\(\?:[^()]*\)\??|[（）?]|\|.*", "", pattern)


def _without_fields(kind: DocumentType, title: Title) -> Likeness:
    return Likeness(
        kind=kind.id,
        zh=kind.title_zh,
        en=kind.title,
        because_zh=f"标题为“{title.text}”，但页面上没有该类材料应有的要素",
        because_en=(
            f"its title is “{title.text}”, but the fields of such a document are not on the page"
        ),
    )


def hidden_type(page: Page) -> DocumentType | None:
    """The type that a picture's invisible text layer speaks of.

    Only the type: what the page shows may say otherwise.
    """
    words = [
        Word(text, 0, n * 10, 100, n * 10 + 8) for n, text in enumerate(page.invisible.split())
    ]
    return look_at(Page(page.number, page.width, page.height, words)).kind


def _identity(kind: DocumentType, page: Page) -> str:
    key = kind.recognise.identity
    if not key:
        return ""
    small = Page(page.number, page.width, page.height, page.words[:400], is_sheet=page.is_sheet)
    form = kind.form(small)
    for label in form.of(key):
        if label.line.text.count("\t") >= 3 and not label.colon:
            continue  # a table's header, not a form's label
        for candidate in form.candidates(label):
            digits = re.sub(r"[^0-9A-Za-z]", "", candidate.text)
            if len(digits) >= 6 and any(character.isdigit() for character in digits):
                return re.match(r"[0-9A-Za-z]*", digits)[0]  # type: ignore[index]  # matches at least nothing
    return ""

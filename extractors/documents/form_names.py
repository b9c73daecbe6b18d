"""The name of a form's line, from the words beside its figures: captions dropped, wrapped names
joined.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.documents.form_lines import HEADINGS
from extractors.layout.form_grid import Entry
from extractors.layout.lines import join_words
from extractors.layout.page import Word
from extractors.values.glyphs import squeeze

NameOf = Callable[[str], str]
_LEADS = re.compile(r"^(?:其中|加|减|[(（]?[一二三四五六七八九十\d]+[)）、.．]|[①-⑳])")
_NUMBERED = re.compile(r"[(（]?[一二三四五六七八九十]+[)）、.．]")
_NEAR = 1.5  # heights of a line between a name and the part of it above or below
# Characters of a name from which one misread character leaves no doubt: shorter names of a form
# differ from each other in one (其他应收款, 其他应付款).
_SHORTEST_CORRECTED = 6
_HALFWAY = 0.2  # likewise, where figures stand halfway between two lines of their name


@dataclass(frozen=True, slots=True)
class FormNames:
    """How a form names its lines: `of` gives the common name of a printed one, `known` holds all of
    them.
    """

    of: NameOf
    known: frozenset[str]

    def is_known(self, text: str) -> bool:
        return self.of(text) in self.known

    def is_heading(self, text: str) -> bool:
        return self.of(text) in HEADINGS


@dataclass(slots=True)
class NamedEntry:
    """A row of a form with the text of its name as printed."""

    entry: Entry
    text: str
    name: str
    is_known: bool = False

    @property
    def is_part(self) -> bool:
        """Whether the form says that it is a part of the line above."""
        return squeeze(self.text).startswith("其中")

    @property
    def is_numbered(self) -> bool:
        """Whether the form counts it among its sections: 一、 or （一）."""
        return bool(_NUMBERED.match(squeeze(self.text)))


def named_entries(entries: Sequence[Entry], names: FormNames) -> list[NamedEntry]:
    """Every entry with its name; lines of a wrapped name are joined to the row of their figures."""
    found = []
    for block in sorted({entry.block for entry in entries}):
        own = [entry for entry in entries if entry.block == block]
        left = _left_edge(own)
        named = [_named(entry, left, names) for entry in own]
        found.extend(_joined(named, names))
    _correct_misread(found, names)
    return found


def _correct_misread(named: Sequence[NamedEntry], names: FormNames) -> None:
    """Give a name on a picture in which one character was misread the form's own name.

    In text the characters are what was printed: there another name is another line.
    """
    taken = {each.name for each in named if each.is_known}
    for each in named:
        if each.is_known or each.entry.row.page.scan is None:
            continue
        name = one_character_off(each.name, names.known - taken)
        if name:
            each.name, each.is_known = name, True
            taken.add(name)


def one_character_off(name: str, known: Iterable[str]) -> str:
    """Return the one known name that differs in a single character, or an empty string."""
    if len(name) < _SHORTEST_CORRECTED:
        return ""
    near = [key for key in known if len(key) == len(name) and _differences(key, name) == 1]
    return near[0] if len(near) == 1 else ""


def _differences(one: str, other: str) -> int:
    return sum(first != second for first, second in zip(one, other, strict=True))


def _left_edge(entries: Sequence[Entry]) -> float:
    """Where names begin: captions that run down the side of the form stand left of it."""
    single = [entry.name[0].x0 for entry in entries if len(entry.name) == 1 and entry.cells]
    return min(single, default=0.0)


def _named(entry: Entry, left: float, names: FormNames) -> NamedEntry:
    text = _text_of(entry.name, left, names)
    name = names.of(text)
    return NamedEntry(entry, text, name, name in names.known)


def _text_of(words: Sequence[Word], left: float, names: FormNames) -> str:
    """The words of a name without the side captions before them."""
    inside = [word for word in words if word.x1 > left or _LEADS.match(squeeze(word.text))]
    whole = _join(inside or words)
    if names.is_known(whole):
        return whole
    for part in _without_first_words(inside or words):
        if names.is_known(part):
            return part
    return whole


def _without_first_words(words: Sequence[Word]) -> Iterator[str]:
    """The name with one, two or three of its leftmost words dropped."""
    by_place = sorted(words, key=lambda w: w.x0)
    for count in range(1, min(4, len(by_place))):
        dropped = by_place[:count]
        yield _join([word for word in words if not any(word is d for d in dropped)])


def _join(words: Sequence[Word]) -> str:
    return join_words(list(words))


def _joined(named: list[NamedEntry], names: FormNames) -> list[NamedEntry]:
    """Joins a name that goes on in a row without figures above or below."""
    out: list[NamedEntry] = []
    skip = False
    for index, each in enumerate(named):
        if skip:
            skip = False
            continue
        before = out[-1] if out else None
        after = named[index + 1] if index + 1 < len(named) else None
        if each.entry.cells and not each.is_known:
            skip = _take_neighbours(each, before, after, out, names)
        out.append(each)
    return out


def _take_neighbours(
    each: NamedEntry,
    before: NamedEntry | None,
    after: NamedEntry | None,
    out: list[NamedEntry],
    names: FormNames,
) -> bool:
    """Completes a name from the rows around it; says whether the row below was used."""
    above = before.text if before and _may_continue(before, each) else ""
    below = after.text if after and _may_continue(after, each) else ""
    choices = [(above, ""), ("", below), (above, below)] if each.text else [(above, below)]
    for head, tail in choices:
        text = head + each.text + tail
        known = bool(head or tail) and names.is_known(text)
        if known or (not each.text and text):
            each.text, each.name, each.is_known = text, names.of(text), known
            if head:
                out.pop()
            return bool(tail)
    return False


def _may_continue(other: NamedEntry, each: NamedEntry) -> bool:
    """Whether a row without figures may hold a part of the name of the row beside it.

    A line of its own may be a part only of a name whose figures stand halfway between two lines of
    print.
    """
    if other.entry.cells or not other.text:
        return False
    if other.entry.row.page is not each.entry.row.page:
        return False
    upper, lower = sorted((other.entry.row, each.entry.row), key=lambda row: row.top)
    size = max(word.height for word in lower.words)
    if other.is_known:
        return not each.text and lower.top - upper.bottom < _HALFWAY * size
    return lower.top - upper.bottom < _NEAR * size

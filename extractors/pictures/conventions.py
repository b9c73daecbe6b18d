"""What papers print, as a help to reading them: simplified characters, amounts with their marks,
capitals of amounts, even spacing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extractors.engines.model import Glyph, Picture, text_of
from extractors.pictures.ink import EM, ink_columns, longest_run
from extractors.values.glyphs import fold
from extractors.values.money import parse_money

_VARIANT = 0.05  # chance of the simplified shape that is enough to take it
_OF_AMOUNTS = frozenset("0123456789.,-")
_MARKS = ",.:;，．：、·'"
_MARKED = re.compile(rf"-?[¥￥$]?\d{{1,3}}(?:[{_MARKS}]\d{{3}})*[{_MARKS}]\d{{2}}")
_MENDED = 0.9  # most that a character is sure which was read as another one
_CAPITALS = frozenset("零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正")
_CAPITALS_SEEN_AS = dict(
    zip(
        "参叄參贰貳肄陸抬什伯任萬億園园図圓捐柴玫捌",
        "叁叁叁贰贰肆陆拾拾佰仟万亿圆圆圆圆捌柒玖捌",
        strict=True,
    )
)
_FEWEST_CAPITALS = 4  # characters of an amount in capitals in one run, from which the run is one
_MISSING, _BLANK = (
    1.55,
    0.6,
)  # times the due distance of two characters that hides a third; em of white between them that is a space
_UNSEEN = 0.5  # how sure it is that nothing stands there


def as_printed(glyphs: tuple[Glyph, ...], line: Picture) -> tuple[Glyph, ...]:
    """The glyphs of a line's picture as papers print them."""
    one = tuple(_one_width(glyph) for glyph in glyphs)
    return with_holes(
        _as_capitals(
            tuple(
                _plain(glyph) if glyph.char and not _simplified(glyph.char) else glyph
                for glyph in one
            )
        ),
        line,
    )


def _one_width(glyph: Glyph) -> Glyph:
    """The chances of one character's full-width and half-width forms added up: which of them is
    printed says nothing.
    """
    same = [p for c, p in glyph.others if c and glyph.char and fold(c) == fold(glyph.char)]
    if not same:
        return glyph
    return replace(
        glyph,
        sure=min(glyph.sure + sum(same), 0.9999),
        others=tuple(other for other in glyph.others if fold(other[0]) != fold(glyph.char)),
    )


def _plain(glyph: Glyph) -> Glyph:
    """A traditional shape as the simplified one that the engine also saw: papers of the mainland
    are set in simplified characters.

    GB 2312 holds the simplified characters and not the traditional ones that they replaced.
    """
    for char, chance in glyph.others:
        if char and chance >= _VARIANT and "\u4e00" <= char <= "\u9fff" and _simplified(char):
            return Glyph(
                char,
                min(0.97, glyph.sure + chance),
                glyph.at,
                ((glyph.char, glyph.sure), *glyph.others[1:]),
            )
    return glyph


def _simplified(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _as_capitals(glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """Within an amount in capitals every character is one of few: one that was read otherwise is
    the one of these that it resembles.
    """
    shown = [i for i, glyph in enumerate(glyphs) if glyph.char.strip()]
    kinds = [
        "c" if glyphs[i].char in _CAPITALS else "s" if _capital(glyphs[i]) else "-" for i in shown
    ]
    out = list(glyphs)
    for run in re.finditer(r"[cs]+", "".join(kinds)):
        if run[0].count("c") >= _FEWEST_CAPITALS:
            for i in shown[run.start() : run.end()]:
                char = _capital(glyphs[i])
                if glyphs[i].char not in _CAPITALS and char:
                    out[i] = replace(
                        glyphs[i],
                        char=char,
                        sure=_MENDED,
                        others=((glyphs[i].char, glyphs[i].sure), *glyphs[i].others),
                    )
    return tuple(out)


def _capital(glyph: Glyph) -> str:
    """The capital that a character is, may be, or is often taken for; empty where there is none."""
    if glyph.char in _CAPITALS:
        return glyph.char
    return next(
        (c for c, _ in glyph.others if c in _CAPITALS), _CAPITALS_SEEN_AS.get(glyph.char, "")
    )


def with_holes(glyphs: tuple[Glyph, ...], line: Picture) -> tuple[Glyph, ...]:
    """Adds the places where a character must stand that was not read: two Chinese characters too
    far apart, with ink between them.

    Chinese print is evenly spaced, so a missing character leaves a hole of one character's width.
    """
    shown = [glyph for glyph in glyphs if glyph.char.strip()]
    em, width = EM * line.shape[0], line.shape[1]
    pairs = [
        (first, second, (second.at - first.at) * width / em)
        for first, second in pairwise(shown)
        if _chinese(first) and _chinese(second)
    ]
    if len(pairs) < 3:
        return glyphs
    due = sorted(d for _, _, d in pairs)[len(pairs) // 2]
    wide = [(a, b) for a, b, d in pairs if _MISSING * due < d < 2.6 * due]
    if not wide:
        return glyphs
    ink, ruled = ink_columns(line)
    holes = []
    for a, b in wide:
        _, blank = longest_run((~ink | ruled)[int(a.at * width) : int(b.at * width) + 1])
        if blank < _BLANK * em:
            holes.append(Glyph("", _UNSEEN, (a.at + b.at) / 2, (("?", _UNSEEN),)))
    return tuple(sorted([*glyphs, *holes], key=lambda g: g.at))


def _chinese(glyph: Glyph) -> bool:
    return "\u4e00" <= glyph.char <= "\u9fff"


def as_amount(glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    """An amount with its marks set right: print has a comma before each three digits and a point
    before the last two, whichever was read.
    """
    text = text_of(glyphs)
    if parse_money(text) is not None:  # a speck beside an amount is no letter of it
        return tuple(
            glyph
            for glyph in glyphs
            if glyph.char or any(c in _OF_AMOUNTS for c, _ in glyph.others)
        )
    if not _MARKED.fullmatch(text):
        return glyphs
    marks = [i for i, glyph in enumerate(glyphs) if glyph.char and glyph.char in _MARKS]
    right = {i: "." if i == marks[-1] else "," for i in marks}
    return tuple(
        replace(glyph, char=right[i], sure=min(glyph.sure, _MENDED))
        if i in right and glyph.char != right[i]
        else glyph
        for i, glyph in enumerate(glyphs)
    )

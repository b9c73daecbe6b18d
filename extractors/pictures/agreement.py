"""Two readings of one line to one: surer where they agree, in doubt where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from extractors.engines.model import Glyph, least_sure, text_of
from extractors.values.glyphs import fold

_DISPUTED = 0.5  # most that a character is sure on which two readers differ
_SHARED_FAULT = 3.0  # two networks of one family err together more often than by chance


def agree(one: Sequence[Glyph], two: Sequence[Glyph]) -> tuple[Glyph, ...]:
    """The surer of two readings, each of its glyphs weighed by what the other reading has in its
    place.
    """
    if not text_of(two).strip():
        return tuple(one)
    if not text_of(one).strip() or least_sure(two) > least_sure(one):
        one, two = two, one
    ours = [glyph for glyph in one if glyph.char.strip()]
    theirs = [glyph for glyph in two if glyph.char.strip()]
    weighed = {id(glyph): glyph for glyph in one}
    steps = Levenshtein.opcodes(
        [fold(glyph.char) for glyph in ours], [fold(glyph.char) for glyph in theirs]
    )
    extra: list[Glyph] = []
    for step in steps:
        mine, other = ours[step.src_start : step.src_end], theirs[step.dest_start : step.dest_end]
        if step.tag == "equal":
            for first, second in zip(mine, other, strict=True):
                weighed[id(first)] = replace(
                    first,
                    sure=max(
                        first.sure,
                        second.sure,
                        1 - _SHARED_FAULT * (1 - first.sure) * (1 - second.sure),
                    ),
                )
        elif step.tag == "insert":
            extra += [
                Glyph("", min(1 - glyph.sure, _DISPUTED), glyph.at, ((glyph.char, glyph.sure),))
                for glyph in other
            ]
        else:
            for index, first in enumerate(mine):
                rival = other[index] if index < len(other) else None
                others = ((rival.char, rival.sure) if rival else ("", 0.5), *first.others)
                weighed[id(first)] = replace(first, sure=min(first.sure, _DISPUTED), others=others)
    kept = [weighed[id(glyph)] for glyph in one if glyph.char]
    return tuple(sorted([*kept, *extra], key=lambda g: g.at))

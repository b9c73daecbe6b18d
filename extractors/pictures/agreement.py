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
    ours = [g for g in one if g.char.strip()]
    theirs = [g for g in two if g.char.strip()]
    weighed = {id(g): g for g in one}
    steps = Levenshtein.opcodes([fold(g.char) for g in ours], [fold(g.char) for g in theirs])
    extra: list[Glyph] = []
    for step in steps:
        mine, other = ours[step.src_start : step.src_end], theirs[step.dest_start : step.dest_end]
        if step.tag == "equal":
            for a, b in zip(mine, other, strict=True):
                weighed[id(a)] = replace(
                    a, sure=max(a.sure, b.sure, 1 - _SHARED_FAULT * (1 - a.sure) * (1 - b.sure))
                )
        elif step.tag == "insert":
            extra += [
                Glyph("", min(1 - g.sure, _DISPUTED), g.at, ((g.char, g.sure),)) for g in other
            ]
        else:
            for index, a in enumerate(mine):
                rival = other[index] if index < len(other) else None
                others = ((rival.char, rival.sure) if rival else ("", 0.5), *a.others)
                weighed[id(a)] = replace(a, sure=min(a.sure, _DISPUTED), others=others)
    kept = [weighed[id(g)] for g in one if g.char]
    return tuple(sorted([*kept, *extra], key=lambda g: g.at))

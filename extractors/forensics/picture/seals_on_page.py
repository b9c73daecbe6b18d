"""Round seals on a picture: what is read along their ring, and a description by which two of them
can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.engines.model import Engines, Glyph, text_of
from extractors.model import Box, Signal
from extractors.pictures.look import Look
from extractors.pictures.seal_print import describe, find_ring, laid_out
from extractors.values.party_name import folded_name

_SURE = 0.85  # of a name's weakest character that is read as it stands
_NAME = re.compile(r"[一-鿿（(][一-鿿（）()0-9A-Za-z]{2,}[一-鿿)）]")
UNREAD = "-"


def seals_on_page(look: Look, number: int, engines: Engines) -> Iterator[Signal]:
    """One signal a round seal: the name along its ring, or "-" where that is not surely read, and
    the description of its ring.
    """
    height, width = look.picture.shape[:2]
    for left, top, right, bottom in look.ink.seals:
        ring = find_ring(look.picture, (left, top, right, bottom))
        found = describe(ring) if ring else None
        if ring and found:
            (glyphs,) = engines.careful.read([laid_out(ring)])
            box = Box(
                left / width, top / height, min(1.0, right / width), min(1.0, bottom / height)
            )
            yield Signal(kind="seal", detail=f"{_name(glyphs)} {found.text}", page=number, box=box)


def _name(glyphs: tuple[Glyph, ...]) -> str:
    """The longest run of characters that begins and ends in Chinese, where all of them are sure."""
    shown = [glyph for glyph in glyphs if glyph.char]
    runs = list(_NAME.finditer(text_of(shown)))
    best = max(runs, key=lambda m: len(m[0]), default=None)
    if best is None or min(glyph.sure for glyph in shown[best.start() : best.end()]) < _SURE:
        return UNREAD
    return folded_name(best[0])

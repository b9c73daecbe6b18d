"""All that is observed of the print on one picture of a page; each observer by itself, none judged."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from extractors.forensics.picture.background_patch import other_ground
from extractors.forensics.picture.cloned_digits import copied_digits
from extractors.forensics.picture.column_offset import off_column
from extractors.forensics.picture.digit_shape import other_shape
from extractors.forensics.picture.edge_sharpness import sharper_print
from extractors.forensics.picture.jpeg_history import compressed_apart
from extractors.forensics.picture.print_places import prints
from extractors.layout.page import Page
from extractors.model import Signal
from extractors.pictures.look import Look

# Share of a word's box from which a seal, and no later hand, may be why it looks otherwise
_RED = 0.01


def altered_print(look: Look, page: Page, jpeg: bytes | None) -> Iterator[Signal]:
    """Signals of one page read from a picture. `jpeg` is the file itself where it is one."""
    grey = look.grey
    found = [each for each in prints(page, grey) if look.ink.share(np.array(each.corners)) < _RED]
    yield from sharper_print(page, grey, found)
    yield from other_shape(page, grey, found)
    yield from other_ground(page, grey, found)
    yield from copied_digits(page, grey, found)
    yield from off_column(page, grey)
    if jpeg is not None:
        yield from compressed_apart(page, grey, jpeg, found)

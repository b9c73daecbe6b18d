"""Amounts in text that a page hides, against everything that the page shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.layout.page import Page
from extractors.model import Signal
from extractors.values.glyphs import fold

_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+\.\d{2}(?!\d)|(?<![\d.,])\d{3,}\.\d{2}(?!\d)")


def hidden_amounts(pages: Sequence[Page], whole: Sequence[Page]) -> Iterator[Signal]:
    """One signal a page whose hidden text states amounts that the page shows nowhere: "3/4
    1989670.70 …", found of all, then the amounts.

    Digits are compared without marks, and within longer runs of digits, so that how words are cut
    does not matter; with all that stands on the page, `whole`, where several papers share it.
    """
    for page in pages:
        hidden = [each[0].replace(",", "") for each in _AMOUNT.finditer(fold(page.invisible))]
        if not hidden:
            continue
        shown = re.sub(
            r"[^\d]",
            "",
            fold(
                "".join(
                    word.text for each in whole if each.number == page.number for word in each.words
                )
            ),
        )
        absent = [a for a in hidden if a.replace(".", "") not in shown]
        if absent:
            yield Signal(
                kind="hidden_amounts",
                detail=f"{len(absent)}/{len(hidden)} {' '.join(absent[:20])}",
                page=page.number,
            )

"""Figures of a form as they are printed: amounts, dashes, numbers of lines and marks of notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.layout.page import Word
from extractors.values.glyphs import squeeze
from extractors.values.money import parse_money

# 4,860,000.00, -12, (3.50): at most ten digits without a separator, or it is a telephone or tax
# number.
_FIGURE = re.compile(r"[-+(]?[¥$]?[-+]?(?:\d{1,3}(?:,\d{3})+|\d{1,10})(?:\.\d{1,4})?[)-]?%?")
MONEY = re.compile(r"[-+(]?[¥$]?[-+]?(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,12}\.\d{1,4})[)-]?")
DASH = re.compile(r"[-─━_/×]{1,6}|不适用|无|\*{1,3}")
# The number of a form's line, with the sum that makes it: 7, 20=15-16, 13(13≥14), 1a.
LINE_NUMBER = re.compile(r"\d{1,3}[a-z]?(?:[.·]\d)?(?:[=(≥<>+\-].*)?")
NOTE = re.compile(r"[(]?[一二三四五六七八九十]{1,3}[)、.][(]?[一二三四五六七八九十\d]{0,3}[)]?")


def is_figure(text: str) -> bool:
    """Whether a word is a figure: an amount, or a number that may be one."""
    return bool(_FIGURE.fullmatch(squeeze(text)))


def amount_in(words: Sequence[Word]) -> tuple[str, bool]:
    """The text of a cell of figures, and whether it is a dash."""
    text = "".join(squeeze(word.text) for word in words)
    return text, bool(DASH.fullmatch(text)) and parse_money(text) is None

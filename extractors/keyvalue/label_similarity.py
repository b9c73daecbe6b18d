"""How near a printed label comes to a known one, by characters, pairs of characters and position."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from extractors.values.glyphs import squeeze

# A Chinese compound carries its meaning at its end: 账户户名 is a name, 付款人开户行 is a bank.
# So a known label at the end of the printed one counts more than at its start.
_ENDS_WITH = 0.78
_STARTS_WITH = 0.5
_PART_OF_KNOWN = 0.45
_SHARE = 0.2  # added in proportion to how much of the longer text the shorter one covers
_SHARE_OF_KNOWN = 0.4  # the same for a printed label that is a part of a known one
_MIXED = 0.85  # most that text with the same characters in another order is worth
_BILINGUAL = 0.97  # one language of a bilingual label is a known label
_SHORTEST = 2  # characters of a label that may be looked for inside another

_NUMBERING = re.compile(r"^(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.]|[*·●▪①-⑩-]+)(?=\D)")
_TAIL = re.compile(r"[:*·_.]+$")
_CHINESE = re.compile(r"[^\u4e00-\u9fff()]")
_LATIN = re.compile(r"[^A-Za-z]")
_BRACKETS = re.compile(r"[()\[\]【】《》]")


@lru_cache(maxsize=20_000)
def plain_label(text: str) -> str:
    """Return a label without spaces, numbering, stars and the colon behind it, in capitals."""
    plain = _TAIL.sub("", squeeze(text))
    return _NUMBERING.sub("", plain).upper()


@lru_cache(maxsize=200_000)
def similarity(printed: str, known: str) -> float:
    """Return 1.0 for the same label and less, down to 0.0, for one that only resembles it."""
    first, second = plain_label(printed), plain_label(known)
    if not first or not second:
        return 0.0
    best = _likeness(first, second)
    chinese, latin = _CHINESE.sub("", first), _LATIN.sub("", first)
    if chinese and latin:
        best = max(best, _BILINGUAL * _likeness(chinese, second))
        best = max(best, _BILINGUAL * _likeness(latin, _LATIN.sub("", second)))
    return best


def _likeness(first: str, second: str) -> float:
    if first == second:
        return 1.0
    if not first or not second:
        return 0.0
    bare_first, bare_second = _BRACKETS.sub("", first), _BRACKETS.sub("", second)
    if bare_first == bare_second:
        return 0.98
    covered = len(second) / len(first)
    if len(second) >= _SHORTEST and first.endswith(second):
        return _ENDS_WITH + _SHARE * covered
    if len(second) >= _SHORTEST and first.startswith(second):
        return _STARTS_WITH + _SHARE * covered
    if len(first) >= _SHORTEST and first in second:
        return _PART_OF_KNOWN + _SHARE_OF_KNOWN * len(first) / len(second)
    return _MIXED * _overlap(bare_first, bare_second)


def _overlap(first: str, second: str) -> float:
    """Return the Dice coefficient over characters and pairs of neighbouring characters."""
    one, two = _grams(first), _grams(second)
    shared = sum((one & two).values())
    return 2 * shared / (sum(one.values()) + sum(two.values()))


def _grams(text: str) -> Counter[str]:
    pairs = [text[i : i + 2] for i in range(len(text) - 1)]
    return Counter([*text, *pairs])

"""One glyph for one meaning: full-width forms, look-alike dashes, radicals and spaces, one character for one."""

from __future__ import annotations

import re
import unicodedata

_SPACES = "\u3000\u00a0\u2002\u2003\u2009\u200b\t\r\n"
_DASHES = "−–—―﹣－"


def _fold(ch: str) -> str:
    if ch in _SPACES:
        return " "
    if ch in _DASHES:
        return "-"
    if ch in "￥":
        return "¥"
    folded = unicodedata.normalize("NFKC", ch)
    return folded if len(folded) == 1 else ch


class _Folds(dict[int, str]):
    """Translation table filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


_TABLE = _Folds()
_CJK_GAP = re.compile(r"(?<=[\u4e00-\u9fff（）()：:、]) +(?=[\u4e00-\u9fff（）()：:、])")


def fold(text: str) -> str:
    """Same length as `text`: full-width letters, digits, brackets and colons become half-width."""
    return text.translate(_TABLE)


def squeeze(text: str) -> str:
    """Folded text without any space: what labels and names are compared in."""
    return "".join(fold(text).split())


def tidy(text: str) -> str:
    """Text as a reader would write it: single spaces, and none between Chinese characters."""
    return _CJK_GAP.sub("", " ".join(text.translate({ord(c): " " for c in _SPACES}).split()))

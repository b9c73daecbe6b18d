"""One glyph for one meaning: full-width forms, look-alike dashes, radicals and spaces, one
character for one.
"""

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


# CJK Radicals Supplement (U+2E80 to U+2EF3) that stand for a character; Unicode gives them no
# decomposition.
_RADICALS = dict(
    zip(
        "⺀⺁⺆⺌⺎⺕⺗⺙⺝⺞⺟⺠⺬⺮⺰⺳⺷⺹⺼⻁⻂⻃⻄⻅⻆⻉⻋⻌⻍⻎⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "冫厂冂小兀彐忄攵月歺母民示竹纟网羊耂月虎衤覀西见角贝车辶辶辶長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)


def _unified(ch: str) -> str:
    if ch in _RADICALS:
        return _RADICALS[ch]
    code = ord(ch)
    is_kangxi, is_compatible = 0x2F00 <= code <= 0x2FD5, 0xF900 <= code <= 0xFAFF
    return unicodedata.normalize("NFKC", ch) if is_kangxi or is_compatible else ch


class _Unified(dict[int, str]):
    """Translation table filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _unified(chr(code))
        return found


_UNIFIED = _Unified()
_STRANGE = re.compile("[⺀-⿕豈-﫿]")


def unified(text: str) -> str:
    """The same text with radicals and compatibility ideographs as the characters that they are
    drawn as.

    PDF fonts often map 金 to the Kangxi radical ⾦ (U+2FA6): same drawing, other code point.
    """
    return text.translate(_UNIFIED) if _STRANGE.search(text) else text


def fold(text: str) -> str:
    """Same length as `text`: full-width letters, digits, brackets and colons become half-width."""
    return text.translate(_TABLE)


def squeeze(text: str) -> str:
    """Folded text without any space: what labels and names are compared in."""
    return "".join(fold(text).split())


def tidy(text: str) -> str:
    """Text as a reader would write it: single spaces, and none between Chinese characters."""
    return _CJK_GAP.sub("", " ".join(text.translate({ord(c): " " for c in _SPACES}).split()))

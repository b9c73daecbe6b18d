"""Amounts written one digit a cell under 亿千百十万千百十元角分, as paying-in slips and cheques
have them (票据和结算凭证格式).
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.layout.lines import TextLine, lines_of
from extractors.layout.page import Page, Word
from extractors.values.glyphs import squeeze

_PLACES = "亿千百十万千百十元角分"
_HEAD = re.compile(r"(?:(?:亿?千)?百)?十万千百十元角分")
_ALIKE = str.maketrans(
    "干于+士乙佰仟拾", "千千十十亿百千十"
)  # what a lone place name is taken for on a picture, and its other writings
_REACH = 3.2  # heights of the head within which the digits stand below it


def grid_amount(page: Page) -> tuple[Decimal, list[Word]] | None:
    """The amount of the first grid on a page with the words of its digits; None where there is none
    or a digit between two is missing.
    """
    lines = lines_of(page)
    for line in lines:
        head = _head(line)
        if head:
            found = _below(page, line, head)
            if found:
                return found
    return None


def _head(line: TextLine) -> list[tuple[str, float]]:
    """Middles of the places named in a line, from the highest place to 分."""
    letters = [
        (ch, line.span(i, i + 1).cx)
        for i, ch in enumerate(line.text.translate(_ALIKE))
        if ch in _PLACES
    ]
    match = _HEAD.search("".join(ch for ch, _ in letters))
    if not match or match.end() - match.start() < 7:
        return []
    return letters[match.start() : match.end()]


def _below(
    page: Page, line: TextLine, head: list[tuple[str, float]]
) -> tuple[Decimal, list[Word]] | None:
    pitch = (head[-1][1] - head[0][1]) / (len(head) - 1)
    left, right = head[0][1] - 1.6 * pitch, head[-1][1] + 0.6 * pitch
    reach = line.bottom + _REACH * max(line.bottom - line.top, pitch)
    inside = [
        each
        for each in page.words
        if line.bottom - 2 < each.mid < reach
        and left < each.cx < right
        and re.fullmatch(r"[¥￥]?[\d¥￥]+", squeeze(each.text))
    ]
    if not inside:
        return None
    row = [each for each in inside if abs(each.mid - inside[0].mid) < 0.6 * inside[0].height]
    digits: dict[int, str] = {}
    for word in row:
        text = squeeze(word.text)
        for index, ch in enumerate(text):
            at = word.x0 + (index + 0.5) * (word.x1 - word.x0) / len(text)
            if ch.isdigit():
                digits[round((head[-1][1] - at) / pitch)] = ch  # 0 is 分
    highest = max(digits, default=-1)
    if highest < 2 or any(place not in digits for place in range(highest + 1)):
        return None
    return Decimal("".join(digits[p] for p in range(highest, -1, -1))) / 100, row

"""Words of a printed date or period as tokens: numbers in figures and in Chinese, marks of the
calendar, joints.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from extractors.values.glyphs import fold

MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CHINESE_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_CHINESE_DIGITS |= {"零": 0, "○": 0, "O": 0, "o": 0, "0": 0}
_COUNTS = {"three": 3, "six": 6, "nine": 9, "twelve": 12}


class Mark(Enum):
    """What a token says."""

    NUMBER = auto()
    YEAR = auto()  # 年, 年度
    MONTH = auto()  # 月, 月份
    DAY = auto()  # 日, 号
    QUARTER = auto()  # 季, 季度
    NAMED_QUARTER = auto()  # Q4
    HALF = auto()  # 上半年, 下半年, 半年度
    WHOLE_YEAR = auto()  # 全年
    MONTH_NAME = auto()  # Dec, December
    MONTHS_ENDED = auto()  # year ended, three months ended, 止年度
    NTH = auto()  # 第
    FIRST = auto()  # 前 (前三季度)
    DASH = auto()  # joins the parts of a date, or two ends of a period
    DOT = auto()  # . or / between the parts of a date
    TO = auto()  # 至, 到, ~
    LINK = auto()  # words and signs that may stand within a period: 自, 起, 止, 所属期, colon
    SPACE = auto()  # between two numbers only
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token as printed, with its value."""

    mark: Mark
    text: str
    value: int = 0


# Longer words first: 年度 before 年, 半年度 before 年.
_WORDS: tuple[tuple[str, Mark, int], ...] = (
    ("止年度", Mark.MONTHS_ENDED, 12),
    ("上半年度", Mark.HALF, 1),
    ("下半年度", Mark.HALF, 2),
    ("上半年", Mark.HALF, 1),
    ("下半年", Mark.HALF, 2),
    ("半年度", Mark.HALF, 1),
    ("半年", Mark.HALF, 1),
    ("全年度", Mark.WHOLE_YEAR, 0),
    ("全年", Mark.WHOLE_YEAR, 0),
    ("年度", Mark.YEAR, 0),
    ("年", Mark.YEAR, 0),
    ("月份", Mark.MONTH, 0),
    ("月", Mark.MONTH, 0),
    ("季度", Mark.QUARTER, 0),
    ("季", Mark.QUARTER, 0),
    ("日期", Mark.LINK, 0),
    ("日", Mark.DAY, 0),
    ("号", Mark.DAY, 0),
    ("第", Mark.NTH, 0),
    ("前", Mark.FIRST, 0),
    ("至", Mark.TO, 0),
    ("到", Mark.TO, 0),
    ("~", Mark.TO, 0),
    ("∼", Mark.TO, 0),
    ("-", Mark.DASH, 0),
    (".", Mark.DOT, 0),
    ("/", Mark.DOT, 0),
    ("税款所属", Mark.LINK, 0),
    ("所属", Mark.LINK, 0),
    ("起始", Mark.LINK, 0),
    ("开始", Mark.LINK, 0),
    ("终止", Mark.LINK, 0),
    ("结束", Mark.LINK, 0),
    ("截止", Mark.LINK, 0),
    ("截至", Mark.LINK, 0),
    ("期间", Mark.LINK, 0),
    ("时间", Mark.LINK, 0),
    ("期", Mark.LINK, 0),
    ("自", Mark.LINK, 0),
    ("从", Mark.LINK, 0),
    ("起", Mark.LINK, 0),
    ("止", Mark.LINK, 0),
    ("(", Mark.LINK, 0),
    (")", Mark.LINK, 0),
    (":", Mark.LINK, 0),
    (",", Mark.LINK, 0),
)
_DIGITS = re.compile(r"\d+")
_CHINESE = re.compile(r"[〇○零一二三四五六七八九十][〇○零Oo0一二三四五六七八九十]*")
_LATIN = re.compile(r"[A-Za-z]+")
_NAMED_QUARTER = re.compile(r"(?i)q([1-4])(?!\d)|(?<!\d)([1-4])q\b")
_ENDED = re.compile(r"(?i)(?:(year)|(three|six|nine|twelve)\s+months?)\s+(?:then\s+)?ended")
# "2 0 2 5 年": a form's boxes print one digit each.
_SPACED_DIGITS = re.compile(r"(?<![\d.])\d(?: \d){3,7}(?![\d.])|(?<![\d.])\d \d(?= ?[月日])")


def calendar_tokens(text: str) -> list[Token]:
    """Tokens of `text` from left to right; spaces count only between two numbers."""
    folded = " ".join(fold(text).split())
    folded = _SPACED_DIGITS.sub(lambda spaced: spaced[0].replace(" ", ""), folded)
    tokens = list(_scan(folded))
    return [
        token
        for at, token in enumerate(tokens)
        if token.mark is not Mark.SPACE or _between(tokens, at)
    ]


def _between(tokens: list[Token], at: int) -> bool:
    """Whether a space parts two numbers."""
    if at == 0 or at + 1 == len(tokens):
        return False
    return tokens[at - 1].mark is tokens[at + 1].mark is Mark.NUMBER


def _scan(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        token = _token_at(text, at)
        yield token
        at += len(token.text)


def _token_at(text: str, at: int) -> Token:
    if text[at] == " ":
        return Token(Mark.SPACE, " ")
    if named := _NAMED_QUARTER.match(text, at):
        return Token(Mark.NAMED_QUARTER, named[0], int(named[1] or named[2]))
    if digits := _DIGITS.match(text, at):
        return Token(Mark.NUMBER, digits[0], int(digits[0]))
    if chinese := _CHINESE.match(text, at):
        return _chinese_token(chinese[0])
    if text[at].isascii() and text[at].isalpha():
        return _latin_token(text, at)
    for word, mark, value in _WORDS:
        if text.startswith(word, at):
            return Token(mark, word, value)
    return Token(Mark.OTHER, text[at])


def _chinese_token(text: str) -> Token:
    value = chinese_number(text)
    return Token(Mark.OTHER, text) if value is None else Token(Mark.NUMBER, text, value)


def chinese_number(text: str) -> int | None:
    """Number of 二〇二五 (digit by digit) or 三十一 (up to 99); None for any other run of numerals."""
    if "十" not in text:
        return int("".join(str(_CHINESE_DIGITS[character]) for character in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return (_CHINESE_DIGITS[tens] if tens else 1) * 10 + (_CHINESE_DIGITS[ones] if ones else 0)


def _latin_token(text: str, at: int) -> Token:
    if ended := _ENDED.match(text, at):
        months = 12 if ended[1] else _COUNTS[ended[2].lower()]
        return Token(Mark.MONTHS_ENDED, ended[0], months)
    word = _LATIN.match(text, at)
    assert word is not None  # the caller saw a letter
    lower = word[0].lower()
    if lower[:3] in MONTH_NAMES and (len(lower) == 3 or lower in _FULL_NAMES):
        return Token(Mark.MONTH_NAME, word[0], MONTH_NAMES.index(lower[:3]) + 1)
    if lower in ("to", "through", "till", "until"):
        return Token(Mark.TO, word[0])
    if lower in ("from", "for", "the", "period", "date", "of"):
        return Token(Mark.LINK, word[0])
    return Token(Mark.OTHER, word[0])


_FULL_NAMES = frozenset(
    (
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "sept",
        "october",
        "november",
        "december",
    )
)

"""大写金额 both ways: 壹佰贰拾叁元肆角伍分 and 123.45.

    amount  = prefix* sign? (yuan cents? | cents) 整? sign?
    yuan    = whole 元
    whole   = (below_yi 亿)? below_yi
    below_yi= (section 万)? section
    section = (digit 仟)? (digit 佰)? (digit? 拾)? digit?     with one 零 where places are left out
    cents   = (零? digit 角)? (零? digit 分)?
    prefix  = 人民币 | RMB | 大写 | ⊗ | ¥ | brackets | colon

Where a place is left out 零 stands for it; before 仟 and 角 it may stand or not. In pre-printed
places a blank is 零 or ⊗ (零佰零拾). A text that breaks these rules is no amount: a character lost
in reading must not give another sum. Source: 支付结算办法 (PBOC 1997) annex 1,
正确填写票据和结算凭证的基本规定.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from extractors.values.glyphs import fold

_CAPITALS = "零壹贰叁肆伍陆柒捌玖"
# The rules accept traditional forms, and refuse 一 to 十, 另 and 两; contracts and clerks write
# them all the same.
_DIGITS = {c: i for i, c in enumerate(_CAPITALS)}
_DIGITS |= {c: i for i, c in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"○": 0, "另": 0, "壱": 1, "弌": 1, "貳": 2, "貮": 2, "弍": 2, "两": 2, "兩": 2}
_DIGITS |= {"叄": 3, "參": 3, "参": 3, "弎": 3, "肄": 4, "陸": 6, "柴": 7, "漆": 7, "扒": 8}
_PLACES = {"拾": 1, "十": 1, "佰": 2, "百": 2, "仟": 3, "千": 3}
_WAN = "万萬"
_YI = "亿億"
_YUAN = "元圆圓园"
_WHOLE = "整正"
_BLANK = "⊗xX×*"  # ⓧ folds to x


class _Mark(Enum):
    DIGIT = auto()
    PLACE = auto()  # 拾 佰 仟
    WAN = auto()
    YI = auto()
    YUAN = auto()
    JIAO = auto()
    FEN = auto()
    WHOLE = auto()
    BLANK = auto()
    MINUS = auto()
    PREFIX = auto()


@dataclass(frozen=True, slots=True)
class _Token:
    mark: _Mark
    value: int = 0


_SINGLE: dict[str, _Token] = {c: _Token(_Mark.DIGIT, value) for c, value in _DIGITS.items()}
_SINGLE |= {c: _Token(_Mark.PLACE, value) for c, value in _PLACES.items()}
_SINGLE |= dict.fromkeys(_WAN, _Token(_Mark.WAN))
_SINGLE |= dict.fromkeys(_YI, _Token(_Mark.YI))
_SINGLE |= dict.fromkeys(_YUAN, _Token(_Mark.YUAN))
_SINGLE |= dict.fromkeys(_WHOLE, _Token(_Mark.WHOLE))
_SINGLE |= dict.fromkeys(_BLANK, _Token(_Mark.BLANK))
_SINGLE |= dict.fromkeys("¥:", _Token(_Mark.PREFIX))
_SINGLE |= {"角": _Token(_Mark.JIAO), "分": _Token(_Mark.FEN)}
_SINGLE |= {"负": _Token(_Mark.MINUS), "負": _Token(_Mark.MINUS), "-": _Token(_Mark.MINUS)}
# Words of several characters, longest first.
_WORDS: tuple[tuple[str, _Mark], ...] = (
    ("(负数)", _Mark.MINUS),
    ("(负)", _Mark.MINUS),
    ("负数", _Mark.MINUS),
    ("(人民币大写)", _Mark.PREFIX),
    ("(人民币)", _Mark.PREFIX),
    ("人民币", _Mark.PREFIX),
    ("(大写)", _Mark.PREFIX),
    ("大写", _Mark.PREFIX),
    ("RMB", _Mark.PREFIX),
    ("CNY", _Mark.PREFIX),
)


def _class(characters: str) -> str:
    return "[" + "".join(re.escape(character) for character in characters) + "]"


_DIGIT_CLASS = _class("".join(_DIGITS))
_NUMBER_CLASS = _class("".join(_DIGITS) + "".join(_PLACES) + _WAN + _YI)
_JIAO_FEN = rf"(?:零?{_DIGIT_CLASS}角)?(?:零?{_DIGIT_CLASS}分)?"
# Where an amount in words may stand in a running text; parse_words says whether it is one.
# 园 is a slip for 圆 only where the amount goes on: 动物园.
_YUAN_FOUND = rf"(?:[元圆圓]|园(?={_class(_WHOLE)}|{_DIGIT_CLASS}[角分]))"
FIND = re.compile(
    rf"(?:[(]负数?[)]|负数?)?⊗?(?:{_NUMBER_CLASS}{{1,60}}{_YUAN_FOUND}{_JIAO_FEN}"
    rf"|[壹贰叁肆伍陆柒捌玖]角(?:{_DIGIT_CLASS}分)?){_class(_WHOLE)}?"
)


def parse_words(text: str) -> Decimal | None:
    """Yuan of an amount in words, with or without 人民币, ⊗ and 整/正; None when it is not one."""
    tokens = _tokens("".join(fold(text).split()))
    return _Reader(tokens).amount() if tokens else None


def _tokens(text: str) -> tuple[_Token, ...]:
    """All tokens of the text; none where anything else stands in it."""
    found: list[_Token] = []
    at = 0
    while at < len(text):
        size, token = _token_at(text, at)
        if token is None:
            return ()
        found.append(token)
        at += size
    return tuple(found)


def _token_at(text: str, at: int) -> tuple[int, _Token | None]:
    for word, mark in _WORDS:
        if text.startswith(word, at):
            return len(word), _Token(mark)
    return 1, _SINGLE.get(text[at])


@dataclass(slots=True)
class _Reader:
    """The productions of an amount; each returns None and leaves the place where it does not hold."""

    tokens: Sequence[_Token]
    at: int = 0

    def sees(self, mark: _Mark, ahead: int = 0) -> bool:
        place = self.at + ahead
        return place < len(self.tokens) and self.tokens[place].mark is mark

    def take(self, mark: _Mark) -> _Token | None:
        if not self.sees(mark):
            return None
        self.at += 1
        return self.tokens[self.at - 1]

    def take_zero(self) -> bool:
        """零, where it is not the digit of a place."""
        if self.sees(_Mark.DIGIT) and self.tokens[self.at].value == 0 and not self.has_place():
            self.at += 1
            return True
        return False

    def has_place(self) -> bool:
        """Whether a unit follows the next token."""
        return any(
            self.sees(mark, ahead=1) for mark in (_Mark.PLACE, _Mark.WAN, _Mark.YI, *_MONEY_UNITS)
        )

    def amount(self) -> Decimal | None:
        negative = self.prefix()
        cents = self.yuan_and_cents()
        if cents is None:
            return None
        self.take(_Mark.WHOLE)
        negative |= self.take(_Mark.MINUS) is not None
        if self.at != len(self.tokens):
            return None
        value = Decimal(cents) / 100
        return -value if negative else value

    def prefix(self) -> bool:
        """Skips what stands before the figures; says whether the amount is negative."""
        negative = False
        while True:
            if self.take(_Mark.MINUS):
                negative = True
            elif self.sees(_Mark.BLANK) and not self.has_place():
                self.at += 1
            elif not self.take(_Mark.PREFIX):
                return negative

    def yuan_and_cents(self) -> int | None:
        start = self.at
        whole = self.whole()
        if whole is None or not self.take(_Mark.YUAN):
            self.at = start
            return self.cents()
        cents = self.cents()
        return whole * 100 + (cents or 0)

    def cents(self) -> int | None:
        """角 and 分, each with its digit; None where neither stands."""
        jiao = self.digit_before(_Mark.JIAO)
        fen = self.digit_before(_Mark.FEN)
        if jiao is None and fen is None:
            return None
        return (jiao or 0) * 10 + (fen or 0)

    def digit_before(self, unit: _Mark) -> int | None:
        skip = 1 if self.take_zero() else 0
        if self.sees(unit, ahead=1) and (self.sees(_Mark.DIGIT) or self.sees(_Mark.BLANK)):
            value = self.tokens[self.at].value
            self.at += 2
            return value
        self.at -= skip
        return None

    def whole(self) -> int | None:
        upper = self.below_yi(leads=True)
        if not self.take(_Mark.YI):
            return upper
        if upper is None:
            return None
        start = self.at
        lower = self.below_yi(leads=False)
        if lower is None and self.at != start:
            return None
        return upper * 10**8 + (lower or 0)

    def below_yi(self, *, leads: bool) -> int | None:
        upper = self.section(leads=leads)
        if not self.take(_Mark.WAN):
            return upper
        if upper is None:
            return None
        start = self.at
        lower = self.section(leads=False)
        if lower is None and self.at != start:
            return None
        return upper * 10**4 + (lower or 0)

    def section(self, *, leads: bool) -> int | None:
        """Up to four places, from high to low. `leads`: nothing stands before it."""
        value = 0
        last = _UNKNOWN if leads else _ABOVE
        zero = False
        start = self.at
        while True:
            if self.take_zero():
                if zero:
                    return None
                zero = True
                continue
            step = self.place(last)
            if step is None:
                break
            if not _may_follow(step, last, zero=zero):
                return None
            value += step.digit * 10**step.place
            last, zero = step.place, False
        return None if self.at == start else value

    def place(self, last: int) -> _Step | None:
        """The next digit with its place, lower than the last one; 拾 alone opens an amount as ten."""
        if last == _UNKNOWN and self.sees(_Mark.PLACE) and self.tokens[self.at].value == 1:
            self.at += 1
            return _Step(1, 1)
        if not self.sees(_Mark.DIGIT) and not self.sees(_Mark.BLANK):
            return None
        if self.sees(_Mark.JIAO, ahead=1) or self.sees(_Mark.FEN, ahead=1):
            return None
        place = self.tokens[self.at + 1].value if self.sees(_Mark.PLACE, ahead=1) else 0
        if place >= last:
            return None
        digit = self.tokens[self.at].value
        self.at += 2 if place else 1
        return _Step(digit, place)


@dataclass(frozen=True, slots=True)
class _Step:
    digit: int
    place: int  # 3 仟, 2 佰, 1 拾, 0 the last digit


def _may_follow(step: _Step, last: int, *, zero: bool) -> bool:
    """Whether a digit may stand behind the place that was read last.

    壹佰伍元 may be short for 壹佰伍拾元, and 亿零十万 has a ten, not a blank: neither has one sure
    value.
    """
    skips = last != _UNKNOWN and last - step.place > 1
    if step.place == 0:
        return not skips or zero or step.digit == 0
    return step.digit != 0 or not skips


_MONEY_UNITS = (_Mark.YUAN, _Mark.JIAO, _Mark.FEN)
_ABOVE = 4  # the place above 仟
_UNKNOWN = 5  # nothing stands before


def to_words(value: Decimal) -> str:
    """大写 of an amount in yuan: 壹万零伍拾元整, 叁元零伍分."""
    cents = int((abs(value) * 100).to_integral_value())
    whole, (jiao, fen) = cents // 100, divmod(cents % 100, 10)
    words = whole_in_words(whole) + "元" if whole or not cents else ""
    if jiao:
        words += _CAPITALS[jiao] + "角"
    if fen:
        words += ("零" if whole and not jiao else "") + _CAPITALS[fen] + "分"
    sign = "负" if value < 0 else ""
    return sign + words + ("" if fen else "整")


def whole_in_words(number: int) -> str:
    """A whole number in capitals: 壹万零伍拾."""
    words = ""
    rest = number
    left_out = False
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, rest = divmod(rest, size)
        if section:
            zero = "零" if words and (left_out or section < 1000) else ""
            inner = whole_in_words(section) if section >= 10**4 else _section_words(section)
            words += zero + inner + unit
        left_out = not section
    return words or "零"


def _section_words(number: int) -> str:
    """Up to four places; one 零 for any run of places left out."""
    words = ""
    left_out = False
    for place, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // place % 10
        if not digit:
            left_out = bool(words)
            continue
        words += ("零" if left_out else "") + _CAPITALS[digit] + unit
        left_out = False
    return words

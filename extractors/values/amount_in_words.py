"""大写金额 both ways: 壹佰贰拾叁元肆角伍分 and 123.45.

Source: 支付结算办法 (PBOC 1997) annex 1, 正确填写票据和结算凭证的基本规定.
"""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.values.glyphs import fold

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_VALUE = {c: i for i, c in enumerate(_DIGITS)} | {
    c: i for i, c in enumerate("〇一二三四五六七八九")
}
_VALUE |= {"两": 2, "貳": 2, "陸": 6, "弍": 2, "叄": 3, "參": 3, "参": 3, "○": 0, "另": 0}
_SMALL = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
FIND = re.compile(
    r"[负]?[零壹贰叁肆伍陆柒捌玖貳陸弍叄參参拾佰仟万萬亿億〇一二三四五六七八九十百千两]{1,40}[元圆圓](?:[零壹贰叁肆伍陆柒捌玖貳陸弍叄參参〇一二三四五六七八九]角)?(?:零?[零壹贰叁肆伍陆柒捌玖貳陸弍叄參参一二三四五六七八九]分)?[整正]?"
)


def _whole(text: str) -> int | None:
    """Integer part: sections of 万 and 亿, each of 仟 佰 拾."""
    total = section = digit = 0
    for ch in text:
        if ch in _VALUE:
            digit = _VALUE[ch]
        elif ch in _SMALL:
            section += (digit or (1 if _SMALL[ch] == 10 and not section else 0)) * _SMALL[ch]
            digit = 0
        elif ch in _BIG:
            section += digit
            digit = 0
            if _BIG[ch] == 10**8:
                total = (total + section) * _BIG[ch]
            else:
                total += section * _BIG[ch]
            section = 0
        else:
            return None
    return total + section + digit


def parse_words(text: str) -> Decimal | None:
    """Amount of a 大写 text, with or without 人民币, ⊗ and 整/正; None when it is not one."""
    body = "".join(fold(text).split())
    body = re.sub(r"^(?:人民币|RMB)?(?:[(]?大写[)]?)?[:]?[⊗ⓧ×xX¥]?", "", body).rstrip("整正")
    negative = body.startswith(("负", "(负数)"))
    body = body.removeprefix("(负数)").removeprefix("负")
    match = re.fullmatch(
        r"(?:(?P<yuan>[^元圆圓角分]+)[元圆圓])?零?(?:(?P<jiao>[^元圆圓角分零])角)?零?(?:(?P<fen>[^元圆圓角分零])分)?",
        body,
    )
    if not match or not any(match.groups()):
        return None
    whole = _whole(match["yuan"]) if match["yuan"] else 0
    if whole is None or any(match[k] and match[k] not in _VALUE for k in ("jiao", "fen")):
        return None
    cents = sum(_VALUE[match[k]] * w for k, w in (("jiao", 10), ("fen", 1)) if match[k])
    value = Decimal(whole) + Decimal(cents) / 100
    return -value if negative else value


def _section_words(number: int) -> str:
    words, gap = "", False
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return words


def to_words(value: Decimal) -> str:
    """大写 of an amount in yuan: 壹万零伍拾元整, 叁元零伍分."""
    cents = int((abs(value) * 100).to_integral_value())
    whole, (jiao, fen) = cents // 100, divmod(cents % 100, 10)
    words, rest, gap = "", whole, False
    for unit, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, rest = divmod(rest, unit)
        if section:
            words += (
                ("零" if words and (gap or section < 1000) else "")
                + (
                    to_words(Decimal(section)).removesuffix("元整")
                    if section >= 10**4
                    else _section_words(section)
                )
                + name
            )
            gap = False
        elif words:
            gap = True
    words = words + "元" if words else ("" if jiao or fen else "零元")
    if jiao:
        words += _DIGITS[jiao] + "角"
    if fen:
        words += ("零" if whole and not jiao else "") + _DIGITS[fen] + "分"
    return ("负" if value < 0 else "") + words + ("" if fen else "整")

"""Amounts, shares and dates as tables of banks hold them; what cannot be read for sure is told,
never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from extractors.values.amount_in_words import parse_words
from extractors.values.glyphs import fold
from extractors.values.money import BLANKS, UNITS, parse_money
from extractors.values.period import parse_date

YUAN = "CNY"
_CURRENCIES = {
    "人民币": YUAN, "元": YUAN, "RMB": YUAN, "CNY": YUAN, "CNH": YUAN, "¥": YUAN, "156": YUAN, "人民币元": YUAN,
    "美元": "USD", "USD": "USD", "US$": "USD", "$": "USD", "港元": "HKD", "港币": "HKD", "HKD": "HKD", "HK$": "HKD",
    "欧元": "EUR", "EUR": "EUR", "€": "EUR", "日元": "JPY", "JPY": "JPY", "英镑": "GBP", "GBP": "GBP", "£": "GBP",
}  # fmt: skip
_MARK = re.compile(
    r"^(人民币|RMB|CNY|CNH|US\$|HK\$|USD|HKD|EUR|JPY|GBP|美元|港元|港币|欧元|日元|英镑|[¥$€£])[\s:：]*|"
    r"[\s]*(RMB|CNY|CNH|USD|HKD|EUR|JPY|GBP|美元|港元|港币|欧元|日元|英镑)$",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"[-+]?\d+(?:\.\d+)?[eE][-+]?\d{1,2}")
_LONE_UNIT = re.compile(r"([-+]?[\d,.\s]+)(千万|百万|十万|万|萬|亿|億|千|百)(?:元|圆)?整?")
_LONE_UNITS = {
    "百": Decimal(100), "千": Decimal(1000), "万": Decimal(10_000), "萬": Decimal(10_000), "十万": Decimal(100_000),
    "百万": Decimal(1_000_000), "千万": Decimal(10_000_000), "亿": UNITS["亿元"], "億": UNITS["亿元"],
}  # fmt: skip
_DECIMAL_COMMA = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})*,\d{1,2}")
_HAS_UNIT = re.compile(r"[元圆圓万萬亿億千百]")
_MOST_DIGITS = 18  # digits before the point: more is no amount of money
_OPEN_END = re.compile(
    r"长期|无固定期限|无期限|永久|不定期|无|—+|-+|/|N/?A|open|none|long.?term", re.I
)
# Spreadsheets count days from 1899-12-30; between 1954 and 2118, so that no year or amount is taken
# for one.
_EPOCH, _LEAST_SERIAL, _MOST_SERIAL = date(1899, 12, 30), 20_000, 80_000
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{1,2}")
_FRACTION = re.compile(r"(\d{1,6})\s*[/／]\s*(\d{1,6})")
_PARTS = re.compile(r"([一二三四五六七八九十百]+)分之([一二三四五六七八九十百]+)")
_PERCENT_WORDS = re.compile(r"百分之([零〇一二三四五六七八九十百点\d.]+)")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in its currency, or why it was not read (a code of import_report); both empty where
    the cell tells none.
    """

    value: Decimal | None
    currency: str = YUAN
    problem: str = ""


NO_AMOUNT = Amount(None)


def read_amount(text: str, unit: Decimal, currency: str = "") -> Amount:
    """The amount of a cell; `unit` is its column's, and counts only where the cell has no unit of
    its own.
    """
    plain = fold(text).strip()
    if plain in BLANKS:
        return NO_AMOUNT
    told = _CURRENCIES.get(currency.strip().upper(), currency.strip().upper()) or ""
    marked = _MARK.search(plain)
    if marked:
        of_cell = _CURRENCIES[(marked[1] or marked[2]).upper()]
        if told and told != of_cell:
            return Amount(None, problem="amount_not_read")
        told, plain = of_cell, _MARK.sub("", plain).strip()
    value = _number(plain)
    if value is None or value.adjusted() >= _MOST_DIGITS:
        return Amount(None, problem="amount_not_read")
    if value < 0:
        return Amount(None, problem="amount_negative")
    if not _HAS_UNIT.search(plain):
        value *= unit
    return Amount(value, told or YUAN)


def _number(plain: str) -> Decimal | None:
    if _DECIMAL_COMMA.fullmatch(plain):
        return Decimal(plain.replace(".", "").replace(",", "."))
    if _SCIENTIFIC.fullmatch(plain):
        return _expanded(Decimal(plain))
    alone = _LONE_UNIT.fullmatch(plain)
    if alone:
        number = parse_money(alone[1].strip())
        return None if number is None else number * _LONE_UNITS[alone[2]]
    value = parse_money(plain)
    if value is not None:
        return value
    words = plain.removeprefix("人民币").removeprefix(":").strip()
    if not words:
        return None
    in_words = parse_words(words)
    return in_words if in_words is not None else parse_words(f"{words}元")


def _expanded(value: Decimal) -> Decimal:
    """1.5e6 as 1500000: the same number, written out."""
    return Decimal(f"{value:f}")


def read_share(text: str, in_fractions: bool) -> tuple[Decimal | None, str]:
    """Percent of a share and the code of what is wrong with it.

    Both empty where the cell tells none.
    """
    plain = fold(text).strip().replace(" ", "")
    if plain in BLANKS:
        return None, ""
    value = _percent(plain, in_fractions)
    if value is None or not 0 <= value <= 100:
        return None, "share_not_read"
    return value, ""


def _percent(plain: str, in_fractions: bool) -> Decimal | None:
    if parts := _FRACTION.fullmatch(plain):
        return _part(Decimal(parts[1]), Decimal(parts[2]))
    if parts := _PARTS.fullmatch(plain):
        whole, part = _small_number(parts[1]), _small_number(parts[2])
        return _part(part, whole) if part is not None and whole is not None else None
    if parts := _PERCENT_WORDS.fullmatch(plain):
        return _small_number(parts[1])
    try:
        value = Decimal(plain.rstrip("%％").replace(",", "."))
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    return value * 100 if in_fractions and plain[-1] not in "%％" else value


def _part(part: Decimal, whole: Decimal) -> Decimal | None:
    """A fraction as percent, to six decimals."""
    if not whole:
        return None
    return (part * 100 / whole).quantize(Decimal("0.000001")).normalize()


def _small_number(text: str) -> Decimal | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return Decimal(text)
    whole, _, decimals = text.partition("点")
    value = Decimal(100) if whole in ("百", "一百") else parse_words(f"{whole}元")
    if value is None:
        return None
    if decimals:
        digits = "".join(str(_DIGITS.get(c, "")) for c in decimals)
        return value + Decimal(f"0.{digits}") if digits else None
    return value


def is_bare_fraction(text: str) -> bool:
    """Whether a share is a plain number of at most 1, which may be a fraction or percent."""
    plain = fold(text).strip()
    return bool(re.fullmatch(r"(?:0?\.\d+|[01](?:\.\d+)?)", plain)) and Decimal(plain) <= 1


def read_day(text: str) -> tuple[date | None, str]:
    """The day of a cell and the code of what is to be noted.

    Both empty where the cell tells none, or says that there is no end.
    """
    plain = fold(text).strip()
    if not plain or _OPEN_END.fullmatch(plain):
        return None, ""
    if _TWO_DIGIT_YEAR.fullmatch(plain):
        return None, "date_not_read"  # 01/02/26: which is the year?
    day = parse_date(plain)
    if day is not None:
        return day, ""
    number = plain.removesuffix(".0")
    if number.isdigit() and _LEAST_SERIAL <= int(number) <= _MOST_SERIAL:
        return _EPOCH + timedelta(days=int(number)), "serial_dates"
    return None, "date_not_read"

"""What one cell of a statement may hold: an amount with its direction, a flag, an account, a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from extractors.values.account_number import FIND as ACCOUNT
from extractors.values.glyphs import fold, squeeze
from extractors.values.money import BLANKS, parse_money


class Direction(StrEnum):
    """Which way money moved, seen from the holder of the account."""

    IN = "in"
    OUT = "out"
    NEUTRAL = "neutral"  # a platform counts it neither as income nor as expenditure


@dataclass(frozen=True, slots=True)
class CellAmount:
    """An amount as printed, with the direction that stands beside it in the same cell."""

    value: Decimal
    direction: Direction | None = None


_OUT_MARK = r"借方?|支出|支取?|付款?|转出|取出?|debit|dr"
_IN_MARK = r"贷方?|收入?|存入?|收款|转入|credit|cr"
_SIGNED = re.compile(
    rf"^[(\[]?(?:(?P<out>{_OUT_MARK})|(?P<in>{_IN_MARK})|(?P<sign>[+-]))[)\]]?[:\s]*"
    r"(?P<rest>[-+¥$(]*\d.*)$",
    re.IGNORECASE,
)
_SUFFIXED = re.compile(
    rf"^(?P<rest>.*\d[)]?)\s*[(\[]?(?:(?P<out>{_OUT_MARK})|(?P<in>{_IN_MARK})|(?P<sign>[+-]))[)\]]?$",
    re.IGNORECASE,
)
_CURRENCY = re.compile(r"\s*(?:cny|rmb|人民币|元)$", re.IGNORECASE)
_PRINTED_AMOUNT = re.compile(r"^[-+(¥$]*\s*[-+]?\d[\d,]*\.\d{1,2}[)]?$")
_PLACEHOLDER = re.compile(
    r"^[(（]?(?:空|无|null|none|n/a|nan|-+|/+|\*+|—+|－+)[)）]?$", re.IGNORECASE
)
_FLAG_OUT = re.compile(
    r"^(?:借|支|付|出|取|往|d$|dr|debit|转出|流出|汇出|扣|减|1?-$|-$|out)", re.IGNORECASE
)
_FLAG_IN = re.compile(
    r"^(?:贷|收|入|存|来|c$|cr|credit|转入|流入|汇入|加|增|\+$|in$|进)", re.IGNORECASE
)
_FLAG_NEUTRAL = re.compile(r"^(?:/|不计收支|中性交易|其他|其它|不计|资金转移|不计入收支|-{1,2})$")
_LONGEST_FLAG = 8  # characters
_COMPANY = re.compile(
    r"公司|银行|厂|店|部|中心|商行|合作社|支行|国库|税务|专户|事务所|[A-Za-z]{3,}"
)
_PERSON = re.compile(r"^[\u4e00-\u9fff·*]{2,4}$")


@lru_cache(maxsize=65536)
def read_amount(text: str) -> CellAmount | None:
    """The amount of a cell: 58,000.00 · +58,000.00 · 58,000.00(收入) · 借 58,000.00 · 58,000.00 CR."""
    folded = _CURRENCY.sub("", fold(text).strip())
    if folded in BLANKS or not folded:
        return None
    plain = parse_money(folded)
    marked = _marked(folded)
    if marked is not None:
        return marked
    return None if plain is None else CellAmount(plain)


def _marked(folded: str) -> CellAmount | None:
    for pattern in (_SIGNED, _SUFFIXED):
        match = pattern.match(folded)
        if match is None:
            continue
        value = parse_money(_CURRENCY.sub("", match["rest"].strip()))
        if value is None:
            continue
        if match["sign"]:
            return CellAmount(-value if match["sign"] == "-" else value)
        direction = Direction.OUT if match["out"] else Direction.IN
        return CellAmount(value, direction)
    return None


def looks_printed(text: str) -> bool:
    """Whether a text is an amount with decimals as statements print them."""
    return bool(_PRINTED_AMOUNT.match(_CURRENCY.sub("", fold(text).strip())))


@lru_cache(maxsize=4096)
def read_flag(text: str) -> Direction | None:
    """The direction that a flag names: 借/贷, 收/付, 往/来, D/C, 支出/收入, 不计收支."""
    squeezed = squeeze(text)
    if not squeezed or len(squeezed) > _LONGEST_FLAG:
        return None
    if _FLAG_NEUTRAL.match(squeezed):
        return Direction.NEUTRAL
    if _FLAG_OUT.match(squeezed):
        return Direction.OUT
    return Direction.IN if _FLAG_IN.match(squeezed) else None


def is_blank(text: str) -> bool:
    """Whether a cell stands empty: nothing, dashes, a slash or (空)."""
    folded = squeeze(text)
    return not folded or bool(_PLACEHOLDER.match(folded))


@lru_cache(maxsize=65536)
def is_account(text: str) -> bool:
    """Whether a cell is an account number alone, masked or not, or an account of a platform."""
    folded = squeeze(text)
    match = ACCOUNT.fullmatch(folded)
    if match is not None:
        return True
    return bool(re.fullmatch(r"[\w.*-]+@[\w.*-]+|[A-Z]?\d+\*+\w+", folded))


@lru_cache(maxsize=65536)
def is_name(text: str) -> bool:
    """Whether a cell reads like the name of a company, an office or a person."""
    squeezed = squeeze(text)
    if len(squeezed) < 2 or squeezed[0].isdigit():
        return False
    return bool(_COMPANY.search(squeezed) or _PERSON.match(squeezed))

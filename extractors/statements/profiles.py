"""What stands in a column of a statement, as shares of its filled cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.statements.cells import (
    is_account,
    is_blank,
    is_name,
    looks_printed,
    read_amount,
    read_flag,
)
from extractors.statements.dates import looks_dated
from extractors.values.account_number import FIND as ACCOUNT
from extractors.values.glyphs import fold, squeeze

_COMPANY = re.compile(r"公司|银行|厂|商行|合作社|支行|国库|税务|专户|事务所|经营部|中心$")
_BANK = re.compile(
    r"(?:银行|支行|分行|信用社|农信|营业部|储蓄所)(?:股份有限公司)?[\u4e00-\u9fff]{0,8}$"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2}")
_TIME = re.compile(r"^\d{1,2}[:.]\d{2}(?:[:.]\d{2})?$|^\d{6}$")
_MAIL = re.compile(r"[\w.*-]+@[\w.*-]+")
_MOST_DIGITS = 13  # of a whole amount; longer numbers are accounts or serials
_SEQUENCE = 0.8  # share of steps by one that makes a column a count of the rows


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares of a column's filled cells, and how many of its cells are filled at all."""

    cells: tuple[str, ...]
    filled: float = 0.0
    money: float = 0.0  # parses as an amount
    printed: float = 0.0  # an amount with decimals
    dated: float = 0.0
    times: float = 0.0
    flags: float = 0.0
    accounts: float = 0.0
    names: float = 0.0
    companies: float = 0.0
    banks: float = 0.0  # names of banks and branches
    mixed: float = 0.0  # a name and an account in one cell
    texts: float = 0.0  # holds Chinese words
    distinct: float = 0.0
    digits: float = 0.0  # mean number of digits and stars
    counts_rows: bool = False
    ordered: bool = False  # each number above the one before, or below: serials, never accounts

    @property
    def constant(self) -> bool:
        """The same in every row: a currency, the account itself."""
        kept = {cell for cell in self.cells if not is_blank(cell)}
        return len(kept) == 1 and self.filled > 0.9


def profile_of(cells: Sequence[str]) -> Profile:
    """The profile of a column's cells, from top to bottom."""
    kept = [cell for cell in cells if not is_blank(cell)]
    if not kept:
        return Profile(cells=tuple(cells))
    share = _Share(kept)
    return Profile(
        cells=tuple(cells),
        filled=len(kept) / len(cells),
        money=share(_is_amount),
        printed=share(_is_printed),
        dated=share(looks_dated),
        times=share(lambda c: bool(_TIME.match(squeeze(c)))),
        flags=share(lambda c: read_flag(c) is not None),
        accounts=share(is_account),
        names=share(is_name),
        companies=share(lambda c: bool(_COMPANY.search(c))),
        banks=share(lambda c: bool(_BANK.search(c))),
        mixed=share(_is_mixed),
        texts=share(lambda c: bool(_CHINESE.search(c))),
        distinct=len(set(kept)) / len(kept),
        digits=sum(character.isdigit() or character == "*" for cell in kept for character in cell)
        / len(kept),
        counts_rows=_counts_rows(kept),
        ordered=_is_ordered(kept),
    )


class _Share:
    def __init__(self, cells: Sequence[str]) -> None:
        self._cells = cells

    def __call__(self, test: Callable[[str], bool]) -> float:
        return sum(test(cell) for cell in self._cells) / len(self._cells)


def _is_amount(cell: str) -> bool:
    digits = sum(character.isdigit() for character in cell)
    if digits > _MOST_DIGITS or re.match(r"^0\d", fold(cell).strip()):
        return False
    return read_amount(cell) is not None


def _is_printed(cell: str) -> bool:
    amount = read_amount(cell)
    return amount is not None and (looks_printed(cell) or amount.direction is not None)


def _is_mixed(cell: str) -> bool:
    account = ACCOUNT.search(fold(cell)) or _MAIL.search(cell)
    return bool(_CHINESE.search(cell)) and account is not None


def _is_ordered(cells: Sequence[str]) -> bool:
    numbers = [int(character) for character in map(squeeze, cells) if character.isdigit()]
    if len(numbers) < max(4, len(cells)):
        return False
    steps = list(zip(numbers, numbers[1:], strict=False))
    return all(first < second for first, second in steps) or all(
        first > second for first, second in steps
    )


def _counts_rows(cells: Sequence[str]) -> bool:
    """1, 2, 3, … or the same backwards."""
    numbers = [
        int(character)
        for character in map(squeeze, cells)
        if character.isdigit() and len(character) < 7
    ]
    if len(numbers) < max(3, 0.9 * len(cells)):
        return False
    steps = [second - first for first, second in zip(numbers, numbers[1:], strict=False)]
    return max(steps.count(1), steps.count(-1)) >= _SEQUENCE * len(steps)

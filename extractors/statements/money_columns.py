"""The money columns: of all ways to name them, the one whose headings and balances fit best.

The chain of balances outweighs any heading, so that unknown or wrong headings do not matter where
balances prove the columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.layouts.declare import Role
from extractors.layouts.headings import PATTERN
from extractors.statements.cells import Direction, read_amount, read_flag
from extractors.statements.chain import Fit, Link, best_fit
from extractors.statements.column_choice import KNOWN, LEAST, Columns, Roles
from extractors.statements.profiles import Profile

_PROVED = 14.0  # log-odds of money columns whose balances all follow
_EXCLUSIVE = 4.0  # of two columns of which each row fills one
_TWO_WORDS = 2.0  # of a column that holds two words, one for money out and one for money in
_MOST_MONEY = 7  # money columns that are tried against each other
_MOST_LINKS = 120  # rows on which the money columns are tried
_QUICK = 12  # rows whose balances tell most wrong ways from the right one
_HOPELESS = 0.3  # share of their balances below which a way is not looked at further
_FULL_PROOF = 4  # balances that have to follow for the full log-odds
_SURE = 0.95  # share of balances that follow with which no other way is tried
_PROVES_SIDES = 0.75  # share of balances that follow with which the sides are proved
_NAMED = 1.5  # log-odds from which a heading, known or misread, names a money column
_MONEY_SHARE = 0.75
_MOSTLY = 0.5  # share of cells with an amount that makes a column one of amounts
_HOLDS_AMOUNT = re.compile(r"\d\.\d\d(?!\d)")
_FLAGS = 0.8  # share of cells that are flags
_MOST_FLAGS = 6  # different words of a column of flags
_MONEY_ROLES = (Role.BALANCE, Role.DEBIT, Role.CREDIT, Role.AMOUNT)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to name the money columns."""

    balance: int | None
    debit: int | None = None
    credit: int | None = None
    amount: int | None = None
    flag: int | None = None

    def pairs(self) -> Iterator[tuple[Role, int]]:
        named = (
            (Role.BALANCE, self.balance),
            (Role.DEBIT, self.debit),
            (Role.CREDIT, self.credit),
            (Role.AMOUNT, self.amount),
            (Role.FLAG, self.flag),
        )
        yield from ((role, index) for role, index in named if index is not None)


def choose_money(columns: Columns) -> None:
    """Choose balance, debit, credit, amount and flag among the columns that are still free."""
    _Money(columns).money()


class _Money:
    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def money(self) -> None:
        """Balance, debit, credit, amount and flag: the way whose headings and balances fit best."""
        columns = self._money_columns()
        flags = self._flag_columns()
        self._columns.roles.flipped = frozenset(
            i for i in columns if _mostly_negative(self._columns.profiles[i])
        )
        ways = sorted(self._ways(columns, flags), key=lambda way: -self._prior(way))
        best: tuple[float, _Way, Fit | None] | None = None
        for way in ways:
            fit = self._fit(way)
            weight = self._prior(way) + _proof(fit)
            if best is None or weight > best[0]:
                best = (weight, way, fit)
            if fit is not None and fit.share >= _SURE and fit.compared >= _FULL_PROOF:
                break
        if best is None:
            return
        roles = self._columns.roles
        roles.money, roles.fit, roles.sure = True, best[2], self._is_sure(best[1], best[2])
        for role, index in best[1].pairs():
            self._columns.put(role, index)

    def _is_sure(self, way: _Way, fit: Fit | None) -> bool:
        """Whether balances or headings say which column holds money in and which money out."""
        if fit is not None and fit.compared >= _FULL_PROOF and fit.share >= _PROVES_SIDES:
            return True
        if self._amounts_elsewhere(way):
            return False
        moved = [(r, i) for r, i in way.pairs() if r not in (Role.BALANCE, Role.FLAG)]
        return all(self._columns.odds(role, index) >= _NAMED for role, index in moved)

    def _amounts_elsewhere(self, way: _Way) -> bool:
        """Whether a column that the way leaves out is full of amounts, alone or beside a text.

        Its heading is then not known, or two columns were not parted.
        """
        chosen = {index for _, index in way.pairs()}
        for index, profile in enumerate(self._columns.profiles):
            if index in chosen:
                continue
            filled = self._columns.filled(index)
            amounts = sum(_HOLDS_AMOUNT.search(cell) is not None for cell in filled)
            fee = self._columns.is_known(index) and profile.money >= _MONEY_SHARE
            if amounts > _MOSTLY * max(len(filled), 1) and not fee:
                return True
        return False

    def _money_columns(self) -> list[int]:
        found = []
        for index, profile in enumerate(self._columns.profiles):
            named = max(self._columns.odds(role, index) for role in _MONEY_ROLES)
            likely = profile.money >= _MONEY_SHARE and not profile.counts_rows
            likely = likely and (profile.printed > 0.3 or named >= LEAST)
            empty = not profile.filled and named >= KNOWN * PATTERN
            if index not in self._columns.taken and (likely or empty):
                found.append((named + 2.0 * profile.printed, index))
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return sorted(index for _, index in found[:_MOST_MONEY])

    def _flag_columns(self) -> list[int | None]:
        found: list[int | None] = [None]
        for index, profile in enumerate(self._columns.profiles):
            if index in self._columns.taken:
                continue
            named = self._columns.odds(Role.FLAG, index)
            few = len({c for c in profile.cells if c.strip()}) <= _MOST_FLAGS
            if few and (profile.flags >= _FLAGS or (named >= LEAST and profile.filled > 0.5)):
                found.append(index)
        return found

    def _ways(self, columns: Sequence[int], flags: Sequence[int | None]) -> Iterator[_Way]:
        for balance in (None, *columns):
            rest = [c for c in columns if c != balance]
            for amount in rest:
                for flag in flags:
                    yield _Way(balance, amount=amount, flag=flag)
            for debit in rest:
                for credit in rest:
                    if debit != credit:
                        yield _Way(balance, debit=debit, credit=credit)

    def _prior(self, way: _Way) -> float:
        total = sum(self._columns.odds(role, index) for role, index in way.pairs())
        if way.amount is not None:
            filled = self._columns.profiles[way.amount].filled
            return total + _EXCLUSIVE * (2 * filled - 1) + self._two_words(way.flag)
        assert way.debit is not None and way.credit is not None
        return total + _EXCLUSIVE * (2 * self._exclusive(way.debit, way.credit) - 1)

    def _two_words(self, flag: int | None) -> float:
        """Odds for a column whose cells name both directions, whatever its heading says."""
        if flag is None:
            return 0.0
        named = {read_flag(cell) for cell in self._columns.profiles[flag].cells}
        return _TWO_WORDS if {Direction.IN, Direction.OUT} <= named else 0.0

    def _exclusive(self, debit: int, credit: int) -> float:
        """Share of rows of which exactly one of two columns holds an amount other than zero."""
        pairs = list(
            zip(
                self._columns.profiles[debit].cells,
                self._columns.profiles[credit].cells,
                strict=True,
            )
        )
        alone = sum(_moves(a) != _moves(b) for a, b in pairs)
        return alone / len(pairs) if pairs else 0.0

    def _fit(self, way: _Way) -> Fit | None:
        if way.balance is None:
            return None
        count = min(self._rows, _MOST_LINKS)
        if count > 2 * _QUICK:
            quick = best_fit([self._link(way, row) for row in range(_QUICK)])
            if quick.share < _HOPELESS:
                return quick
        return best_fit([self._link(way, row) for row in range(count)])

    @property
    def _rows(self) -> int:
        return len(self._columns.profiles[0].cells) if self._columns.profiles else 0

    def _cell(self, index: int | None, row: int) -> str:
        return self._columns.profiles[index].cells[row] if index is not None else ""

    def _link(self, way: _Way, row: int) -> Link:
        balance = _value(self._cell(way.balance, row))
        if way.amount is None:
            out = self._flipped(way.debit, _value(self._cell(way.debit, row)))
            into = self._flipped(way.credit, _value(self._cell(way.credit, row)))
            if out is None and into is None:
                return Link(None, balance)
            return Link((into or Decimal(0)) - (out or Decimal(0)), balance)
        amount = read_amount(self._cell(way.amount, row))
        if amount is None:
            return Link(None, balance)
        direction = amount.direction or read_flag(self._cell(way.flag, row))
        if direction is Direction.OUT:
            return Link(-self._unflipped(way.amount, amount.value), balance)
        if direction is Direction.IN:
            return Link(amount.value, balance)
        return Link(amount.value, balance, signed=amount.value < 0)

    def _flipped(self, index: int | None, value: Decimal | None) -> Decimal | None:
        return -value if value is not None and index in self._columns.roles.flipped else value

    def _unflipped(self, index: int, value: Decimal) -> Decimal:
        """An amount beside a flag for money out; a minus sign with it says the same twice."""
        return abs(value) if index in self._columns.roles.flipped or value < 0 else value


def _proof(fit: Fit | None) -> float:
    if fit is None or not fit.compared:
        return 0.0
    return _PROVED * fit.share * min(1.0, fit.compared / _FULL_PROOF)


def _value(text: str) -> Decimal | None:
    amount = read_amount(text)
    return amount.value if amount is not None else None


def _moves(text: str) -> bool:
    return bool(_value(text))


def _mostly_negative(profile: Profile) -> bool:
    """A column of money out whose amounts all carry a minus sign (支出金额 -元)."""
    values = [v for c in profile.cells if (v := _value(c))]
    return bool(values) and all(v < 0 for v in values)


def direction_of_row(roles: Roles, profiles: Sequence[Profile], row: int) -> bool | None:
    """Whether money went out in a row of chosen columns; None where no column says so."""
    debit, credit = roles.first(Role.DEBIT), roles.first(Role.CREDIT)
    if debit is not None and credit is not None:
        return _moves(profiles[debit].cells[row])
    index, flag = roles.first(Role.AMOUNT), roles.first(Role.FLAG)
    if index is None:
        return None
    amount = read_amount(profiles[index].cells[row])
    if amount is None:
        return None
    marked = read_flag(profiles[flag].cells[row]) if flag is not None else None
    direction = amount.direction or marked
    if direction is not None:
        return direction is Direction.OUT
    return amount.value < 0

"""Roles of a table's columns, chosen jointly from their headings and from what stands in them.

The money columns come first: of all ways to name balance, debit, credit, amount and flag the one is
taken whose headings fit and whose balances follow from each other. The chain outweighs any heading,
so that unknown or wrong headings do not matter where balances prove the columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.layouts.declare import Role
from extractors.layouts.headings import PATTERN, similarity
from extractors.statements.cells import Direction, read_amount, read_flag
from extractors.statements.chain import Fit, Link, best_fit
from extractors.statements.content import MIXED, content_odds
from extractors.statements.dates import DayReader, Span, looks_dated, reader_for
from extractors.statements.profiles import Profile, profile_of

_KNOWN = 6.0  # log-odds of a heading that is known
_NEAR = 3.0  # of the nearest one, times its likeness
_OTHERWISE = -4.0  # of a role for a column whose heading is known to say something else
_PROVED = 14.0  # of money columns whose balances all follow
_EXCLUSIVE = 4.0  # of two columns of which each row fills one
_LEAST = 2.5  # below which a column stays without a role
_MOST_MONEY = 7  # money columns that are tried against each other
_MOST_LINKS = 120  # rows on which the money columns are tried
_FULL_PROOF = 4  # balances that have to follow for the full log-odds
_SURE = 0.95  # share of balances that follow with which no other way is tried
_MONEY_SHARE = 0.75
_DATED = 0.8  # share of cells that are flags
_MOST_DATED = 0.6  # share of cells with a date, of which a few may be misread


@dataclass(slots=True)
class Roles:
    """The column of each role, and what the choice rests on."""

    columns: dict[Role, list[int]] = field(default_factory=dict)
    read_day: DayReader | None = None
    fit: Fit | None = None
    money: bool = False
    flipped: frozenset[int] = frozenset()  # money columns that print money out as negative

    def first(self, role: Role) -> int | None:
        found = self.columns.get(role)
        return found[0] if found else None

    def role_of(self, index: int) -> Role | None:
        return next((r for r, found in self.columns.items() if index in found), None)


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


def choose_roles(
    headings: Sequence[str], lines: Sequence[Sequence[str]], span: Span | None = None
) -> Roles:
    """Roles of columns from headings and lines of cells; `span` is the period that the head names."""
    profiles = [profile_of([line[i] for line in lines]) for i in range(len(headings))]
    chooser = _Chooser(headings, profiles, span)
    chooser.dates()
    chooser.money()
    chooser.others()
    return chooser.roles


def heading_odds(role: Role, heading: str) -> float:
    """Log-odds of a role by its heading alone."""
    near = similarity(heading)
    own = near.get(role, 0.0)
    if own >= PATTERN:
        return _KNOWN * own
    if near and max(near.values()) >= PATTERN:
        return _OTHERWISE
    return _NEAR * own


class _Chooser:
    def __init__(
        self, headings: Sequence[str], profiles: Sequence[Profile], span: Span | None
    ) -> None:
        self._headings = headings
        self._profiles = profiles
        self._span = span
        self._taken: set[int] = set()
        self.roles = Roles()

    def _put(self, role: Role, index: int) -> None:
        self.roles.columns.setdefault(role, []).append(index)
        self._taken.add(index)

    def _odds(self, role: Role, index: int) -> float:
        return heading_odds(role, self._headings[index])

    # dates

    def dates(self) -> None:
        """The column of the booking date, its format, and a time beside it."""
        dated = [i for i, p in enumerate(self._profiles) if p.dated >= _MOST_DATED]
        if dated:
            best = max(dated, key=lambda i: (self._date_odds(i), -i))
            self._put(Role.DATE, best)
            self.roles.read_day = reader_for(self._filled(best), self._span)
        else:
            self._rare_dates()
        self._time()

    def _filled(self, index: int) -> list[str]:
        return [c for c in self._profiles[index].cells if c.strip()]

    def _date_odds(self, index: int) -> float:
        booked = max(self._odds(Role.DATE, index), self._odds(Role.TIME, index) - 1.0)
        return booked + 2.0 * self._profiles[index].filled

    def _rare_dates(self) -> None:
        """Dates as YYMMDD, serial numbers, or month and day without a year."""
        named = [
            i
            for i in range(len(self._headings))
            if max(self._odds(Role.DATE, i), self._odds(Role.TIME, i)) >= _LEAST
        ]
        for index in named:
            reader = reader_for(self._filled(index), self._span)
            if reader is not None:
                self._put(Role.DATE, index)
                self.roles.read_day = reader
                return
        self._month_and_day()

    def _month_and_day(self) -> None:
        month = self._best(Role.MONTH)
        day = self._best(Role.DAY)
        if month is not None and day is not None and self._span is not None:
            self._put(Role.MONTH, month)
            self._put(Role.DAY, day)

    def _best(self, role: Role) -> int | None:
        free = [i for i in range(len(self._headings)) if i not in self._taken]
        best = max(free, key=lambda i: self._odds(role, i), default=None)
        return best if best is not None and self._odds(role, best) >= _LEAST else None

    def _time(self) -> None:
        free = [i for i, p in enumerate(self._profiles) if i not in self._taken and p.times > 0.8]
        named = [i for i in free if self._odds(Role.TIME, i) >= _LEAST]
        colons = [i for i in free if all(":" in c for c in self._filled(i))]
        if named or colons:
            self._put(Role.TIME, (named or colons)[0])

    # money

    def money(self) -> None:
        """Balance, debit, credit, amount and flag: the way whose headings and balances fit best."""
        columns = self._money_columns()
        flags = self._flag_columns()
        self.roles.flipped = frozenset(i for i in columns if _mostly_negative(self._profiles[i]))
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
        self.roles.money, self.roles.fit = True, best[2]
        for role, index in best[1].pairs():
            self._put(role, index)

    def _money_columns(self) -> list[int]:
        found = []
        for index, profile in enumerate(self._profiles):
            named = max(self._odds(role, index) for role in _MONEY_ROLES)
            likely = profile.money >= _MONEY_SHARE and not profile.counts_rows
            likely = likely and (profile.printed > 0.3 or named >= _LEAST)
            empty = not profile.filled and named >= _KNOWN * PATTERN
            if index not in self._taken and (likely or empty):
                found.append((named + 2.0 * profile.printed, index))
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        return sorted(index for _, index in found[:_MOST_MONEY])

    def _flag_columns(self) -> list[int | None]:
        found: list[int | None] = [None]
        for index, profile in enumerate(self._profiles):
            if index in self._taken:
                continue
            named = self._odds(Role.FLAG, index)
            few = len({c for c in profile.cells if c.strip()}) <= 6
            if few and (profile.flags >= _DATED or (named >= _LEAST and profile.filled > 0.5)):
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
        total = sum(self._odds(role, index) for role, index in way.pairs())
        if way.amount is not None:
            filled = self._profiles[way.amount].filled
            return total + _EXCLUSIVE * (2 * filled - 1)
        assert way.debit is not None and way.credit is not None
        return total + _EXCLUSIVE * (2 * self._exclusive(way.debit, way.credit) - 1)

    def _exclusive(self, debit: int, credit: int) -> float:
        """Share of rows of which exactly one of two columns holds an amount other than zero."""
        pairs = list(zip(self._profiles[debit].cells, self._profiles[credit].cells, strict=True))
        alone = sum(_moves(a) != _moves(b) for a, b in pairs)
        return alone / len(pairs) if pairs else 0.0

    def _fit(self, way: _Way) -> Fit | None:
        if way.balance is None:
            return None
        links = [self._link(way, row) for row in range(min(self._rows, _MOST_LINKS))]
        return best_fit(links)

    @property
    def _rows(self) -> int:
        return len(self._profiles[0].cells) if self._profiles else 0

    def _cell(self, index: int | None, row: int) -> str:
        return self._profiles[index].cells[row] if index is not None else ""

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
        return -value if value is not None and index in self.roles.flipped else value

    def _unflipped(self, index: int, value: Decimal) -> Decimal:
        """An amount beside a flag for money out; a minus sign with it says the same twice."""
        return abs(value) if index in self.roles.flipped or value < 0 else value

    # the rest

    def others(self) -> None:
        """All other roles, the likeliest pair of role and column first; texts may share one role."""
        pairs = [
            (self._score(role, index), role, index)
            for index in range(len(self._headings))
            if index not in self._taken
            for role in _OTHER_ROLES
        ]
        for weight, role, index in sorted(pairs, key=lambda p: (-p[0], p[2])):
            if weight < _LEAST or index in self._taken:
                continue
            if role in self.roles.columns and role not in _SHARED:
                continue
            self._put(role, index)
        if Role.DESCRIPTION not in self.roles.columns:
            self._unnamed_texts()

    def _unnamed_texts(self) -> None:
        for index, profile in enumerate(self._profiles):
            if index not in self._taken and profile.texts > 0.5 and not profile.constant:
                self._put(Role.DESCRIPTION, index)

    def _score(self, role: Role, index: int) -> float:
        profile = self._profiles[index]
        heading = self._odds(role, index)
        if role is Role.COUNTERPARTY and profile.mixed > MIXED:
            heading = max(self._odds(each, index) for each in _COUNTERPARTY_ROLES)
        if not profile.filled:
            return heading
        return heading + content_odds(role, profile)


_MONEY_ROLES = (Role.BALANCE, Role.DEBIT, Role.CREDIT, Role.AMOUNT)
_OTHER_ROLES = (
    Role.COUNTERPARTY,
    Role.COUNTERPARTY_NAME,
    Role.COUNTERPARTY_ACCOUNT,
    Role.COUNTERPARTY_BANK,
    Role.PAYER_NAME,
    Role.PAYER_ACCOUNT,
    Role.PAYEE_NAME,
    Role.PAYEE_ACCOUNT,
    Role.OWN_ACCOUNT,
    Role.OWN_NAME,
    Role.OWN_BANK,
    Role.CURRENCY,
    Role.SERIAL_NUMBER,
    Role.INDEX,
    Role.DESCRIPTION,
    Role.STATUS,
    Role.OTHER,
)
_COUNTERPARTY_ROLES = (
    Role.COUNTERPARTY,
    Role.COUNTERPARTY_NAME,
    Role.COUNTERPARTY_ACCOUNT,
)
_SHARED = {Role.DESCRIPTION, Role.OTHER}


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


# Digits of the largest amount that may stand without decimals; account numbers are longer.
WHOLE_YUAN_DIGITS = 11


def is_row_like(cells: Sequence[str]) -> bool:
    """Whether a line of cells may be a row before any role is known: a date and an amount."""
    dated = any(looks_dated(c) for c in cells)
    amounts = sum(read_amount(c) is not None and ("." in c or "," in c) for c in cells)
    # A spreadsheet keeps whole yuan without decimals: an amount and a balance beside the day.
    whole = sum(c.isdecimal() and len(c) <= WHOLE_YUAN_DIGITS for c in cells)
    return (dated and (amounts >= 1 or whole >= 2)) or amounts >= 2

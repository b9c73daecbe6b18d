"""The columns beside day and money: parties, accounts, texts and serials."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations

from extractors.layouts.declare import Role
from extractors.statements.column_choice import LEAST, Columns
from extractors.statements.content import MIXED, content_odds
from extractors.statements.money_columns import direction_of_row

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
_SIDES = {Role.PAYER_NAME, Role.PAYER_ACCOUNT, Role.PAYEE_NAME, Role.PAYEE_ACCOUNT}
_ACCOUNT_SIDES = (Role.PAYER_ACCOUNT, Role.PAYEE_ACCOUNT)
_COMPANIES = 0.4  # share of a text column's cells with companies that makes it the other side
_FEWEST_SIDES = 2  # rows of each direction that show on which side the holder stands


def choose_others(columns: Columns) -> None:
    """Choose the roles of all columns that day and money left free."""
    _Others(columns).others()


class _Others:
    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def others(self) -> None:
        """All other roles, the likeliest pair of role and column first; texts may share one role."""
        self._two_sides()
        pairs = [
            (self._score(role, index), role, index)
            for index in range(len(self._columns.headings))
            if index not in self._columns.taken
            for role in _OTHER_ROLES
        ]
        for weight, role, index in sorted(pairs, key=lambda p: (-p[0], p[2])):
            if weight < LEAST or index in self._columns.taken:
                continue
            if role in self._columns.roles.columns and role not in _SHARED:
                continue
            self._columns.put(role, index)
        self._parties_among_texts()
        if Role.DESCRIPTION not in self._columns.roles.columns:
            self._unnamed_texts()

    def _two_sides(self) -> None:
        """Payer and payee, known by the holder that stands in one of two columns in every row.

        The holder pays where money goes out, whatever the headings say.
        """
        outgoing = self._outgoing()
        for payer, payee in ((Role.PAYER_NAME, Role.PAYEE_NAME), _ACCOUNT_SIDES):
            for left, right in combinations(self._columns.free(), 2):
                order = _sides(
                    self._columns.profiles[left].cells,
                    self._columns.profiles[right].cells,
                    outgoing,
                )
                if order and self._fits_side(payer, left) and self._fits_side(payer, right):
                    first, second = (left, right) if order > 0 else (right, left)
                    self._columns.put(payer, first)
                    self._columns.put(payee, second)
                    break

    def _fits_side(self, role: Role, index: int) -> bool:
        return content_odds(role, self._columns.profiles[index]) > 0

    def _outgoing(self) -> list[bool | None]:
        """For each row whether money went out, as its amounts and flags say; None where neither does."""
        roles, profiles = self._columns.roles, self._columns.profiles
        count = len(profiles[0].cells) if profiles else 0
        return [direction_of_row(roles, profiles, row) for row in range(count)]

    def _parties_among_texts(self) -> None:
        """The other side where it is printed under 备注 and no column is named for it."""
        columns = self._columns.roles.columns
        if columns.keys() & {*_COUNTERPARTY_ROLES, Role.PAYER_NAME, Role.PAYEE_NAME}:
            return
        texts = columns.get(Role.DESCRIPTION, [])
        named = [i for i in texts if self._columns.profiles[i].companies >= _COMPANIES]
        if len(named) == 1:
            texts.remove(named[0])
            columns[Role.COUNTERPARTY_NAME] = named

    def _unnamed_texts(self) -> None:
        for index, profile in enumerate(self._columns.profiles):
            if index not in self._columns.taken and profile.texts > 0.5 and not profile.constant:
                self._columns.put(Role.DESCRIPTION, index)

    def _score(self, role: Role, index: int) -> float:
        profile = self._columns.profiles[index]
        heading = self._columns.odds(role, index)
        if role is Role.COUNTERPARTY and profile.mixed > MIXED:
            heading = max(self._columns.odds(each, index) for each in _COUNTERPARTY_ROLES)
        if not profile.filled or (role in _SIDES and heading < LEAST):
            return heading  # which side a column names, its contents alone do not say
        return heading + content_odds(role, profile)


def _sides(left: Sequence[str], right: Sequence[str], outgoing: Sequence[bool | None]) -> int:
    """1 where the holder stands left in rows of money out and right in the others; -1 turned; or 0."""
    counts = Counter(cell for cell in (*left, *right) if cell.strip())
    own, times = counts.most_common(1)[0] if counts else ("", 0)
    if times != len(left):
        return 0
    votes = Counter(
        (one == own, out) for one, out in zip(left, outgoing, strict=True) if out is not None
    )
    straight = min(votes[True, True], votes[False, False])
    turned = min(votes[True, False], votes[False, True])
    if straight >= _FEWEST_SIDES and not turned:
        return 1
    return -1 if turned >= _FEWEST_SIDES and not straight else 0

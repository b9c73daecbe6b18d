"""What the choice of a table's columns works on: headings, contents, and the roles given so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.layouts.declare import Role
from extractors.layouts.headings import PATTERN, role_of_heading, similarity
from extractors.statements.chain import Fit
from extractors.statements.dates import DayReader, Span
from extractors.statements.profiles import Profile

KNOWN = 6.0  # log-odds of a heading that is known
_NEAR = 3.0  # of the nearest one, times its likeness
_OTHERWISE = -4.0  # of a role for a column whose heading is known to say something else
LEAST = 2.5  # below which a column stays without a role


@dataclass(slots=True)
class Roles:
    """The column of each role, and what the choice rests on."""

    columns: dict[Role, list[int]] = field(default_factory=dict)
    read_day: DayReader | None = None
    fit: Fit | None = None
    money: bool = False
    sure: bool = True  # balances or headings say which column holds money in and money out
    flipped: frozenset[int] = frozenset()  # money columns that print money out as negative

    def first(self, role: Role) -> int | None:
        found = self.columns.get(role)
        return found[0] if found else None

    def role_of(self, index: int) -> Role | None:
        return next((r for r, found in self.columns.items() if index in found), None)


def heading_odds(role: Role, heading: str) -> float:
    """Log-odds of a role by its heading alone."""
    near = similarity(heading)
    own = near.get(role, 0.0)
    if own >= PATTERN:
        return KNOWN * own
    if near and max(near.values()) >= PATTERN:
        return _OTHERWISE
    return _NEAR * own


class Columns:
    """The columns of one table while their roles are chosen."""

    def __init__(
        self, headings: Sequence[str], profiles: Sequence[Profile], span: Span | None
    ) -> None:
        self.headings = headings
        self.profiles = profiles
        self.span = span
        self.taken: set[int] = set()
        self.roles = Roles()

    def __len__(self) -> int:
        return len(self.headings)

    def put(self, role: Role, index: int) -> None:
        """Give a column its role."""
        self.roles.columns.setdefault(role, []).append(index)
        self.taken.add(index)

    def free(self) -> list[int]:
        """Columns without a role, from left to right."""
        return [index for index in range(len(self.headings)) if index not in self.taken]

    def odds(self, role: Role, index: int) -> float:
        return heading_odds(role, self.headings[index])

    def names(self, role: Role, index: int) -> bool:
        """Whether a column's heading is known to name a role."""
        return self.odds(role, index) >= KNOWN * PATTERN

    def is_known(self, index: int) -> bool:
        """Whether a column's heading is known, whatever it names."""
        return role_of_heading(self.headings[index]) is not None

    def filled(self, index: int) -> list[str]:
        return [cell for cell in self.profiles[index].cells if cell.strip()]

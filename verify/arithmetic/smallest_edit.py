"""The smallest set of printed figures whose change makes a paper add up again (rules.md A21).

A paper is cells with values and equations that tie them: each a sum of cells with coefficients that
must be zero within a slack. The search is for a set of cells as small as possible, and new values
for them, that make every equation hold.

Sets of one and two cells are found exactly, and any number of single cells whose breaks lie apart.
Larger sets are sought by repairing the tightest broken equation by each of its cells in turn, to a
depth and a number of steps that the caller sets (steps, not seconds: the same answer on every
machine).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from verify.arithmetic.assignment import together

_ZERO = Decimal(0)
# Broken equations beyond which nobody changed single figures: rows are in another order, or missing
# throughout
_MOST_BROKEN = 300
# Explanations of one size beyond which the search stops: they say no more than that the place is
# unclear
MOST_FOUND = 100
_FINEST, _LARGEST = (
    6,
    18,
)  # decimals, and powers of ten, beyond which no paper prints an amount or a price
_WIDE = 60  # cells in one equation beyond which pairs inside it are not tried


@dataclass(frozen=True, slots=True)
class Equation:
    """Cells by index with their coefficients; holds when the sum is zero within `slack`."""

    terms: tuple[tuple[int, Decimal], ...]
    slack: Decimal = _ZERO


@dataclass(frozen=True, slots=True)
class Explanation:
    """New values for some cells, by index, in order of index."""

    edits: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """All smallest explanations found; `exact` when no smaller set exists.

    Empty when nothing is broken or none was found.
    """

    explanations: tuple[Explanation, ...]
    exact: bool
    broken: int


def gaps(values: Sequence[Decimal], equations: Sequence[Equation]) -> Iterator[Decimal]:
    """By how much each equation fails."""
    return (sum((f * values[c] for c, f in equation.terms), _ZERO) for equation in equations)


def holds(values: Sequence[Decimal], equations: Sequence[Equation]) -> bool:
    """Whether every equation holds within its slack."""
    return all(
        abs(gap) <= equation.slack
        for gap, equation in zip(gaps(values, equations), equations, strict=True)
    )


class _Search:
    def __init__(
        self, values: Sequence[Decimal], equations: Sequence[Equation], steps: int
    ) -> None:
        self.values, self.equations, self.left = values, equations, steps
        self.of: dict[int, list[tuple[int, Decimal]]] = {}
        for j, equation in enumerate(equations):
            for cell, factor in equation.terms:
                self.of.setdefault(cell, []).append((j, factor))
        self.widest = max((len(touched) for touched in self.of.values()), default=0)
        self.gap = {j: gap for j, gap in enumerate(gaps(values, equations)) if gap != 0}
        self.found: dict[tuple[int, ...], Explanation] = {}
        self.exact = True

    def broken(self, gap: dict[int, Decimal]) -> list[int]:
        return [j for j, glyph in gap.items() if abs(glyph) > self.equations[j].slack]

    def tightest(self, broken: list[int]) -> int:
        return min(broken, key=lambda j: (len(self.equations[j].terms), self.equations[j].slack, j))

    def moved(self, gap: dict[int, Decimal], cell: int, by: Decimal) -> dict[int, Decimal]:
        out = dict(gap)
        for j, factor in self.of[cell]:
            out[j] = out.get(j, _ZERO) + factor * by
        return out

    def printable(self, cell: int, by: Decimal) -> Decimal:
        """A change that leads to a figure the paper could print: a hundredth, or as fine as the
        figure itself is printed.
        """
        value = self.values[cell]
        exponent = value.as_tuple().exponent
        unit = Decimal(1).scaleb(
            max(-_FINEST, min(-2, exponent if isinstance(exponent, int) else -2))
        )
        new = value + by
        return new.quantize(unit) - value if new.adjusted() < _LARGEST else by

    def record(self, edits: dict[int, Decimal]) -> None:
        self.found.setdefault(
            tuple(sorted(edits)),
            Explanation(tuple((c, self.values[c] + edits[c]) for c in sorted(edits))),
        )

    def go(self, gap: dict[int, Decimal], edits: dict[int, Decimal], depth: int) -> None:
        """Records every set of exactly `depth` further cells that the search reaches and that
        repairs all.
        """
        broken = self.broken(gap)
        if (
            not broken
            or self.left <= 0
            or len(broken) > depth * self.widest
            or len(self.found) >= MOST_FOUND
        ):
            return
        self.left -= 1
        at = self.tightest(broken)
        for cell, factor in self.equations[at].terms:
            if cell in edits:
                continue
            by = self.printable(cell, -gap[at] / factor)
            if not by:
                continue
            if depth == 1:
                if self._repairs(gap, broken, cell, by):
                    self.record({**edits, cell: by})
                continue
            self.go(self.moved(gap, cell, by), {**edits, cell: by}, depth - 1)
        if depth == 2:
            self._pairs(gap, edits, at, broken)

    def _repairs(self, gap: dict[int, Decimal], broken: list[int], cell: int, by: Decimal) -> bool:
        touched = self.of[cell]
        if len(touched) < len(broken) or not {j for j, _ in touched}.issuperset(broken):
            return False
        return all(abs(gap.get(j, _ZERO) + f * by) <= self.equations[j].slack for j, f in touched)

    def _pairs(
        self, gap: dict[int, Decimal], edits: dict[int, Decimal], at: int, broken: list[int]
    ) -> None:
        """Two cells of one broken equation that share its repair: another equation of theirs says
        how much each.
        """
        cells = [(c, f) for c, f in self.equations[at].terms if c not in edits]
        if len(cells) > _WIDE:
            self.exact = False
            return
        for (one, f1), (two, f2) in combinations(cells, 2):
            a1, a2 = dict(self.of[one]), dict(self.of[two])
            if not set(broken) <= set(a1) | set(a2):
                continue
            for other in (set(a1) | set(a2)) - {at}:
                g1, g2 = a1.get(other, _ZERO), a2.get(other, _ZERO)
                det = f1 * g2 - f2 * g1
                if not det:
                    continue
                r1, r2 = -gap[at], -gap.get(other, _ZERO)
                by1, by2 = (r1 * g2 - f2 * r2) / det, (f1 * r2 - g1 * r1) / det
                if not by1 or not by2:
                    continue
                after = self.moved(self.moved(gap, one, by1), two, by2)
                if not self.broken(after):
                    self.record({**edits, one: by1, two: by2})


def least_edit(
    values: Sequence[Decimal], equations: Sequence[Equation], *, most: int = 5, steps: int = 6000
) -> Explained:
    """The smallest explanations of at most `most` cells."""
    search = _Search(values, equations, steps)
    broken = search.broken(search.gap)
    if not broken:
        return Explained((), True, 0)
    if len(broken) > _MOST_BROKEN:
        return Explained((), False, len(broken))
    parts = _apart(search, broken)
    if len(parts) > 1 and (joined := _joined(search, parts, most)):
        return Explained(joined[0], joined[1], len(broken))
    found, size = _smallest(search, search.gap, most)
    return Explained(tuple(found), 0 < size <= 2 and search.exact, len(broken))


def _smallest(search: _Search, gap: dict[int, Decimal], most: int) -> tuple[list[Explanation], int]:
    """All explanations of the least size for these gaps, and that size; none and 0 where there is
    none within `most`.
    """
    for size in range(1, most + 1):
        search.found = {}
        search.go(gap, {}, size)
        if search.found:
            return sorted(search.found.values(), key=lambda e: [c for c, _ in e.edits]), size
    return [], 0


def _apart(search: _Search, broken: list[int]) -> list[list[int]]:
    """Broken equations in groups of which no cell touches two: each needs an edit of its own."""
    return together(broken, lambda j: [c for c, _ in search.equations[j].terms])


def _joined(
    search: _Search, parts: list[list[int]], most: int
) -> tuple[tuple[Explanation, ...], bool] | None:
    """One explanation of each group put together, alternatives of each group with the first of the
    others; None when a group has none.
    """
    chosen: list[list[Explanation]] = []
    exact = search.exact
    for part in parts:
        found, size = _smallest(search, {j: search.gap[j] for j in part}, most)
        if not found:
            return None
        exact = exact and size == 1
        chosen.append(found)
    first = [found[0] for found in chosen]
    sets = [first]
    for index, found in enumerate(chosen):
        sets += [[*first[:index], other, *first[index + 1 :]] for other in found[1:]]
    joined = [
        Explanation(tuple(sorted(edit for explanation in some for edit in explanation.edits)))
        for some in sets
    ]
    whole = tuple(
        entry for entry in joined if _repairs_all(search, entry)
    )  # groups may still meet in an equation that held
    return (whole, exact and search.exact) if whole else None


def _repairs_all(search: _Search, explanation: Explanation) -> bool:
    gap = search.gap
    for cell, new in explanation.edits:
        gap = search.moved(gap, cell, new - search.values[cell])
    cells = {c for c, _ in explanation.edits}
    return len(cells) == len(explanation.edits) and not search.broken(gap)


def change_of_digits(before: Decimal, after: Decimal) -> str:
    """How one printed amount turns into another: one_digit, digit_added, digit_removed, swapped, or
    an empty string.
    """
    a, b = (f"{abs(value):.2f}".replace(".", "") for value in (before, after))
    if a == b:
        return ""
    if len(a) == len(b):
        differ = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        if len(differ) == 1:
            return "one_digit"
        if (
            len(differ) == 2
            and differ[1] == differ[0] + 1
            and a[differ[0]] == b[differ[1]]
            and a[differ[1]] == b[differ[0]]
        ):
            return "swapped"
        return ""
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) == len(shorter) + 1 and any(
        longer[:i] + longer[i + 1 :] == shorter for i in range(len(longer))
    ):
        return "digit_added" if len(b) > len(a) else "digit_removed"
    return ""

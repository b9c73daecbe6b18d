"""The smallest edit, against all ways of changing one or two figures."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from conftest import honest_packet
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import Document
from verify.arithmetic.equations import paper_sums
from verify.arithmetic.smallest_edit import Equation, change_of_digits, least_edit


def _chain(moves: list[int], changed: dict[int, int]) -> tuple[list[Decimal], list[Equation]]:
    """Cells: opening, then amount and balance of each row, then the total of amounts.

    Some cells are changed.
    """
    values = [Decimal(1000)]
    for move in moves:
        values += [Decimal(move), values[-1] + move]
    values.append(Decimal(sum(moves)))
    for cell, by in changed.items():
        values[cell % len(values)] += by
    equations = []
    for n in range(len(moves)):
        before = 0 if n == 0 else 2 * n
        equations.append(
            Equation(((2 * n + 2, Decimal(1)), (before, Decimal(-1)), (2 * n + 1, Decimal(-1))))
        )
    total = ((len(values) - 1, Decimal(1)), *((2 * n + 1, Decimal(-1)) for n in range(len(moves))))
    return values, [*equations, Equation(total)]


def _holds(values: list[Decimal], equations: list[Equation]) -> bool:
    return all(sum((f * values[c] for c, f in e.terms), Decimal(0)) == 0 for e in equations)


def _solvable(values: list[Decimal], equations: list[Equation], cells: tuple[int, ...]) -> bool:
    """Whether new values of these cells alone can make all equations hold: Gaussian elimination
    over the cells.
    """
    rows = []
    for e in equations:
        own = [sum((f for c, f in e.terms if c == cell), Decimal(0)) for cell in cells]
        rows.append([*own, -sum((f * values[c] for c, f in e.terms), Decimal(0))])
    for column in range(len(cells)):
        pivot = next((r for r in rows if r[column] and not any(r[:column])), None)
        if pivot is None:
            continue
        for row in rows:
            if row is not pivot and row[column]:
                factor = row[column] / pivot[column]
                for k in range(len(row)):
                    row[k] -= factor * pivot[k]
    return all(any(r[:-1]) or r[-1] == 0 for r in rows)


MOVES = st.lists(st.integers(-400, 400).filter(bool), min_size=2, max_size=5)
CHANGES = st.dictionaries(
    st.integers(0, 11), st.integers(-900, 900).filter(bool), min_size=1, max_size=2
)


@settings(max_examples=150, deadline=None)
@given(MOVES, CHANGES)
def test_no_smaller_set_explains_and_every_explanation_repairs(
    moves: list[int], changed: dict[int, int]
) -> None:
    values, equations = _chain(moves, changed)
    found = least_edit(values, equations)
    if _holds(values, equations):
        assert not found.explanations and found.broken == 0
        return
    assert found.explanations
    size = len(found.explanations[0].edits)
    for explanation in found.explanations:
        repaired = list(values)
        for cell, new in explanation.edits:
            repaired[cell] = new
        assert _holds(repaired, equations)
    everything = range(len(values))
    if size <= 3 and found.exact:
        for smaller in range(1, size):
            assert not any(
                _solvable(values, equations, cells) for cells in combinations(everything, smaller)
            )
    if size == 1:
        ways = {
            cells for cells in combinations(everything, 1) if _solvable(values, equations, cells)
        }
        assert {tuple(c for c, _ in e.edits) for e in found.explanations} == ways


def test_two_explanations_of_one_size_are_both_told() -> None:
    """A total and one of its parts: changing either repairs it."""
    values = [Decimal(10), Decimal(20), Decimal(40)]
    found = least_edit(values, [Equation(((2, Decimal(1)), (0, Decimal(-1)), (1, Decimal(-1))))])
    assert {e.edits for e in found.explanations} == {
        ((0, Decimal(20)),),
        ((1, Decimal(30)),),
        ((2, Decimal(30)),),
    } and found.exact


def test_breaks_far_apart_are_explained_together() -> None:
    moves = [100] * 40
    values, equations = _chain(moves, {})
    for row in (3, 9, 15, 21, 27, 33):
        values[2 * row + 2] += 7  # one balance each
    found = least_edit(values, equations)
    assert found.exact and [c for c, _ in found.explanations[0].edits] == [
        2 * r + 2 for r in (3, 9, 15, 21, 27, 33)
    ]


def test_a_changed_row_of_a_read_statement_is_named() -> None:
    statement = honest_packet().of_type("bank_statement")[0]
    rows = list(statement.rows)
    at = next(i for i, r in enumerate(rows) if i > 40 and r.credit > 1000)
    old = rows[at].credit
    rows[at] = replace(rows[at], credit=old * 10)
    changed: Document = replace(statement, rows=tuple(rows))
    sums = paper_sums(changed)
    found = least_edit(sums.values, sums.equations)
    assert found.exact and any(
        sums.cells[c].place is rows[at] and new == old
        for e in found.explanations
        for c, new in e.edits
        if len(e.edits) == 1
    )


def test_how_digits_change() -> None:
    d = Decimal
    assert change_of_digits(d("143434.70"), d("943434.70")) == "one_digit"
    assert change_of_digits(d("98500.00"), d("9850.00")) == "digit_removed"
    assert change_of_digits(d("9850.00"), d("98500.00")) == "digit_added"
    assert change_of_digits(d("1243.00"), d("1423.00")) == "swapped"
    assert change_of_digits(d("1243.00"), d("9999.00")) == ""


def test_new_values_are_figures_that_a_paper_can_print() -> None:
    net, tax, total = Decimal("39381.98"), Decimal("7119.66"), Decimal("44501.64")
    rate = Equation(((1, Decimal(1)), (0, Decimal("-0.13"))), Decimal("0.01"))
    adds_up = Equation(((2, Decimal(1)), (0, Decimal(-1)), (1, Decimal(-1))))
    assert least_edit([net, tax, total], [rate, adds_up]).explanations[0].edits == (
        (1, Decimal("5119.66")),
    )

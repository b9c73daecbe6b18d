"""The kernels against their oracles (graph.md 6.4): networkx, brute force, algebra, closed forms,
planted rings, metamorphic changes.
"""

from __future__ import annotations

from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from party_graphs import HARD_CIRCLE

from graphs.kernels.arrays import both_ways, distinct
from graphs.kernels.circles import CircleList, circles
from graphs.kernels.flows import flows
from graphs.kernels.new_edge import NewEdges
from graphs.kernels.witnesses import witnesses

EDGES = st.sets(
    st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda e: e[0] != e[1]), max_size=34
)
Edges = set[tuple[int, int]]


def _array(edges: Edges) -> np.ndarray:  # type: ignore[type-arg]
    return np.array(sorted(edges), np.int64).reshape(-1, 2)


def _canonical(cycle: tuple[int, ...]) -> tuple[int, ...]:
    start = cycle.index(min(cycle))
    return cycle[start:] + cycle[:start]


def _listed(found: CircleList) -> set[tuple[int, ...]]:
    rows = [_canonical(found.of(i)) for i in range(len(found))]
    assert len(rows) == len(set(rows)), "a circle is listed once"
    return set(rows)


def _networkx(edges: Edges, longest: int) -> set[tuple[int, ...]]:
    return {
        _canonical(tuple(c))
        for c in nx.simple_cycles(nx.DiGraph(sorted(edges)), length_bound=longest)
        if len(c) >= 2
    }


@settings(max_examples=150, deadline=None)
@given(EDGES, st.integers(2, 9))
def test_equal_to_networkx(edges: Edges, longest: int) -> None:
    found = circles(9, _array(edges), longest)
    assert _listed(found) == _networkx(edges, longest) and found.complete_to == longest


def test_many_random_graphs_and_every_length() -> None:
    dice = np.random.default_rng(5)
    for _ in range(120):
        count = int(dice.integers(3, 13))
        edges = {
            (int(a), int(b))
            for a, b in dice.integers(0, count, (int(dice.integers(2, 40)), 2))
            if a != b
        }
        for longest in (3, 5, 8, 12):
            assert _listed(circles(count, _array(edges), longest)) == _networkx(edges, longest)


def test_the_circle_that_a_common_algorithm_misses() -> None:
    edges = HARD_CIRCLE
    found = _listed(circles(7, _array(edges), 6))
    brute = {
        p
        for k in range(2, 7)
        for p in permutations(range(7), k)
        if p[0] == min(p) and all(e in edges for e in zip(p, (*p[1:], p[0]), strict=True))
    }
    assert (1, 5, 6, 3, 4, 2) in found and found == brute


@pytest.mark.parametrize("size", [3, 5, 8])
def test_groups_hold_the_closed_form(size: int) -> None:
    from math import comb, factorial

    edges = {(a, b) for a in range(size) for b in range(size) if a != b}
    lengths = np.bincount(
        circles(size, _array(edges), size, budget=10**9).lengths(), minlength=size + 1
    )
    assert [int(lengths[k]) for k in range(2, size + 1)] == [
        comb(size, k) * factorial(k - 1) for k in range(2, size + 1)
    ]


def test_planted_rings_and_nothing_else() -> None:
    dice = np.random.default_rng(3)
    low, high = np.sort(dice.integers(0, 3000, (2, 6000)), axis=0)
    dag = {(int(a), int(b)) for a, b in zip(low, high, strict=True) if a != b}
    rings: Edges = set()
    at = 3000
    for length in range(2, 13):
        rings |= {(at + i, at + (i + 1) % length) for i in range(length)} | {
            (int(dice.integers(0, 3000)), at)
        }
        at += length
    found = circles(at, _array(dag | rings), 12)
    assert sorted(found.lengths().tolist()) == list(range(2, 13))
    broken = dag | {e for e in rings if e[1] != e[0] + 1 or e[0] < 3000}
    assert len(circles(at, _array(broken), 12)) == 0


def test_a_chain_of_diamonds_costs_nothing() -> None:
    """networkx takes 2^30 steps here; all circles have 61 vertices."""
    edges = [
        e
        for i in range(30)
        for e in (
            (3 * i, 3 * i + 1),
            (3 * i, 3 * i + 2),
            (3 * i + 1, 3 * i + 3),
            (3 * i + 2, 3 * i + 3),
        )
    ] + [(90, 0)]
    assert (
        len(circles(91, np.array(edges), 60)) == 0
        and circles(91, np.array(edges), 60).complete_to == 60
    )
    whole = circles(91, np.array(edges), 61)
    assert len(whole) == 0 and whole.complete_to == 60 and len(whole.limited) == 1


@settings(max_examples=60, deadline=None)
@given(EDGES, st.integers(1, 40))
def test_what_is_said_of_limited_roots_is_true(edges: Edges, budget: int) -> None:
    longest = 7
    found, all_ = circles(9, _array(edges), longest, budget=budget), _networkx(edges, longest)
    listed = _listed(found)
    limited = {int(v) for v in found.limited}
    assert listed <= all_
    assert {c for c in all_ if len(c) <= found.complete_to} <= listed
    assert {c for c in all_ if not limited & set(c)} <= listed
    beyond, uncovered = witnesses(9, _array(edges), found)
    covered = {e for c in [*listed, *beyond] for e in zip(c, (*c[1:], c[0]), strict=True)}
    digraph = nx.DiGraph(sorted(edges))
    parts = [p for p in nx.strongly_connected_components(digraph) if p & limited]
    assert uncovered == 0 and all(
        e in covered for e in edges for p in parts if e[0] in p and e[1] in p
    )


@settings(max_examples=40, deadline=None)
@given(EDGES, st.randoms(use_true_random=False))
def test_names_order_and_direction_change_nothing(edges: Edges, dice: object) -> None:
    base = sorted(circles(9, _array(edges), 6).lengths().tolist())
    order = list(range(9))
    dice.shuffle(order)  # type: ignore[attr-defined]
    renamed = np.array([(order[a], order[b]) for a, b in edges], np.int64).reshape(-1, 2)
    turned = np.array([(b, a) for a, b in edges], np.int64).reshape(-1, 2)
    twice = np.concatenate((_array(edges), _array(edges) + 9)) if edges else _array(edges)
    assert (
        sorted(circles(9, renamed, 6).lengths().tolist())
        == base
        == sorted(circles(9, turned, 6).lengths().tolist())
    )
    assert sorted(circles(18, twice, 6).lengths().tolist()) == sorted(base * 2)


def test_shares_of_the_roots_are_the_whole_and_progress_reaches_the_end() -> None:
    edges = np.random.default_rng(8).integers(0, 40, (140, 2))
    whole = circles(40, edges, 6, budget=60)
    told: list[tuple[int, int]] = []
    shares = [
        circles(
            40, edges, 6, budget=60, share=(i, 3), each=lambda done, all_: told.append((done, all_))
        )
        for i in range(3)
    ]
    assert len(whole) and len(whole.limited)
    assert sorted(s.of(i) for s in shares for i in range(len(s))) == sorted(
        map(whole.of, range(len(whole)))
    )
    limits = [
        list(zip(s.limited.tolist(), s.reached.tolist(), strict=True)) for s in (whole, *shares)
    ]
    assert sorted(root for limit in limits[1:] for root in limit) == sorted(limits[0])
    assert sum(done == all_ for done, all_ in told) == 3


def test_threads_change_nothing() -> None:
    dice = np.random.default_rng(8)
    edges = dice.integers(0, 4000, (20_000, 2))
    one, two = (circles(4000, edges, 6, threads=n) for n in (1, 2))
    assert np.array_equal(one.vertices, two.vertices) and np.array_equal(one.starts, two.starts)


def test_counts_agree_with_algebra() -> None:
    dice = np.random.default_rng(9)
    edges = distinct(200, dice.integers(0, 200, (900, 2)))
    a = np.zeros((200, 200), np.int64)
    a[edges[:, 0], edges[:, 1]] = 1
    r = a * a.T
    r1 = r.sum(axis=1)
    a2, a3 = a @ a, a @ a @ a
    want = {
        2: r1.sum() // 2,
        3: np.trace(a3) // 3,
        4: (np.trace(a3 @ a) - 2 * (r1**2).sum() + r1.sum()) // 4,
        5: np.trace(a3 @ a2) // 5 - (r1 * np.diag(a3)).sum() + (r * a2.T).sum(),
    }
    got = np.bincount(circles(200, edges, 5).lengths(), minlength=6)
    assert {k: int(got[k]) for k in want} == {k: int(v) for k, v in want.items()}


@settings(max_examples=80, deadline=None)
@given(EDGES, st.integers(0, 8), st.integers(0, 8))
def test_a_new_guarantee_closes_the_circles_through_it(
    edges: Edges, source: int, target: int
) -> None:
    if source == target:
        return
    graph, backward = both_ways(9, distinct(9, _array(edges)))
    search = NewEdges(graph, backward)
    want = {
        c
        for length in (6, 9)
        for c in _networkx(edges | {(source, target)}, length)
        if (source, target) in zip(c, (*c[1:], c[0]), strict=True)
    }
    for budget in (1, 20, 10**9):
        for longest in (6, 9):
            found = search.closed_by(source, target, longest, budget=budget)
            assert {_canonical(c) for c in found.circles} == {
                c for c in want if len(c) <= found.complete_to
            }
            assert found.count == len(found.circles) and found.complete_to <= longest
    assert found.complete_to == 9


def test_money_that_comes_home() -> None:
    source, target = np.array([0, 1, 2, 0, 3], np.int32), np.array([1, 2, 0, 3, 0], np.int32)
    day, amount = np.array([1, 2, 3, 5, 20], np.int32), np.array([100.0, 98.0, 97.0, 50.0, 50.0])
    assert flows(source, target, day, amount, hops=7, days=7, share=0.05) == ([(0, 1, 2)], 0)
    assert flows(source, target, day, amount, hops=7, days=30, share=0.05)[0] == [(0, 1, 2), (3, 4)]
    assert flows(source, target, day, amount, hops=2, days=7, share=0.05)[0] == []
    assert (
        flows(
            source, target, np.array([3, 2, 1, 5, 20], np.int32), amount, hops=7, days=7, share=0.05
        )[0]
        == []
    )
    assert (
        flows(
            source,
            target,
            day,
            np.array([100.0, 80.0, 97.0, 50.0, 10.0]),
            hops=7,
            days=30,
            share=0.05,
        )[0]
        == []
    )


@settings(max_examples=60, deadline=None)
@given(st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=60))
def test_plain_python_and_machine_code_find_the_same(edges: set[tuple[int, int]]) -> None:
    own = np.array(sorted(edges), np.int32).reshape(-1, 2)
    plain = circles(12, own, 6)
    compiled = circles(12, own, 6, plain_walks=0)
    assert plain.vertices.tolist() == compiled.vertices.tolist()
    assert plain.starts.tolist() == compiled.starts.tolist()
    assert plain.reached.tolist() == compiled.reached.tolist()

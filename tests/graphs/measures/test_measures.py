"""Guarantee patterns against brute force on random graphs."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from party_graphs import HARD_CIRCLE

from extractors.model import WHOLE_PAGE
from graphs.measures.guarantee_circle import guarantee_circles
from graphs.measures.joint_group import joint_groups
from graphs.measures.mutual_guarantee import mutual_guarantees
from graphs.measures.star_guarantor import star_guarantors
from graphs.measures.support import external_support
from graphs.model import Entity, PartyGraph, Place, Relation
from graphs.resolve.same_party import Mention, resolve

EDGES = st.sets(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda e: e[0] != e[1]), max_size=22
)


def graph_of(edges: set[tuple[int, int]], amount: int = 100) -> PartyGraph:
    names = {n for e in edges for n in e}
    entities = {
        f"c{n}": Entity(id=f"c{n}", kind="company", name=f"c{n}", names=(f"c{n}",))
        for n in sorted(names)
    }
    place = Place(packet="p", file="f", document="d", page=1, box=WHOLE_PAGE, text="t")
    relations = tuple(
        Relation(
            kind="guarantees",
            source=f"c{a}",
            target=f"c{b}",
            amount=Decimal(amount),
            start=None,
            end=None,
            places=(place,),
            contract=f"{a}-{b}",
        )
        for a, b in sorted(edges)
    )
    return PartyGraph(entities, relations)


def brute(edges: set[tuple[int, int]], longest: int) -> set[tuple[str, ...]]:
    nodes = sorted({n for e in edges for n in e})
    found = set()
    for size in range(3, longest + 1):
        for path in permutations(nodes, size):
            if path[0] == min(path) and all(
                (a, b) in edges for a, b in zip(path, (*path[1:], path[0]), strict=True)
            ):
                found.add(tuple(f"c{n}" for n in path))
    return found


@settings(max_examples=60, deadline=None)
@given(EDGES)
def test_circles_equal_brute_force(edges: set[tuple[int, int]]) -> None:
    result = guarantee_circles(graph_of(edges), longest=5)
    assert {p.members for p in result.patterns} == brute(edges, 5)
    assert result.complete_to_length == 5 and not result.limited_roots


def test_the_circle_that_a_common_algorithm_misses() -> None:
    assert ("c1", "c5", "c6", "c3", "c4", "c2") in {
        p.members for p in guarantee_circles(graph_of(HARD_CIRCLE), longest=6).patterns
    }


@settings(deadline=None)
@given(EDGES)
def test_mutual_pairs(edges: set[tuple[int, int]]) -> None:
    want = {(f"c{a}", f"c{b}") for a, b in edges if a < b and (b, a) in edges}
    assert {p.members for p in mutual_guarantees(graph_of(edges))} == want


@settings(deadline=None)
@given(EDGES)
def test_edge_order_changes_nothing(edges: set[tuple[int, int]]) -> None:
    graph = graph_of(edges)
    turned = PartyGraph(graph.entities, graph.relations[::-1])
    assert [p.members for p in guarantee_circles(graph).patterns] == [
        p.members for p in guarantee_circles(turned).patterns
    ]


def test_support_stars_and_groups() -> None:
    graph = graph_of({(0, 1), (1, 2), (2, 0), (3, 0)})
    assert external_support(graph, {"c0", "c1", "c2"}) == 100
    assert star_guarantors(graph_of({(0, n) for n in range(1, 7)}))[0].members[0] == "c0"
    clique = {(a, b) for a in range(3) for b in range(3) if a != b}
    assert [p.members for p in joint_groups(graph_of(clique))] == [("c0", "c1", "c2")]


def test_resolution_by_code_then_name() -> None:
    parties = resolve(
        [
            Mention("甲（集团）有限公司", "91350100M000100Y43"),
            Mention("新甲有限公司", "91350100M000100Y43"),
            Mention("甲(集团)有限公司"),
            Mention("乙有限公司"),
        ]
    )
    assert parties.of("甲(集团)有限公司") == parties.of("新甲有限公司") != parties.of("乙有限公司")
    assert len(parties.entities) == 2

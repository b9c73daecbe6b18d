"""Control, ownership, contagion and cuts on worked examples and against brute force."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.model import WHOLE_PAGE
from graphs.measures.circle_cut import circle_cut
from graphs.measures.common_controller import common_controllers
from graphs.measures.contagion import Contract, spread
from graphs.measures.control import (
    beneficial_owners,
    control_groups,
    controlled_by,
    holdings,
    owners_of,
    self_owned,
)
from graphs.measures.guarantee_capacity import Capacity
from graphs.measures.guarantee_chain import guarantee_chains
from graphs.model import Entity, PartyGraph, Place, Relation

PLACE = Place(packet="p", file="f", document="d", page=1, box=WHOLE_PAGE, text="t")


def owned(*holdings_: tuple[str, str, float]) -> PartyGraph:
    """Holdings in percent; names in capitals are firms, others people."""
    names = sorted({n for a, b, _ in holdings_ for n in (a, b)})
    entities = {
        n: Entity(id=n, kind="company" if n.isupper() else "person", name=n, names=(n,))
        for n in names
    }
    relations = tuple(
        Relation(
            kind="holds_shares",
            source=a,
            target=b,
            amount=None,
            start=None,
            end=None,
            places=(PLACE,),
            share=Decimal(str(s)),
        )
        for a, b, s in holdings_
    )
    return PartyGraph(entities, relations)


def test_control_adds_what_controlled_firms_hold() -> None:
    graph = owned(
        ("li", "A", 60), ("A", "B", 30), ("li", "B", 25), ("B", "C", 51), ("wang", "C", 49)
    )
    assert (
        controlled_by("li", holdings(graph)) == ("A", "B", "C")
        and controlled_by("wang", holdings(graph)) == ()
    )
    (group,) = control_groups(graph)
    assert group.members == ("li", "A", "B", "C")
    assert [p.members for p in common_controllers(graph) if p.members[0] == "li"] == [
        ("li", "A", "B", "C")
    ]


def test_exactly_half_is_no_control() -> None:
    assert controlled_by("li", holdings(owned(("li", "A", 50), ("wang", "A", 50)))) == ()


def test_owners_through_all_paths_and_cross_holdings() -> None:
    graph = owned(
        ("li", "A", 50), ("li", "B", 20), ("A", "B", 40), ("wang", "A", 50), ("wang", "B", 40)
    )
    assert {o.owner: float(o.share) for o in owners_of("B", graph)} == {
        "wang": 60.0,
        "A": 40.0,
        "li": 40.0,
    }
    cross = owned(("li", "A", 80), ("B", "A", 20), ("A", "B", 50), ("wang", "B", 50))
    shares = {o.owner: float(o.share) for o in owners_of("A", cross)}
    assert shares["li"] == pytest.approx(80 / 0.9, abs=1e-4) and shares["wang"] == pytest.approx(
        10 / 0.9, abs=1e-4
    )
    assert [o.owner for o in beneficial_owners("A", cross)] == ["li"]


def test_a_loop_that_owns_itself_is_told_and_not_inverted() -> None:
    graph = owned(
        ("A", "B", 100), ("B", "C", 100), ("C", "A", 100), ("C", "D", 60), ("li", "D", 40)
    )
    (loop,) = self_owned(graph)
    assert loop.members == ("A", "B", "C") and owners_of("A", graph) == ()
    assert {o.owner: float(o.share) for o in owners_of("D", graph)} == {"li": 40.0}


def ring(count: int, amount: int) -> list[Contract]:
    return [Contract(f"f{i}", ((f"f{(i + 1) % count}", Decimal(amount)),)) for i in range(count)]


def test_contagion_round_a_ring() -> None:
    capacity = {f"f{i}": Decimal(9) for i in range(6)}
    found = spread(["f0"], ring(6, 10), capacity)
    assert len(found.rounds) == 6 and set(found.failed) == set(capacity)
    assert spread(["f0"], ring(6, 10), capacity | {"f3": Decimal(10)}).failed == ("f0", "f1", "f2")


def test_joint_guarantors_share_among_those_that_stand() -> None:
    contract = Contract("d", (("a", Decimal(100)), ("b", Decimal(100))), joint=True)
    assert spread(["d"], [contract], {"a": Decimal(60), "b": Decimal(60)}).calls == {
        "a": Decimal(50),
        "b": Decimal(50),
    }
    assert set(spread(["d"], [contract], {"a": Decimal(10), "b": Decimal(60)}).failed) == {
        "d",
        "a",
        "b",
    }


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.permutations(range(5)).map(lambda p: p[:3]), min_size=1, max_size=6),
    st.lists(st.integers(1, 9), min_size=20, max_size=20),
)
def test_the_cut_is_the_cheapest(circles: list[list[int]], costs: list[int]) -> None:
    named = [[str(v) for v in c] for c in circles]
    pairs = [(a, b) for a in "01234" for b in "01234" if a != b]
    weight = {e: float(c) for e, c in zip(pairs, costs, strict=True)}
    steps = [set(zip(c, (*c[1:], c[0]), strict=True)) for c in named]
    edges = sorted({e for own in steps for e in own})
    found = circle_cut(named, weight)
    assert found.is_optimal and all(set(found.edges) & own for own in steps)
    if len(edges) <= 11:
        best = min(
            sum(weight[e] for e in some)
            for k in range(len(edges) + 1)
            for some in combinations(edges, k)
            if all(set(some) & own for own in steps)
        )
        assert found.weight == pytest.approx(best)


def test_chains_count_a_circle_as_one_place() -> None:
    edges = [("A", "B"), ("B", "A"), ("B", "C"), ("C", "D"), ("D", "E")]
    entities = {n: Entity(id=n, kind="company", name=n, names=(n,)) for n in "ABCDE"}
    relations = tuple(
        Relation(
            kind="guarantees",
            source=a,
            target=b,
            amount=Decimal(1),
            start=None,
            end=None,
            places=(PLACE,),
            contract=a + b,
        )
        for a, b in edges
    )
    (chain,) = guarantee_chains(PartyGraph(entities, relations))
    assert chain.members == ("B", "C", "D", "E") and chain.figures["depth"] == "3"


def test_capacity() -> None:
    found = Capacity("g", Decimal(300), Decimal(500), Decimal(200))
    assert (
        found.cover(Decimal(1)) == Decimal(-1)
        and found.cover(Decimal(3)) == 2
        and found.share == Decimal(700) / 300
    )

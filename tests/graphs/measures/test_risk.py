"""Contagion, clearing, DebtRank, cuts, maturities, communities, declared relations and checks of
applications, each against an oracle.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.measures.application_check import Portfolio
from graphs.measures.circle_cut import full_cut
from graphs.measures.clearing import clearing_payments, debt_rank
from graphs.measures.community import guarantee_communities
from graphs.measures.contagion import Contagion, Contract, spread
from graphs.measures.declared import compared
from graphs.measures.guarantee_chain import guarantee_chains
from graphs.measures.guarantee_circle import guarantee_circles
from graphs.measures.maturity import maturity_ladder
from graphs.measures.release import plan_release
from graphs.measures.star_guarantor import star_borrowers
from graphs.measures.stress import StressTest
from graphs.model import PartyGraph
from graphs.registers.foreign import read_foreign

DAY = date(2026, 6, 30)


def table(
    *rows: str, head: str = "保证人,债务人,金额,合同编号,起始日,到期日,原合同编号"
) -> PartyGraph:
    return read_foreign("t.csv", "\n".join([head, *rows]).encode()).graph


def one(found: PartyGraph, name: str) -> str:
    return next(e.id for e in found.entities.values() if e.name == name)


EDGES = st.sets(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda e: e[0] != e[1]), max_size=11
)


@settings(max_examples=60, deadline=None)
@given(EDGES, st.randoms())
def test_a_full_cut_is_the_cheapest_and_leaves_no_circle(
    pairs: set[tuple[int, int]], dice: object
) -> None:
    edges = sorted((f"c{a}", f"c{b}") for a, b in pairs)
    weight = {e: float(dice.randint(1, 9)) for e in edges}  # type: ignore[attr-defined]
    found = full_cut(edges, weight)
    assert nx.is_directed_acyclic_graph(nx.DiGraph([e for e in edges if e not in found.edges]))
    least = min(
        sum(weight[e] for e in chosen)
        for size in range(len(edges) + 1)
        for chosen in combinations(edges, size)
        if nx.is_directed_acyclic_graph(nx.DiGraph([e for e in edges if e not in chosen]))
    )
    assert found.is_optimal and found.weight == pytest.approx(least)


def test_kept_guarantees_stay_and_a_kept_circle_has_no_cut() -> None:
    found = table("甲公司,乙公司,9,,,,", "乙公司,甲公司,1,,,,")
    (cheap,) = plan_release(found).releases
    assert cheap.amount == 1 and plan_release(found).alternative == ((one(found, "甲公司"), one(found, "乙公司")),)  # fmt: skip
    kept = plan_release(found, [(one(found, "乙公司"), one(found, "甲公司"))])
    assert [r.amount for r in kept.releases] == [Decimal(9)]
    both = [(r.source, r.target) for r in found.relations]
    assert not plan_release(found, both).is_feasible


def test_a_release_without_an_amount_is_never_cheap() -> None:
    found = table("甲公司,乙公司,9,,,,", "乙公司,甲公司,,,,,", "丙公司,甲公司,50,,,,")
    (release,) = plan_release(found).releases
    assert release.amount == 9 and release.left == 0


def test_the_first_ring_oracle() -> None:
    ring = [Contract(f"c{i}", ((f"c{(i + 1) % 6}", Decimal(10)),)) for i in range(6)]
    capacity = {f"c{i}": Decimal(9) for i in range(6)}
    assert len(spread(["c0"], ring, capacity).rounds) == 6
    assert spread(["c0"], ring, capacity | {"c3": Decimal(10)}).failed == ("c0", "c1", "c2")


def test_calls_on_failed_guarantors_and_the_loss_of_the_bank_are_told() -> None:
    joint = Contract("b", (("g", Decimal(100)), ("h", Decimal(100))), joint=True)
    found = spread(["b"], [joint], {"g": Decimal(10), "h": Decimal(1000)})
    assert found.rounds == (("b",), ("g",))
    assert found.calls == {"g": Decimal(50), "h": Decimal(100)} and found.bank_loss == 0
    poor = spread(["b"], [joint], {"g": Decimal(10), "h": Decimal(20)})
    assert poor.failed == ("b", "g", "h") and poor.bank_loss == Decimal(70)


@settings(max_examples=60, deadline=None)
@given(EDGES, st.randoms())
def test_the_least_fixed_point(pairs: set[tuple[int, int]], dice: object) -> None:
    amounts = {e: Decimal(dice.randint(1, 9)) for e in sorted(pairs)}  # type: ignore[attr-defined]
    contracts = [Contract(str(b), ((str(a), n),)) for (a, b), n in amounts.items()]
    capacity = {str(v): Decimal(dice.randint(0, 12)) for v in range(6)}  # type: ignore[attr-defined]
    failed = {"0"}
    while True:
        calls: dict[str, Decimal] = {}
        for (a, b), n in amounts.items():
            if str(b) in failed:
                calls[str(a)] = calls.get(str(a), Decimal(0)) + n
        more = {g for g, called in calls.items() if called > capacity[g]} - failed
        if not more:
            break
        failed |= more
    found = Contagion(contracts).spread(["0"], capacity)
    assert set(found.failed) == failed
    lost = sum(n for (_, b), n in amounts.items() if str(b) in failed)
    paid = sum(min(c, capacity[g]) for g, c in calls.items())
    assert found.bank_loss == max(lost - paid, 0)


def test_eisenberg_and_noe() -> None:
    # Two companies owe each other 10 and have 2 and 20: the first pays all that it gets and has,
    # the second all that it owes.
    claims = {("a", "b"): 20.0, ("b", "a"): 10.0}
    paid = clearing_payments(["a", "b"], claims, {"a": 2.0, "b": 20.0})
    assert paid == pytest.approx({"a": 12.0, "b": 10.0})
    # Glasserman & Young 2015, figure 1, before the shock: everybody pays in full.
    ring = {("a", "b"): 10.0, ("b", "c"): 10.0, ("c", "a"): 10.0}
    assert clearing_payments(list("abc"), ring, {}) == pytest.approx(dict.fromkeys("abc", 10.0))


@settings(max_examples=40, deadline=None)
@given(EDGES, st.randoms())
def test_clearing_is_the_greatest_fixed_point(pairs: set[tuple[int, int]], dice: object) -> None:
    claims = {(str(a), str(b)): float(dice.randint(1, 9)) for a, b in sorted(pairs)}  # type: ignore[attr-defined]
    names = [str(v) for v in range(6)]
    assets = {v: float(dice.randint(0, 5)) for v in names}  # type: ignore[attr-defined]
    owed = {v: sum(n for (a, _), n in claims.items() if a == v) for v in names}
    paid = dict(owed)
    for _ in range(5000):
        paid = {
            v: min(
                owed[v],
                assets[v]
                + sum(n / owed[a] * paid[a] for (a, b), n in claims.items() if b == v and owed[a]),
            )
            for v in names
        }
    found = clearing_payments(names, claims, assets)
    assert found == pytest.approx(paid, abs=1e-3)


def test_debt_rank_of_a_chain_and_a_circle() -> None:
    # b loses half of its capital with a, c a quarter of its own with b.
    exposures = {("a", "b"): 5.0, ("b", "c"): 5.0}
    capital = {"a": 10.0, "b": 10.0, "c": 10.0}
    distress, beyond = debt_rank(list("abc"), exposures, capital, ["a"])
    assert distress == pytest.approx({"a": 1.0, "b": 0.5, "c": 0.25})
    assert beyond == pytest.approx(7.5 / 30)
    distress, _ = debt_rank(list("abc"), exposures | {("c", "a"): 10.0}, capital, ["a"])
    assert distress["b"] == pytest.approx(0.5)  # each passes its distress on once


def test_contracts_that_ended_or_were_renewed() -> None:
    found = table(
        "甲公司,乙公司,5,C1,2024-01-01,2027-01-01,",
        "甲公司,乙公司,6,C2,2026-01-01,2028-01-01,C1",
        "乙公司,甲公司,7,C3,2025-01-01,2026-01-01,",
    )
    assert sorted(r.contract for r in found.as_of(DAY).relations) == ["C2"]
    assert sorted(r.contract for r in found.as_of(date(2025, 6, 1)).relations) == ["C1", "C3"]


def test_what_falls_due_when_and_which_circles_end_by_themselves() -> None:
    found = table(
        "甲公司,乙公司,5,C1,,2026-07-10,",
        "乙公司,丙公司,6,C2,,2026-09-01,",
        "丙公司,甲公司,7,C3,,,",
        "丁公司,甲公司,,C4,,2026-01-01,",
    )
    rungs = {r.name: r for r in maturity_ladder(found, DAY, guarantee_circles(found).patterns)}
    assert (len(rungs["ended"].guarantees), rungs["ended"].unknown) == (1, 1)
    assert rungs["within_30"].amount == 5 and len(rungs["within_30"].circles) == 1
    assert rungs["within_90"].amount == 6 and rungs["no_end"].amount == 7
    assert sum(len(r.guarantees) for r in rungs.values()) == 4


def test_a_community_tells_what_a_committee_decides_on() -> None:
    found = table(
        "甲公司,乙公司,10,C1,2026-01-01,,",
        "乙公司,甲公司,20,C2,2025-01-01,,",
        "丙公司,甲公司,30,C3,2020-01-01,,",
        "丁公司,戊公司,40,C4,,,",
    )
    (community,) = guarantee_communities(found, DAY)
    figures = community.figures
    assert set(found.names(community.members)) == {"甲公司", "乙公司", "丙公司"}
    assert figures["exposure"] == "60.00" and figures["external_support"] == "30.00"
    assert figures["share_of_portfolio"] == "60.00" and figures["mutual_pairs"] == "1"
    assert (figures["new_in_last_year"], figures["new_in_year_before"]) == ("1", "1")


@settings(max_examples=40, deadline=None)
@given(EDGES)
def test_shells_and_chains_as_networkx_has_them(pairs: set[tuple[int, int]]) -> None:
    rows = [f"c{a}公司,c{b}公司,1,,,," for a, b in sorted(pairs)]
    found = table(*rows)
    digraph = nx.DiGraph([(f"c{a}公司", f"c{b}公司") for a, b in pairs])
    for community in guarantee_communities(found):
        inside = digraph.subgraph(found.names(community.members)).to_undirected()
        assert int(community.figures["shell"]) == max(nx.core_number(inside).values())
    whole = nx.condensation(digraph)
    longest = nx.dag_longest_path_length(whole) if len(whole) else 0
    chains = guarantee_chains(found, 1)
    assert max((int(c.figures["depth"]) for c in chains), default=0) == longest


def test_a_borrower_of_many_is_seen() -> None:
    found = table(*(f"保{n}公司,丙公司,1,,,," for n in "一二三四五"))
    (star,) = star_borrowers(found, 5)
    assert found.name(star.members[0]) == "丙公司" and star.figures["guarantors"] == "5"


def test_declared_beside_shown() -> None:
    declared = table("甲公司,乙公司,5,,,,", "甲公司,丁公司,1,,,,")
    shown = table("甲公司,乙公司,8,C1,,,", "丙公司,甲公司,3,C2,,,", "己公司,庚公司,3,C3,,,")
    found = compared(declared, shown)
    assert [(a.amount, b.amount) for a, b in found.differ] == [(Decimal(5), Decimal(8))]
    assert [found.graph.name(r.target) for r in found.declared_only] == ["丁公司"]
    assert [found.graph.name(r.source) for r in found.not_declared] == ["丙公司"]


def test_an_application_closes_circles_with_the_portfolio() -> None:
    portfolio = table("甲公司,乙公司,1,,,,", "乙公司,丙公司,1,,,,", "丙公司,丁公司,1,,,,")
    new = read_foreign("new.csv", "保证人,债务人\n丙公司,甲公司\n丁公司,丙公司\n".encode()).graph
    found = Portfolio(portfolio).closed_by(new)
    shown = {(p.kind, frozenset(found.graph.names(p.members))) for p in found.patterns}
    assert shown == {
        ("guarantee_circle", frozenset({"甲公司", "乙公司", "丙公司"})),
        ("mutual_guarantee", frozenset({"丙公司", "丁公司"})),
    }
    assert found.complete_to_length == 8 and found.more == 0


def test_the_rank_of_who_brings_down_most() -> None:
    found = table("乙公司,甲公司,5,,,,", "丙公司,乙公司,5,,,,", "丁公司,戊公司,5,,,,")
    ranking = StressTest(found).ranking(2)
    assert next(found.name(c) for c, _ in ranking) == "甲公司"
    assert len(ranking[0][1].failed) == 3

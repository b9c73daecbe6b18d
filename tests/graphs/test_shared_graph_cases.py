"""Each shared case of a graph file, with what it has to give."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from conftest import SHARED

from graphs.measures.circular_flow import circular_flows, transfers_of
from graphs.measures.contagion import contracts_of
from graphs.measures.control import control_groups, owners_of, self_owned
from graphs.measures.guarantee_circle import guarantee_circles
from graphs.measures.mutual_guarantee import mutual_guarantees
from graphs.measures.release import plan_release
from graphs.measures.stress import StressTest
from graphs.model import PartyGraph
from graphs.registers.foreign import read_foreign
from graphs.registers.import_report import Imported, NotAGraph

CASES = SHARED / "graph_cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the shared cases are not here")
DAY = date(2026, 6, 30)


def read(name: str) -> Imported:
    return read_foreign(name, (CASES / name).read_bytes())


def graph(name: str) -> PartyGraph:
    return read(name).graph


def lost(name: str) -> dict[str, int]:
    return {n.reason.code: n.count for n in read(name).report.noted if n.reason.is_loss}


@pytest.mark.parametrize("name", ["own_export.ftm", "export_pf.csv"])
def test_own_exports_of_an_earlier_version(name: str) -> None:
    kinds = Counter(r.kind for r in graph(name).relations)
    assert (kinds["guarantees"], kinds["holds_shares"], kinds["pays"]) == (35, 58, 3508)
    assert not read(name).report.lost_something


def test_links_that_are_no_guarantees() -> None:
    assert not graph("ftm_unknownlink.jsonl").relations
    assert lost("ftm_unknownlink.jsonl") == {"link_unknown": 3}


def test_ownership_statements_of_an_earlier_version() -> None:
    (held,) = graph("bods03.json").relations
    assert (held.kind, held.share, graph("bods03.json").name(held.source)) == ("holds_shares", Decimal(80), "Jane Roe")  # fmt: skip


def test_two_companies_of_one_name_are_two() -> None:
    found = graph("same_name_codes2.csv")
    assert {e.code for e in found.entities.values() if "华联" in e.name} == {"91330106MA27X00015", "91440300MA5DX0002Q"}  # fmt: skip
    assert not mutual_guarantees(found)


@pytest.mark.parametrize("name", ["share_percent.xlsx", "share_fraction.csv"])
def test_sixty_percent_is_sixty(name: str) -> None:
    assert {r.share for r in graph(name).relations} == {Decimal(60), Decimal(40)}


def test_thirds() -> None:
    assert {r.share for r in graph("near_half.csv").relations} == {
        Decimal("66.666667"),
        Decimal("33.333333"),
    }


@pytest.mark.parametrize(
    ("name", "releases"), [("k5.csv", 10), ("k40.csv", 780), ("mutual_only.csv", 1)]
)
def test_groups_and_pairs_are_cut(name: str, releases: int) -> None:
    plan = plan_release(graph(name))
    assert len(plan.releases) == releases and plan.cut.is_optimal


def test_the_cheaper_side_of_a_pair_is_released() -> None:
    (release,) = plan_release(graph("mutual_only.csv")).releases
    assert release.amount == 50 and release.left == 0


def test_what_has_ended_counts_no_more() -> None:
    live = graph("expired.csv").as_of(DAY)
    assert not live.relations and not plan_release(live).releases
    assert len(guarantee_circles(graph("expired.csv")).patterns) == 1


def test_all_circles_of_twelve_firms_are_counted() -> None:
    found = guarantee_circles(graph("k12holes.csv"), 8, budget=10**9, most=100)
    assert found.complete_to_length == 8 and not found.limited_roots
    assert sum(n for _, n in found.counts) == 1_568_254 and len(found.patterns) == 100


def test_guarantees_without_an_amount_are_intervals() -> None:
    found = StressTest(graph("noamount.csv")).of([_id(graph("noamount.csv"), "甲公司")])
    assert len(found.certain.failed) == 1 and not found.loss_is_bounded
    assert len(found.uncertain) == 2 and found.unknown_called == 2


def test_amounts_in_words_and_rows_told_twice() -> None:
    found = contracts_of(graph("capacity.csv"))
    assert sorted(c.debt for c in found) == [Decimal(900_000), Decimal(1_000_000)]
    (twice,) = contracts_of(graph("twice.csv"))
    assert twice.debt == 50


def test_a_ring_of_six_fails_round_by_round() -> None:
    found = graph("ring6.csv")
    spread = StressTest(found, otherwise=Decimal(9)).of([_id(found, "F0公司")]).certain
    assert len(spread.rounds) == 6 and spread.bank_loss == Decimal(60 - 54)


def test_rows_cells_and_columns_that_were_lost() -> None:
    assert lost("missing.csv") == {"party_missing": 3} and lost("empty.csv") == {"no_rows": 1}
    assert lost("ragged.csv") == {"cells_beyond_head": 1}
    assert lost("hugename.csv") == {"cell_too_long": 2}
    assert lost("numeric_cells.xlsx") == {"party_missing": 1}
    (row,) = graph("numeric_cells.xlsx").relations
    assert (row.contract, row.end) == ("20260001", date(2027, 12, 31))
    assert len(graph("dup_head.csv").relations) == 3
    with pytest.raises(NotAGraph):
        read("zero.csv")


@pytest.mark.parametrize(
    ("name", "relations"),
    [("u16.csv", 3), ("semicolon.csv", 2), ("tab.csv", 2), ("latin1.csv", 2), ("big5.csv", 1), ("cr.csv", 2), ("gb.csv", 3), ("title_row.csv", 2), ("nul.csv", 1)],
)  # fmt: skip
def test_forms_of_tables(name: str, relations: int) -> None:
    assert len(graph(name).relations) == relations and not read(name).report.lost_something


def test_english_companies_are_companies() -> None:
    found = graph("en_owner.csv")
    assert {e.name: e.kind for e in found.entities.values()} == {
        "Holding Ltd": "company",
        "A Ltd": "company",
        "B Ltd": "company",
        "Jane Roe": "person",
    }
    (group,) = control_groups(found)
    assert len(group.members) == 4
    assert [e.kind for e in graph("en_names.csv").entities.values()].count("company") == 2


def test_money_that_comes_home() -> None:
    moved, undated = transfers_of(graph("pays.csv"))
    (flow,) = circular_flows(moved).patterns
    assert len(flow.members) == 3 and undated == 0


def test_a_ring_longer_than_asked_is_told() -> None:
    found = guarantee_circles(graph("long9.csv"), 8)
    assert not found.patterns and [len(part) for part in found.longer_parts] == [9]


def test_ownership_through_cross_holdings() -> None:
    found = graph("cross.csv")
    held = {o.owner: o.share for o in owners_of(_id(found, "A有限公司"), found)}
    assert held[_id(found, "张三")] == Decimal("56.818182")
    assert len(self_owned(graph("selfowned.csv"))) == 1


def _id(found: PartyGraph, name: str) -> str:
    return next(e.id for e in found.entities.values() if e.name == name)

"""Graphs in and out: tables, FollowTheMoney, BODS, GraphML; what comes back is what went out."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import networkx as nx
import pytest
from conftest import SHARED

from extractors.values.csv_cell import restored
from graphs.formats.exchange import FORMS, export
from graphs.formats.json_graph import circle_lines, graph_json, graph_of, pattern_of
from graphs.measures.control import beneficial_owners, owners_of
from graphs.measures.guarantee_circle import guarantee_circles
from graphs.merge import merged
from graphs.model import PartyGraph
from graphs.neighbourhood import neighbourhood, shortest_path
from graphs.registers.foreign import imported
from graphs.registers.import_report import NotAGraph

GUARANTEES = """保证人,债务人,担保金额（元）,合同编号,签订日期
甲贸易有限公司,乙贸易有限公司,"1,000,000.00",B1,2025-01-01
乙贸易有限公司,丙贸易有限公司,800000,B2,2025-02-01
丙贸易有限公司,甲贸易有限公司,900000,B3,2025-03-01
"""
SHARES = "股东,公司,持股比例\n张三,甲贸易有限公司,60%\n=cmd(),丙贸易有限公司,49\n"


def _graph() -> PartyGraph:
    return merged(
        [imported("g.csv", GUARANTEES.encode()), imported("s.csv", SHARES.encode("gb18030"))]
    )


def test_tables_become_a_graph_with_places() -> None:
    graph = _graph()
    (circle,) = guarantee_circles(graph).patterns
    assert (
        len(circle.members) == 3
        and [r.amount for r in circle.relations].count(Decimal(1000000)) == 1
    )
    assert {(p.file, p.page) for r in circle.relations for p in r.places} == {
        ("g.csv", 2),
        ("g.csv", 3),
        ("g.csv", 4),
    }
    assert [(r.share, graph.name(r.source)) for r in graph.of_kind("holds_shares")] == [
        (Decimal(49), "=cmd()"),
        (Decimal(60), "张三"),
    ]


def test_stored_and_read_again() -> None:
    graph = _graph()
    assert graph_of(json.loads(json.dumps(graph_json(graph)))) == graph
    with pytest.raises(ValueError, match="schema"):
        graph_of({"schema": "other"})
    found = guarantee_circles(graph)
    told, *lines = map(json.loads, circle_lines(found))
    assert told == {"complete_to_length": 8, "limited_roots": [], "uncovered": 0}
    assert tuple(map(pattern_of, lines)) == found.patterns


def test_other_programs_read_what_is_written() -> None:
    graph = _graph()
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        again = read(io.BytesIO(export(graph, form).encode()))
        assert set(again) == set(graph.entities) and again.number_of_edges() == len(graph.relations)
    rows = list(csv.reader(io.StringIO(export(graph, "csv"))))
    assert len(rows) == len(graph.relations) + 1 and not [
        c for r in rows[1:] for c in r if c.startswith(("=", "+", "-", "@"))
    ]
    assert {restored(r[1]) for r in rows[1:]} == {graph.name(r.source) for r in graph.relations}
    lines = [json.loads(line) for line in export(graph, "ftm").splitlines()]
    assert len(lines) == len(graph.entities) + len(graph.relations)
    assert set(FORMS) == {"graphml", "gexf", "csv", "ftm"}


def test_followthemoney_comes_back() -> None:
    graph = _graph()
    again = imported("x.ftm", export(graph, "ftm").encode())
    assert {e.name for e in again.entities.values()} == {e.name for e in graph.entities.values()}
    assert sorted((r.kind, r.amount, r.share) for r in again.relations if r.amount) == sorted(
        (r.kind, r.amount, r.share) for r in graph.relations if r.amount
    )


@pytest.mark.parametrize(
    "data", [b"", b"a,b\n1,2\n", b"[1, 2]", b"{}", b"[", b"PK\x03\x04nothing", b"\xff\xfe\x00"]
)
def test_what_is_no_graph_is_refused_with_what_was_looked_for(data: bytes) -> None:
    with pytest.raises(NotAGraph, match=r"\w"):
        imported("x", data)


def test_neighbours_and_ways() -> None:
    graph = _graph()
    ids = {e.name: e.id for e in graph.entities.values()}
    near = neighbourhood(graph, [ids["张三"]], 1)
    assert {e.name for e in near.entities.values()} == {"张三", "甲贸易有限公司"}
    way = shortest_path(graph, ids["张三"], ids["=cmd()"])
    assert way is not None and [r.kind for r in way] == [
        "holds_shares",
        "guarantees",
        "holds_shares",
    ]
    assert (
        shortest_path(neighbourhood(graph, [ids["张三"]], 0), ids["张三"], ids["甲贸易有限公司"])
        is None
    )


@pytest.mark.skipif(not (SHARED / "real").exists(), reason="the shared sample is not here")
def test_worked_ownership_examples() -> None:
    def owners(name: str, firm: str) -> dict[str, float]:
        graph = imported(name, (SHARED / "real/ownership" / f"{name}.json").read_bytes())
        (found,) = [e.id for e in graph.entities.values() if e.name == firm]
        return {graph.name(o.owner): float(o.share) for o in owners_of(found, graph)}

    assert owners("fermcat", "Fermcat Ltd") == {"Patrick O'Donohue": 100.0}
    assert owners("tecido", "Tecido Ltd") == {"Shear Trust": 80.0}
    assert owners("joint-ownership", "CHRINON LTD") == {
        "Joint shareholding": 100.0,
        "Natalie Coleman": 50.0,
        "Roberto Lopez": 50.0,
    }
    assert owners("indirect-ownership", "Company A") == {"Company B": 60.0}
    graph = imported("fermcat", (SHARED / "real/ownership/fermcat.json").read_bytes())
    assert [
        graph.name(o.owner)
        for o in beneficial_owners(
            next(e.id for e in graph.entities.values() if e.kind == "company"), graph
        )
    ] == ["Patrick O'Donohue"]
    for path in sorted((SHARED / "real/ownership").glob("*.json")):
        try:
            assert imported(path.name, path.read_bytes()).entities
        except NotAGraph:
            continue  # a fragment or a schema, refused with a reason

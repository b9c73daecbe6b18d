"""The bank's own tables beside papers: loan ledgers, guarantees that both tell, what lies around
some names, files that mean harm.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from graph_papers import A, B, C, D, guarantee
from party_graphs import build, graph, tie

from extractors.errors import OverLimit, ReaderDied
from extractors.intake.limits import Limits
from extractors.model import Packet
from extractors.sandbox.isolation import chosen
from graphs.formats.json_graph import graph_json
from graphs.merge import joined
from graphs.neighbourhood import around_names
from graphs.registers import apart
from graphs.registers.apart import imported_apart
from graphs.registers.foreign import imported
from graphs.registers.import_report import NotAGraph

LEVEL = chosen()


def test_a_loan_ledger_tells_a_guarantee_for_each_guarantor() -> None:
    ledger = f"客户名称,保证人,保证人代码,贷款余额（万元）,借据号,放款日,到期日\n{A},{B}、{C}；{D},91510107MA8952547T,120.5,J1,2025-01-01,2026-01-01\n{B},,,1,J2,,\n"
    found = imported("台账.csv", ledger.encode())
    assert {
        (found.name(r.source), found.name(r.target), r.amount, r.contract) for r in found.relations
    } == {(g, A, Decimal(1_205_000), "J1") for g in (B, C, D)}
    assert not any(e.code for e in found.entities.values())  # a code is told of one guarantor alone
    assert all(r.end is not None and [p.page for p in r.places] == [2] for r in found.relations)


def test_a_guarantee_that_paper_and_table_tell_is_one() -> None:
    papers = build([Packet(id="P", documents=(guarantee(1, A, B),), files=())])
    same, other = (
        imported("t.csv", f"保证人,债务人,金额\n{A},{B},{n}\n".encode())
        for n in (5_000_000, 4_000_000)
    )
    (one,) = joined([papers, same]).relations
    assert one.contract == "保1" and [(p.packet, p.file) for p in one.places] == [
        ("P", "guarantee_contract-1.pdf"),
        ("", "t.csv"),
    ]
    assert len(joined([papers, other]).relations) == 2
    numbered = imported("t.csv", f"保证人,债务人,金额,合同编号\n{A},{B},5000000,保9\n".encode())
    assert len(joined([papers, numbered]).relations) == 2


def test_around_names_takes_the_nearest_first() -> None:
    chain = graph(
        *(tie("guarantees", f"c{n}", f"c{n + 1}", "1") for n in range(10)),
        tie("guarantees", "x", "y", "1"),
    )
    assert set(around_names(chain, ["C4"], 2, 100).entities) == {"c2", "c3", "c4", "c5", "c6"}
    few = around_names(chain, ["C4"], 8, 3)
    assert set(few.entities) == {"c3", "c4", "c5"} and len(few.relations) == 2
    assert (
        not around_names(chain, ["C99"], 8, 3).entities
        and not around_names(chain, [], 8, 3).entities
    )


def test_read_apart_as_read_here() -> None:
    table = f"保证人,债务人,金额\n{A},{B},5\n".encode("gb18030")
    assert imported_apart("t.csv", table, Limits(), LEVEL) == imported("t.csv", table)
    with pytest.raises(NotAGraph) as refused:
        imported_apart("t.csv", "客户,余额\n1,2\n".encode(), Limits(), LEVEL)
    assert "客户、余额" in refused.value.zh and "客户、余额" in refused.value.en


def test_too_many_relations_and_too_little_memory() -> None:
    rows = "".join(f"甲{n},乙{n}\n" for n in range(apart.MOST_RELATIONS // 2 + 1))
    with pytest.raises(OverLimit):
        imported_apart("t.csv", ("保证人,债务人\n" + rows).encode(), Limits(), LEVEL)
    with pytest.raises(ReaderDied):
        imported_apart(
            "t.csv",
            ("保证人,债务人\n" + rows).encode(),
            replace(Limits(), memory_bytes=2**20),
            LEVEL,
        )


@pytest.mark.parametrize(
    "properties",
    [{"name": [["list"]]}, {"name": ["\ud800"]}, {"name": ["x" * 2_000]}, {"name": ["\0"]}],
)
def test_what_others_could_not_hold_is_refused(properties: dict[str, object]) -> None:
    line = json.dumps(
        {"id": "a", "schema": "Company", "properties": properties | {"phone": ["13812345678"]}}
    )
    with pytest.raises(ReaderDied):
        imported_apart("x", line.encode(), Limits(), LEVEL)


def test_an_account_takes_no_party_s_id() -> None:
    lines = [
        {"id": f"company:{A}", "schema": "BankAccount", "properties": {"name": ["x"]}},
        {"id": "b", "schema": "Company", "properties": {"name": [B]}},
        {
            "id": "p",
            "schema": "Payment",
            "properties": {"payer": ["b"], "beneficiary": [f"company:{A}"]},
        },
    ]
    found = imported_apart("x", "\n".join(map(json.dumps, lines)).encode(), Limits(), LEVEL)
    assert {e.id for e in found.entities.values() if not e.is_party} == {f"account:company:{A}"}
    assert json.loads(json.dumps(graph_json(found)))

"""A graph that is exported and imported again is the same graph, in every form; what other programs
changed in it is taken.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.model import Box
from graphs.formats.exchange import FORMS, export
from graphs.formats.json_graph import graph_json, graph_of, graph_of_text, graph_text
from graphs.merge import merged
from graphs.model import Entity, MergeReason, NetAssets, PartyGraph, Place, Relation
from graphs.registers.foreign import read_foreign

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
NAMED = TEXTS.filter(bool)
SIDES = st.integers(0, 10_000).map(lambda n: n / 10_000)
AMOUNTS = st.decimals("0", "999999999999.99", places=2)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
PLACES = st.builds(
    Place,
    packet=TEXTS,
    file=NAMED,
    document=NAMED,
    page=st.integers(1, 999),
    box=st.builds(Box, SIDES, SIDES, SIDES, SIDES),
    text=TEXTS,
    source=TEXTS,
    target=TEXTS,
)
WORTHS = st.builds(
    NetAssets, value=AMOUNTS, day=st.none() | DAYS, confidence=st.just(1.0), place=PLACES
)
JOINS = st.builds(
    MergeReason,
    one=NAMED,
    other=NAMED,
    by=st.sampled_from(["code", "former_name", "told"]),
    what=TEXTS,
    places=st.tuples(PLACES),
)
KINDS = ("company", "person", "account", "phone", "address", "file")
TIES = ("guarantees", "holds_shares", "represents", "has_interest", "invoices", "pays")


@st.composite
def graphs(draw: Callable[[st.SearchStrategy[object]], object]) -> PartyGraph:
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5))
    assert isinstance(kinds, list)
    entities = {}
    for number, kind in enumerate(kinds):
        name, other = draw(NAMED), draw(NAMED)
        assert isinstance(name, str) and isinstance(other, str)
        party = kind in ("company", "person")
        entity = Entity(
            id=f"{kind}:{number}{name}",
            kind=kind,
            name=name,
            names=(name, other),
            code=draw(st.sampled_from(["", "91510107MA8952547T"])) if party else "",  # type: ignore[arg-type]
            joins=(draw(JOINS),) if party and number % 2 else (),  # type: ignore[arg-type]
            worth=draw(st.none() | WORTHS) if party else None,  # type: ignore[arg-type]
        )
        entities[entity.id] = entity
    ids = st.sampled_from(sorted(entities))
    parties = sorted(e.id for e in entities.values() if e.is_party)
    count = draw(st.integers(0, 5)) if parties else 0
    assert isinstance(count, int)
    return PartyGraph(
        entities,
        tuple(_relation(draw, st.sampled_from(parties), ids, entities) for _ in range(count)),
    )


def _relation(
    draw: Callable[[st.SearchStrategy[object]], object],
    parties: st.SearchStrategy[str],
    ids: st.SearchStrategy[str],
    entities: dict[str, Entity],
) -> Relation:
    target = draw(ids)
    kind = draw(st.sampled_from(TIES)) if entities[str(target)].is_party else "has_contact"
    return Relation(
        kind=str(kind),
        source=str(draw(parties)),
        target=str(target),
        amount=draw(st.none() | AMOUNTS),  # type: ignore[arg-type]
        start=draw(st.none() | DAYS),  # type: ignore[arg-type]
        end=draw(st.none() | DAYS),  # type: ignore[arg-type]
        places=tuple(draw(st.lists(PLACES, min_size=1, max_size=2))),  # type: ignore[arg-type]
        contract=str(draw(TEXTS)),
        share=draw(st.none() | st.decimals("0", "100", places=4)),  # type: ignore[arg-type]
        mode=str(draw(TEXTS)),
        replaces=str(draw(TEXTS)),
    )


@pytest.mark.parametrize("form", [*FORMS, "json"])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(graph=graphs())
def test_what_goes_out_comes_in(form: str, graph: PartyGraph) -> None:
    text = graph_text(graph) if form == "json" else export(graph, form)
    found = read_foreign("x", text.encode("utf-8", "surrogatepass"))
    assert found.graph == graph
    assert not found.report.lost_something


@settings(max_examples=15, deadline=None)
@given(graph=graphs())
def test_lines_and_one_object_hold_the_same(graph: PartyGraph) -> None:
    text = graph_text(graph)
    assert json.loads(text) == json.loads(json.dumps(graph_json(graph)))
    assert graph_of_text(text.encode()) == graph_of(json.loads(text)) == graph


def small() -> PartyGraph:
    return read_foreign(
        "t.csv", "保证人,债务人,金额\n甲公司,乙公司,5\n乙公司,甲公司,6\n".encode()
    ).graph


@pytest.mark.parametrize("form", ["graphml", "gexf", "csv"])
def test_what_another_program_changed_is_taken_and_told(form: str) -> None:
    text = export(small(), form)
    mark = {"csv": ",guarantees,5,", "graphml": ">5</data>", "gexf": 'value="5"'}[form]
    assert mark in text
    found = read_foreign("x", text.replace(mark, mark.replace("5", "7")).encode())
    assert sorted(r.amount or 0 for r in found.graph.relations) == [Decimal(6), Decimal(7)]
    assert {n.reason.code for n in found.report.noted} == {"edited_elsewhere"}


def test_a_built_graph_joins_a_ledger_and_another_graph() -> None:
    again = read_foreign("x.graphml", export(small(), "graphml").encode()).graph
    ledger = read_foreign("l.csv", "保证人,债务人,金额\n乙公司,丙公司,9\n".encode()).graph
    whole = merged([again, ledger])
    assert {e.name for e in whole.entities.values()} == {"甲公司", "乙公司", "丙公司"}
    assert len(whole.relations) == 3


GRAPHML = """<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="d0" for="node" attr.name="label" attr.type="string"/><key id="d1" for="edge" attr.name="relation" attr.type="string"/>
<key id="d2" for="edge" attr.name="amount" attr.type="double"/>
<graph edgedefault="directed"><node id="n0"><data key="d0">Alpha Ltd</data></node><node id="n1"><data key="d0">Beta GmbH</data></node>
<edge source="n0" target="n1"><data key="d1">guarantee</data><data key="d2">12.5</data></edge>
<edge source="n1" target="n0"><data key="d1">friend</data></edge><edge source="n1" target="n9"/></graph></graphml>"""


def test_graphml_of_another_program() -> None:
    found = read_foreign("x.graphml", GRAPHML.encode())
    (guarantee,) = found.graph.relations
    assert (guarantee.kind, guarantee.amount) == ("guarantees", Decimal("12.5"))
    assert {e.kind for e in found.graph.entities.values()} == {"company"}
    assert {n.reason.code: n.count for n in found.report.noted} == {
        "link_unknown": 1,
        "end_unknown": 1,
    }


def test_followthemoney_is_valid_by_its_own_library() -> None:
    ftm = pytest.importorskip("followthemoney")
    for line in export(small(), "ftm").splitlines():
        entity = json.loads(line)
        ftm.model.get(entity["schema"]).validate(entity)

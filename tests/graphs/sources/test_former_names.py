"""Former names: joined, with why, undone by a person's word, kept when graphs are merged and
stored.
"""

from __future__ import annotations

import json
from dataclasses import replace

from conftest import honest_files, honest_packet, read_packet
from hypothesis import given
from hypothesis import strategies as st
from other_layouts import name_change
from party_graphs import build, place

from graphs.formats.json_graph import graph_json, graph_of
from graphs.merge import merged
from graphs.model import EVENTS
from graphs.resolve.same_party import Mention, Renamed, Told, resolve

CODE, OTHER = "9151010760181590XB", "91610113170759087H"
OLD, NEW = "成都旧名印刷厂", "成都新名印刷有限公司"


def test_a_former_name_joins_with_why_and_the_latest_name_stands() -> None:
    parties = resolve([Mention(OLD), Mention(NEW, CODE)], renamed=[Renamed(OLD, NEW, (place(),))])
    (party,) = parties.entities.values()
    assert party.name == NEW and party.code == CODE and parties.of(OLD) == party.id
    (why,) = party.joins
    assert (why.by, why.what, why.places) == ("former_name", OLD, (place(),))


def test_a_name_that_another_firm_bears_by_now_is_no_tie() -> None:
    assert (
        len(
            resolve([Mention(OLD, OTHER), Mention(NEW, CODE)], renamed=[Renamed(OLD, NEW)]).entities
        )
        == 2
    )


def test_a_person_keeps_apart_what_papers_join() -> None:
    mentions = [Mention(OLD, CODE), Mention(NEW, CODE), Mention("甲公司")]
    assert len(resolve(mentions).entities) == 2
    parties = resolve(mentions, [Told(OLD, NEW, together=False)], [Renamed(OLD, NEW)])
    assert len(parties.entities) == 3 and parties.of(OLD) != parties.of(NEW)
    around = [Told(OLD, "甲公司"), Told("甲公司", NEW), Told(OLD, NEW, together=False)]
    assert (
        len(resolve([Mention(OLD), Mention(NEW), Mention("甲公司")], around).entities) == 2
    )  # nor are they joined through a third


NAMES = [f"第{n}家公司" for n in range(6)]
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=6)


@given(PAIRS)
def test_groups_are_the_connected_parts(pairs: list[tuple[str, str]]) -> None:
    import networkx as nx

    parties = resolve([Mention(n) for n in NAMES], [Told(a, b) for a, b in pairs])
    parts = nx.Graph([(n, n) for n in NAMES] + pairs)
    assert sorted(sorted(e.names) for e in parties.entities.values()) == sorted(
        sorted(p) for p in nx.connected_components(parts)
    )


def test_a_notice_joins_the_papers_of_both_names() -> None:
    firm, files = honest_files(7, "ruled.pdf")
    packet = read_packet(
        {"通知书.pdf": name_change(firm, OLD), "执照.pdf": files["营业执照.pdf"]}, "one"
    )
    (notice,) = packet.of_type("name_change_notice")
    assert {k: f.value for k, f in notice.fields.items()} == {
        "old_name": OLD,
        "new_name": firm.name,
        "uscc": firm.code,
        "changed": "2025-10-08",
    }
    (company,) = (e for e in build([packet]).entities.values() if e.kind == "company")
    assert set(company.names) == {OLD, firm.name} and company.name == firm.name
    apart = build([packet], [Told(OLD, firm.name, together=False)])
    assert all(len(e.names) == 1 for e in apart.entities.values())


def test_stored_and_merged_graphs_keep_joins_and_net_assets() -> None:
    firm, _ = honest_files(7, "ruled.pdf")
    packet = honest_packet()
    notice = read_packet({"通知书.pdf": name_change(firm, OLD)}).documents
    made = build([replace(packet, documents=(*packet.documents, *notice))], payments=True)
    stored = json.loads(json.dumps(graph_json(made)))
    assert json.loads(json.dumps(graph_json(graph_of(stored)))) == stored
    kept = merged([made, build([honest_packet(31)])])
    (own,) = (e for e in kept.entities.values() if firm.name in e.names)
    before = next(e for e in made.entities.values() if firm.name in e.names)
    assert (
        own.worth == before.worth
        and own.worth is not None
        and own.joins == before.joins
        and own.id == before.id
    )
    assert {r.kind for r in made.relations} == {
        "guarantees",
        "holds_shares",
        "represents",
        "invoices",
        "pays",
        "has_contact",
    }
    assert all(r.start for r in made.relations if r.kind in EVENTS) and len(kept.relations) > len(
        made.relations
    )

"""The graph over HTTP: circles found, evidence that links, others' packets unseen, days, numbers
covered.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from graph_papers import PHONE, A, B, C, F, guarantee, paper, stored


def got(client: Any, path: str, **params: Any) -> dict[str, Any]:
    answer = client.get(
        f"/v1/graph{path}", params={"from" if k == "from_" else k: v for k, v in params.items()}
    )
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def names(graph: dict[str, Any], ids: list[str] | None = None) -> set[str]:
    return {e["name"] for e in graph["entities"] if ids is None or e["id"] in ids}


def test_a_circle_over_two_packets_with_evidence_that_links(bank) -> None:  # type: ignore[no-untyped-def]
    graph = got(bank.client, "", entity=A, hops=2)
    circle = next(p for p in graph["patterns"] if p["kind"] == "guarantee_circle")
    assert names(graph, circle["members"]) == {A, B, C} and circle["bears_on"] == "contagion"
    ties = [r for r in graph["relations"] if r["id"] in circle["relations"]]
    assert len(ties) == 3
    twice = next(r for r in ties if r["contract"] == "保1")
    assert [p["packet"] for p in twice["places"]] == ["A1", "A2"]
    for place in twice["places"]:
        packet = bank.client.get(f"/v1/packets/{place['packet_id']}").json()
        assert (
            packet["reference"] == place["packet"]
            and place["page"] == 2
            and place["box"] == [0.1, 0.2, 0.5, 0.25]
        )
    assert graph["left_out"] == {"entities": 0, "relations": 0, "patterns": 0}


def test_around_a_packet_and_kinds(bank) -> None:  # type: ignore[no-untyped-def]
    packet = bank.client.get("/v1/packets", params={"reference": "A1"}).json()["items"][0]["id"]
    graph = got(bank.client, "", packet=packet, kinds="guarantees")
    assert names(graph) == {A, B, C} and {
        r["kind"] for r in graph["relations"] if r["kind"] != "shares_contact"
    } == {"guarantees"}
    assert (
        len(got(bank.client, "")["entities"]) >= 8
        and not got(bank.client, "", source="imported")["relations"]
    )


def test_as_of_a_day_without_the_third_guarantee(bank) -> None:  # type: ignore[no-untyped-def]
    kinds = [
        p["kind"] for p in got(bank.client, "", entity=A, hops=2, as_of="2026-01-01")["patterns"]
    ]
    assert "guarantee_circle" not in kinds
    assert "guarantee_circle" in [
        p["kind"] for p in got(bank.client, "", entity=A, hops=2, as_of="2025-03-01")["patterns"]
    ]


def test_numbers_are_covered_until_revealed(bank) -> None:  # type: ignore[no-untyped-def]
    answer = bank.client.get("/v1/graph", params={"entity": A, "hops": 3})
    assert PHONE not in answer.text and "*******5678" in answer.text
    assert PHONE not in bank.client.get("/v1/graph/search", params={"q": PHONE}).text
    assert (
        PHONE
        in bank.client.get("/v1/graph", params={"entity": A, "hops": 3, "reveal": "核对电话"}).text
    )
    assert (
        got(bank.client, "/search", q=PHONE)["items"]
        and not got(bank.client, "/search", q=PHONE[:8])["items"]
    )
    assert (
        bank.person("clerk", "senior_reviewer").get("/v1/graph", params={"reveal": "x"}).status_code
        == 200
    )
    key = bank.client.post("/v1/keys", json={"name": "k", "scopes": ["graph:read"]}).json()["key"]
    asked = {"headers": {"Authorization": f"Bearer {key}"}, "params": {"reveal": "x"}}
    assert bank.client.get("/v1/graph", **asked).json()["code"] == "not_allowed"


def test_search_orders_and_counts(bank) -> None:  # type: ignore[no-untyped-def]
    found = got(bank.client, "/search", q="有限公司", limit=2)
    assert len(found["items"]) == 2 and found["left_out"] == 4
    (hit,) = got(bank.client, "/search", q=A)["items"]
    assert hit["name"] == A and hit["packets"] == ["A1", "A2"] and hit["relations"] == 5
    assert not got(bank.client, "/search", q="没有这家")["items"]


def test_the_way_between_two(bank) -> None:  # type: ignore[no-untyped-def]
    found = got(bank.client, "/path", from_=B, to=F)
    assert [s["forward"] for s in found["steps"]] and len(found["steps"]) == 4
    assert {s["relation"] for s in found["steps"]} == {r["id"] for r in found["relations"]}
    assert all(p["packet_id"] for r in found["relations"] for p in r["places"])
    assert got(bank.client, "/path", from_=B, to=F, kinds="guarantees")["steps"] is None


def test_another_organisation_sees_its_own_alone(bank, stranger) -> None:  # type: ignore[no-untyped-def]
    graph = got(stranger, "")
    assert names(graph) == {"庚七有限公司", A} and {
        p["packet"] for r in graph["relations"] for p in r["places"]
    } == {"B1"}
    packet = bank.client.get("/v1/packets", params={"reference": "A1"}).json()["items"][0]["id"]
    unseen, unknown = (
        stranger.get("/v1/graph", params={"packet": p}) for p in (packet, "pkt_none")
    )
    assert unseen.status_code == 404 and unseen.json() == unknown.json()
    for q in (B, C, PHONE, "张三"):
        assert got(stranger, "/search", q=q) == {"items": [], "left_out": 0}
        assert stranger.get("/v1/graph", params={"entity": q}).status_code == 404
    assert got(bank.client, "/search", q="庚七")["items"] == []


def test_a_program_in_test_mode_sees_test_packets(bank) -> None:  # type: ignore[no-untyped-def]
    key = bank.client.post(
        "/v1/keys", json={"name": "t", "scopes": ["graph:read"], "mode": "test"}
    ).json()["key"]
    graph = bank.client.get("/v1/graph", headers={"Authorization": f"Bearer {key}"}).json()
    assert names(graph) == {"测试甲有限公司", "测试乙有限公司"}


def test_a_later_report_and_an_erasure_change_the_graph(
    bank, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setitem(
        bank.wiring.__dict__, "jobs", SimpleNamespace(forget=lambda revisions: None)
    )  # no work is under way in this service
    org = bank.client.get("/v1/organisation").json()["id"]
    packet = stored(bank.wiring, org, "A9", [guarantee(20, "辛八有限公司", "壬九有限公司")])
    before = got(bank.client, "", entity="辛八有限公司")["version"]
    stored(bank.wiring, org, "A9", [guarantee(21, "癸十有限公司", "壬九有限公司")], revision=2)
    assert got(bank.client, "", entity="癸十有限公司")["version"] != before
    assert bank.client.get("/v1/graph", params={"entity": "辛八有限公司"}).status_code == 404
    assert bank.client.delete(f"/v1/packets/{packet}", params={"reason": "x"}).status_code == 204
    assert not got(bank.client, "/search", q="壬九")["items"]


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("", {"hops": 4}),
        ("", {"hops": "x"}),
        ("", {"kinds": "owns"}),
        ("", {"entity": "a\x00b"}),
        ("", {"q": "x" * 201}),
        ("", {"as_of": "2026-02-30"}),
        ("", {"source": "web"}),
        ("/search", {"q": ""}),
        ("/search", {"q": "\x00"}),
        ("/search", {"q": "a", "limit": 51}),
        ("/path", {"from": "a"}),
    ],
)
def test_what_is_not_asked_rightly_is_refused(bank, path: str, params: dict[str, Any]) -> None:  # type: ignore[no-untyped-def]
    answer = bank.client.get(f"/v1/graph{path}", params=params)
    assert answer.status_code == 422 and answer.json()["code"] == "invalid"


@pytest.mark.parametrize(
    "name", ["' or 1=1 --", "%", "_", "company:", "phone:", "\ufffd", "..", "𝒜"]
)
def test_strange_names_find_nothing(bank, name: str) -> None:  # type: ignore[no-untyped-def]
    assert bank.client.get("/v1/graph", params={"entity": name}).status_code == 404
    assert bank.client.get("/v1/graph/path", params={"from": name, "to": A}).status_code == 404
    assert bank.client.get("/v1/graph", params={"q": name}).status_code == 200


def test_a_partner_with_nothing_but_his_own_account_stands_apart(bank) -> None:  # type: ignore[no-untyped-def]
    org, own, partner = (
        bank.client.get("/v1/organisation").json()["id"],
        "癸十电子有限公司",
        "辛八材料有限公司",
    )
    fields = {
        "payer_name": own,
        "payer_account": "6222000000000001",
        "payee_name": partner,
        "payee_account": "6222000000000002",
    }
    slip = paper("bank_slip", 90, fields)
    packet = stored(bank.wiring, org, "A9", [guarantee(92, own, A), slip])
    shown = names(got(bank.client, "", packet=packet, hops=1))
    assert {own, A} <= shown and partner not in shown
    another = fields | {
        "payer_name": "丑二运输有限公司",
        "payer_account": "6222000000000003",
        "payee_account": "6222000000000004",
        "payee_name": "子一仓储有限公司",
    }
    alone = stored(bank.wiring, org, "A10", [paper("bank_slip", 91, another)])
    assert "子一仓储有限公司" in names(
        got(bank.client, "", packet=alone, hops=1)
    )  # where nothing joins anybody, all is shown

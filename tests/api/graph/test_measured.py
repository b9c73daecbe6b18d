"""Patterns, stress, cut and export over HTTP."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from graph_papers import PHONE, A, B, C, D, E, F, guarantee, stored

from api.http.pagination import encode
from api.people.service import found_organisation


def got(client: Any, path: str, **params: Any) -> dict[str, Any]:
    answer = client.get(f"/v1/graph{path}", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def members(answer: dict[str, Any], kind: str) -> list[list[str]]:
    names = {e["id"]: e["name"] for e in answer["entities"]}
    return [[names[m] for m in p["members"]] for p in answer["items"] if p["kind"] == kind]


def test_patterns_with_certificate(bank) -> None:  # type: ignore[no-untyped-def]
    found = got(bank.client, "/patterns")
    (circle,) = members(found, "guarantee_circle")
    assert sorted(circle) == sorted((A, B, C)) and found["certificate"] == {
        "longest": 8,
        "complete_to_length": 8,
        "limited": [],
        "limited_left_out": 0,
        "witnessed": 0,
        "uncovered": 0,
    }
    (ring,) = members(found, "invoice_ring")
    assert ring == [D, E, F]
    assert members(found, "shared_contact") == [sorted((A, D))]
    assert ["张三", *sorted((A, D))] in members(found, "common_controller")
    told = {r["id"] for r in found["relations"]}
    for pattern in found["items"]:
        assert set(pattern["relations"]) <= told and pattern["relations_left_out"] == 0
    assert all(
        p["packet_id"] for r in found["relations"] for p in r["places"]
    ) and PHONE not in json.dumps(found)
    bearing = {p["kind"]: p["bears_on"] for p in found["items"]}
    assert (
        bearing["guarantee_circle"] == "contagion"
        and bearing["invoice_ring"] == bearing["shared_contact"] == "false_information"
    )


def test_patterns_by_kind_entity_and_page(bank) -> None:  # type: ignore[no-untyped-def]
    whole = got(bank.client, "/patterns")["items"]
    seen, cursor = [], None
    while True:
        page = got(bank.client, "/patterns", limit=1, **({"cursor": cursor} if cursor else {}))
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == whole and len(seen) == sum(page["counts"].values())
    assert got(bank.client, "/patterns", kind="guarantee_circle", entity=E)["counts"] == {
        "guarantee_circle": 0
    }
    assert got(bank.client, "/patterns", kind="invoice_ring", entity=E)["counts"] == {
        "invoice_ring": 1
    }
    for cursor in ("x", encode([float("inf")]), encode(["x"]), encode([[]])):
        assert (
            bank.client.get("/v1/graph/patterns", params={"cursor": cursor}).json()["code"]
            == "bad_cursor"
        )
    assert got(bank.client, "/patterns", cursor=encode([-5]))["items"] == whole
    assert bank.client.get("/v1/graph/patterns", params={"kind": "x"}).status_code == 422


def test_stress_goes_round_the_circle_until_somebody_can_pay(bank) -> None:  # type: ignore[no-untyped-def]
    found = got(bank.client, "/stress", entity=B)
    names = {e["id"]: e["name"] for e in found["entities"]}
    assert [[names[e] for e in each] for each in found["rounds"]] == [[B], [A], [C]]
    assert {names[c["entity"]]: c["called"] for c in found["calls"]} == {
        A: "5000000.00",
        C: "5000000.00",
        B: "3000000.00",
    }
    assert got(bank.client, "/stress", entity=B, capacity="6000000")["rounds"][1:] == []
    for params in (
        {"capacity": "NaN"},
        {"capacity": "-1"},
        {"capacity": "1e9"},
        {"loss": "2"},
        {"loss": "nan"},
    ):
        assert bank.client.get("/v1/graph/stress", params={"entity": B} | params).status_code == 422


def test_the_cheapest_cut(bank) -> None:  # type: ignore[no-untyped-def]
    found = got(bank.client, "/cut")
    names = {e["id"]: e["name"] for e in found["entities"]}
    (release,) = found["release"]
    assert (names[release["guarantor"]], names[release["debtor"]]) == (B, C)
    assert (
        found["weight"] == found["lower_bound"] == "3000000.00"
        and found["optimal"]
        and found["circles"] == 1
    )
    assert got(bank.client, "/cut", as_of="2026-06-01")["release"] == []


@pytest.mark.parametrize("form", ["graphml", "gexf", "csv", "ftm"])
def test_export_is_an_attachment_without_numbers(bank, form: str) -> None:  # type: ignore[no-untyped-def]
    answer = bank.client.get("/v1/graph/export", params={"format": form, "entity": A, "hops": 3})
    assert answer.status_code == 200 and answer.headers["content-disposition"].startswith(
        "attachment; filename="
    )
    assert (
        A in answer.text
        and PHONE not in answer.text
        and "A1/guarantee_contract-1.pdf" in answer.text
    ) or form == "ftm"
    if form in ("graphml", "gexf"):
        ElementTree.fromstring(answer.content)
    elif form == "csv":
        assert len(list(csv.DictReader(io.StringIO(answer.text)))) >= 5
    else:
        assert all(json.loads(line)["id"] for line in answer.text.splitlines())
    assert bank.client.get("/v1/graph/export", params={"format": "exe"}).status_code == 422
    if form in ("graphml", "gexf", "csv"):
        assert (
            PHONE
            in bank.client.get("/v1/graph/export", params={"format": form, "reveal": "移送"}).text
        )


def test_a_name_that_xml_cannot_hold_is_exported(bank) -> None:  # type: ignore[no-untyped-def]
    user, password = found_organisation(bank.wiring.database, "丙银行", "third", bank.wiring.now())
    stored(bank.wiring, user.org_id, "X", [guarantee(1, "甲\x01<&\x00有限公司", "=乙有限公司")])
    client = bank.log_in("third", password)
    for form in ("graphml", "gexf"):
        assert (
            "甲"
            in "".join(
                ElementTree.fromstring(
                    client.get("/v1/graph/export", params={"format": form}).content
                ).itertext()
            )
            or form == "gexf"
        )
    assert "'=乙有限公司" in client.get("/v1/graph/export", params={"format": "csv"}).text


def test_no_more_is_drawn_than_fits(bank) -> None:  # type: ignore[no-untyped-def]
    user, password = found_organisation(bank.wiring.database, "丁银行", "fourth", bank.wiring.now())
    stored(
        bank.wiring,
        user.org_id,
        "X",
        [guarantee(n, "中心有限公司", f"第{n}号有限公司") for n in range(2_100)],
    )
    client = bank.log_in("fourth", password)
    for params in ({}, {"entity": "中心有限公司"}):
        found = got(client, "", **params)
        assert len(found["entities"]) == 2_000 and found["left_out"]["entities"] == 101
    star = got(client, "/patterns", kind="star_guarantor")
    assert (
        star["items"][0]["figures"]["debtors"] == "2100"
        and len(star["items"][0]["relations"]) == 400
    )
    assert star["items"][0]["relations_left_out"] == 1_700

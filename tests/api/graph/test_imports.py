"""Tables of the bank's own: read apart, joined to the graph with file and row, set against
applications, removed again; seen by their own alone.
"""

from __future__ import annotations

import io
import json
from decimal import Decimal
from typing import Any

import pytest
from conftest import honest_files
from graph_papers import A, B, C, D
from other_layouts import contract

from api.store.case_tables import GraphImport
from api.store.service_tables import AuditRow

LEDGER = f"借款企业,保证人,贷款余额（万元）,借据号\n{D},{C},120,J1\n{A},{D}、{B},80,J2\n"
OWNERS = f"股东,公司,持股比例\n王五,{B},70\n王五,{D},60\n"
SHARED = "戊五纺织有限公司"


def sent(client: Any, text: str | bytes, name: str = "担保台账.csv", **headers: str) -> Any:
    return client.post(
        "/v1/graph/imports",
        files=[("files", (name, text.encode() if isinstance(text, str) else text))],
        headers=headers,
    )


def kept(client: Any, text: str, name: str = "担保台账.csv") -> dict[str, Any]:
    answer = sent(client, text, name)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def workbook(text: str) -> bytes:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in text.splitlines():
        book.active.append(row.split(","))
    book.save(out)
    return out.getvalue()


def around(client: Any, **params: Any) -> dict[str, Any]:
    answer = client.get("/v1/graph", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_table_joins_the_graph_with_file_and_row_and_leaves_it(bank: Any) -> None:
    client = bank.client
    before = around(client, entity=A, hops=3)
    one = kept(client, LEDGER)
    assert (
        one["relations"] == {"guarantees": 3}
        and one["name"] == "担保台账.csv"
        and one["entities"] == 4
    )
    graph = around(client, entity=A, hops=3)
    assert graph["version"] != before["version"]
    (tie,) = (r for r in graph["relations"] if r["contract"] == "J1")
    assert tie["amount"] == "1200000" and [
        (p["file"], p["page"], p["packet"], p["packet_id"]) for p in tie["places"]
    ] == [("担保台账.csv", 2, "", None)]
    assert tie["places"][0]["document"].startswith(one["id"])
    names = {e["id"]: e["name"] for e in graph["entities"]}
    circles = [
        {names[m] for m in p["members"]}
        for p in graph["patterns"]
        if p["kind"] == "guarantee_circle"
    ]
    assert {A, B, C, D} in circles  # 甲→乙→丙 by papers, 丙→丁→甲 by the ledger
    assert {
        r["contract"]
        for r in around(client, source="imported")["relations"]
        if r["kind"] == "guarantees"
    } == {"J1", "J2"}
    ends = {
        e["name"]: e["id"]
        for e in client.get("/v1/graph/search", params={"q": "有限公司", "limit": 50}).json()[
            "items"
        ]
    }
    assert client.get("/v1/graph/stress", params={"entity": ends[D]}).json()["calls"]
    assert client.delete(f"/v1/graph/imports/{one['id']}").status_code == 204
    assert around(client, entity=A, hops=3) == before


def test_listed_told_and_told_to_the_audit(bank: Any) -> None:
    client = bank.client
    answer = sent(client, workbook(OWNERS), "股东.xlsx")
    one = answer.json()
    assert answer.status_code == 201 and one["relations"] == {"holds_shares": 2}
    assert answer.headers["location"] == f"/v1/graph/imports/{one['id']}"
    assert client.get(answer.headers["location"]).json() == one
    assert one in client.get("/v1/graph/imports").json()["items"]
    again = sent(client, workbook(OWNERS), "股东.xlsx")
    assert again.status_code in (200, 201)
    for each in {one["id"], again.json()["id"]}:
        assert client.delete(f"/v1/graph/imports/{each}").status_code == 204
    assert client.get(f"/v1/graph/imports/{one['id']}").status_code == 404
    with bank.wiring.database.reading(client.get("/v1/organisation").json()["id"]) as session:
        acts = [
            r.action
            for r in session.query(AuditRow).filter_by(subject=one["id"]).order_by(AuditRow.seq)
        ]
    assert acts == ["graph.imported", "graph.import_removed"]


def test_the_same_file_is_imported_once_and_a_key_is_answered_once(bank: Any) -> None:
    client = bank.client
    one = kept(client, OWNERS, "a.csv")
    assert (
        sent(client, OWNERS, "a.csv").status_code,
        sent(client, OWNERS, "a.csv").json()["id"],
    ) == (200, one["id"])
    key = {"Idempotency-Key": "imports-1"}
    first, second = sent(client, LEDGER, "b.csv", **key), sent(client, LEDGER, "b.csv", **key)
    assert first.content == second.content and second.headers["Idempotent-Replayed"] == "true"
    for each in (one, first.json()):
        client.delete(f"/v1/graph/imports/{each['id']}")


FTM = [
    {"id": "a", "schema": "Company", "properties": {"name": [A]}},
    {"id": "o", "schema": "Company", "properties": {"name": [SHARED]}},
    {
        "id": "x",
        "schema": "Ownership",
        "properties": {"owner": ["o"], "asset": ["a"], "percentage": ["51"]},
    },
]


def test_other_forms(bank: Any) -> None:
    client = bank.client
    one = kept(client, "\n".join(map(json.dumps, FTM)), "x.ftm.json")
    assert one["relations"] == {"holds_shares": 1}
    firms = kept(
        client,
        f"企业,净资产（万元）,报表日期,联系电话\n{A},50,2025-12-31,13912340000\n",
        "企业.csv",
    )
    assert firms["relations"] == {"has_contact": 1}
    graph = around(client, entity=A, hops=1)
    (own,) = (e for e in graph["entities"] if e["name"] == A)
    assert (
        own["net_assets"]["value"] == "500000" and own["net_assets"]["place"]["file"] == "企业.csv"
    )
    assert "13912340000" not in json.dumps(graph)
    for each in (one, firms):
        client.delete(f"/v1/graph/imports/{each['id']}")


@pytest.mark.parametrize(
    ("data", "status", "code", "told"),
    [
        (b"\xe5\xae\xa2\xe6\x88\xb7,x\n1,2\n", 422, "not_a_graph", "保证人"),
        (f"保证人,债务人\n{A},\n".encode(), 422, "nothing_told", "两方"),
        (b"", 422, "not_a_graph", ""),
        (b"PK\x03\x04nothing", 422, "not_a_graph", ""),
        (
            b'{"id": ["x"], "schema": "Company", "properties": {"name": [["y"]]}}',
            422,
            "unreadable_import",
            "",
        ),
        (
            b'{"id": "x", "schema": "Company", "properties": {"name": ["\\ud800"], "phone": ["13812345678"]}}',
            422,
            "unreadable_import",
            "",
        ),
        (b"[" * 100_000, 422, "not_a_graph", ""),
        (b"a" * (16 * 2**20 + 1), 413, "over_limit", "MiB"),
    ],
)
def test_what_is_refused_says_why_in_both_languages(
    bank: Any, data: bytes, status: int, code: str, told: str
) -> None:
    answer = sent(bank.client, data, "x")
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    detail = answer.json()["detail"]
    assert detail["zh"] and detail["en"] and detail["zh"] != detail["en"] and told in detail["zh"]
    assert bank.client.get("/v1/graph/imports").json()["items"] == []


def test_one_file_at_a_time(bank: Any) -> None:
    two = [("files", ("a.csv", OWNERS.encode())), ("files", ("b.csv", LEDGER.encode()))]
    assert bank.client.post("/v1/graph/imports", files=two).json()["code"] == "one_file"


def test_more_than_the_organisation_may_hold_is_refused(bank: Any) -> None:
    org = bank.client.get("/v1/organisation").json()["id"]
    with bank.wiring.database.writing(org) as session:
        row = {
            "sha256": "0",
            "size": 1,
            "graph": "0",
            "entities": 1,
            "relations": {"guarantees": 200_000},
            "made_by": "x",
            "made_at": bank.wiring.now(),
        }
        session.add(GraphImport(id="imp_full", name="full", **row))
    assert sent(bank.client, OWNERS).json()["code"] == "over_limit"
    with bank.wiring.database.writing(org) as session:
        session.delete(session.get(GraphImport, "imp_full"))


def test_who_may_and_whose(bank: Any, stranger: Any) -> None:
    one = kept(bank.client, LEDGER)
    at = f"/v1/graph/imports/{one['id']}"
    assert (
        stranger.get(at).json() == stranger.get("/v1/graph/imports/imp_none").json()
        and stranger.delete(at).status_code == 404
    )
    assert (
        stranger.get("/v1/graph/imports").json()["items"] == []
        and "J1" not in stranger.get("/v1/graph").text
    )
    clerk, seeker = bank.person("clerk2", "senior_reviewer"), bank.person("seeker", "investigator")
    assert (
        clerk.get(at).status_code == 200
        and sent(clerk, OWNERS).json()["code"] == clerk.delete(at).json()["code"] == "not_allowed"
    )
    test_key = bank.client.post(
        "/v1/keys", json={"name": "t", "scopes": ["graph:read", "graph:import"], "mode": "test"}
    ).json()["key"]
    asked = {"Authorization": f"Bearer {test_key}"}
    assert bank.client.get("/v1/graph/imports", headers=asked).json()["items"] == []
    mine = sent(seeker, OWNERS, "mine.csv")
    assert (
        mine.status_code == 201
        and seeker.delete(f"/v1/graph/imports/{mine.json()['id']}").status_code == 204
    )
    assert bank.client.delete(at).status_code == 204


def test_an_application_is_set_against_imported_tables(service: Any) -> None:
    """The contract proves guarantor → applicant; the ledger tells the way back, through a firm of
    which no paper speaks.
    """
    firm, files = honest_files(7, "ruled.pdf")
    guarantor, between = "昆明天佑仪器有限公司", "广州远帆照明有限公司"
    papers = {
        "营业执照.pdf": files["营业执照.pdf"],
        "保证合同.pdf": contract(firm, [guarantor], Decimal(1_000_000), "保1"),
    }
    ledger = f"保证人,债务人,担保金额,合同编号,到期日\n{firm.name},{between},900000,D1,2027-01-01\n{between},{guarantor},800000,D2,\n"

    def circles(reference: str) -> list[dict[str, Any]]:
        report = service.client.get(
            f"/v1/packets/{service.verified(reference, papers)}/report"
        ).json()
        return [f for f in report["findings"] if f["rule"] == "GUA02"]

    assert not circles("IMP-1")
    ended = kept(service.client, ledger.replace("2027", "2024"), "旧台账.csv")
    assert not circles("IMP-1B")
    assert service.client.delete(f"/v1/graph/imports/{ended['id']}").status_code == 204
    one = kept(service.client, ledger, "担保台账.csv")
    (found,) = circles("IMP-2")
    assert (
        between in found["message"]["zh"]
        and "导入表“担保台账.csv”第 2、3 行" in found["message"]["zh"]
    )
    assert (
        "imported table" in found["message"]["en"]
        and "row 2, 3 of “担保台账.csv”" in found["message"]["en"]
    )
    rows = {(e["file"], e["page"], e["packet"]) for e in found["evidence"] if not e["packet"]}
    assert (
        rows == {("担保台账.csv", 2, ""), ("担保台账.csv", 3, "")} and len(found["evidence"]) == 3
    )
    packet = service.client.get("/v1/packets", params={"reference": "IMP-2"}).json()["items"][0][
        "id"
    ]
    page = service.client.get(f"/v1/packets/{packet}/report.html")
    assert page.status_code == 200 and "导入表第 2 行" in page.text
    assert service.client.delete(f"/v1/graph/imports/{one['id']}").status_code == 204
    assert (
        not circles("IMP-3")
        and service.client.get(f"/v1/packets/{packet}/report").json()["findings"]
    )

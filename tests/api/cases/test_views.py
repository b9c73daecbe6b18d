"""Piles of the queue with counts, the next case by filters, views kept under names."""

from __future__ import annotations

import csv
import io

import pytest
from conftest import honest_files
from running_service import Service


@pytest.fixture(scope="module")
def cases(service: Service) -> list[str]:
    _, files = honest_files(7, "ruled.pdf")
    for number, branch in enumerate(("城东支行", "城西支行", "城西支行"), 1):
        body = {"reference": f"VIEW-{number}", "branch": branch}
        packet = service.client.post("/v1/packets", json=body).json()["id"]
        licence = [("files", ("营业执照.pdf", files["营业执照.pdf"]))]
        service.client.post(f"/v1/packets/{packet}/files", files=licence)
        service.client.post(f"/v1/packets/{packet}/submit", params={"wait": 60}, json={})
    items = service.client.get("/v1/cases", params={"order": "oldest"}).json()["items"]
    return [c["id"] for c in items]


def test_counts_follow_the_work(service: Service, cases: list[str]) -> None:
    reviewer = service.person("li.na", "reviewer")
    senior = service.person("wang.fang", "senior_reviewer")
    assert senior.get("/v1/cases/counts").json() == {
        "mine": 0, "review": 0, "unclaimed": 3, "decided": 0, "all": 3,
    }  # fmt: skip
    version = {"If-Match": '"v1"'}
    reviewer.post(f"/v1/cases/{cases[0]}/claim", headers=version).raise_for_status()
    body = {"disposition": "unclear", "reason": "仅有营业执照"}
    version = {"If-Match": '"v2"'}
    reviewer.post(f"/v1/cases/{cases[0]}/propose", json=body, headers=version).raise_for_status()
    assert reviewer.get("/v1/cases/counts").json()["mine"] == 1
    assert reviewer.get("/v1/cases/counts").json()["review"] == 0  # not of one's own proposal
    assert senior.get("/v1/cases/counts").json()["review"] == 1
    listed = senior.get("/v1/cases", params={"view": "review"}).json()["items"]
    assert [c["id"] for c in listed] == [cases[0]]


def test_the_next_case_honours_the_filters(service: Service, cases: list[str]) -> None:
    reviewer = service.person("sun.li", "reviewer")
    taken = reviewer.post("/v1/cases/next", params={"branch": "城西支行", "q": " VIEW "})
    assert taken.json()["branch"] == "城西支行"
    none = reviewer.post("/v1/cases/next", params={"branch": "城北支行"})
    assert none.status_code == 204


def test_a_case_has_its_main_reason(service: Service, cases: list[str]) -> None:
    reason = service.client.get(f"/v1/cases/{cases[0]}").json()["reason"]
    packet = service.client.get(f"/v1/cases/{cases[0]}").json()["packet_id"]
    report = service.client.get(f"/v1/packets/{packet}/report").json()
    assert reason == report["risk"]["verdict"]


def test_views_are_ones_own_or_shared(service: Service) -> None:
    one, other = service.person("zhou.min", "reviewer"), service.person("he.jun", "reviewer")
    own = {"name": "高风险", "filter": {"band": "high"}}
    assert one.post("/v1/views", json=own).status_code == 201
    assert one.post("/v1/views", json=own | {"filter": {"band": "medium"}}).status_code == 201
    shared = {"name": "城西", "filter": {"branch": "城西支行"}, "shared": True}
    kept = one.post("/v1/views", json=shared).json()
    assert [v["filter"] for v in one.get("/v1/views").json()["items"] if not v["shared"]] == [
        {"band": "medium"}
    ]
    assert [v["name"] for v in other.get("/v1/views").json()["items"]] == ["城西"]
    assert other.delete(f"/v1/views/{kept['id']}").status_code == 404
    assert one.delete(f"/v1/views/{kept['id']}").status_code == 204
    assert other.get("/v1/views").json()["items"] == []
    wrong = {"name": "x", "filter": {"unknown": "1"}}
    assert one.post("/v1/views", json=wrong).status_code == 422


def test_what_the_queue_shows_goes_to_a_spreadsheet(service: Service, cases: list[str]) -> None:
    query = {"branch": "城西支行", "lang": "zh"}
    answer = service.client.get("/v1/cases/table.csv", params=query)
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0][0] == "申请编号"
    assert sorted(line[0] for line in lines[1:]) == ["VIEW-2", "VIEW-3"]
    assert {line[2] for line in lines[1:]} == {"城西支行"}
    english = service.client.get("/v1/cases/table.csv", params=query | {"lang": "en"})
    assert english.content.decode("utf-8-sig").startswith("Application,")

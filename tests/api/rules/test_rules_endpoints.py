"""Rules and policies over HTTP: pages, drafts, a back-test on packets that were read, activation by
a second person.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import honest_packet
from fastapi.testclient import TestClient
from office import Office, another, opened
from pydantic import TypeAdapter
from sqlalchemy import select

from api.store.active_policy import active_policy, policy_text
from api.store.case_tables import Case
from extractors.model import Packet
from verify.policy import default_policy
from verify.registry import rules


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("data"), "sqlite") as made:
        yield made


def _read(office: Office, seed: int) -> str:
    """A packet whose papers are kept as the verification keeps them."""
    blob = office.wiring.blobs.put(
        office.org, gzip.compress(TypeAdapter(Packet).dump_json(honest_packet(seed)), mtime=0)
    )
    return office.packet(f"firm-{seed}", parts=blob)


def _post(client: TestClient, path: str, body: Any = None) -> Any:
    return client.post(f"/v1/policies{path}", json=body)


def test_rules(office: Office) -> None:
    client = office.person("reviewer")
    items = client.get("/v1/rules").json()["items"]
    assert [r["id"] for r in items] == [r.id for r in rules()]
    assert all(
        r["page"]["zh"].startswith("## 为什么重要")
        and r["page"]["en"].startswith("## Why it matters")
        for r in items
    )
    assert client.get("/v1/rules/ARI06", params={"lang": "en"}).json()["page"]["zh"] == ""
    assert client.get("/v1/rules/ARI06").json()["limits"] == {"cents": 0.01, "share": 0.01}
    assert client.get("/v1/rules/XXX01").status_code == 404
    assert client.get("/v1/rules", params={"lang": "fr"}).status_code == 422


def test_draft_back_test_activate(office: Office) -> None:
    author, second = office.person("administrator"), office.person("administrator")
    packets = {_read(office, n): f"firm-{n}" for n in (7, 8)}
    without_papers = office.packet("no papers")
    assert author.get("/v1/policies/active").json()["id"] == ""
    draft = _post(author, "", {"changes": {"base": 30}}).json()
    assert (
        draft["state"] == "draft" and draft["body"]["base"] == 30 and draft["back_tested"] is False
    )
    assert _post(second, f"/{draft['id']}/activate").json()["code"] == "not_back_tested"
    tried = _post(author, f"/{draft['id']}/back-test", {"packets": 10}).json()["back_test"]
    assert (tried["packets"], tried["left_out"], tried["failed_rules"]) == (2, 1, [])
    assert tried["moves"] == [{"before": "low", "after": "medium", "count": 2}]
    assert {
        c["packet"]: c["reference"] for c in tried["changed"]
    } == packets and without_papers not in packets
    assert all(
        c["after"]["score"] - c["before"]["score"] == 28 and c["new"] == c["gone"] == []
        for c in tried["changed"]
    )
    assert _post(author, f"/{draft['id']}/activate").json()["code"] == "same_person"
    assert _post(second, f"/{draft['id']}/activate").json()["state"] == "active"
    assert _post(second, f"/{draft['id']}/activate").json()["code"] == "wrong_state"
    with office.wiring.database.reading(office.org) as session:
        assert active_policy(session) == draft["id"] and '"base": 30' in policy_text(
            session, draft["id"]
        )
    later = _post(author, "", {"changes": {"group_cap": 44}, "version": "mine"}).json()
    assert later["body"]["base"] == 30, "changes are to the policy in force"
    same = _post(author, f"/{later['id']}/back-test").json()["back_test"]
    assert (
        same["against"] == draft["version"]
        and same["changed"] == []
        and same["moves"] == [{"before": "medium", "after": "medium", "count": 2}]
    )
    _post(second, f"/{later['id']}/activate")
    states = {p["id"]: p["state"] for p in author.get("/v1/policies").json()["items"]}
    assert states[draft["id"]] == "retired" and states[later["id"]] == "active"
    assert author.get("/v1/policies/active").json()["id"] == later["id"]


def test_a_back_test_tells_what_it_asks_of_people(office: Office) -> None:
    office = another(office, "丁银行")
    author = office.person("administrator")
    clean, false = (_read(office, n) for n in (7, 8))
    with office.wiring.database.writing(office.org) as session:
        for packet, disposition in ((clean, "clean"), (false, "false_information")):
            case = session.scalars(select(Case).where(Case.packet_id == packet)).one()
            case.state, case.disposition = "decided", disposition
    draft = _post(author, "", {"changes": {"base": 70, "muted": ["BNK13"]}}).json()
    load = _post(author, f"/{draft['id']}/back-test").json()["back_test"]["load"]
    assert load["before"] == {"queue": 0, "alarms": 0, "misses": 1, "decided": 2}
    assert load["after"] == {"queue": 2, "alarms": 1, "misses": 0, "decided": 2}


def test_refusals(office: Office) -> None:
    author, reader = office.person("administrator"), office.person("reviewer")
    for body, code in (
        ({}, "invalid"),
        ({"changes": {"bands.high": 5}}, "bad_policy"),
        ({"changes": {"base": float(10**200)}}, "bad_policy"),
        ({"body": {"version": "x"}}, "bad_policy"),
        (
            {
                "body": author.get("/v1/policies/active").json()["body"],
                "version": default_policy().version,
            },
            "already_there",
        ),
    ):
        answer = _post(author, "", body)
        assert answer.status_code in (409, 422) and answer.json()["code"] == code, body
    assert _post(reader, "", {"changes": {"base": 3}}).status_code == 403
    assert (
        _post(author, "/pol_none/back-test").status_code == 404
        and _post(author, "/pol_none/activate").status_code == 404
    )


def test_one_administrator_alone_where_the_organisation_says_so(office: Office) -> None:
    alone = another(office, "乙银行").person("administrator")
    assert (
        alone.patch("/v1/organisation", json={"policy_four_eyes": False}).json()["policy_four_eyes"]
        is False
    )
    draft = _post(alone, "", {"changes": {"base": 3}}).json()
    assert _post(alone, f"/{draft['id']}/back-test").json()["back_test"]["packets"] == 0, (
        "the other organisation's packets are not seen"
    )
    assert _post(alone, f"/{draft['id']}/activate").json()["state"] == "active"
    assert office.person("reviewer").get(f"/v1/policies/{draft['id']}").status_code == 404

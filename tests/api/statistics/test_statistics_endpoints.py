"""Figures over HTTP: bands by month in China and by branch, shared files, and precision of rules by
the judgements that count.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from office import Office, another, opened

from api.store.ids import new_id
from api.store.packet_tables import File


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("data"), request.param) as made:
        yield made


def _file(office: Office, packet: str, sha256: str) -> None:
    row = File(
        id=new_id("fil"),
        packet_id=packet,
        name="a.pdf",
        sha256=sha256,
        size=1,
        added_by="usr_1",
        added_at=office.now,
    )
    with office.wiring.database.writing(office.org) as session:
        session.add(row)


def test_statistics(office: Office) -> None:
    stranger = another(office, "乙银行")
    client, foreign = office.person("reviewer"), stranger.person("reviewer")
    assert client.get("/v1/statistics").json()["cases"] == 0
    office.now = datetime(2026, 10, 31, 15, 59, tzinfo=UTC)  # the last minute of October in China
    first = office.packet("A", branch="杭州", band="high", score=80)
    office.now = datetime(2026, 10, 31, 16, 0, tzinfo=UTC)
    second, third = office.packet("B", branch="杭州"), office.packet("C", branch="宁波")
    for packet, digest in ((first, "aa"), (second, "aa"), (third, "bb"), (third, "bb")):
        _file(office, packet, digest)
    _file(stranger, stranger.packet("D"), "bb")
    told = client.get("/v1/statistics").json()
    assert (
        told["cases"] == 3
        and told["bands"] == {"high": 1, "low": 2}
        and told["states"] == {"open": 3}
    )
    assert [(m["name"], m["counts"]) for m in told["months"]] == [
        ("2026-11", {"low": 2}),
        ("2026-10", {"high": 1}),
    ]
    assert {b["name"]: b["shares"] for b in told["branches"]} == {
        "宁波": {"low": 1.0},
        "杭州": {"high": 0.5, "low": 0.5},
    }
    assert [
        (d["sha256"], d["count"], [p["reference"] for p in d["packets"]])
        for d in told["duplicates"]
    ] == [("aa", 2, ["A", "B"])]
    assert foreign.get("/v1/statistics").json()["cases"] == 1


def test_precision_of_rules(office: Office) -> None:
    stranger = another(office, "乙银行")
    client, foreign = office.person("reviewer"), stranger.person("reviewer")
    for verdicts in (["false_alarm", "confirmed"], ["confirmed"], ["false_alarm"], ["unclear"]):
        packet = office.packet(findings=[("f", "ARI01")])
        for verdict in verdicts:
            office.later(seconds=1)
            client.post(
                f"/v1/packets/{packet}/findings/f/judgement",
                json={"verdict": verdict, "reason": "已核实"},
            )
    packet = stranger.packet(findings=[("f", "ARI01")])
    foreign.post(
        f"/v1/packets/{packet}/findings/f/judgement",
        json={"verdict": "false_alarm", "reason": "已核实"},
    )
    items = {i["rule"]: i for i in client.get("/v1/statistics/rules").json()["items"]}
    ari = items["ARI01"]
    assert (ari["confirmed"], ari["false_alarm"], ari["unclear"]) == (2, 1, 1)
    assert (
        ari["precision"] == pytest.approx(2 / 3)
        and ari["low"] == pytest.approx(0.2077, abs=1e-4)
        and ari["high"] == pytest.approx(0.9385, abs=1e-4)
    )
    assert items["ARI02"]["precision"] is None and (
        items["ARI02"]["low"],
        items["ARI02"]["high"],
    ) == (0, 1)


def _judge(office: Office, client: TestClient, packet: str, fingerprint: str, verdict: str) -> None:
    office.later(seconds=1)
    told = client.post(
        f"/v1/packets/{packet}/findings/{fingerprint}/judgement",
        json={"verdict": verdict, "reason": "已核对原件"},
    )
    assert told.status_code == 201, told.text


def test_a_rule_that_is_mostly_wrong_is_said_to_mislead(office: Office) -> None:
    client = office.person("reviewer")
    for verdict in ["false_alarm"] * 9 + ["confirmed"]:
        packet = office.packet(findings=[("f", "BNK13"), ("g", "ARI01")])
        _judge(office, client, packet, "f", verdict)
        _judge(office, client, packet, "g", "confirmed")
    items = {i["rule"]: i for i in client.get("/v1/statistics/rules").json()["items"]}
    assert items["BNK13"]["misleads"] and items["BNK13"]["high"] < 0.5
    assert not items["ARI01"]["misleads"] and not items["ARI02"]["misleads"]


def test_doubts_about_readings_are_judged_apart_from_rules(office: Office) -> None:
    client = office.person("reviewer")
    for verdict in ("confirmed", "confirmed", "false_alarm"):
        packet = office.packet(doubts=[("d", "weak_character")])
        _judge(office, client, packet, "d", verdict)
    told = client.get("/v1/statistics/rules").json()
    (doubt,) = told["doubts"]
    assert (doubt["rule"], doubt["confirmed"], doubt["false_alarm"]) == ("weak_character", 2, 1)
    assert not any(item["confirmed"] for item in told["items"])
    packet = office.packet(doubts=[("d", "weak_character")])
    refused = client.post(
        f"/v1/packets/{packet}/findings/x/judgement",
        json={"verdict": "confirmed", "reason": "无此疑点"},
    )
    assert refused.status_code == 404

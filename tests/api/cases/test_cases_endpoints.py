"""Cases over HTTP: the queue, ETags, acts, four eyes, bulk, export, and that another organisation
sees none of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from office import Office, act, another, opened
from sqlalchemy import Engine, event, select, text

from api.store.case_tables import CaseEvent
from api.store.service_tables import AuditRow, Event


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("data"), request.param) as made:
        yield made


def _case(office: Office, client: Any, **packet: Any) -> str:
    return str(office.case_of(client, office.packet(**packet)).json()["id"])


DISPOSAL = {"disposition": "clean", "reason": "核对无误"}


def test_queue_in_four_orders(office: Office) -> None:
    client = office.person("reviewer")
    for n in range(7):
        office.later(minutes=1)
        office.packet(
            f"Q{n}",
            branch="queue",
            score=[5, 40, 5, 80, 5, 33, 61][n],
            band="medium",
            applicant="乙_公司" if n == 3 else "丙公司",
        )
    for order, key, down in (
        ("newest", "opened_at", True),
        ("oldest", "opened_at", False),
        ("score", "score", True),
        ("updated", "updated_at", True),
    ):
        seen, cursor = [], None
        while True:
            params = {"branch": "queue", "order": order, "limit": 3} | (
                {"cursor": cursor} if cursor else {}
            )
            answer = client.get("/v1/cases", params=params).json()
            seen += answer["items"]
            cursor = answer["next_cursor"]
            if cursor is None:
                break
        assert len({c["id"] for c in seen}) == 7
        assert [(c[key], c["id"]) for c in seen] == sorted(
            ((c[key], c["id"]) for c in seen), reverse=down
        ), order
    assert [
        c["reference"] for c in client.get("/v1/cases", params={"q": "乙_"}).json()["items"]
    ] == ["Q3"]
    assert client.get("/v1/cases", params={"q": "%"}).json()["items"] == []
    assert (
        len(client.get("/v1/cases", params={"assignee": "none", "branch": "queue"}).json()["items"])
        == 7
    )
    assert client.get("/v1/cases", params={"assignee": "me"}).json()["items"] == []
    assert client.get("/v1/cases", params={"cursor": "x"}).json()["code"] == "bad_cursor"


def test_page_query_uses_an_index(office: Office) -> None:
    """Also the page after a cursor, whose place the index finds by itself."""
    client, seen = office.person("reviewer"), []
    for n in range(5):
        office.packet(f"E{n}")
    engine = office.wiring.database.engine

    @event.listens_for(
        Engine, "before_cursor_execute"
    )  # of all engines: a page may be read at once
    def note(
        conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool
    ) -> None:
        if "FROM cases" in statement and "ORDER BY" in statement:
            seen.append((statement, parameters))

    try:
        for order in ("newest", "oldest", "score", "updated"):
            first = client.get("/v1/cases", params={"order": order, "limit": 2}).json()
            client.get(
                "/v1/cases", params={"order": order, "limit": 2, "cursor": first["next_cursor"]}
            )
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert len(seen) == 8
    with engine.connect() as connection:
        if office.wiring.database.is_postgres:
            connection.execute(
                text("set enable_seqscan = off")
            )  # with so few rows a planner would read them all
            connection.execute(
                text("select set_config('huoyan.org', :org, false)"), {"org": office.org}
            )
        for n, (statement, parameters) in enumerate(seen):
            explain = "EXPLAIN " if office.wiring.database.is_postgres else "EXPLAIN QUERY PLAN "
            plan = "\n".join(
                str(tuple(r)) for r in connection.exec_driver_sql(explain + statement, parameters)
            )
            assert "ix_cases_" in plan and "TEMP B-TREE" not in plan and "Seq Scan" not in plan, (
                plan
            )
            if n % 2:  # after a cursor
                assert re.search(
                    r"Index Cond: .*ROW\(|SEARCH cases USING INDEX ix_cases_\w+ \(org_id=\? AND \(\w+,id\)[<>]",
                    plan,
                ), plan


def test_if_match(office: Office) -> None:
    client, other = office.person("reviewer"), office.person("reviewer")
    case = _case(office, client)
    tag = client.get(f"/v1/cases/{case}").headers["etag"]
    assert client.post(f"/v1/cases/{case}/claim").status_code == 428
    assert act(client, case, "claim", tag='"v99"').status_code == 412
    assert act(client, case, "claim", tag="*").status_code == 412
    taken = act(client, case, "claim", tag=tag)
    assert (
        taken.status_code == 200
        and taken.json()["assignee"] == client.headers["X-Person"]
        and taken.headers["etag"] != tag
    )
    assert act(other, case, "claim", tag=tag).status_code == 412
    assert act(other, case, "claim").json()["code"] == "wrong_state"
    assert act(other, case, "release").json()["code"] == "not_allowed"
    assert act(client, case, "release").json()["state"] == "open"


def test_one_person_decides_a_small_case(office: Office) -> None:
    client = office.person("reviewer")
    case = _case(office, client, amount="999999.99", band="medium")
    act(client, case, "claim")
    done = act(client, case, "decide", DISPOSAL)
    assert done.json()["state"] == "decided" and done.json()["four_eyes"] is False
    assert act(client, case, "claim").json()["code"] == "wrong_state"


@pytest.mark.parametrize(
    "packet",
    [{"amount": "1000000"}, {"band": "high"}, {"amount": ""}],
    ids=["amount", "band", "unknown"],
)
def test_two_people(office: Office, packet: dict[str, str]) -> None:
    maker, reviewer, senior = (
        office.person("senior_reviewer"),
        office.person("senior_reviewer"),
        office.person("senior_reviewer"),
    )
    case = _case(office, reviewer, by=maker.headers["X-Person"], **packet)
    act(reviewer, case, "claim")
    assert act(reviewer, case, "decide", DISPOSAL).json()["code"] == "wrong_state"
    assert act(reviewer, case, "propose", DISPOSAL).json()["state"] == "proposed"
    assert act(reviewer, case, "decide", DISPOSAL).json()["code"] == "same_person"
    assert act(maker, case, "decide", DISPOSAL).json()["code"] == "same_person"
    assert act(office.person("reviewer"), case, "decide", DISPOSAL).status_code == 403
    assert (
        act(senior, case, "decide", DISPOSAL | {"disposition": "unclear"}).json()["code"]
        == "not_as_proposed"
    )
    returned = act(senior, case, "return", {"reason": "请补充流水"}).json()
    assert (returned["state"], returned["proposed_by"]) == ("claimed", "")
    act(reviewer, case, "propose", DISPOSAL)
    assert act(senior, case, "decide", DISPOSAL).json()["state"] == "decided"
    assert act(senior, case, "reopen", {"reason": "新线索"}).json()["state"] == "open"
    kinds = [e["kind"] for e in senior.get(f"/v1/cases/{case}/events").json()["items"]]
    assert kinds == ["opened", "claimed", "proposed", "returned", "proposed", "decided", "reopened"]
    with office.wiring.database.reading(office.org) as session:
        told = [
            a.action
            for a in session.scalars(
                select(AuditRow).where(AuditRow.subject == case).order_by(AuditRow.seq)
            )
        ]
        sent = [
            e
            for e in session.scalars(select(Event).where(Event.kind == "case.decided"))
            if e.payload["case"] == case
        ]
    assert told == [f"case.{k}" for k in kinds[1:]] and len(sent) == 1


def test_a_lower_score_makes_no_second_person_unnecessary(office: Office) -> None:
    client = office.person("senior_reviewer")
    packet = office.packet(band="high", score=90)
    office.report(packet, band="low", score=3)
    case = office.case_of(client, packet).json()
    assert case["band"] == "low" and case["four_eyes"] is True


def test_permitted_tells_what_works(office: Office) -> None:
    client = office.person("senior_reviewer")
    case = _case(office, client)
    assert client.get(f"/v1/cases/{case}").json()["permitted"] == ["claim", "assign", "comment"]
    act(client, case, "claim")
    assert client.get(f"/v1/cases/{case}").json()["permitted"] == [
        "release",
        "assign",
        "comment",
        "propose",
        "decide",
    ]
    assert office.person("administrator").get(f"/v1/cases/{case}").json()["permitted"] == []


def test_assign_and_bulk(office: Office) -> None:
    senior, reviewer, admin = (
        office.person("senior_reviewer"),
        office.person("reviewer"),
        office.person("administrator"),
    )
    case = _case(office, senior)
    assert act(senior, case, "assign", {"user_id": admin.headers["X-Person"]}).status_code == 404
    assert (
        act(senior, case, "assign", {"user_id": reviewer.headers["X-Person"]}).json()[
            "assignee_name"
        ]
        == "reviewer"
    )
    assert (
        act(reviewer, case, "assign", {"user_id": reviewer.headers["X-Person"]}).status_code == 403
    )
    free = _case(office, senior)
    body = {"ids": [case, free, "cas_none", free], "action": "claim", "preview": True}
    wanted = [
        {"id": case, "outcome": "wrong_state"},
        {"id": free, "outcome": "ok"},
        {"id": "cas_none", "outcome": "not_found"},
    ]
    assert reviewer.post("/v1/cases/bulk", json=body).json() == {"preview": True, "items": wanted}
    assert reviewer.get(f"/v1/cases/{free}").json()["state"] == "open"
    assert reviewer.post("/v1/cases/bulk", json=body | {"preview": False}).json()["items"] == wanted
    assert reviewer.get(f"/v1/cases/{free}").json()["state"] == "claimed"
    assert reviewer.post("/v1/cases/bulk", json=body | {"action": "assign"}).status_code == 422
    assert (
        reviewer.post(
            "/v1/cases/bulk", json=body | {"action": "assign", "user_id": "usr_x"}
        ).status_code
        == 403
    )


def test_next_takes_the_highest_score(office: Office) -> None:
    client = office.person("reviewer")
    top = _case(office, client, score=99.5, band="high")
    assert client.post("/v1/cases/next").json()["id"] == top
    while client.post("/v1/cases/next").status_code == 200:
        pass
    assert client.post("/v1/cases/next").status_code == 204


def test_judgements_are_appended_and_the_latest_counts(office: Office) -> None:
    client = office.person("reviewer")
    packet = office.packet(findings=[("f1", "ARI01"), ("f2", "CON02")])
    case = office.case_of(client, packet)
    path = f"/v1/packets/{packet}/findings/f1/judgement"
    first = client.post(path, json={"verdict": "confirmed", "reason": "已核实"})
    assert (
        first.status_code == 201
        and first.json()["rule"] == "ARI01"
        and first.headers["etag"] != case.headers["etag"]
    )
    office.later(seconds=1)
    client.post(path, json={"verdict": "false_alarm", "reason": "四舍五入"})
    items = client.get(f"/v1/packets/{packet}/judgements").json()["items"]
    assert [(j["verdict"], j["counts"]) for j in items] == [
        ("false_alarm", True),
        ("confirmed", False),
    ]
    assert (
        client.post(
            path.replace("f1", "f3"), json={"verdict": "confirmed", "reason": "x"}
        ).status_code
        == 404
    )
    assert client.post(path, json={"verdict": "confirmed", "reason": "a\u0000b"}).status_code == 422
    events = client.get(f"/v1/cases/{case.json()['id']}/events").json()["items"]
    assert [e["kind"] for e in events] == ["opened", "judged", "judged"] and events[2]["body"][
        "verdict"
    ] == "false_alarm"


def test_export_and_another_organisation(office: Office) -> None:
    client, stranger = (
        office.person("reviewer"),
        another(office, f"乙银行{office.now}").person("senior_reviewer"),
    )
    packet = office.packet(findings=[("f1", "ARI01")])
    case = office.case_of(client, packet).json()["id"]
    lines = [json.loads(line) for line in client.get("/v1/cases/export").text.splitlines()]
    assert case in {c["id"] for c in lines}
    assert (
        stranger.get("/v1/cases/export").text == ""
        and stranger.get("/v1/cases").json()["items"] == []
    )
    nothing = stranger.get("/v1/cases/cas_nothing")
    for answer in (
        stranger.get(f"/v1/cases/{case}"),
        stranger.get(f"/v1/cases/{case}/events"),
        stranger.post(f"/v1/cases/{case}/claim", headers={"If-Match": '"v1"'}),
        stranger.post(
            f"/v1/packets/{packet}/findings/f1/judgement",
            json={"verdict": "confirmed", "reason": "x"},
        ),
    ):
        assert answer.status_code == 404 and answer.json() == nothing.json()
    assert stranger.post("/v1/cases/bulk", json={"ids": [case], "action": "claim"}).json()[
        "items"
    ] == [{"id": case, "outcome": "not_found"}]


def test_history_is_numbered_without_gaps(office: Office) -> None:
    with office.wiring.database.reading(office.org) as session:
        rows = session.execute(
            select(CaseEvent.case_id, CaseEvent.seq).order_by(CaseEvent.case_id, CaseEvent.seq)
        ).all()
    numbers: dict[str, list[int]] = {}
    for case_id, seq in rows:
        numbers.setdefault(case_id, []).append(seq)
    assert numbers and all(seqs == list(range(1, len(seqs) + 1)) for seqs in numbers.values())

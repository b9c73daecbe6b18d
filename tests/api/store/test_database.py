"""Organisations are kept apart whatever is done in whatever order: random sequences against a plain
model (T12).

Two to four organisations live in one database. After each step every organisation's view of every
owned table holds exactly the rows that its own steps made. On PostgreSQL row-level security is on,
for a role that it binds. HUOYAN_TENANT_SEQUENCES sets how many sequences are tried; `make soak`
tries 2,000.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from postgres import own_database
from row_attempts import (
    OWNED,
    READS,
    WRITES,
    Keys,
    everything,
    fresh_values,
    held,
    key_of,
    key_text,
    raw,
    raw_write,
)
from running_service import Nowhere
from sqlalchemy import delete, event, select, update
from sqlalchemy.exc import SQLAlchemyError

from api.app import create_app
from api.cases import repository as cases
from api.cases import service as case_acts
from api.cases.judgements import judge
from api.errors import Problem
from api.http.authentication import COOKIE, CSRF_HEADER, Caller, caller_of, digest
from api.http.roles import SCOPES
from api.packets import repository, service
from api.packets.schemas import NewCorrection, NewPacket
from api.settings import Settings
from api.store.audit_chain import append_audit
from api.store.case_events import reported
from api.store.case_tables import Case, Snapshot
from api.store.database import EVERY, OrganisationMismatch
from api.store.ids import new_id
from api.store.migrate import migrate
from api.store.packet_tables import Packet, Report
from api.store.people_tables import Organisation, User
from api.store.people_tables import Session as LogIn
from api.store.service_tables import Webhook
from api.store.tables import METADATA
from api.wiring import Wiring, wire

SEQUENCES = int(os.environ.get("HUOYAN_TENANT_SEQUENCES", "150"))
STEPS = 8
NOW = datetime(2026, 11, 25, 8, tzinfo=UTC)
FINDING = {"fingerprint": "0123456789abcdef", "rule": "ARI01"}
WHO, WHICH = st.integers(0, 3), st.integers(0, 5)
REFERENCES, WORDS = (
    st.sampled_from(["A-1", "A-2", "A-3", "A-4"]),
    st.sampled_from(["甲公司", "乙公司", "丙公司"]),
)
TABLE = st.sampled_from(range(len(OWNED)))


@dataclass
class Bank:
    """What one organisation did: the rows that came of it, and what people would remember."""

    org: str
    caller: Caller
    client: TestClient
    rows: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    packets: dict[str, str] = field(default_factory=dict)  # id and reference
    files: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    cases: dict[str, tuple[str, str, str]] = field(
        default_factory=dict
    )  # id, then packet, reference, applicant
    judged: list[str] = field(default_factory=list)  # packets that have reports
    things: dict[str, list[str]] = field(
        default_factory=lambda: defaultdict(list)
    )  # what HTTP made: keys, webhooks, snapshots


class World:
    """A service's store, and rows as the database itself holds them."""

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self.app = create_app(wiring)

    def held(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Every row as the database itself holds it."""
        with self.wiring.database.reading(EVERY) as session:
            return held(session)

    def bank(self) -> Bank:
        """A new organisation with one person who is logged in."""
        org, secret = new_id("org"), new_id("secret")
        user = User(
            id=new_id("usr"),
            org_id=org,
            login="admin",
            name="admin",
            role="administrator",
            created_at=NOW,
        )
        with self.wiring.database.writing(EVERY) as session:
            session.add(Organisation(id=org, name=org, created_at=NOW, settings={}))
            session.flush()
            session.add_all(
                (
                    user,
                    LogIn(
                        org_id=org,
                        digest=digest(secret),
                        user_id=user.id,
                        csrf="c",
                        created_at=NOW,
                        seen_at=NOW,
                    ),
                )
            )
        with self.wiring.database.writing(org) as session:
            append_audit(session, NOW, user.id, "login", user.id)
        client = TestClient(self.app, cookies={COOKIE: secret}, headers={CSRF_HEADER: "c"})
        return Bank(org, replace(caller_of(user), scopes=frozenset(SCOPES)), client)

    def empty(self) -> None:
        with self.wiring.database.writing(EVERY) as session:
            for table in reversed(METADATA.sorted_tables):
                session.execute(table.delete())


def chosen(rows: Any, which: int) -> Any:
    """One of the rows, or None where there are none."""
    listed = list(rows)
    return listed[which % len(listed)] if listed else None


class Apart(RuleBasedStateMachine):
    """Steps of several banks, in any order.

    `actor` is who made the last one, None where nothing may have changed.
    """

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.database = world, world.wiring.database
        self.banks: list[Bank] = []
        self.actor: Bank | None = None
        self.before: dict[tuple[str, str], tuple[str, str]] = {}

    @initialize(count=st.integers(2, 4))
    def found(self, count: int) -> None:
        for number in range(count):
            self.banks.append(self.world.bank())
            self.create_packet(number, "A-1")
            self.report(number, 0, "甲公司")
            self._settle(self.banks[-1])

    def teardown(self) -> None:
        try:
            for bank in self.banks:
                with self.database.reading(bank.org) as session:
                    for cls in OWNED:
                        assert (
                            self._texts(READS["entity"](session, cls))
                            == bank.rows[cls.__tablename__]
                        ), cls
        finally:
            self.world.empty()

    def _act(self, who: int) -> Bank:
        self.actor = self.banks[who % len(self.banks)]
        return self.actor

    def _two(self, who: int, other: int) -> tuple[Bank, Bank]:
        """Someone, and somebody else; nothing may change."""
        one = who % len(self.banks)
        self.actor = None
        return self.banks[one], self.banks[
            (one + 1 + other % (len(self.banks) - 1)) % len(self.banks)
        ]

    @staticmethod
    def _texts(keys: Keys) -> set[str]:
        return {key_text(k) for k in keys}

    def _settle(self, actor: Bank | None) -> None:
        """What the database holds now is what was there, changed by the actor in his own rows
        alone.
        """
        now = self.world.held()
        for place in now.keys() | self.before.keys():
            if now.get(place) != self.before.get(place):
                table, key = place
                assert actor is not None, f"{place} was changed by a stranger"
                assert {v[0] for v in (now.get(place), self.before.get(place)) if v} == {
                    actor.org
                }, f"{place} is another's"
                (actor.rows[table].add if place in now else actor.rows[table].discard)(key)
        self.before = now

    @invariant()
    def everyone_sees_exactly_his_own(self) -> None:
        if not self.banks:
            return
        self._settle(self.actor)
        for bank in self.banks:
            with self.database.reading(bank.org) as session:
                assert everything(session) == {
                    (table, key) for table, keys in bank.rows.items() for key in keys
                }

    # --- what a bank does by the service ---

    @rule(who=WHO, reference=REFERENCES)
    def create_packet(self, who: int, reference: str) -> None:
        bank = self._act(who)
        taken = reference in bank.packets.values()
        try:
            with self.database.writing(bank.org) as session:
                packet = service.create(session, bank.caller, NewPacket(reference=reference), NOW)
        except Problem as problem:
            assert problem.code == "already_there" and taken
        else:
            assert not taken
            bank.packets[packet.id] = reference

    @rule(who=WHO, which=WHICH, name=WORDS, content=st.sampled_from([b"one", b"two"]))
    def add_file(self, who: int, which: int, name: str, content: bytes) -> None:
        bank = self._act(who)
        packet_id = chosen(bank.packets, which)
        if packet_id:
            sha256 = self.world.wiring.blobs.put(bank.org, content)
            with self.database.writing(bank.org) as session:
                service.add_file(
                    session,
                    bank.caller,
                    service.found(session, packet_id),
                    name,
                    (sha256, len(content)),
                    "",
                    NOW,
                )
            bank.files[packet_id].add((name, sha256))

    @rule(who=WHO, which=WHICH, applicant=WORDS)
    def report(self, who: int, which: int, applicant: str) -> None:
        """A report as verification writes it, with the case that it opens or changes."""
        bank = self._act(who)
        packet_id = chosen(bank.packets, which)
        if packet_id is None:
            return
        with self.database.writing(bank.org) as session:
            packet = service.found(session, packet_id)
            packet.revision, packet.status = packet.revision + 1, "done"
            row = Report(
                id=new_id("rep"),
                packet_id=packet.id,
                revision=packet.revision,
                engines="e",
                score=10,
                band="low",
                coverage=1,
            )
            row.applicant, row.policy_version, row.created_at = applicant, "1", NOW
            row.body = f'{{"findings":[{{"fingerprint":"{FINDING["fingerprint"]}","rule":"{FINDING["rule"]}"}}],"inputs":{{"files":[]}}}}'
            session.add(row)
            session.flush()
            case = reported(session, packet, row, {}, NOW)
        bank.cases[case.id] = (packet_id, bank.packets[packet_id], applicant)
        bank.judged.append(packet_id)

    @rule(who=WHO, which=WHICH, text=WORDS)
    def comment(self, who: int, which: int, text: str) -> None:
        bank = self._act(who)
        case_id = chosen(bank.cases, which)
        if case_id:
            with self.database.writing(bank.org) as session:
                case_acts.comment(
                    session, bank.caller, case_acts.found(session, case_id), text, NOW
                )

    @rule(who=WHO, which=WHICH, verdict=st.sampled_from(["confirmed", "false_alarm"]))
    def judge(self, who: int, which: int, verdict: str) -> None:
        bank = self._act(who)
        packet_id = chosen([p for p in bank.judged if p in bank.packets], which)
        if packet_id:
            with self.database.writing(bank.org) as session:
                judge(
                    session,
                    bank.caller,
                    service.found(session, packet_id),
                    FINDING["fingerprint"],
                    verdict,
                    "r",
                    NOW,
                )

    @rule(who=WHO, which=WHICH)
    def correct(self, who: int, which: int) -> None:
        bank = self._act(who)
        packet_id = chosen(bank.packets, which)
        if packet_id:
            new = NewCorrection(document="d", field="f", value="1", reason="r")
            with self.database.writing(bank.org) as session:
                service.correct(
                    session, bank.caller, service.found(session, packet_id), new, "0", "1", NOW
                )

    @rule(who=WHO, which=WHICH)
    def erase(self, who: int, which: int) -> None:
        bank = self._act(who)
        packet_id = chosen(bank.packets, which)
        if packet_id:
            with self.database.writing(bank.org) as session:
                service.erase(
                    self.world.wiring,
                    session,
                    bank.caller.id,
                    service.found(session, packet_id),
                    "r",
                )
            del bank.packets[packet_id]
            bank.files.pop(packet_id, None)
            bank.cases = {i: c for i, c in bank.cases.items() if c[0] != packet_id}

    @rule(who=WHO, table=TABLE)
    def row_of_any_table(self, who: int, table: int) -> None:
        """Tables that are added later are tried too."""
        bank, cls = self._act(who), OWNED[table]
        with self.database.writing(bank.org) as session:
            if cls.__tablename__ == "audit":  # a chain: only its own links fit
                append_audit(session, NOW, bank.caller.id, "test.done", "x")
                return
            reference = new_id("ref")
            packet = Packet(
                id=new_id("pkt"),
                reference=reference,
                created_by=bank.caller.id,
                created_at=NOW,
                updated_at=NOW,
            )
            session.add(packet)
            session.flush()
            bank.packets[packet.id] = reference
            case_id = chosen(bank.cases, 0)
            row = (
                cls(**fresh_values(cls, NOW, packet.id, case_id or ""))
                if case_id or cls.__tablename__ != "case_events"
                else None
            )
            if isinstance(row, Case):
                bank.cases[row.id] = (packet.id, row.reference, row.applicant)
            elif isinstance(row, Packet):
                bank.packets[row.id] = row.reference
            elif cls.__tablename__ == "files":
                return  # a file taken out of its packet is none that is listed
            if row is not None:
                session.add(row)

    @rule(who=WHO, branch=WORDS)
    def change_all(self, who: int, branch: str) -> None:
        """An update and a delete without a condition reach one's own rows alone."""
        bank = self._act(who)
        with self.database.writing(bank.org) as session:
            assert session.execute(update(Packet).values(branch=branch)).rowcount == len(
                bank.rows["packets"]
            )  # type: ignore[attr-defined]
            assert session.execute(delete(Snapshot)).rowcount == len(bank.rows["snapshots"])  # type: ignore[attr-defined]
            assert session.query(Webhook).delete() == len(bank.rows["webhooks"])
        bank.things["webhooks"], bank.things["graph/snapshots"] = [], []

    # --- over HTTP ---

    @rule(
        who=WHO,
        kind=st.sampled_from(["keys", "webhooks", "graph/snapshots", "policies"]),
        once=st.sampled_from(["", "same"]),
    )
    def make_over_http(self, who: int, kind: str, once: str) -> None:
        bank = self._act(who)
        bodies: dict[str, dict[str, Any]] = {
            "keys": {"name": "k", "scopes": ["graph:read"]},
            "webhooks": {"name": "w", "url": "https://example.com/h", "kinds": ["packet.done"]},
            "graph/snapshots": {"name": "s", "body": {"entities": []}},
            "policies": {"changes": {}},
        }
        answer = bank.client.post(
            f"/v1/{kind}",
            json=bodies[kind],
            headers={"Idempotency-Key": once + kind} if once else {},
        )
        assert answer.status_code == 201, answer.text
        made = answer.json().get("id") or answer.json()["webhook"]["id"]
        if made not in bank.things[kind] and "Idempotent-Replayed" not in answer.headers:
            bank.things[kind].append(made)

    @rule(who=WHO, text=st.sampled_from(["", "A-1", "甲", "公司"]))
    def lists(self, who: int, text: str) -> None:
        bank = self._act(who)
        listed = self._listed(bank, "packets")
        assert {p["id"]: p["reference"] for p in listed if p["mode"] == "live"} == self._live(bank)
        for packet in listed:
            assert {(f["name"], f["sha256"]) for f in packet["files"]} == bank.files.get(
                packet["id"], set()
            )
        wanted = {
            i
            for i, (_, reference, applicant) in bank.cases.items()
            if text in reference or text in applicant
        }
        assert {c["id"] for c in self._listed(bank, "cases", q=text)} == wanted
        figures = bank.client.get("/v1/statistics").json()
        assert figures["cases"] == sum(b["total"] for b in figures["branches"]) == len(bank.cases)
        for kind in ("webhooks", "graph/snapshots"):
            assert {t["id"] for t in self._listed(bank, kind)} == bank.rows[kind.rsplit("/", 1)[-1]]

    def _live(self, bank: Bank) -> dict[str, str]:
        with self.database.reading(bank.org) as session:
            other = {
                i
                for i, mode, status in session.execute(
                    select(Packet.id, Packet.mode, Packet.status)
                )
                if mode != "live" or status == "erased"
            }
        return {i: r for i, r in bank.packets.items() if i not in other}

    def _listed(self, bank: Bank, path: str, **asked: str) -> list[Any]:
        answer = bank.client.get(
            f"/v1/{path}", params=asked | ({"limit": "200"} if path in ("packets", "cases") else {})
        )
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    @rule(who=WHO, other=WHO, which=WHICH)
    def ask_for_anothers(self, who: int, other: int, which: int) -> None:
        """Nothing of another is there, by whatever operation."""
        one, two = self._two(who, other)
        packet, case = chosen(two.packets, which), chosen(two.cases, which)
        webhook, snapshot, key = (
            chosen(two.things[k], which) for k in ("webhooks", "graph/snapshots", "keys")
        )
        asked: list[tuple[str, str, Any]] = [
            ("get", f"packets/{packet}", None),
            ("post", f"packets/{packet}/submit", {}),
        ]
        asked += [
            ("delete", f"packets/{packet}?reason=r", None),
            ("get", f"cases/{case}", None),
            ("get", f"cases/{case}/events", None),
        ]
        asked += [
            ("patch", f"webhooks/{webhook}", {"active": False}),
            ("delete", f"webhooks/{webhook}", None),
            ("delete", f"keys/{key}", None),
        ]
        asked += [
            ("get", f"graph/snapshots/{snapshot}", None),
            ("delete", f"graph/snapshots/{snapshot}", None),
        ]
        asked += [
            ("get", f"packets/{packet}/{part}", None)
            for part in ("report", "reports", "steps", "corrections", "judgements")
        ]
        method, path, body = asked[(which + who + other * 5) % len(asked)]
        answer = one.client.request(method, f"/v1/{path}", headers={"If-Match": '"v1"'}, json=body)
        assert answer.status_code == 404, (method, path, answer.text)

    @rule(who=WHO, other=WHO, which=WHICH)
    def serve_anothers(self, who: int, other: int, which: int) -> None:
        """What is found by id in a session is one's own."""
        one, two = self._two(who, other)
        with self.database.reading(one.org) as session:
            for packet_id in two.packets:
                assert (
                    repository.packet(session, packet_id) is None
                    and repository.reports(session, packet_id) == []
                )
                assert (
                    repository.files(session, packet_id) == []
                    and repository.heads(session, [packet_id]) == {}
                )
            assert (
                cases.locked(session, list(two.cases)) == {}
                and session.execute(cases.SHOWN.where(Case.packet_id.in_(two.packets))).all() == []
            )

    # --- any table, by any statement ---

    @rule(who=WHO, table=TABLE)
    def read_any(self, who: int, table: int) -> None:
        self.actor = None
        bank, cls = self.banks[who % len(self.banks)], OWNED[table]
        with self.database.reading(bank.org) as session:
            for way, read in READS.items():
                assert self._texts(read(session, cls)) == bank.rows[cls.__tablename__], (way, cls)
            if self.database.is_postgres:
                assert self._texts(raw(session, cls)) == bank.rows[cls.__tablename__], cls

    @rule(who=WHO, other=WHO, table=TABLE, which=WHICH, way=st.sampled_from(sorted(WRITES)))
    def write_anothers(self, who: int, other: int, table: int, which: int, way: str) -> None:
        """Refused, or without effect: the invariant sees that nothing changed."""
        one, two = self._two(who, other)
        filled = [c for c in OWNED[table:] + OWNED[:table] if two.rows[c.__tablename__]]
        with self.database.reading(two.org) as session:
            row = chosen(sorted(session.scalars(select(filled[0])), key=key_of), which)
        attempt(self.world, one, row, WRITES[way])


def attempt(world: World, bank: Bank, row: Any, write: Any) -> None:
    """A write of another's row, which may be refused and may have no effect; on PostgreSQL by text
    too.
    """
    with (
        suppress(OrganisationMismatch, SQLAlchemyError),
        world.wiring.database.writing(bank.org) as session,
    ):
        write(session, row)
    if world.wiring.database.is_postgres:
        with world.wiring.database.writing(bank.org) as session:
            raw_write(session, row)


@pytest.fixture(params=["sqlite", "postgresql"])
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with own_database() if request.param == "postgresql" else nullcontext("") as url:
        # Nothing is to outlive the test: commits need not wait for the disk.
        wiring = wire(
            Settings(
                data=tmp_path,
                database_url=url and f"{url}?options=-csynchronous_commit%3Doff",
                requests_per_minute=10**9,
            )
        )
        if not url:
            event.listen(
                wiring.database.engine,
                "connect",
                lambda connection, _: connection.execute("PRAGMA synchronous=OFF"),
            )
        wiring.connector, wiring.now = Nowhere(), lambda: NOW
        migrate(wiring.database)
        yield World(wiring)
        wiring.database.close()


def test_organisations_are_kept_apart(world: World) -> None:
    count = SEQUENCES // 4 if world.wiring.database.is_postgres and SEQUENCES < 1_000 else SEQUENCES
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: Apart(world),
        settings=settings(
            max_examples=count,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],  # shrinking takes minutes, and the steps are few
        ),
    )


def test_no_statement_reaches_anothers_row_of_any_table(world: World) -> None:
    """The same attempts without chance: every way at every table."""
    machine = Apart(world)
    machine.found(2)
    one, two = machine.banks
    for who in (0, 1):
        for table in range(len(OWNED)):
            machine.row_of_any_table(who, table)
            machine.everyone_sees_exactly_his_own()
    machine.add_file(1, 0, "a", b"one")
    machine.everyone_sees_exactly_his_own()
    for table, cls in enumerate(OWNED):
        machine.read_any(0, table)
        assert two.rows[cls.__tablename__], cls
        for write in WRITES.values():
            with world.wiring.database.reading(two.org) as session:
                row = session.scalars(select(cls)).first()
            attempt(world, one, row, write)
        machine.actor = None
        machine.everyone_sees_exactly_his_own()
    machine.teardown()

"""A bank's office for tests of the service: the real store, people who are logged in, packets that
have reports. Nothing is verified.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from postgres import own_database

from api.app import create_app
from api.http.authentication import CSRF_HEADER
from api.people.service import begin_session, found_organisation
from api.settings import Settings
from api.store.case_events import reported
from api.store.ids import new_id
from api.store.migrate import migrate
from api.store.packet_tables import Packet, Report, Revision
from api.store.people_tables import User
from api.wiring import Wiring, wire


@dataclass
class Office:
    """One organisation. `now` stands still unless a test moves it."""

    wiring: Wiring
    org: str
    name: str
    now: datetime = field(default_factory=lambda: datetime(2026, 11, 25, 8, tzinfo=UTC))

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def person(self, role: str, name: str = "") -> TestClient:
        """A client of a new person who is logged in; `client.headers["X-Person"]` is the id."""
        user = User(
            id=new_id("usr"),
            org_id=self.org,
            login=secrets.token_hex(6),
            name=name or role,
            role=role,
            created_at=self.now,
        )
        with self.wiring.database.writing(self.org) as session:
            session.add(user)
        begun = begin_session(self.wiring.database, user, self.now)
        client = TestClient(create_app(self.wiring), cookies={"huoyan_session": begun.secret})
        client.headers.update({CSRF_HEADER: begun.csrf, "X-Person": user.id})
        return client

    def packet(
        self,
        reference: str = "",
        *,
        amount: str = "1000",
        branch: str = "",
        by: str = "key_1",
        **report: Any,
    ) -> str:
        """A packet with a report, and so with a case. Returns its id."""
        packet = Packet(
            id=new_id("pkt"),
            reference=reference or secrets.token_hex(6),
            branch=branch,
            amount=amount,
            created_by=by,
        )
        packet.created_at = packet.updated_at = self.now
        with self.wiring.database.writing(self.org) as session:
            session.add(packet)
        self.report(packet.id, **report)
        return packet.id

    def report(
        self,
        packet_id: str,
        *,
        score: float = 10,
        band: str = "low",
        findings: Any = (),
        doubts: Any = (),
        parts: str = "",
        applicant: str = "甲公司",
    ) -> None:
        """One more report on a packet."""
        with self.wiring.database.writing(self.org) as session:
            packet = session.get_one(Packet, packet_id)
            packet.revision, packet.status = packet.revision + 1, "done"
            revision = Revision(
                id=new_id("rev"),
                packet_id=packet.id,
                number=packet.revision,
                state="done",
                as_of=date(2026, 1, 31),
            )
            revision.queued_at = self.now
            told = {
                "findings": [{"fingerprint": f, "rule": r} for f, r in findings],
                "checks": [
                    {"rule": "ARI01", "doubts": [{"fingerprint": f, "slip": s}]} for f, s in doubts
                ],
            }
            body = json.dumps(told)
            row = Report(
                id=new_id("rep"),
                packet_id=packet.id,
                revision=packet.revision,
                engines="e",
                score=score,
                band=band,
                coverage=1.0,
            )
            row.applicant, row.policy_version, row.body, row.parts, row.created_at = (
                applicant,
                "2026.1",
                body,
                parts,
                self.now,
            )
            session.add_all((revision, row))
            session.flush()
            reported(session, packet, row, {}, self.now)

    def case_of(self, client: TestClient, packet_id: str) -> Any:
        return client.get(f"/v1/cases/{client.get(f'/v1/packets/{packet_id}').json()['case_id']}")


def act(client: TestClient, case_id: str, name: str, body: Any = None, tag: str = "") -> Any:
    """An act in a case with the ETag as it is now, or with the given one."""
    tag = tag or client.get(f"/v1/cases/{case_id}").headers["etag"]
    return client.post(f"/v1/cases/{case_id}/{name}", json=body, headers={"If-Match": tag})


def another(office: Office, name: str) -> Office:
    """A second organisation in the same store."""
    admin, _ = found_organisation(office.wiring.database, name, "admin", office.now)
    return Office(office.wiring, admin.org_id, name, office.now)


@contextmanager
def opened(folder: Path, kind: str) -> Iterator[Office]:
    """An office on SQLite or on PostgreSQL, where row-level security acts since its role is no
    superuser.
    """
    with own_database() if kind == "postgresql" else nullcontext("") as url:
        wiring = wire(Settings(data=folder, database_url=url, requests_per_minute=1_000_000))
        migrate(wiring.database)
        admin, _ = found_organisation(wiring.database, "甲银行", "admin", datetime.now(UTC))
        office = Office(wiring, admin.org_id, "甲银行")
        wiring.now = lambda: office.now
        try:
            yield office
        finally:
            wiring.close()

"""A service with a small graph, of packets that were never read: their papers are made here and
stored as reports.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter
from running_service import Service

from api.app import create_app
from api.http.authentication import CSRF_HEADER
from api.people.service import found_organisation
from api.settings import Settings
from api.store.ids import new_id
from api.store.migrate import migrate
from api.store.packet_tables import Packet as PacketRow
from api.store.packet_tables import Report
from api.wiring import Wiring, wire
from extractors.model import Box, Document, Field, Packet, Provenance, Shareholder

A, B, C, D, E, F = (
    f"{name}有限公司"
    for name in ("甲一实业", "乙二贸易", "丙三机械", "丁四材料", "戊五纺织", "己六包装")
)
PHONE = "13812345678"
BOX = Box(0.1, 0.2, 0.5, 0.25)


def field(name: str, value: str) -> Field:
    return Field(
        name=name,
        value=value,
        raw=value,
        confidence=0.99,
        at=Provenance(page=2, box=BOX, method="text"),
    )


def paper(kind: str, number: int, fields: dict[str, str], **more: object) -> Document:
    """A document of a type; `number` makes its digest."""
    made = {k: field(k, v) for k, v in fields.items()}
    return Document(
        type=kind,
        file=f"{kind}-{number}.pdf",
        sha256=f"{number:064x}",
        pages=(1, 2),
        fields=made,
        **more,
    )  # type: ignore[arg-type]


def guarantee(
    number: int,
    guarantor: str,
    debtor: str,
    amount: str = "5000000.00",
    period: str = "2025-01-01/2027-12-31",
) -> Document:
    fields = {
        "contract_number": f"保{number}",
        "amount": amount,
        "signed": "2025-01-01",
        "claim_period": period,
    }
    parties = {"guarantor": (field("guarantor", guarantor),), "debtor": (field("debtor", debtor),)}
    return paper("guarantee_contract", number, fields, parties=parties)


def register(number: int, firm: str, phone: str = "", **shares: int) -> Document:
    held = tuple(
        Shareholder(name=n, share=Decimal(s), amount=None, page=1, box=BOX)
        for n, s in shares.items()
    )
    fields = {"company": firm} | ({"phone": phone} if phone else {})
    return paper("shareholder_register", number, fields, shareholders=held)


def invoice(number: int, seller: str, buyer: str, day: str, total: str = "100000.00") -> Document:
    fields = {
        "number": str(number),
        "issue_date": day,
        "seller_name": seller,
        "buyer_name": buyer,
        "total_amount": total,
    }
    return paper("invoice", number, fields)


def stored(
    wiring: Wiring,
    org: str,
    reference: str,
    documents: Sequence[Document],
    mode: str = "live",
    revision: int = 1,
) -> str:
    """A packet whose report says that these papers were read.

    Returns its id; a later revision of a reference is of the same packet.
    """
    body = TypeAdapter(Packet).dump_json(Packet(id=reference, documents=tuple(documents), files=()))
    now = datetime(2026, 1, 31, tzinfo=UTC)
    with wiring.database.writing(org) as session:
        row = session.query(PacketRow).filter_by(reference=reference, mode=mode).one_or_none()
        if row is None:
            row = PacketRow(
                id=new_id("pkt"),
                reference=reference,
                mode=mode,
                status="done",
                revision=revision,
                created_by="x",
                created_at=now,
                updated_at=now,
            )
            session.add(row)
            session.flush()
        report = Report(
            id=new_id("rep"),
            packet_id=row.id,
            revision=revision,
            engines="e",
            score=0.0,
            band="low",
            coverage=1.0,
            applicant="",
            policy_version="",
            body='{"inputs": {"files": []}, "documents": [], "findings": []}',
            parts=wiring.blobs.put(org, gzip.compress(body, mtime=0)),
            created_at=now,
        )
        session.add(report)
        return row.id


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """An organisation with a circle of three firms over two packets, a ring of invoices, a shared
    telephone, and one firm apart.
    """
    wiring = wire(
        Settings(
            data=tmp_path_factory.mktemp("data"),
            logins_per_minute=10_000,
            requests_per_minute=1_000_000,
        )
    )
    migrate(wiring.database)
    user, password = found_organisation(wiring.database, "甲银行", "admin", wiring.now())
    org = user.org_id
    stored(
        wiring,
        org,
        "A1",
        [
            guarantee(1, A, B),
            guarantee(2, B, C, "3000000.00"),
            register(3, A, PHONE, 张三=60, 李四=40),
        ],
    )
    stored(
        wiring,
        org,
        "A2",
        [
            guarantee(4, C, A, period="2025-01-01/2025-06-30"),
            guarantee(1, A, B),
            register(5, D, PHONE, 张三=80),
        ],
    )
    stored(
        wiring,
        org,
        "A3",
        [
            invoice(6, D, E, "2025-03-01"),
            invoice(7, E, F, "2025-03-05"),
            invoice(8, F, D, "2025-03-09"),
        ],
    )
    stored(wiring, org, "T1", [guarantee(9, "测试甲有限公司", "测试乙有限公司")], mode="test")
    client = TestClient(create_app(wiring))
    client.headers[CSRF_HEADER] = client.post(
        "/v1/session", json={"login": "admin", "password": password}
    ).json()["csrf"]
    yield Service(wiring, client, password)
    wiring.close()


@pytest.fixture(scope="module")
def stranger(bank: Service) -> TestClient:
    """Logged in at another organisation, which has one packet of its own."""
    user, password = found_organisation(bank.wiring.database, "乙银行", "other", bank.wiring.now())
    stored(bank.wiring, user.org_id, "B1", [guarantee(11, "庚七有限公司", A)])
    return bank.log_in("other", password)

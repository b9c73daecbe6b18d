"""Readings are kept between the steps of a verification, but a power cut may take them."""

from __future__ import annotations

from collections.abc import Callable

from running_service import Service
from sqlalchemy import select

from api.store.database import EVERY
from api.store.packet_tables import Reading


def test_a_reading_that_was_lost_is_made_again(
    service: Service, altered: Callable[[], dict[str, bytes]]
) -> None:
    packet = service.verified("L-1", altered())
    before = service.client.get(f"/v1/packets/{packet}/report").content
    with service.wiring.database.reading(EVERY) as session:
        kept = list(session.scalars(select(Reading)))
    assert kept
    for reading in kept:
        service.wiring.blobs.delete(reading.org_id, reading.blob)
    answer = service.client.post(
        f"/v1/packets/{packet}/submit", params={"wait": 60}, json={"as_of": "2026-01-31"}
    )
    assert answer.status_code == 200 and answer.json()["status"] == "done", answer.text
    assert service.client.get(f"/v1/packets/{packet}/report").content == before
    for reading in kept:
        assert service.wiring.blobs.get(reading.org_id, reading.blob)

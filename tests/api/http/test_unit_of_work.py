"""Where endpoints run: what reads a few rows in the event loop where the database is a file at
hand, all else in threads.
"""

from __future__ import annotations

import inspect
import threading
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from office import Office, opened
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from api.app import ROUTERS
from api.cases import repository
from api.store.database import EVERY, Later, takes_long


@pytest.fixture(params=["sqlite", "postgresql"])
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    with opened(tmp_path_factory.mktemp("data"), request.param) as made:
        yield made


def test_a_page_is_read_at_once_and_a_search_in_a_thread(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, page, ran = office.person("reviewer"), repository.cases, []
    office.packet("乙方")

    def noted(*given: Any) -> Any:
        ran.append(threading.current_thread().name == "AnyIO worker thread")
        return page(*given)

    monkeypatch.setattr(repository, "cases", noted)
    for asked in ({}, {"q": "乙"}):
        assert [c["reference"] for c in client.get("/v1/cases", params=asked).json()["items"]] == [
            "乙方"
        ]
    assert ran == [not office.wiring.database.is_sqlite, True]


def test_what_reads_at_once_neither_writes_nor_takes_long(office: Office) -> None:
    database = office.wiring.database
    with database.reading(EVERY) as session:
        takes_long(session)
    if database.is_sqlite:
        with database.reading(EVERY, at_once=True) as session, pytest.raises(Later):
            takes_long(session)
        with database.reading(EVERY, at_once=True) as session, pytest.raises(OperationalError):
            session.execute(text("delete from cases"))


def test_what_is_marked_has_the_session_that_it_reads_in() -> None:
    endpoints = [
        route.endpoint for name in ROUTERS for route in import_module(f"api.{name}").router.routes
    ]
    marked = [e for e in endpoints if getattr(e, "at_once", False)]
    assert len(marked) >= 10
    assert all("session" in inspect.signature(e).parameters for e in marked)

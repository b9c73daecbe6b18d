"""/v1/operation: what the service is doing, for administrators."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from api.http.authentication import Caller, needs
from api.http.unit_of_work import SessionDep, SessionRoute
from api.operation import repository
from api.parts import PartsDep

router = APIRouter(prefix="/v1", route_class=SessionRoute, tags=["operation"])
Manager = Annotated[Caller, Depends(needs("people:manage"))]


class WorkerOut(BaseModel):
    """A process that verifies packets."""

    executor: str
    version: str
    isolation_level: int
    started_at: datetime
    seen_at: datetime
    alive: bool = Field(
        description=(
            "Whether it was heard of within the lease; its packets are handed to others when not."
        )
    )


class OperationOut(BaseModel):
    """Packets are those of the caller's organisation alone; workers serve all."""

    version: str
    isolation_level: int
    waiting: int
    running: int
    quarantined: int
    oldest_waiting_at: datetime | None
    deliveries_waiting: int
    deliveries_failed: int = Field(description="Given up after all attempts; they can be replayed.")
    retention_days: int = Field(description="Packets untouched for longer are erased; 0: kept.")
    workers: list[WorkerOut]


@router.get("/operation")
def operation(caller: Manager, session: SessionDep, wiring: PartsDep) -> OperationOut:
    """The queue, the workers, the isolation in force."""
    silent = wiring.now() - timedelta(seconds=wiring.settings.lease_seconds)
    states, oldest = repository.queue(session)
    workers = [
        WorkerOut(
            executor=x.executor,
            version=x.version,
            isolation_level=x.isolation,
            started_at=x.started_at,
            seen_at=x.seen_at,
            alive=x.ended_at is None and x.seen_at >= silent,
        )
        for x in repository.workers(session)
    ]
    return OperationOut(
        version=version("huoyan"),
        isolation_level=wiring.sandbox.level,
        waiting=states.get("queued", 0),
        running=states.get("running", 0),
        quarantined=repository.quarantined(session),
        oldest_waiting_at=oldest,
        deliveries_waiting=repository.deliveries_waiting(session),
        deliveries_failed=repository.deliveries_failed(session),
        retention_days=wiring.settings.retention_days,
        workers=workers,
    )

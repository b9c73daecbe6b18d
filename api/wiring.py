"""The one place that names concrete stores, engines and queues. Tests build a Wiring with other parts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request

from api.blobs.blobs import Blobs, open_blobs
from api.commands.verify_files import engines
from api.graph.held import Graphs
from api.graph.imported import ImportedTables
from api.jobs.durable import Durable
from api.jobs.judging import Judging
from api.oidc.provider import Provider
from api.operation.upkeep import Upkeep
from api.outbound.connector import Connector, GuardedConnector
from api.runtime.encryption import Sealer
from api.runtime.metrics import Metrics
from api.runtime.progress_feed import News
from api.runtime.rate_limit import Throttle
from api.settings import Settings
from api.store.database import Database
from api.webhooks.dispatcher import Dispatcher
from extractors.intake.limits import Limits
from extractors.sandbox.parent import Sandbox


def utc_now() -> datetime:
    """The only clock of the service."""
    return datetime.now(UTC)


@dataclass
class Wiring:
    """What the parts of a service share. `close` gives back processes and connections."""

    settings: Settings
    database: Database
    blobs: Blobs
    now: Callable[[], datetime] = utc_now
    limits: Limits = field(default_factory=Limits)
    throttle: Throttle = field(default_factory=Throttle)
    metrics: Metrics = field(default_factory=Metrics)
    graphs: Graphs = field(default_factory=Graphs)
    imported: ImportedTables = field(default_factory=ImportedTables)
    connector: Connector = field(default_factory=GuardedConnector)
    news: News = field(default_factory=News)

    @cached_property
    def sealer(self) -> Sealer:
        return Sealer(self.settings.key)

    @cached_property
    def sandbox(self) -> Sandbox:
        """Children that read files; started when first needed."""
        return Sandbox(self.limits, jobs=self.settings.jobs, contracts=True)

    @cached_property
    def judging(self) -> Judging:
        return Judging(max(1, self.settings.workers))

    @cached_property
    def jobs(self) -> Durable:
        return Durable(self)

    @cached_property
    def dispatcher(self) -> Dispatcher:
        return Dispatcher(self)

    @cached_property
    def upkeep(self) -> Upkeep:
        return Upkeep(self)

    @cached_property
    def oidc(self) -> Provider:
        return Provider(self)

    @cached_property
    def engines(self) -> dict[str, str]:
        return engines()

    @cached_property
    def engines_digest(self) -> str:
        return hashlib.sha256(json.dumps(self.engines, sort_keys=True).encode()).hexdigest()[:32]

    def launch(self) -> None:
        """Starts the work that goes on by itself. Raises IsolationTooLow before anything is accepted."""
        _ = self.sandbox.level
        self.jobs.launch()
        self.dispatcher.launch()
        self.upkeep.launch()

    def close(self) -> None:
        for name in ("upkeep", "dispatcher", "jobs", "judging", "sandbox"):
            if name in self.__dict__:
                self.__dict__[name].close()
        self.database.close()


def wire(settings: Settings) -> Wiring:
    """The service's parts by its settings."""
    settings.data.mkdir(parents=True, exist_ok=True)
    blobs = open_blobs(settings.blobs or settings.data / "blobs", settings.s3_endpoint)
    return Wiring(
        settings=settings,
        database=Database(settings.url, process=settings.executor_id),
        blobs=blobs,
    )


async def _wiring(request: Request) -> Wiring:
    # async, so that no thread is asked for it
    wiring: Wiring = request.app.state.wiring
    return wiring


WiringOf = Annotated[Wiring, Depends(_wiring)]

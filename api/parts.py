"""What the services of one process share: settings, database, blobs, clock, readers, judging,
metrics.

Services take `Parts`. Only the application and the commands build them, in `api/wiring.py`.
"""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, Any, Protocol
from uuid import uuid4

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from api.blobs.blobs import Blobs
from api.jobs.judging import Judging
from api.outbound.connector import Connector, GuardedConnector
from api.runtime.encryption import Sealer
from api.runtime.engine_versions import engines
from api.runtime.guessing import Guessing
from api.runtime.metrics import Metrics
from api.runtime.progress_feed import ProgressFeed
from api.runtime.rate_limit import Throttle
from api.settings import Settings
from api.store.database import Database
from extractors.intake.limits import Limits
from extractors.sandbox.parent import Sandbox
from graphs.model import PartyGraph


def utc_now() -> datetime:
    """Return the time. It is the only clock of the service."""
    return datetime.now(UTC)


def new_boot() -> str:
    """Return what tells this start of a process from every other start, of any process."""
    return uuid4().hex


class PacketQueue(Protocol):
    """The queue of packets that wait to be read and judged."""

    def wake(self) -> None: ...

    def cancel(self, revision_id: str, lease: int) -> None: ...

    def forget(self, revisions: Sequence[tuple[str, int]]) -> None: ...


class LogInProvider(Protocol):
    """The organisation's OpenID provider."""

    def address(self, state: str, nonce: str, verifier: str) -> str: ...

    def claims(self, code: str, nonce: str, verifier: str) -> dict[str, Any]: ...


class GraphCache(Protocol):
    """Graphs of organisations, as their reports and imports are now; returns an
    api.graph.held.HeldGraph.
    """

    def of(self, parts: Parts, session: Session, mode: str) -> Any: ...


class TableCache(Protocol):
    """Imported tables of an organisation as one graph."""

    def of(
        self, parts: Parts, session: Session, mode: str
    ) -> tuple[tuple[str, ...], PartyGraph]: ...


@dataclass
class Parts(ABC):
    """The shared parts.

    A queue, a provider and caches that are built upon them are given by their protocols.
    """

    settings: Settings
    database: Database
    blobs: Blobs
    boot: str = field(default_factory=new_boot)
    now: Callable[[], datetime] = utc_now
    limits: Limits = field(default_factory=Limits)
    throttle: Throttle = field(default_factory=Throttle)
    metrics: Metrics = field(default_factory=Metrics)
    connector: Connector = field(default_factory=GuardedConnector)
    news: ProgressFeed = field(default_factory=ProgressFeed)

    @property
    @abstractmethod
    def jobs(self) -> PacketQueue: ...

    @property
    @abstractmethod
    def oidc(self) -> LogInProvider: ...

    @property
    @abstractmethod
    def graphs(self) -> GraphCache: ...

    @property
    @abstractmethod
    def imported(self) -> TableCache: ...

    @abstractmethod
    def close(self) -> None:
        """Give back processes and connections."""

    @cached_property
    def sealer(self) -> Sealer:
        return Sealer(self.settings.key)

    @cached_property
    def guessing(self) -> Guessing:
        return Guessing(self.throttle, self.settings.logins_per_minute)

    @cached_property
    def sandbox(self) -> Sandbox:
        """Child processes that read files; started when first needed."""
        return Sandbox(self.limits, jobs=self.settings.jobs, contracts=True, draws=True)

    @cached_property
    def judging(self) -> Judging:
        return Judging(max(1, self.settings.at_once))

    @cached_property
    def engines(self) -> dict[str, str]:
        return engines()

    @cached_property
    def engines_digest(self) -> str:
        return hashlib.sha256(json.dumps(self.engines, sort_keys=True).encode()).hexdigest()[:32]


async def _parts(request: Request) -> Parts:
    # async, so that FastAPI takes no thread for it
    parts: Parts = request.app.state.wiring
    return parts


PartsDep = Annotated[Parts, Depends(_parts)]

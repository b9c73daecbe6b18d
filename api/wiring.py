"""The one place that names concrete stores, queues and caches.

Only the application and commands import it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from api.blobs.opening import open_blobs
from api.graph.held import Graphs
from api.graph.imported import ImportedTables
from api.jobs.durable import Durable
from api.oidc.provider import Provider
from api.operation.upkeep import Upkeep
from api.parts import Parts, new_boot
from api.settings import Settings
from api.store.database import Database
from api.webhooks.dispatcher import Dispatcher


@dataclass
class Wiring(Parts):
    """The shared parts with the queue, dispatcher, upkeep, provider and caches that are built upon
    them.
    """

    @cached_property
    def graphs(self) -> Graphs:
        return Graphs()

    @cached_property
    def imported(self) -> ImportedTables:
        return ImportedTables()

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

    def launch(self) -> None:
        """Starts the work that goes on by itself.

        Raises IsolationTooLow before anything is accepted.
        """
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
    boot = new_boot()
    database = Database(settings.url, process=boot)
    return Wiring(settings=settings, database=database, blobs=blobs, boot=boot)

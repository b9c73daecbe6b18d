"""What the service does for itself now and then: signs the audit, erases what is past its time,
forgets what is of no more use.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from api.audit.checkpoints import sign_due
from api.audit.repository import organisations
from api.operation import repository
from api.packets import service as packets
from api.runtime.periodic import Repeating
from api.store.database import EVERY
from api.store.packet_tables import UNDER_WAY
from api.webhooks import repository as webhooks

if TYPE_CHECKING:
    from api.parts import Parts

_ROUND_SECONDS = 60.0
_LOCK = 20260126  # any number that no other lock of the database has
_AT_ONCE = 100  # packets erased in one round, so that others are not kept waiting
_EVENTS_KEPT = timedelta(days=30)  # within which a receiver may ask for an event again
_BLOBS_SWEPT_EVERY = timedelta(hours=1)  # an upload or erasure that is older was interrupted


class Upkeep:
    """A round a minute. Where several processes share a database, one of them at a time."""

    def __init__(self, wiring: Parts) -> None:
        self._w = wiring
        self._sweep_after = {
            "": wiring.now() + _BLOBS_SWEPT_EVERY
        }  # by organisation; "": one not swept yet
        self._rounds = Repeating("huoyan-upkeep", _ROUND_SECONDS, self.round)

    def launch(self) -> None:
        self._rounds.start()

    def close(self) -> None:
        self._rounds.stop()

    def round(self) -> bool:
        """False when another process is at it."""
        if not self._w.database.is_postgres:
            self._do()
            return True
        with self._w.database.reading(EVERY) as session:  # its transaction holds the lock
            if not repository.holds_lock(session, _LOCK):
                return False
            self._do()
            return True

    def _do(self) -> None:
        sign_due(self._w)
        if self._w.settings.retention_days:
            erase_old(self._w, self._w.now() - timedelta(days=self._w.settings.retention_days))
        self._sweep_blobs()
        self._forget()

    def _sweep_blobs(self) -> None:
        """Deletes what interrupted erasures and uploads left behind; an organisation with a packet
        under way is swept in a later round.
        """
        wiring, now = self._w, self._w.now()
        for org in organisations(wiring.database):
            if now >= self._sweep_after.get(org, self._sweep_after[""]):
                wiring.blobs.sweep_uploads(org, _BLOBS_SWEPT_EVERY.total_seconds())
                idle = wiring.blobs.digests(org, _BLOBS_SWEPT_EVERY.total_seconds())
                if packets.delete_unused(wiring, org, idle) is not None:
                    self._sweep_after[org] = now + _BLOBS_SWEPT_EVERY

    def _forget(self) -> None:
        wiring, now = self._w, self._w.now()
        with wiring.database.writing(EVERY) as session:
            keys = now - timedelta(hours=wiring.settings.idempotency_hours)
            sessions = now - timedelta(hours=wiring.settings.session_hours)
            repository.forget_keys_and_sessions(session, keys, sessions)
            webhooks.forget(session, now - _EVENTS_KEPT)


def erase_old(wiring: Parts, before: datetime) -> int:
    """Erases packets untouched since a moment, drafts too, unless they are under way; told to the
    audit as the system's doing. Returns how many.
    """
    erased = 0
    for org in organisations(wiring.database):
        with wiring.database.reading(org) as session:
            ids = repository.packets_untouched_since(session, before, _AT_ONCE)
        for packet_id in ids:
            with wiring.database.writing(org) as session:
                packet = repository.packet(session, packet_id)
                if (
                    packet is None
                    or packet.status in (*UNDER_WAY, "erased")
                    or packet.updated_at >= before
                ):
                    continue
                clear = packets.erase(wiring, session, "system", packet, "retention")
                session.commit()
            clear()
            erased += 1
    return erased

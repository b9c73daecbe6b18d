"""Which other packets a report is compared with: those that share a key, the rarest keys first, then along guarantees.

Keys are kept as keyed hashes (HMAC-SHA-256 with the service's key and the organisation), so that the table alone tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.packets import repository
from api.store.packet_tables import PacketKey
from api.stored import load
from verify.shared_keys import sought

if TYPE_CHECKING:
    from api.wiring import Wiring

HOPS = 8  # the longest guarantee circle that is looked for
_GUARANTEE = "g:"


def hashed(secret: bytes, org: str, kind: str, text: str) -> str:
    """A key as it is kept; those of guarantees are marked, since they are followed further."""
    digest = hmac.new(secret, f"{org}\n{kind}\n{text}".encode(), hashlib.sha256).hexdigest()[:32]
    return (_GUARANTEE if kind == "guarantee" else "") + digest


def kept(secret: bytes, org: str, keys: Iterable[tuple[str, str]]) -> list[str]:
    """All keys of a packet as they are kept."""
    return [hashed(secret, org, kind, text) for kind, text in keys]


def papers_of_others(wiring: Wiring, org: str, keys: Iterable[tuple[str, str]], packet_id: str, mode: str = "live") -> list[bytes]:
    """The packets that a report is compared with, as they were read, in a fixed order."""
    with wiring.database.reading(org) as session:
        ids = related(session, wiring.settings.key, keys, packet_id, mode, wiring.settings.context_packets)
        parts = repository.parts(session, ids)
    return [load(wiring.blobs, org, parts[i]) for i in sorted(ids) if parts.get(i)]


def related(session: Session, secret: bytes, keys: Iterable[tuple[str, str]], packet_id: str, mode: str, most: int) -> list[str]:
    """Ids of at most `most` packets that this one has to do with, the nearest first; nearness, then id, decides."""
    org = session.info["org"]
    wanted = {hashed(secret, org, k, text) for kind, text in keys for k in sought(kind)}
    found: list[str] = []
    for _ in range(HOPS):
        near = repository.sharing(session, wanted, mode, {packet_id, *found})
        fresh = sorted(near, key=lambda p: (-near[p], p))[: most - len(found)]
        if not fresh:
            break
        found += fresh
        follow = select(PacketKey.key).where(PacketKey.packet_id.in_(fresh), PacketKey.key.startswith(_GUARANTEE))
        wanted = set(session.scalars(follow))
    return found

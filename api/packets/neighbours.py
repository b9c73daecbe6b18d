"""What a report is compared with: other packets that share a key, the rarest keys first, then along
guarantees; and imported tables.

Keys are kept as keyed hashes (HMAC-SHA-256 with the service's key and the organisation), so that
the table alone tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.graph import repository as graph
from api.packets import repository
from api.store.codec import load
from api.store.packet_tables import PacketKey
from extractors.values.party_name import folded_name
from graphs.formats.json_graph import graph_json, graph_of
from graphs.model import RelationKind
from graphs.neighbourhood import around_names
from verify.context.shared_keys import sought

if TYPE_CHECKING:
    from api.parts import Parts

HOPS = 8  # the longest guarantee circle that is looked for
_GUARANTEE = "g:"
_NAMES = ("party", "guarantee", "pays", "code")  # keys that are a party's name or credit code
_MOST_ENTITIES = 2_000  # of imported tables, in one report


def hashed(secret: bytes, org: str, kind: str, text: str) -> str:
    """A key as it is kept; those of guarantees are marked, since they are followed further."""
    digest = hmac.new(secret, f"{org}\n{kind}\n{text}".encode(), hashlib.sha256).hexdigest()[:32]
    return (_GUARANTEE if kind == "guarantee" else "") + digest


def kept(secret: bytes, org: str, keys: Iterable[tuple[str, str]]) -> list[str]:
    """All keys of a packet as they are kept."""
    return [hashed(secret, org, kind, text) for kind, text in keys]


@dataclass(frozen=True, slots=True)
class Around:
    """What a report is compared with: packets as they were read, in a fixed order, and what
    imported tables tell of parties near by (huoyan.graph/1; empty where they tell nothing).
    """

    papers: list[bytes]
    tables: bytes


def around(
    wiring: Parts, org: str, keys: Sequence[tuple[str, str]], packet_id: str, mode: str = "live"
) -> Around:
    """Packets are found along guarantees that imported tables tell too, and tables by the parties
    of those packets.
    """
    secret, most = wiring.settings.key, wiring.settings.context_packets
    with wiring.database.reading(org) as session:
        _, told = wiring.imported.of(wiring, session, mode)
        names = {text for kind, text in keys if kind in _NAMES}
        near = around_names(told, names, HOPS, _MOST_ENTITIES)
        further = {
            ("guarantee", folded_name(name))
            for relation in near.of_kind(RelationKind.GUARANTEES)
            for end in (relation.source, relation.target)
            for name in near.entities[end].names
        }
        ids = related(session, secret, {*keys, *further}, packet_id, mode, most)
        parts = repository.parts(session, ids)
        if told.entities:
            names |= _named(graph.parts(session, ids, wiring.engines_digest))
            near = around_names(told, names, HOPS, _MOST_ENTITIES)
    tables = json.dumps(graph_json(near), separators=(",", ":")).encode() if near.entities else b""
    return Around([load(wiring.blobs, org, parts[i]) for i in sorted(ids) if parts.get(i)], tables)


def _named(bodies: Iterable[tuple[str, str, str]]) -> set[str]:
    """Folded names of the parties that other packets' papers name."""
    graphs = (graph_of(json.loads(body)) for _, _, body in bodies)
    return {
        folded_name(name)
        for each in graphs
        for entity in each.entities.values()
        if entity.is_party
        for name in entity.names
    }


def related(
    session: Session,
    secret: bytes,
    keys: Iterable[tuple[str, str]],
    packet_id: str,
    mode: str,
    most: int,
) -> list[str]:
    """Ids of at most `most` packets that this one has to do with, the nearest first; nearness, then
    id, decides.
    """
    org = session.info["org"]
    wanted = {hashed(secret, org, key, text) for kind, text in keys for key in sought(kind)}
    found: list[str] = []
    for _ in range(HOPS):
        near = repository.sharing(session, wanted, mode, {packet_id, *found})
        fresh = sorted(near, key=lambda p: (-near[p], p))[: most - len(found)]
        if not fresh:
            break
        found += fresh
        follow = select(PacketKey.key).where(
            PacketKey.packet_id.in_(fresh), PacketKey.key.startswith(_GUARANTEE)
        )
        wanted = set(session.scalars(follow))
    return found

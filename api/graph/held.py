"""The graphs of some organisations, held in memory: made of the packets' parts and of imported
tables, made anew when either changes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from api.graph import repository
from api.graph.parts import part_of_stored
from api.graph.repository import Head
from api.graph.structures import Structures
from api.runtime.lru_cache import Recent
from api.store.codec import load
from extractors.values.party_name import folded_name
from graphs.formats.json_graph import graph_of
from graphs.merge import joined
from graphs.model import Entity, PartyGraph

if TYPE_CHECKING:
    from api.parts import Parts

COVERED = (
    "account",
    "phone",
    "email",
)  # contacts that are numbers of a person: neither their ids nor their names tell them
_ORGANISATIONS, _DAYS = 4, 4  # graphs held at a time, and days that each is held as of


@dataclass
class HeldGraph:
    """An organisation's graph.

    `version` changes with its reports and imports; `packets` are ids by reference.
    """

    version: str
    graph: PartyGraph
    packets: dict[str, str]
    parts: dict[str, tuple[str, PartyGraph]]
    _days: Recent[date | None, Structures] = field(default_factory=lambda: Recent(_DAYS))
    _lock: Lock = field(default_factory=Lock)

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """Every spelling, folded, with its entity's id, in order; credit codes too."""
        spelt = {
            (folded_name(name), entity.id)
            for entity in self.graph.entities.values()
            for name in (*entity.names, entity.code)
            if name
        }
        return sorted(spelt)

    def as_of(self, day: date | None) -> Structures:
        """The graph of a day and what is measured on it, each measured once."""
        with self._lock:
            return self._days.get(day) or self._days.keep(
                day, Structures(self.graph.as_of(day) if day else self.graph)
            )


class Graphs:
    """Graphs by organisation and mode, those last asked for."""

    def __init__(self) -> None:
        self._held: Recent[tuple[str, str], HeldGraph] = Recent(_ORGANISATIONS)

    def of(self, wiring: Parts, session: Session, mode: str) -> HeldGraph:
        """The graph of the session's organisation as its reports and imports are now."""
        org: str = session.info["org"]
        key = (org, mode)
        heads = repository.heads(session, mode)
        tables, told = wiring.imported.of(wiring, session, mode)
        state = [
            wiring.engines_digest,
            *((head.packet, head.report, head.reference) for head in heads),
            *tables,
        ]
        version = hashlib.sha256(json.dumps(state).encode()).hexdigest()
        with self._held.making(key):
            known = self._held.get(key)
            if known is None or known.version != version:
                known = self._held.keep(key, _made(wiring, session, version, heads, told, known))
        return known


def _made(
    wiring: Parts,
    session: Session,
    version: str,
    heads: Sequence[Head],
    told: PartyGraph,
    before: HeldGraph | None,
) -> HeldGraph:
    org: str = session.info["org"]
    parts = {
        each.packet: p
        for each in heads
        if before and (p := before.parts.get(each.packet)) and p[0] == each.report
    }
    missing = {each.packet: each for each in heads if each.packet not in parts}
    for packet, report, body in repository.parts(session, missing, wiring.engines_digest):
        if report == missing[packet].report:
            parts[packet] = (report, graph_of(json.loads(body)))
    for head in (each for each in heads if each.packet not in parts):
        body = wiring.judging.call(part_of_stored, load(wiring.blobs, org, head.parts))
        with wiring.database.writing(org) as own:
            repository.keep_part(own, head, wiring.engines_digest, body)
        parts[head.packet] = (head.report, graph_of(json.loads(body)))
    graph = joined([*(parts[each.packet][1] for each in heads), *([told] if told.entities else [])])
    return HeldGraph(
        version,
        without_numbers(graph, wiring.settings.key, org),
        {each.reference: each.packet for each in heads},
        parts,
    )


def without_numbers(graph: PartyGraph, secret: bytes, org: str) -> PartyGraph:
    """The same graph with keyed digests in place of numbers within ids: an address of the service
    tells no telephone.
    """

    def hidden(entity: Entity) -> str:
        return (
            f"{entity.kind}:"
            + hmac.new(secret, f"{org}\n{entity.id}".encode(), hashlib.sha256).hexdigest()[:24]
        )

    renamed = {
        entity.id: hidden(entity) for entity in graph.entities.values() if entity.kind in COVERED
    }
    entities = [
        replace(entity, id=renamed.get(entity.id, entity.id)) for entity in graph.entities.values()
    ]
    relations = tuple(
        replace(relation, target=renamed[relation.target])
        if relation.target in renamed
        else relation
        for relation in graph.relations
    )
    return PartyGraph({entity.id: entity for entity in entities}, relations)

"""The organisation's imported tables as graphs, kept in memory as long as they are the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from api.blobs.errors import LostBlob
from api.graph import repository
from api.runtime.lru_cache import Recent
from api.store.case_tables import GraphImport
from api.store.codec import load
from graphs.formats.json_graph import graph_of
from graphs.merge import merged
from graphs.model import PartyGraph, Place

if TYPE_CHECKING:
    from api.parts import Parts

_ORGANISATIONS = 4  # kept at a time
NOTHING = PartyGraph({}, ())


class ImportedTables:
    """One graph of all tables by organisation and mode, those last asked for."""

    def __init__(self) -> None:
        self._held: Recent[tuple[str, str], tuple[tuple[str, ...], PartyGraph]] = Recent(
            _ORGANISATIONS
        )

    def of(self, wiring: Parts, session: Session, mode: str) -> tuple[tuple[str, ...], PartyGraph]:
        """Ids of the imports and what they tell together, parties without relations included."""
        org: str = session.info["org"]
        rows = repository.all_imports(session, mode)
        known = self._held.get((org, mode))
        if known is None or known[0] != tuple(row.id for row in rows):
            known = self._held.keep((org, mode), _together(wiring, org, rows))
        return known


def _together(
    wiring: Parts, org: str, rows: Sequence[GraphImport]
) -> tuple[tuple[str, ...], PartyGraph]:
    """Ids of the tables and their graph; one that was removed while it was to be loaded is left
    out. Raises LostBlob.
    """
    ids, graphs = [], []
    for row in rows:
        try:
            graphs.append(_named(graph_of(json.loads(load(wiring.blobs, org, row.graph))), row.id))
            ids.append(row.id)
        except LostBlob:
            with wiring.database.reading(org) as session:
                if repository.graph_import(session, row.id, row.mode) is not None:
                    raise
    return tuple(ids), merged(graphs) if graphs else NOTHING


def _named(graph: PartyGraph, import_id: str) -> PartyGraph:
    """The graph, its places telling which import they are of: two tables may bear one name."""

    def of_import(place: Place) -> Place:
        return replace(place, document=f"{import_id}#{place.page}")

    entities = {
        key: replace(entity, worth=replace(entity.worth, place=of_import(entity.worth.place)))
        if entity.worth
        else entity
        for key, entity in graph.entities.items()
    }
    return PartyGraph(
        entities,
        tuple(
            replace(relation, places=tuple(map(of_import, relation.places)))
            for relation in graph.relations
        ),
    )

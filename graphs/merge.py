"""Several graphs to one: the same party under one credit code or one name becomes one entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.values.party_name import folded_name
from graphs.model import PartyGraph
from graphs.resolve.same_party import Mention, resolve


def merged(graphs: Sequence[PartyGraph]) -> PartyGraph:
    """Relations keep their places; a single graph stays as it is."""
    if len(graphs) == 1:
        return graphs[0]
    mentions = [Mention(name, e.code) for g in graphs for e in g.entities.values() for name in e.names]
    entities, of_name = resolve(mentions)
    relations = []
    for graph in graphs:
        place = {e.id: of_name[folded_name(e.name)] for e in graph.entities.values()}
        relations += [replace(r, source=place[r.source], target=place[r.target]) for r in graph.relations]
    ordered = sorted(relations, key=lambda r: (r.kind, r.source, r.target, str(r.amount), r.contract))
    return PartyGraph(entities, tuple(ordered))

"""Several graphs to one: the same party under one credit code, one name or a former name becomes one entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.values.party_name import folded_name
from graphs.build import merged_relations
from graphs.model import Entity, PartyGraph, Relation, Worth, latest_worth
from graphs.resolve.same_party import Mention, Renamed, Told, resolve


def merged(graphs: Sequence[PartyGraph], told: Sequence[Told] = ()) -> PartyGraph:
    """Relations keep their places; a single graph stays as it is unless a person says something about its names."""
    if len(graphs) == 1 and not told:
        return graphs[0]
    parties = [e for g in graphs for e in g.entities.values() if e.is_party]
    joins = [j for e in parties for j in e.joins]
    mentions = [Mention(name, _code_of(name, e)) for e in parties for name in e.names]
    renamed = [Renamed(j.other, j.one, j.places) for j in joins if j.by == "former_name"]
    before = [Told(j.one, j.other) for j in joins if j.by == "told"]
    entities, of_name = resolve(mentions, [*before, *told], renamed)
    worth: dict[str, list[Worth]] = {}
    for party in parties:
        if party.worth:
            worth.setdefault(of_name[folded_name(party.name)], []).append(party.worth)
    entities = {k: replace(v, worth=latest_worth(worth.get(k, ()))) for k, v in entities.items()}
    contacts = {e.id: e for g in graphs for e in g.entities.values() if not e.is_party}
    relations = []
    for graph in graphs:
        place = {
            e.id: of_name[folded_name(e.name)] if e.is_party else e.id
            for e in graph.entities.values()
        }
        relations += [
            replace(r, source=place[r.source], target=place[r.target]) for r in graph.relations
        ]
    ordered = sorted(
        relations, key=lambda r: (r.kind, r.source, r.target, str(r.amount), r.contract)
    )
    return PartyGraph(entities | dict(sorted(contacts.items())), tuple(ordered))


def joined(parts: Sequence[PartyGraph]) -> PartyGraph:
    """What `build` gives of all packets, from the graphs of single packets (made with `unrelated`) and of other systems' files.

    Payments, and guarantees without a contract's number, are never taken for one another.
    """
    whole = merged(parts)
    same: list[Relation] = []
    apart: list[Relation] = []
    for relation in whole.relations:
        if relation.source == relation.target and relation.kind in ("guarantees", "invoices"):
            continue  # another packet shows that both names are one firm's
        (
            apart
            if relation.kind == "pays" or (relation.kind == "guarantees" and not relation.contract)
            else same
        ).append(relation)
    ordered = _told_twice((*merged_relations(same), *apart))
    used = {e for r in ordered for e in (r.source, r.target)}
    return PartyGraph({k: v for k, v in whole.entities.items() if k in used}, ordered)


def _told_twice(relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """A guarantee that a table tells without its contract's number is the one that a paper proves between the same firms over the same amount."""
    proven: dict[tuple[object, ...], int] = {}
    out: list[Relation] = []
    for relation in sorted(relations, key=_is_of_a_row):
        key = (relation.source, relation.target, relation.amount)
        if relation.kind != "guarantees" or relation.amount is None:
            out.append(relation)
        elif _is_of_a_row(relation) and key in proven:
            known = out[proven[key]]
            out[proven[key]] = replace(known, places=(*known.places, *relation.places))
        else:
            if not _is_of_a_row(relation):
                proven.setdefault(key, len(out))
            out.append(relation)
    return tuple(out)


def _is_of_a_row(relation: Relation) -> bool:
    """Whether only the row of a table tells a relation, which bears the row's name where a contract's number would stand."""
    first = relation.places[0] if relation.places else None
    return (
        first is not None
        and not any(p.packet for p in relation.places)
        and relation.contract == f"{first.file}#{first.page}"
    )


def _code_of(name: str, entity: Entity) -> str:
    """The code that this very spelling bore: a name that joined for another reason has none of its own."""
    if not entity.joins:
        return entity.code
    tied = {folded_name(n) for j in entity.joins if j.by == "code" for n in (j.one, j.other)}
    return (
        entity.code
        if folded_name(name) in tied or folded_name(name) == folded_name(entity.name)
        else ""
    )

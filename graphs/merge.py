"""Several graphs to one: the same party under one credit code, one name or a former name becomes
one entity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from extractors.values.party_name import folded_name
from graphs.model import Entity, NetAssets, PartyGraph, Place, Relation, RelationKind, latest_worth
from graphs.relations.same_relation import merged_relations
from graphs.resolve.same_party import Mention, Renamed, Resolution, Told, resolve


def merged(graphs: Sequence[PartyGraph], told: Sequence[Told] = ()) -> PartyGraph:
    """Relations keep their places; a single graph stays as it is unless a person says something
    about its names.

    Where a person keeps apart two spellings that were joined, each relation goes with the spelling
    that its places print.
    """
    if len(graphs) == 1 and not told:
        return graphs[0]
    parties = _resolved(graphs, told)
    worth: dict[str, list[NetAssets]] = {}
    relations: list[Relation] = []
    contacts: dict[str, Entity] = {}
    for number, graph in enumerate(graphs):
        ends = _Ends(number, graph, parties)
        for entity in graph.entities.values():
            if not entity.is_party:
                contacts[entity.id] = entity
            elif entity.worth:
                owner = ends.of(entity, entity.worth.place.source)
                worth.setdefault(owner, []).append(entity.worth)
        for relation in graph.relations:
            relations += ends.placed(relation)
    entities = {
        key: replace(entity, worth=latest_worth(worth.get(key, ())))
        for key, entity in parties.entities.items()
    }
    relations.sort(key=lambda r: (r.kind, r.source, r.target, str(r.amount), r.contract))
    return PartyGraph(entities | dict(sorted(contacts.items())), tuple(relations))


def _resolved(graphs: Sequence[PartyGraph], told: Sequence[Told]) -> Resolution:
    mentions: list[Mention] = []
    aliases: list[tuple[Mention, Mention]] = []
    apart: list[tuple[Mention, Mention]] = []
    renamed: list[Renamed] = []
    before: list[Told] = []
    for number, graph in enumerate(graphs):
        of_name: dict[str, list[Mention]] = {}
        for entity in graph.entities.values():
            if not entity.is_party:
                continue
            own = _mentions(number, entity)
            mentions += own
            aliases += [(own[0], other) for other in own[1:]]
            for mention in own:
                of_name.setdefault(folded_name(mention.name), []).append(mention)
            for join in entity.joins:
                if join.by == "former_name":
                    renamed.append(Renamed(join.other, join.one, join.places))
                elif join.by == "told":
                    before.append(Told(join.one, join.other))
        for same in of_name.values():
            apart += [
                (first, second)
                for first, second in combinations(same, 2)
                if first.scope != second.scope
            ]
    return resolve(mentions, [*before, *told], renamed, aliases=aliases, apart=apart)


def _mentions(number: int, entity: Entity) -> list[Mention]:
    """Every spelling of an entity, the entity's own scope keeping homonyms of one graph apart."""
    scope = f"{number}#{entity.id}"
    own = [
        Mention(name, _code_of(name, entity), scope, entity.kind)
        for name in dict.fromkeys((entity.name, *entity.names))
    ]
    own += [Mention(entity.name, code, scope, entity.kind) for code in entity.other_codes]
    return own


class _Ends:
    """The entities of one graph's relations once names are resolved over all graphs."""

    def __init__(self, number: int, graph: PartyGraph, parties: Resolution) -> None:
        self._number, self._graph, self._parties = number, graph, parties
        self._spelled = {
            entity.id: {folded_name(name): name for name in entity.names}
            for entity in graph.entities.values()
            if entity.is_party and len(entity.names) > 1
        }

    def of(self, entity: Entity, spelling: str) -> str:
        if not entity.is_party:
            return entity.id
        name = entity.name
        if spelling and entity.id in self._spelled:
            name = self._spelled[entity.id].get(folded_name(spelling), name)
        return self._parties.of(name, scope=f"{self._number}#{entity.id}")

    def placed(self, relation: Relation) -> Iterator[Relation]:
        """The relation between the entities that its places name; several where they name several."""
        source = self._graph.entities[relation.source]
        target = self._graph.entities[relation.target]
        ends: dict[tuple[str, str], list[Place]] = {}
        for place in relation.places:
            pair = (self.of(source, place.source), self.of(target, place.target))
            ends.setdefault(pair, []).append(place)
        if not ends:
            ends[self.of(source, ""), self.of(target, "")] = []
        for (one, other), places in ends.items():
            yield replace(relation, source=one, target=other, places=tuple(places))


def joined(parts: Sequence[PartyGraph]) -> PartyGraph:
    """What `build` gives of all packets, from the graphs of single packets (made with `unrelated`)
    and of other systems' files.

    Payments, and guarantees without a contract's number, are never taken for one another.
    """
    whole = merged(parts)
    same: list[Relation] = []
    apart: list[Relation] = []
    for relation in whole.relations:
        if relation.source == relation.target and relation.kind in (
            RelationKind.GUARANTEES,
            RelationKind.INVOICES,
        ):
            continue  # another packet shows that both names are one firm's
        (
            apart
            if relation.kind == RelationKind.PAYS
            or (relation.kind == RelationKind.GUARANTEES and not relation.contract)
            else same
        ).append(relation)
    ordered = _told_twice((*merged_relations(same), *apart))
    used = {end for each in ordered for end in (each.source, each.target)}
    return PartyGraph({key: value for key, value in whole.entities.items() if key in used}, ordered)


def _told_twice(relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """A guarantee that a table tells without its contract's number is the one that a paper proves
    between the same firms over the same amount.
    """
    proven: dict[tuple[object, ...], int] = {}
    out: list[Relation] = []
    for relation in sorted(relations, key=_is_of_a_row):
        key = (relation.source, relation.target, relation.amount)
        if relation.kind != RelationKind.GUARANTEES or relation.amount is None:
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
    """Whether only the row of a table tells a relation, which bears the row's name where a
    contract's number would stand.
    """
    first = relation.places[0] if relation.places else None
    return (
        first is not None
        and not any(place.packet for place in relation.places)
        and relation.contract == f"{first.file}#{first.page}"
    )


def _code_of(name: str, entity: Entity) -> str:
    """The code that this very spelling bore: a name that joined for another reason has none of its
    own.
    """
    if not entity.joins:
        return entity.code
    tied = {
        folded_name(each)
        for join in entity.joins
        if join.by == "code"
        for each in (join.one, join.other)
    }
    return (
        entity.code
        if folded_name(name) in tied or folded_name(name) == folded_name(entity.name)
        else ""
    )

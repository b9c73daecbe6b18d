"""A party graph as JSON (huoyan.graph/1): written by `huoyan graph build` and `import`, read by the
other graph commands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractors.model import Box
from graphs.model import (
    Entity,
    MergeReason,
    NetAssets,
    PartyGraph,
    Pattern,
    PatternKind,
    Place,
    Relation,
    RelationKind,
)

if TYPE_CHECKING:
    from graphs.measures.guarantee_circle import Circles

SCHEMA = "huoyan.graph/1"


def graph_json(graph: PartyGraph) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "entities": [entity_json(entity) for entity in graph.entities.values()],
        "relations": [relation_json(relation) for relation in graph.relations],
    }


def graph_text(graph: PartyGraph) -> str:
    """The graph as JSON, one entity or relation on each line, so that a large one is written and
    read without a second copy in memory.
    """
    entities = ",\n".join(_text(entity_json(entity)) for entity in graph.entities.values())
    relations = ",\n".join(_text(relation_json(relation)) for relation in graph.relations)
    return f'{{"schema":"{SCHEMA}","entities":[\n{entities}\n],"relations":[\n{relations}\n]}}\n'


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def graph_of_text(data: bytes) -> PartyGraph:
    """A stored graph, line by line where it was written so.

    Raises ValueError, KeyError or TypeError for what is no stored graph.
    """
    head, _, rest = data.partition(b"\n")
    middle = b'\n],"relations":[\n'
    if head != f'{{"schema":"{SCHEMA}","entities":['.encode() or middle not in rest:
        return graph_of(json.loads(data))
    first, _, second = rest.partition(middle)
    entities = {}
    for line in first.split(b"\n"):
        if line:
            entity = entity_of(json.loads(line.removesuffix(b",")))
            entities[entity.id] = entity
    lines = second.removesuffix(b"\n").removesuffix(b"]}").split(b"\n")
    relations = tuple(relation_of(json.loads(line.removesuffix(b","))) for line in lines if line)
    return _checked(entities, relations)


def entity_json(entity: Entity) -> dict[str, Any]:
    out: dict[str, Any] = {
        "id": entity.id,
        "kind": entity.kind,
        "name": entity.name,
        "names": list(entity.names),
        "code": entity.code,
    }
    if entity.joins:
        out["joins"] = [
            {
                "one": join.one,
                "other": join.other,
                "by": join.by,
                "what": join.what,
                "places": [_place_json(place) for place in join.places],
            }
            for join in entity.joins
        ]
    if entity.other_codes:
        out["other_codes"] = list(entity.other_codes)
    if entity.worth:
        worth = entity.worth
        out["net_assets"] = {
            "value": f"{worth.value:f}",
            "day": worth.day.isoformat() if worth.day else None,
            "confidence": worth.confidence,
            "place": _place_json(worth.place),
        }
    return out


def _place_json(place: Place) -> dict[str, Any]:
    out: dict[str, Any] = {
        "packet": place.packet,
        "file": place.file,
        "document": place.document,
        "page": place.page,
        "box": place.box.as_list(),
        "text": place.text,
    }
    if place.source:
        out["source"] = place.source
    if place.target:
        out["target"] = place.target
    return out


def relation_json(relation: Relation) -> dict[str, Any]:
    out: dict[str, Any] = {
        "kind": relation.kind,
        "source": relation.source,
        "target": relation.target,
        "amount": None if relation.amount is None else f"{relation.amount:f}",
        "start": relation.start.isoformat() if relation.start else None,
        "end": relation.end.isoformat() if relation.end else None,
        "places": [_place_json(place) for place in relation.places],
        "contract": relation.contract,
        "share": None if relation.share is None else f"{relation.share:f}",
        "mode": relation.mode,
    }
    if relation.share_most is not None:
        out["share_most"] = f"{relation.share_most:f}"
    if relation.replaces:
        out["replaces"] = relation.replaces
    return out


def pattern_json(pattern: Pattern) -> dict[str, Any]:
    return {
        "kind": pattern.kind,
        "members": list(pattern.members),
        "figures": pattern.figures,
        "relations": [relation_json(relation) for relation in pattern.relations],
    }


def pattern_of(stored: dict[str, Any]) -> Pattern:
    """Raises ValueError or KeyError for what is no stored pattern."""
    relations = tuple(relation_of(relation) for relation in stored["relations"])
    return Pattern(
        kind=PatternKind(stored["kind"]),
        members=tuple(stored["members"]),
        relations=relations,
        figures=stored["figures"],
    )


def line(pattern: Pattern) -> str:
    """A pattern as one line of JSON."""
    return json.dumps(pattern_json(pattern), ensure_ascii=False)


def circle_lines(found: Circles) -> Iterator[str]:
    """Circles as JSON lines: what the list is complete to, the circles, the witnesses beyond.

    Equal circles give equal bytes.
    """
    yield statement(found.complete_to_length, found.limited_roots, found.uncovered)
    yield from map(line, (*found.patterns, *found.witnessed))


def statement(complete_to_length: int, limited_roots: Sequence[str], uncovered: int) -> str:
    """What a list of circles is complete to, as one line of JSON."""
    told = {
        "complete_to_length": complete_to_length,
        "limited_roots": list(limited_roots),
        "uncovered": uncovered,
    }
    return json.dumps(told, ensure_ascii=False)


def graph_of(stored: dict[str, Any]) -> PartyGraph:
    """Raises ValueError or KeyError for what is no stored graph."""
    if stored.get("schema") != SCHEMA:
        raise ValueError(f"schema {stored.get('schema')!r}, expected {SCHEMA}")
    entities = {entity["id"]: entity_of(entity) for entity in stored["entities"]}
    relations = tuple(relation_of(relation) for relation in stored["relations"])
    return _checked(entities, relations)


def _checked(entities: dict[str, Entity], relations: tuple[Relation, ...]) -> PartyGraph:
    unknown = {end for relation in relations for end in (relation.source, relation.target)} - set(
        entities
    )
    if unknown:
        raise ValueError(f"relations name {len(unknown)} entities that are not there")
    return PartyGraph(entities, relations)


def entity_of(stored: dict[str, Any]) -> Entity:
    joins = tuple(
        MergeReason(
            one=j["one"],
            other=j["other"],
            by=j["by"],
            what=j["what"],
            places=tuple(_read_place(place) for place in j["places"]),
        )
        for j in stored.get("joins", [])
    )
    worth = stored.get("net_assets")
    return Entity(
        id=stored["id"],
        kind=stored["kind"],
        name=stored["name"],
        names=tuple(stored["names"]),
        code=stored["code"],
        joins=joins,
        worth=NetAssets(
            value=Decimal(worth["value"]),
            day=date.fromisoformat(worth["day"]) if worth["day"] else None,
            confidence=float(worth["confidence"]),
            place=_read_place(worth["place"]),
        )
        if worth
        else None,
        other_codes=tuple(stored.get("other_codes", ())),
    )


def _read_place(stored: dict[str, Any]) -> Place:
    return Place(**(stored | {"box": Box(*stored["box"])}))


def relation_of(stored: dict[str, Any]) -> Relation:
    amount, share, start, end = (stored.get(key) for key in ("amount", "share", "start", "end"))
    most = stored.get("share_most")
    return Relation(
        kind=RelationKind(stored["kind"]),
        source=stored["source"],
        target=stored["target"],
        amount=None if amount is None else Decimal(amount),
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        places=tuple(_read_place(place) for place in stored["places"]),
        contract=stored.get("contract", ""),
        share=None if share is None else Decimal(share),
        mode=stored.get("mode", ""),
        share_most=None if most is None else Decimal(most),
        replaces=stored.get("replaces", ""),
    )

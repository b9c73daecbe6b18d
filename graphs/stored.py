"""A party graph as JSON (huoyan.graph/1): written by `huoyan graph build` and `import`, read by the other graph commands."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from extractors.model import Box
from graphs.model import Entity, PartyGraph, Place, Relation

SCHEMA = "huoyan.graph/1"


def graph_json(graph: PartyGraph) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "entities": [asdict(e) for e in graph.entities.values()],
        "relations": [_relation(r) for r in graph.relations],
    }


def _relation(relation: Relation) -> dict[str, Any]:
    out = asdict(relation)
    for name in ("amount", "share"):
        out[name] = None if out[name] is None else f"{out[name]:f}"
    for name in ("start", "end"):
        out[name] = out[name].isoformat() if out[name] else None
    for place, own in zip(out["places"], relation.places, strict=True):
        place["box"] = own.box.as_list()
    return out


def graph_of(stored: dict[str, Any]) -> PartyGraph:
    """Raises ValueError or KeyError for what is no stored graph."""
    if stored.get("schema") != SCHEMA:
        raise ValueError(f"schema {stored.get('schema')!r}, expected {SCHEMA}")
    entities = {e["id"]: Entity(id=e["id"], kind=e["kind"], name=e["name"], names=tuple(e["names"]), code=e["code"]) for e in stored["entities"]}
    relations = tuple(_read(r) for r in stored["relations"])
    unknown = {e for r in relations for e in (r.source, r.target)} - set(entities)
    if unknown:
        raise ValueError(f"relations name {len(unknown)} entities that are not there")
    return PartyGraph(entities, relations)


def _read(stored: dict[str, Any]) -> Relation:
    amount, share, start, end = (stored.get(k) for k in ("amount", "share", "start", "end"))
    return Relation(
        kind=stored["kind"],
        source=stored["source"],
        target=stored["target"],
        amount=None if amount is None else Decimal(amount),
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        places=tuple(Place(**{**p, "box": Box(*p["box"])}) for p in stored["places"]),
        contract=stored.get("contract", ""),
        share=None if share is None else Decimal(share),
        mode=stored.get("mode", ""),
    )

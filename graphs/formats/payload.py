"""What other forms carry beside their own columns, so that a graph that is exported and imported
again is the same graph.

An entity or relation stands whole in one attribute, as ASCII JSON (the parts of huoyan.graph/1),
which no form has to alter. Values that another program changed in the visible columns are taken
from there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from graphs.formats.json_graph import entity_json, entity_of, relation_json, relation_of
from graphs.model import Entity, Relation

ATTRIBUTE = "huoyan"  # the column, attribute or key that holds it


def entity_payload(entity: Entity) -> str:
    return json.dumps(entity_json(entity), separators=(",", ":"))


def relation_payload(relation: Relation) -> str:
    return json.dumps(relation_json(relation), separators=(",", ":"))


def entity_from(payload: str) -> Entity:
    """Raises ValueError, KeyError or TypeError for what is no payload."""
    return entity_of(_object(payload))


def relation_from(payload: str) -> Relation:
    """Raises ValueError, KeyError, TypeError or ArithmeticError for what is no payload."""
    return relation_of(_object(payload))


def _object(payload: str) -> dict[str, Any]:
    stored = json.loads(payload)
    if not isinstance(stored, dict):
        raise ValueError("no object")
    return stored


def visible(relation: Relation) -> dict[str, str]:
    """A relation's own values as text; what is not known is empty."""
    return {
        "kind": relation.kind,
        "amount": "" if relation.amount is None else f"{relation.amount:f}",
        "share": "" if relation.share is None else f"{relation.share:f}",
        "start_day": relation.start.isoformat() if relation.start else "",
        "end_day": relation.end.isoformat() if relation.end else "",
        "contract": relation.contract,
        "mode": relation.mode,
        "evidence": "; ".join(evidence(relation)),
    }


def evidence(relation: Relation) -> list[str]:
    """Packet, file, page and box of each place, in one text each."""
    return [place.shown() for place in relation.places]


def edited(
    relation: Relation, written: Mapping[str, str], found: Mapping[str, str]
) -> tuple[Relation, bool]:
    """The relation with the values that differ from what was written, and whether there are any.

    Raises ValueError or ArithmeticError for a value that is none.
    """
    changed = {
        name: found[name]
        for name in ("kind", "amount", "share", "start_day", "end_day", "contract", "mode")
        if name in found and found[name] != written[name]
    }
    values: dict[str, Any] = {}
    for name, text in changed.items():
        if name in ("amount", "share"):
            values[name] = Decimal(text) if text else None
        elif name in ("start_day", "end_day"):
            values[name.removesuffix("_day")] = date.fromisoformat(text) if text else None
        else:
            values[name] = text
    return (replace(relation, **values), True) if values else (relation, False)

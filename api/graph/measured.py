"""What is measured on the graph as an answer: patterns, stress, the cheapest cut, and the graph in other programs' forms."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from api.errors import Problem
from api.graph.drawing import as_shown
from api.graph.service import ENTITIES, Asked
from api.graph.structures import BEARS_ON, CIRCLES_CUT
from api.http.pagination import decode, encode
from graphs.formats.exchange import export
from graphs.measures.contagion import contracts_of, spread
from graphs.measures.guarantee_circle import LONGEST
from graphs.neighbourhood import neighbourhood

MEDIA = {
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "csv": "text/csv; charset=utf-8",
    "ftm": "application/x-ndjson; charset=utf-8",
}
_LIMITED, _EXPORTED = 100, 100_000  # limited firms named; relations of an export


def patterns(
    asked: Asked, kind: str | None, entity: str, cursor: str | None, limit: int
) -> dict[str, Any]:
    """A page of patterns of a kind (or all), of an entity (or all), with how many there are of each kind and what circles are complete to."""
    member = asked.entity(entity) if entity else ""
    own = {
        k: [p for p in asked.day.of_kind(k) if not member or member in p.members]
        for k in ((kind,) if kind else BEARS_ON)
    }
    every = [p for found in own.values() for p in found]
    start = max(0, decode(cursor, [int])[0]) if cursor else 0
    drawing = asked.drawing()
    items = [drawing.pattern(p) for p in every[start : start + limit]]
    circles = asked.day.circles
    drawing.add(circles.limited_roots[:_LIMITED])
    return {
        "items": items,
        "counts": {k: len(found) for k, found in own.items()},
        "certificate": {
            "longest": LONGEST,
            "complete_to_length": circles.complete_to_length,
            "limited": list(circles.limited_roots[:_LIMITED]),
            "limited_left_out": max(0, len(circles.limited_roots) - _LIMITED),
            "witnessed": len(circles.witnessed),
            "uncovered": circles.uncovered,
        },
        "entities": drawing.entities(),
        "relations": drawing.relations(),
        "next_cursor": encode([start + limit]) if start + limit < len(every) else None,
    }


def stress(asked: Asked, entity: str, capacity: Decimal, loss: Decimal) -> dict[str, Any]:
    """Failures that follow an entity's, round by round. A firm can pay its net assets where the graph knows them, else `capacity`."""
    graph = asked.day.graph
    first = asked.entity(entity)
    known = {e.id: max(e.worth.value, Decimal(0)) for e in graph.entities.values() if e.worth}
    found = spread(
        [first], contracts_of(graph), dict.fromkeys(graph.entities, capacity) | known, loss
    )
    called = sorted(found.calls.items(), key=lambda c: (-c[1], c[0]))
    told = dict.fromkeys([*found.failed, *(e for e, _ in called)])
    shown = dict.fromkeys(list(told)[:ENTITIES])
    drawing = asked.drawing()
    drawing.add(shown)
    calls = [
        {
            "entity": e,
            "called": f"{amount:.2f}",
            "capacity": f"{known.get(e, capacity):.2f}",
            "known": e in known,
        }
        for e, amount in called
        if e in shown
    ]
    rounds = [[e for e in each if e in shown] for each in found.rounds]
    return {
        "rounds": rounds,
        "calls": calls,
        "entities": drawing.entities(),
        "left_out": {"entities": len(told) - len(shown)},
    }


def cut(asked: Asked) -> dict[str, Any]:
    """The cheapest guarantees to release."""
    day = asked.day
    circles, best = day.of_kind("guarantee_circle"), day.cut
    looked_at = min(len(circles), CIRCLES_CUT)
    drawing = asked.drawing()
    drawing.add([e for edge in best.edges for e in edge])
    return {
        "release": [
            {"guarantor": a, "debtor": b, "amount": f"{day.weight[a, b]:.2f}"}
            for a, b in best.edges
        ],
        "weight": f"{best.weight:.2f}",
        "lower_bound": f"{best.bound:.2f}",
        "optimal": best.is_optimal,
        "circles": looked_at,
        "circles_left_out": len(circles) - looked_at,
        "joint_groups": sum(
            p.figures.get("basis") == "structure" for p in day.of_kind("joint_group")
        ),
        "entities": drawing.entities(),
    }


def exported(asked: Asked, form: str, entity: str, hops: int) -> str:
    """The text of the graph in a form. Raises Problem "too_large" rather than leave anything out."""
    graph = neighbourhood(asked.graph, [asked.entity(entity)], hops) if entity else asked.graph
    if len(graph.relations) > _EXPORTED:
        raise Problem("too_large")
    return export(as_shown(graph, asked.plain), form)

"""What is measured on the graph as an answer: patterns, stress, the cheapest cut, and the graph in
other programs' forms.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from api.errors import Problem
from api.graph.drawing import as_shown
from api.graph.service import ENTITIES, Asked
from api.graph.structures import BEARS_ON
from api.http.pagination import decode, encode
from graphs.formats.exchange import export
from graphs.measures.application_check import closed_in
from graphs.measures.guarantee_circle import LONGEST
from graphs.measures.stress import StressTest
from graphs.model import PatternKind, RelationKind
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
    """A page of patterns of a kind (or all), of an entity (or all), with how many there are of each
    kind and what circles are complete to.
    """
    member = asked.entity(entity) if entity else ""
    own = {
        key: [
            pattern for pattern in asked.day.of_kind(key) if not member or member in pattern.members
        ]
        for key in ((kind,) if kind else BEARS_ON)
    }
    every = [p for found in own.values() for p in found]
    start = max(0, decode(cursor, [int])[0]) if cursor else 0
    drawing = asked.drawing()
    items = [drawing.pattern(p) for p in every[start : start + limit]]
    circles = asked.day.circles
    drawing.add(circles.limited_roots[:_LIMITED])
    return {
        "items": items,
        "counts": {key: len(found) for key, found in own.items()},
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
    """Failures that follow an entity's, round by round, and what the bank loses. A company can pay
    its net assets where the graph knows them, else `capacity`. Guarantees without an amount make
    an interval.
    """
    first = asked.entity(entity)
    test = StressTest(asked.day.graph, otherwise=capacity, loss=loss)
    result = test.of([first])
    found = result.certain
    called = sorted(found.calls.items(), key=lambda c: (-c[1], c[0]))
    told = dict.fromkeys([*found.failed, *(e for e, _ in called), *result.uncertain])
    shown = dict.fromkeys(list(told)[:ENTITIES])
    drawing = asked.drawing()
    drawing.add(shown)
    calls = [
        {
            "entity": e,
            "called": f"{amount:.2f}",
            "capacity": f"{test.capacity.get(e, capacity):.2f}",
            "known": e in test.known,
        }
        for e, amount in called
        if e in shown
    ]
    least = f"{found.bank_loss:.2f}"
    return {
        "rounds": [[e for e in each if e in shown] for each in found.rounds],
        "calls": calls,
        "bank_loss_at_least": least,
        "bank_loss_at_most": least if result.loss_is_bounded else None,
        "may_fail_too": [e for e in result.uncertain if e in shown],
        "guarantees_without_amount": result.unknown_called,
        "entities": drawing.entities(),
        "left_out": {"entities": len(told) - len(shown)},
    }


def cut(asked: Asked) -> dict[str, Any]:
    """The cheapest guarantees to release: over circles of every length, mutual pairs and joint
    groups.
    """
    day = asked.day
    plan = day.cut
    drawing = asked.drawing()
    drawing.add([e for release in plan.releases for e in release.edge])
    return {
        "release": [
            {
                "guarantor": release.edge[0],
                "debtor": release.edge[1],
                "amount": f"{release.amount:.2f}",
                "amounts_unknown": release.unknown,
                "debtor_keeps": f"{release.left_amount:.2f}",
            }
            for release in plan.releases
        ],
        "weight": f"{plan.amount:.2f}",
        "lower_bound": f"{plan.cut.bound:.2f}",
        "optimal": plan.cut.is_optimal,
        "circles": len(day.of_kind(PatternKind.GUARANTEE_CIRCLE)),
        "circles_left_out": 0,
        "mutual_pairs": len(plan.cut.forced),
        "joint_groups": sum(
            pattern.figures.get("basis") == "structure"
            for pattern in day.of_kind(PatternKind.JOINT_GROUP)
        ),
        "entities": drawing.entities(),
    }


def check(asked: Asked, reference: str) -> dict[str, Any]:
    """Circles and mutual pairs that the guarantees of one packet close with those of all others."""
    graph = asked.day.graph
    edges = {
        (relation.source, relation.target)
        for relation in graph.of_kind(RelationKind.GUARANTEES)
        if relation.source != relation.target
        and any(place.packet == reference for place in relation.places)
    }
    found = closed_in(graph, edges)
    drawing = asked.drawing()
    items = [drawing.pattern(pattern) for pattern in found.patterns]
    return {
        "items": items,
        "guarantees": len(edges),
        "complete_to_length": found.complete_to_length,
        "left_out": found.more,
        "entities": drawing.entities(),
        "relations": drawing.relations(),
    }


def exported(asked: Asked, form: str, entity: str, hops: int) -> str:
    """The text of the graph in a form.

    Raises Problem "too_large" rather than leave anything out.
    """
    graph = neighbourhood(asked.graph, [asked.entity(entity)], hops) if entity else asked.graph
    if len(graph.relations) > _EXPORTED:
        raise Problem("too_large")
    return export(as_shown(graph, asked.plain), form)

"""互保: two firms that guarantee each other. Live at the same time unless their dates say otherwise."""

from __future__ import annotations

from graphs.measures.guarantee_circle import external_support
from graphs.measures.indexed import indexed, live_together
from graphs.model import PartyGraph, Pattern


def mutual_guarantees(graph: PartyGraph) -> tuple[Pattern, ...]:
    """Each unordered pair with guarantees both ways, once."""
    own = indexed(graph, "guarantees")
    found = []
    for (source, target), forth in sorted(own.of_edge.items()):
        back = own.of_edge.get((target, source), ())
        if source < target and back and live_together([forth, back]):
            members = (source, target)
            outside = external_support(graph, members)
            found.append(
                Pattern(
                    kind="mutual_guarantee",
                    members=members,
                    relations=(*forth, *back),
                    figures={"external_support": f"{outside:.2f}"},
                )
            )
    return tuple(found)

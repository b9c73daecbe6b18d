"""Star borrowers: one company that many guarantee."""

from __future__ import annotations

from graphs.measures.star_guarantor import MANY
from graphs.model import PartyGraph, Pattern, Relation


def star_borrowers(graph: PartyGraph, many: int = MANY) -> tuple[Pattern, ...]:
    """Companies that at least `many` others guarantee, most first."""
    received: dict[str, list[Relation]] = {}
    for relation in graph.of_kind("guarantees"):
        received.setdefault(relation.target, []).append(relation)
    found = []
    for target, relations in sorted(received.items()):
        guarantors = tuple(sorted({r.source for r in relations} - {target}))
        if len(guarantors) >= many:
            found.append(
                Pattern(
                    kind="star_borrower",
                    members=(target, *guarantors),
                    relations=tuple(relations),
                    figures={"guarantors": str(len(guarantors))},
                )
            )
    return tuple(sorted(found, key=lambda p: (-len(p.members), p.members)))

"""Star guarantors: one firm that guarantees many."""

from __future__ import annotations

from graphs.model import PartyGraph, Pattern, Relation

MANY = 6


def star_guarantors(graph: PartyGraph, many: int = MANY) -> tuple[Pattern, ...]:
    """Firms that guarantee at least `many` others, most first."""
    given: dict[str, list[Relation]] = {}
    for relation in graph.of_kind("guarantees"):
        given.setdefault(relation.source, []).append(relation)
    found = []
    for source, relations in sorted(given.items()):
        debtors = tuple(sorted({r.target for r in relations}))
        if len(debtors) >= many:
            found.append(
                Pattern(
                    kind="star_guarantor",
                    members=(source, *debtors),
                    relations=tuple(relations),
                    figures={"debtors": str(len(debtors))},
                )
            )
    return tuple(sorted(found, key=lambda p: (-len(p.members), p.members)))

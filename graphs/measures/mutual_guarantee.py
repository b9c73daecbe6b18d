"""互保: two firms that guarantee each other.

Live at the same time unless their dates say otherwise.
"""

from __future__ import annotations

from graphs.measures.indexed import indexed, live_together
from graphs.measures.support import support_of
from graphs.model import PartyGraph, Pattern, PatternKind, RelationKind


def mutual_guarantees(graph: PartyGraph) -> tuple[Pattern, ...]:
    """Each unordered pair with guarantees both ways, once."""
    own = indexed(graph, RelationKind.GUARANTEES)
    pairs = own.mutual()
    if not pairs:
        return ()
    of_edge = own.of_edge
    support = support_of(graph)
    found = []
    for source, target in pairs:
        forth, back = of_edge[source, target], of_edge[target, source]
        if live_together([forth, back]):
            found.append(
                Pattern(
                    kind=PatternKind.MUTUAL_GUARANTEE,
                    members=(source, target),
                    relations=(*forth, *back),
                    figures={"external_support": f"{support({source, target}):.2f}"},
                )
            )
    return tuple(found)

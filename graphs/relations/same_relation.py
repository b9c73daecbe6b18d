"""Relations that several documents state, as one relation with all their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graphs.model import Relation


def merged_relations(found: Iterable[Relation]) -> tuple[Relation, ...]:
    """Relations in a fixed order; what several documents state is one relation with all their
    places.
    """
    merged: dict[tuple[object, ...], Relation] = {}
    for relation in found:
        key = (
            relation.kind,
            relation.source,
            relation.target,
            relation.amount or relation.share,
            relation.contract,
        )
        before = merged.get(key)
        if before is None:
            merged[key] = relation
        else:
            merged[key] = replace(before, places=(*before.places, *relation.places))
    return tuple(merged[each] for each in sorted(merged, key=lambda k: tuple(str(x) for x in k)))

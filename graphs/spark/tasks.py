"""What a Spark task does with its share of the rows: the kernel and the measure of one machine on
data frames of pandas.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from graphs.formats.json_graph import line, relation_json, relation_of
from graphs.measures.cliques import reciprocal_cliques
from graphs.measures.guarantee_circle import Groups, canonical, circle_pattern
from graphs.measures.indexed import indexed
from graphs.measures.support import Support
from graphs.model import PartyGraph, Relation, RelationKind

if TYPE_CHECKING:
    import pandas as pd

WITNESSES = "source string, target string, members array<string>, covers long"
PATTERNS = "length int, members array<string>, line string"


def searched(longest: int, budget: int | None) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """A task: edges (source, target, bundle, share, shares) to circles from their smallest member
    (reached 0) and limited roots.
    """

    def task(rows: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        from graphs.kernels.circles import BUDGET, circles

        ids, edges = _numbered(rows)
        share, shares = int(rows["share"].iloc[0]), int(rows["shares"].iloc[0])
        found = circles(len(ids), edges, longest, budget=budget or BUDGET, share=(share, shares))
        names, ends = ids[found.vertices].tolist(), found.starts.tolist()
        members = [canonical(tuple(names[a:b])) for a, b in zip(ends, ends[1:], strict=False)]
        members += [(firm,) for firm in ids[found.limited].tolist()]
        reached = [0] * len(found) + found.reached.tolist()
        return pd.DataFrame(
            {
                "bundle": rows["bundle"].iloc[0],
                "share": share,
                "members": members,
                "reached": reached,
            }
        )

    return task


def cliques(least: int) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """A task: pairs (source, target) to sets of `least` or more firms with both ways between all of
    them.
    """

    def task(rows: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        pairs = set(zip(rows["source"], rows["target"], strict=True))
        mutual = [(one, other) for one, other in pairs if one < other and (other, one) in pairs]
        return pd.DataFrame({"members": reciprocal_cliques(mutual, least)}, dtype=object)

    return task


def witnessed(rows: pd.DataFrame) -> pd.DataFrame:
    """Edges, covered steps and limited roots (role, source, target) to WITNESSES; a row without
    members has the number of bare edges.
    """
    import pandas as pd

    from graphs.kernels.witnesses import witnesses_beyond

    ids, all_ = _numbered(rows)
    role = rows["role"].to_numpy()
    covered = set(map(tuple, all_[role == "covered"].tolist()))
    found, bare = witnesses_beyond(
        len(ids), all_[role == "edge"], all_[role == "limited", 0], covered
    )
    told = [(*ids[list(w.edge)].tolist(), ids[list(w.circle)].tolist(), w.covers) for w in found]
    return pd.DataFrame(
        [*told, ("", "", [], bare)], columns=["source", "target", "members", "covers"]
    )


def patterns(groups: Groups) -> Callable[[pd.DataFrame, pd.DataFrame], pd.DataFrame]:
    """A task: circles, and all guarantees to their members, to PATTERNS."""

    def task(circles: pd.DataFrame, relations: pd.DataFrame) -> pd.DataFrame:
        import pandas as pd

        order = [
            "number",
            "source",
            "target",
            "contract",
            "start",
            "end",
            "amount",
            "mode",
            "places",
        ]
        ordered = relations.fillna("").sort_values(order)
        graph = PartyGraph({}, tuple(_relation(row) for row in ordered.to_dict("records")))
        own, support = indexed(graph, RelationKind.GUARANTEES), Support(graph)
        kept = [c for c in map(tuple, circles["members"]) if not groups.hold(c)]
        lines = [line(circle_pattern(own, c, support)) for c in kept]
        return pd.DataFrame({"length": [len(c) for c in kept], "members": kept, "line": lines})

    return task


def row_of(relation: Relation, number: int) -> tuple[Any, ...]:
    """A relation as a row of `graphs.spark.circles.RELATIONS`."""
    plain = relation_json(relation)
    names = ("source", "target", "amount", "start", "end", "contract", "mode")
    return (
        *(plain[name] for name in names),
        json.dumps(plain["places"], ensure_ascii=False),
        number,
    )


def _relation(row: dict[str, Any]) -> Relation:
    from extractors.values.money import parse_money
    from extractors.values.period import parse_date

    amount, start, end = (
        parse_money(row["amount"]),
        parse_date(row["start"]),
        parse_date(row["end"]),
    )
    stored = {
        "kind": "guarantees",
        "source": row["source"],
        "target": row["target"],
        "amount": None if amount is None else f"{amount:f}",
        "start": start.isoformat() if start else None,
        "end": end.isoformat() if end else None,
        "contract": row["contract"],
        "mode": row["mode"],
        "places": json.loads(row["places"] or "[]"),
    }
    return relation_of(stored)


def _numbered(rows: pd.DataFrame) -> tuple[Any, Any]:
    """Names in order (as objects), and source and target of each row as their numbers (m x 2)."""
    import numpy as np
    import pandas as pd

    ends = np.concatenate((rows["source"].to_numpy(object), rows["target"].to_numpy(object)))
    numbers, names = pd.factorize(ends, sort=True)
    return names, numbers.reshape(2, -1).T

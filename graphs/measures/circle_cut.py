"""The cheapest set of guarantees to release so that none of the circles found is left: a set cover, solved exactly (HiGHS through scipy)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Cut:
    """Guarantees to release (guarantor, debtor) and their weight; `bound` is what no cut can be cheaper than, equal where it is optimal."""

    edges: tuple[Edge, ...]
    weight: float
    bound: float

    @property
    def is_optimal(self) -> bool:
        return self.weight <= self.bound * (1 + 1e-6) + 1e-6


def circle_cut(circles: Sequence[Sequence[str]], weight: Mapping[Edge, float]) -> Cut:
    """Hits every circle; `weight` of an edge is what its release costs (1 where it is not given). Circles longer than those given may stay."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    steps = [sorted(set(zip(c, (*c[1:], c[0]), strict=True))) for c in circles]
    edges = sorted({e for own in steps for e in own})
    if not edges:
        return Cut((), 0.0, 0.0)
    number = {e: i for i, e in enumerate(edges)}
    rows = [i for i, own in enumerate(steps) for _ in own]
    matrix = csr_array(
        (np.ones(len(rows)), (rows, [number[e] for own in steps for e in own])),
        shape=(len(steps), len(edges)),
    )
    cost = np.array([max(float(weight.get(e, 1.0)), 1e-9) for e in edges])
    solved = milp(
        cost,
        constraints=LinearConstraint(matrix, lb=1),
        integrality=np.ones(len(edges)),
        bounds=Bounds(0, 1),
        options={"time_limit": 60},
    )
    if solved.x is None:
        return Cut(tuple(edges), float(cost.sum()), 0.0)
    chosen = tuple(e for e, x in zip(edges, solved.x, strict=True) if x > 0.5)
    bound = float(solved.mip_dual_bound) if solved.mip_dual_bound is not None else float(solved.fun)
    return Cut(chosen, float(sum(cost[number[e]] for e in chosen)), bound)

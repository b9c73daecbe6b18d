"""The cheapest guarantees to release so that nobody guarantees itself any more, over circles,
mutual pairs and groups of any length.

A set cover (HiGHS through scipy) whose rows are added while circles are left: mutual pairs first,
then for each guarantee that still lies on a circle the shortest one through it. What is left has no
circle at all, so the answer needs no list of circles and is complete to every length. An order of
the companies gives a release that always works; where its weight is that of the bound, it is the
cheapest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import networkx as nx

Edge = tuple[str, str]
_ROUNDS = 60  # times that rows are added; beyond it the best release known is told with its bound
_NODES = 20_000  # of the solver's tree: a limit that does not depend on the clock
_ROWS_EACH = 400  # circles added in a round
_MOST_EDGES = 6_000  # of a part that is solved exactly; above it the order of the companies decides
_LEAST_COST = 1e-9


@dataclass(frozen=True, slots=True)
class Cut:
    """Guarantees to release (guarantor, debtor) and their weight; `bound` is what no cut can be
    cheaper than, equal where it is optimal.

    `forced` are mutual pairs in it: of each at least one guarantee has to go.
    """

    edges: tuple[Edge, ...]
    weight: float
    bound: float
    parts: int = 0
    forced: tuple[tuple[Edge, Edge], ...] = field(default=())

    @property
    def is_optimal(self) -> bool:
        return self.weight <= self.bound * (1 + 1e-6) + 1e-6


def circle_cut(circles: Sequence[Sequence[str]], weight: Mapping[Edge, float]) -> Cut:
    """Hits every circle given; `weight` of an edge is what its release costs (1 where it is not
    given). Other circles may stay.
    """
    rows = [_steps(circle) for circle in circles]
    edges = sorted({edge for row in rows for edge in row})
    if not edges:
        return Cut((), 0.0, 0.0)
    cost = {edge: max(float(weight.get(edge, 1.0)), _LEAST_COST) for edge in edges}
    chosen, bound = _covered(edges, rows, cost)
    return Cut(tuple(chosen), sum(cost[e] for e in chosen), bound)


def full_cut(edges: Iterable[Edge], weight: Mapping[Edge, float], kept: Iterable[Edge] = ()) -> Cut:
    """The cheapest release after which no circle of any length is left, mutual pairs included.

    Edges in `kept` are not released.
    """
    import networkx as nx

    graph = nx.DiGraph(sorted(set(edges)))
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    barred = {edge for edge in kept if graph.has_edge(*edge)}
    if not nx.is_directed_acyclic_graph(nx.DiGraph(sorted(barred))):
        return Cut((), float("inf"), float("inf"))
    cost = {
        edge: np.inf if edge in barred else max(float(weight.get(edge, 1.0)), _LEAST_COST)
        for edge in graph.edges
    }
    chosen: list[Edge] = []
    bound, parts = 0.0, 0
    for members in sorted(map(sorted, nx.strongly_connected_components(graph))):
        if len(members) > 1:
            part = nx.DiGraph(sorted(graph.subgraph(members).edges))
            found, least = _part_cut(part, cost)
            chosen += found
            bound += least
            parts += 1
    forced = tuple(
        ((first, second), (second, first))
        for first, second in sorted(graph.edges)
        if first < second and graph.has_edge(second, first)
    )
    return Cut(tuple(sorted(chosen)), sum(cost[e] for e in chosen), bound, parts, forced)


def _steps(circle: Sequence[str]) -> list[Edge]:
    return sorted(set(zip(circle, (*circle[1:], circle[0]), strict=True)))


def _part_cut(part: nx.DiGraph, cost: Mapping[Edge, float]) -> tuple[list[Edge], float]:
    """The release of one strongly connected part and its lower bound."""
    best = _by_order(part, cost)
    best_weight = sum(cost[e] for e in best)
    pairs = [
        [(first, second), (second, first)]
        for first, second in sorted(part.edges)
        if first < second and part.has_edge(second, first)
    ]
    bound = sum(min(cost[edge] for edge in pair) for pair in pairs)
    if best_weight <= bound * (1 + 1e-9) or part.number_of_edges() > _MOST_EDGES:
        return best, bound
    edges = sorted(edge for edge in part.edges if np.isfinite(cost[edge]))
    rows: list[list[Edge]] = pairs + _shortest_circles(part)
    for _ in range(_ROUNDS):
        chosen, least = _covered(edges, rows, cost)
        bound = max(bound, least)
        left = part.copy()
        left.remove_edges_from(chosen)
        more = _shortest_circles(left)
        if not more:
            weight = sum(cost[e] for e in chosen)
            return (chosen, bound) if weight <= best_weight else (best, bound)
        repaired = chosen + _by_order_of_parts(left, cost)
        if (weight := sum(cost[e] for e in repaired)) < best_weight:
            best, best_weight = repaired, weight
        if best_weight <= bound * (1 + 1e-9):
            break
        rows += more
    return best, bound


def _covered(
    edges: Sequence[Edge], rows: Sequence[Sequence[Edge]], cost: Mapping[Edge, float]
) -> tuple[list[Edge], float]:
    """Edges that hit every row, and the bound.

    Where the solver comes to no answer, all edges and no bound.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    number = {edge: i for i, edge in enumerate(edges)}
    free = [[number[e] for e in row if e in number] for row in rows]
    row_numbers = [i for i, own in enumerate(free) for _ in own]
    columns = [column for own in free for column in own]
    matrix = csr_array(
        (np.ones(len(columns)), (row_numbers, columns)), shape=(len(rows), len(edges))
    )
    prices = np.array([cost[edge] for edge in edges])
    solved = milp(
        prices,
        constraints=LinearConstraint(matrix, lb=1),
        integrality=np.ones(len(edges)),
        bounds=Bounds(0, 1),
        options={"node_limit": _NODES},
    )
    if solved.x is None:
        return list(edges), 0.0
    chosen = [edge for edge, x in zip(edges, solved.x, strict=True) if x > 0.5]
    bound = solved.mip_dual_bound if solved.mip_dual_bound is not None else solved.fun
    return chosen, float(bound)


def _shortest_circles(graph: nx.DiGraph) -> list[list[Edge]]:
    """For edges on circles that no circle taken before covers the shortest circle through each, at
    most _ROWS_EACH.
    """
    import networkx as nx

    found: list[list[Edge]] = []
    covered: set[Edge] = set()
    for members in sorted(map(sorted, nx.strongly_connected_components(graph))):
        if len(members) < 2:
            continue
        part = graph.subgraph(members)
        for source, target in sorted(part.edges):
            if (source, target) in covered:
                continue
            circle = _steps(nx.shortest_path(part, target, source))
            covered.update(circle)
            found.append(circle)
            if len(found) >= _ROWS_EACH:
                return found
    return found


def _by_order(part: nx.DiGraph, cost: Mapping[Edge, float]) -> list[Edge]:
    """The edges that go backwards in an order of the companies: givers before takers (Eades, Lin &
    Smyth 1993), then moved to where least goes backwards.
    """
    order = _greedy_order(part, cost)
    order = _improved(order, part, cost)
    place = {company: i for i, company in enumerate(order)}
    return sorted((first, second) for first, second in part.edges if place[first] > place[second])


def _by_order_of_parts(graph: nx.DiGraph, cost: Mapping[Edge, float]) -> list[Edge]:
    import networkx as nx

    chosen: list[Edge] = []
    for members in nx.strongly_connected_components(graph):
        if len(members) > 1:
            chosen += _by_order(nx.DiGraph(graph.subgraph(members)), cost)
    return chosen


def _greedy_order(part: nx.DiGraph, cost: Mapping[Edge, float]) -> list[str]:
    """Repeatedly the company that gives most more than it receives, those that receive nothing
    first.
    """
    out = {value: sum(_finite(cost[value, w]) for w in part.successors(value)) for value in part}
    into = {value: sum(_finite(cost[u, value]) for u in part.predecessors(value)) for value in part}
    left, first = set(part), []
    while left:
        chosen = min(left, key=lambda v: (into[v] > 0, into[v] - out[v], v))
        left.discard(chosen)
        first.append(chosen)
        for w in part.successors(chosen):
            into[w] -= _finite(cost[chosen, w])
        for u in part.predecessors(chosen):
            out[u] -= _finite(cost[u, chosen])
    return first


_KEPT = 1e15  # what an edge that may not be released counts in an order: above every sum of amounts


def _finite(cost: float) -> float:
    return cost if np.isfinite(cost) else _KEPT


def _improved(order: list[str], part: nx.DiGraph, cost: Mapping[Edge, float]) -> list[str]:
    """Each company moved to its best place until nothing gets cheaper; few rounds do."""
    for _ in range(10):
        moved = False
        for company in list(order):
            at = order.index(company)
            target = _best_place(company, at, order, part, cost)
            if target != at:
                order.pop(at)
                order.insert(target, company)
                moved = True
        if not moved:
            break
    return order


def _best_place(
    company: str, at: int, order: Sequence[str], part: nx.DiGraph, cost: Mapping[Edge, float]
) -> int:
    """Where least goes backwards; moving past a neighbour turns their edges round."""

    def gain(other: str, forwards: bool) -> float:
        ahead = _finite(cost[company, other]) if part.has_edge(company, other) else 0.0
        behind = _finite(cost[other, company]) if part.has_edge(other, company) else 0.0
        return behind - ahead if forwards else ahead - behind

    best, best_gain, total = at, 1e-12, 0.0
    for place in range(at + 1, len(order)):
        total += gain(order[place], True)
        if total > best_gain:
            best, best_gain = place, total
    total = 0.0
    for place in range(at - 1, -1, -1):
        total += gain(order[place], False)
        if total > best_gain:
            best, best_gain = place, total
    return best

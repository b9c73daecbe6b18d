"""The circle kernel on graphs of a million firms, beside networkx in the same run (graph.md 6.3),
and checks at application time.

python benchmarks/graph.py [--quick]     --quick: without networkx, which takes half a minute
"""

from __future__ import annotations

import argparse
import resource
import time

import networkx as nx
import numpy as np
import numpy.typing as npt

from graphs.kernels.arrays import both_ways, distinct
from graphs.kernels.circles import circles
from graphs.kernels.new_edge import NewEdges

_FIRMS, _TIES = 1_000_000, 2_000_000
Edges = npt.NDArray[np.int64]


def _heavy_tail(dice: np.random.Generator) -> Edges:
    """Few firms with very many guarantees (Chung-Lu), some of them mutual, with rings of 3 to 10
    put in.
    """

    def weights() -> npt.NDArray[np.float64]:
        found = np.minimum((1 - dice.random(_FIRMS)) ** (-1 / 1.5), 2000)
        return np.asarray(found / found.sum())

    ends = [dice.choice(_FIRMS, _TIES * 85 // 100, p=weights()) for _ in range(2)]
    ties = np.stack(ends, 1)
    back = ties[dice.random(len(ties)) < 0.08][:, ::-1]
    rings = [_ring(dice.choice(_FIRMS, k, replace=False)) for k in range(3, 11) for _ in range(500)]
    return np.concatenate([ties, back, *rings])


def _with_groups(ties: Edges, dice: np.random.Generator) -> Edges:
    """Joint groups of 5 to 60 firms besides."""
    groups = []
    for size in [5] * 400 + [8] * 100 + [12] * 20 + [30] * 3 + [60]:
        members = dice.choice(_FIRMS, size, replace=False)
        groups.append(np.array([(a, b) for a in members for b in members if a != b]))
    return np.concatenate([ties, *groups])


def _random(dice: np.random.Generator) -> Edges:
    return dice.integers(0, _FIRMS, (_TIES, 2))


def _small_parts(dice: np.random.Generator) -> Edges:
    """Many groups of about eight firms, as guarantee portfolios are."""
    sizes = dice.geometric(1 / 8, 200_000) + 1
    sizes = sizes[np.cumsum(sizes) < _FIRMS]
    starts, part = np.concatenate([[0], np.cumsum(sizes)]), np.repeat(np.arange(len(sizes)), sizes)
    source = dice.integers(0, len(part), _TIES)
    return np.stack(
        [source, starts[part[source]] + (dice.random(_TIES) * sizes[part[source]]).astype(int)], 1
    )


def _planted(dice: np.random.Generator) -> tuple[int, Edges]:
    """No circle but 300 rings of each length from 2 to 12."""
    low, high = np.sort(dice.integers(0, _FIRMS, (2, _TIES)), axis=0)
    count, parts = _FIRMS, [np.stack([low, high], 1)]
    for length in range(2, 13):
        for _ in range(300):
            parts.append(_ring(np.arange(count, count + length)))
            parts.append(np.array([[int(dice.integers(0, _FIRMS)), count]]))
            count += length
    return count, np.concatenate(parts)


def _ring(members: npt.NDArray[np.int64]) -> Edges:
    return np.stack([members, np.roll(members, -1)], 1)


def _run(name: str, count: int, edges: Edges, longest: int, budget: int = 100_000) -> float:
    own = distinct(count, edges)
    started = time.perf_counter()
    found = circles(count, own, longest, budget=budget, threads=2)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    told = f"{len(found):>9,} circles, complete to {found.complete_to}, {len(found.limited)} limited roots"
    print(
        f"{name:<34} K={longest:<3} {seconds:6.2f} s  {told}  peak {memory} MB so far", flush=True
    )
    return seconds


def _new_guarantees(edges: Edges, dice: np.random.Generator) -> None:
    """Circles that a new guarantee would close, for a thousand guarantees that are not there."""
    own = distinct(_FIRMS, edges)
    graph, backward = both_ways(_FIRMS, own)
    pairs = dice.integers(0, _FIRMS, (1000, 2))
    hubs = np.argsort(-np.bincount(own.ravel(), minlength=_FIRMS))[:15].tolist()
    search = NewEdges(graph, backward)
    search.closed_by(0, 1, 8)  # compiled before it is timed
    for name, asked in (
        ("any", pairs.tolist()),
        ("hub", [(a, b) for a in hubs for b in hubs if a != b]),
    ):
        times, lengths = [], []
        for source, target in asked:
            started = time.process_time()
            found = search.closed_by(source, target, 8)
            times.append(1000 * (time.process_time() - started))
            lengths.append(found.complete_to)
        print(
            f"a new guarantee ({name} pair) against {len(own):,} relations: median {np.median(times):.1f} ms,"
            f" p99 {np.percentile(times, 99):.1f} ms, highest {max(times):.1f} ms; complete to {min(lengths)} to {max(lengths)}"
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    dice = np.random.default_rng(1)
    circles(3, np.array([[0, 1], [1, 2], [2, 0]]), 4)  # compiled before it is timed
    _run("E planted rings in a random DAG", *_planted(dice), 12)
    parts = _small_parts(dice)
    _run("D many small parts", _FIRMS, parts, 10)
    ours = _run("D many small parts", _FIRMS, parts, 6)
    _run("C random", _FIRMS, _random(dice), 10)
    heavy = _heavy_tail(dice)
    _run("A heavy tail", _FIRMS, heavy, 6, 1_000_000)
    _run("A heavy tail", _FIRMS, heavy, 8)
    _run("B heavy tail with joint groups", _FIRMS, _with_groups(heavy, dice), 8)
    diamonds = [
        e
        for i in range(30)
        for e in (
            (3 * i, 3 * i + 1),
            (3 * i, 3 * i + 2),
            (3 * i + 1, 3 * i + 3),
            (3 * i + 2, 3 * i + 3),
        )
    ]
    _run("chain of 30 diamonds", 91, np.array([*diamonds, (90, 0)]), 60)
    _new_guarantees(heavy, dice)
    if not quick:
        digraph = nx.DiGraph(distinct(_FIRMS, parts).tolist())
        started = time.perf_counter()
        count = sum(1 for _ in nx.simple_cycles(digraph, length_bound=6))
        theirs = time.perf_counter() - started
        print(
            f"networkx on D, K=6: {theirs:.1f} s, {count:,} circles: {theirs / ours:.0f} times ours"
        )


if __name__ == "__main__":
    main()

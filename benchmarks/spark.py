"""Guarantee circles on Spark beside the measure of one machine, on the same graph in the same run
(docs/scale.md).

python benchmarks/spark.py [--edges 100000 1000000] [--cores 2]
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from decimal import Decimal

import numpy as np

from graphs.formats.json_graph import circle_lines
from graphs.measures.guarantee_circle import guarantee_circles
from graphs.model import PartyGraph, Relation
from graphs.spark.circles import frame_of, session
from graphs.spark.circles import guarantee_circles as on_spark

_LONGEST = 8


def portfolio(edges: int, dice: np.random.Generator) -> PartyGraph:
    """Half the guarantees between any two of as many firms as guarantees, half within groups of
    about eight firms.
    """
    firms = edges
    source, target = dice.integers(0, firms, (2, edges))
    near = np.minimum(source // 8 * 8 + dice.integers(0, 8, edges), firms - 1)
    target = np.where(dice.random(edges) < 0.5, near, target)
    pairs = zip(source.tolist(), target.tolist(), strict=True)
    return PartyGraph({}, tuple(_guarantee(n, a, b) for n, (a, b) in enumerate(pairs)))


def _guarantee(number: int, source: int, target: int) -> Relation:
    return Relation(
        kind="guarantees",
        source=f"firm-{source:08}",
        target=f"firm-{target:08}",
        amount=Decimal(100_000 * (1 + number % 50)),
        start=date(2025, 1 + number % 12, 1),
        end=date(2027, 1 + number % 12, 1),
        places=(),
        contract=f"contract-{number}",
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--edges", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--cores", type=int, default=2)
    asked = parser.parse_args()
    started = time.perf_counter()
    spark = session(
        {
            "spark.master": f"local[{asked.cores}]",
            "spark.driver.memory": "4g",
            "spark.sql.shuffle.partitions": str(4 * asked.cores),
        }
    )
    spark.sparkContext.setLogLevel("ERROR")
    print(f"session: {time.perf_counter() - started:.1f} s", flush=True)
    guarantee_circles(
        portfolio(1000, np.random.default_rng(1)), _LONGEST
    )  # compiled before it is timed
    for edges in asked.edges:
        graph = portfolio(edges, np.random.default_rng(2))
        started = time.perf_counter()
        local = guarantee_circles(graph, _LONGEST)
        one = time.perf_counter() - started
        table = frame_of(spark, graph).persist()
        table.count()
        started = time.perf_counter()
        far = on_spark(table, _LONGEST).collected()
        many = time.perf_counter() - started
        same = "\n".join(circle_lines(local)) == "\n".join(circle_lines(far))
        told = f"{len(local.patterns):,} circles, {'the same bytes' if same else 'OTHER BYTES'}"
        print(
            f"{edges:>9,} edges, K={_LONGEST}: one machine {one:.1f} s, Spark on {asked.cores} cores {many:.1f} s; {told}",
            flush=True,
        )


if __name__ == "__main__":
    main()

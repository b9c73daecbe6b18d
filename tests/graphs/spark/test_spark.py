"""Circles on Spark in local mode: the bytes of one machine, whatever the partitions and however
components are split.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import ROOT

from extractors.model import WHOLE_PAGE
from graphs.formats.json_graph import circle_lines
from graphs.measures.guarantee_circle import guarantee_circles
from graphs.model import PartyGraph, Place, Relation
from graphs.spark.circles import CannotRun, frame_of, read_relations, relations_of, session
from graphs.spark.circles import guarantee_circles as on_spark

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    settings = {
        "spark.master": "local[2]",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.adaptive.enabled": "false",
        # Compiling a plan costs more than running it on so few rows
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    own = session(settings)
    own.sparkContext.setLogLevel("ERROR")
    yield own
    own.stop()


def _graph(edges: Any) -> PartyGraph:
    def relation(number: int, source: int, target: int) -> Relation:
        place = Place(
            packet="p",
            file="台账.pdf",
            document=f"d{number}",
            page=1,
            box=WHOLE_PAGE,
            text=f"{source} → {target}",
        )
        return Relation(
            kind="guarantees",
            source=f"企业{source}",
            target=f"企业{target}",
            amount=Decimal(source * 7 + target) / 4 if number % 5 else None,
            start=date(2024, 1, 1 + source % 28) if number % 7 else None,
            end=date(2025, 1, 1) if target % 3 else None,
            places=(place,) if number % 2 else (),
            contract=f"c{number % 11}",
        )

    return PartyGraph({}, tuple(relation(n, int(a), int(b)) for n, (a, b) in enumerate(edges)))


def _same(
    spark: Any, graph: PartyGraph, longest: int, partitions: int = 2, **settings: int
) -> None:
    budget = settings.get("budget")
    local = guarantee_circles(graph, longest, budget=budget)
    found = on_spark(frame_of(spark, graph).repartition(partitions), longest, **settings)
    assert [row.line for row in found.lines().collect()] == list(circle_lines(local))


def test_a_random_graph_with_limited_roots_split_by_root(spark: Any) -> None:
    graph = _graph(np.random.default_rng(3).integers(0, 60, (150, 2)))
    local = guarantee_circles(graph, 7, budget=40)
    assert local.limited_roots and local.witnessed and local.complete_to_length < 7
    _same(spark, graph, 7, partitions=5, budget=40, giant=10, shares=3)
    found = on_spark(frame_of(spark, graph), 7, budget=40).collected()
    assert found == local


def test_planted_rings_and_a_joint_group_and_nothing_else(spark: Any) -> None:
    low, high = np.sort(np.random.default_rng(4).integers(0, 300, (2, 400)), axis=0)
    rings = [(1000 * k + i, 1000 * k + (i + 1) % k) for k in range(3, 9) for i in range(k)]
    group = [(a, b) for a in range(500, 506) for b in range(500, 506) if a != b]
    graph = _graph(
        [*zip(low, high, strict=True), *rings, *group, *((0, 1000 * k) for k in range(3, 9))]
    )
    found = on_spark(frame_of(spark, graph), 8).collected()
    assert [len(p.members) for p in found.patterns] == [3, 4, 5, 6, 7, 8]
    assert list(circle_lines(found)) == list(circle_lines(guarantee_circles(graph, 8)))


def test_the_bytes_of_one_machine_on_a_hundred_thousand_guarantees(
    spark: Any, tmp_path: Path
) -> None:
    dice = np.random.default_rng(5)
    source = dice.integers(0, 100_000, 100_000)
    graph = _graph(
        np.stack(
            [
                source,
                np.where(
                    dice.random(100_000) < 0.3,
                    source // 6 * 6 + dice.integers(0, 6, 100_000),
                    source + 7,
                ),
            ],
            1,
        )
    )
    out = tmp_path / "circles"
    on_spark(frame_of(spark, graph), 6).lines().write.text(str(out))
    written = b"".join(p.read_bytes() for p in sorted(out.glob("part-*")))
    local = guarantee_circles(graph, 6)
    assert len(local.patterns) > 100
    assert written == "".join(f"{line}\n" for line in circle_lines(local)).encode()


def test_tables_are_read_as_an_import_reads_them(spark: Any, tmp_path: Path) -> None:
    table = tmp_path / "担保.csv"
    table.write_text(
        '保证人,债务人,担保金额(万元),合同编号,起始日\n甲,乙,12,A,2025-01-01\n乙,丙,"1,300",B,2025/2/3\n丙,甲,-,C,\n甲,,5,D,\n',
        "utf-8",
    )
    (found,) = on_spark(read_relations(spark, str(table)), 3).collected().patterns
    assert (
        set(found.members) == {"甲", "乙", "丙"}
        and found.figures["amount"] == "0.00"
        and found.figures["live"] == "yes"
    )
    assert {(r.contract, r.amount, r.start) for r in found.relations} == {
        ("A", Decimal(120_000), date(2025, 1, 1)),
        ("B", Decimal(13_000_000), date(2025, 2, 3)),
        ("C", None, None),
    }
    with pytest.raises(CannotRun, match="spark_columns"):
        relations_of(spark.createDataFrame([("甲", "乙")], "a string, b string"))


@pytest.mark.parametrize(
    ("before", "code"),
    [
        ("import sys; sys.modules['pyspark'] = None", "spark_missing"),
        ("import os; os.environ['JAVA_HOME'] = os.devnull", "java_missing"),
    ],
)
def test_what_is_missing_is_named_with_what_to_do(before: str, code: str) -> None:
    program = f"{before}\nfrom graphs.spark.circles import CannotRun, session\ntry:\n session()\nexcept CannotRun as e:\n print(e.code, e.zh and e.en)"
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith(code), told.stderr

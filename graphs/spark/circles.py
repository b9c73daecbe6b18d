"""Guarantee circles of a portfolio too large for one machine, on Spark (docs/scale.md).

Peeling and components are joins. Components, small ones several together, go to the same kernel; a
component above `giant` edges goes whole to several tasks, each with a share of its roots. Ranks,
limits and witnesses depend on nothing outside a strongly connected part, and are compared by id, so
the list is to be that of one machine, byte for byte.

pyspark, pandas and pyarrow are the extra `spark`; nothing else in Huoyan needs them.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from graphs.measures.guarantee_circle import GROUP, LONGEST, Circles, Groups
from graphs.model import PartyGraph, Pattern, RelationKind
from graphs.spark.tasks import PATTERNS, WITNESSES, cliques, patterns, searched, witnessed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

GIANT = 1_000_000  # edges above which a component is searched by several tasks
SHARES = 8  # tasks of such a component; each holds all its edges
_BUNDLE = 50_000  # edges of small components that one task searches
# A round of peeling that leaves more than this is the last: the kernel peels the rest.
_LITTLE = 0.95

RELATIONS = "source string, target string, amount string, start string, end string, contract string, mode string, places string, number long"


class CannotRun(RuntimeError):
    """Spark cannot run on this input. `code` is stable; `zh` and `en` say what to do."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        super().__init__(f"{code}: {zh} / {en}")
        self.code, self.zh, self.en = code, zh, en


@dataclass(frozen=True, slots=True)
class SparkCircles:
    """Circles as a DataFrame (length, members, line: the circle as JSON), with what their list is
    complete to, as `Circles` has it.
    """

    patterns: DataFrame
    complete_to_length: int
    limited_roots: tuple[str, ...]
    witnessed: tuple[Pattern, ...]
    uncovered: int

    def lines(self) -> DataFrame:
        """The lines of `graphs.formats.json_graph.circle_lines`, in their order: written as text,
        the parts one after the other are its bytes.
        """
        from pyspark.sql import functions as F

        from graphs.formats.json_graph import line, statement

        head = statement(self.complete_to_length, self.limited_roots, self.uncovered)
        around: list[tuple[int, int, list[str], str]] = [
            (0, 0, [], head),
            *((2, n, [], line(w)) for n, w in enumerate(self.witnessed)),
        ]
        schema = "block int, length int, members array<string>, line string"
        framed = self.patterns.sparkSession.createDataFrame(around, schema)
        rows = self.patterns.select(F.lit(1).alias("block"), "length", "members", "line")
        return framed.unionByName(rows).orderBy("block", "length", "members").select("line")

    def collected(self) -> Circles:
        """The same as `guarantee_circles` of one machine gives."""
        from graphs.formats.json_graph import pattern_of

        rows = self.patterns.orderBy("length", "members").select("line").toLocalIterator()
        found = tuple(pattern_of(json.loads(row.line)) for row in rows)
        return Circles(
            found, self.complete_to_length, self.limited_roots, self.witnessed, self.uncovered
        )


def session(settings: Mapping[str, str] | None = None) -> SparkSession:
    """A session of the cluster that spark-submit names, of this machine without it.

    Raises CannotRun: spark_missing, java_missing.
    """
    try:
        import pandas  # noqa: F401 - what the tasks need
        import pyarrow  # noqa: F401 - what the tasks need
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        say = "pip install 'huoyan[spark]'"
        raise CannotRun(
            "spark_missing",
            f"缺少 {error.name}：请运行 {say}。",
            f"{error.name} is not installed: run {say}.",
        ) from error
    if (
        "PYSPARK_GATEWAY_PORT" not in os.environ
    ):  # not under spark-submit: the tasks' Python is this one
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("huoyan")
    for name, value in (settings or {}).items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkRuntimeError, FileNotFoundError) as error:
        raise CannotRun(
            "java_missing",
            "Spark 未能启动：请安装 Java 17 或以上（openjdk-17-jre-headless），并设置 JAVA_HOME。",
            "Spark did not start: install Java 17 or later (openjdk-17-jre-headless) and set JAVA_HOME.",
        ) from error


def frame_of(spark: SparkSession, graph: PartyGraph) -> DataFrame:
    """The guarantees of a graph as a DataFrame, with their order and places."""
    from graphs.spark.tasks import row_of

    guarantees = enumerate(graph.of_kind(RelationKind.GUARANTEES))
    return spark.createDataFrame([row_of(relation, n) for n, relation in guarantees], RELATIONS)


def read_relations(spark: SparkSession, *paths: str) -> DataFrame:
    """Guarantees in parquet files, or in CSV files (UTF-8, by their suffix) with a head row.

    Raises CannotRun: spark_columns.
    """
    frames = [
        relations_of(
            spark.read.csv(path, header=True)
            if path.endswith((".csv", ".csv.gz"))
            else spark.read.parquet(path)
        )
        for path in paths
    ]
    whole = frames[0]
    for frame in frames[1:]:
        whole = whole.unionByName(frame)
    return whole


def relations_of(table: DataFrame) -> DataFrame:
    """A table of guarantees as RELATIONS. Columns may be called as in tables that `huoyan graph
    import` reads.

    A party is its code where there is one, else its name as it stands: tie spellings together
    first. Rows of other kinds, and rows without both parties, are left out. Raises CannotRun:
    spark_columns.
    """
    from pyspark.sql import functions as F

    from graphs.registers.columns import KINDS, heads, unit_of

    names = {column: table.columns[i] for i, column in reversed(heads(table.columns).items())}
    names |= {own: own for own in ("places", "number") if own in table.columns}
    if not {"source", "target"} <= set(names):
        want = "guarantor, debtor (保证人, 债务人)"
        raise CannotRun(
            "spark_columns",
            f"缺少列：{want}；现有：{table.columns}。",
            f"columns {want} are needed; there are {table.columns}.",
        )
    kinds = dict(table.dtypes)

    def text(column: str) -> Any:
        if column not in names:
            return F.lit(None).cast("string")
        cell = F.col(f"`{names[column]}`")
        plain = {
            "float": "decimal(38,2)",
            "double": "decimal(38,2)",
            "timestamp": "date",
            "timestamp_ntz": "date",
        }.get(kinds[names[column]])
        whole = F.trim((cell.cast(plain) if plain else cell).cast("string"))
        return F.when(whole != "", whole)

    guarantees = text("kind").isin([word for word, kind in KINDS.items() if kind == "guarantees"])
    if "share" not in names:
        guarantees = guarantees | text("kind").isNull() | ~text("kind").isin(list(KINDS))
    rows = table.where(F.coalesce(guarantees, F.lit(False))).select(
        *(F.coalesce(text(f"{end}_code"), text(end)).alias(end) for end in ("source", "target")),
        F.concat(text("amount"), F.lit(unit_of(names.get("amount", "")))).alias("amount"),
        *(text(column).alias(column) for column in ("start", "end", "contract", "mode", "places")),
        F.coalesce(text("number").cast("long"), F.lit(0)).alias("number"),
    )
    return rows.where("source is not null and target is not null")


def guarantee_circles(
    table: DataFrame,
    longest: int = LONGEST,
    *,
    budget: int | None = None,
    giant: int = GIANT,
    shares: int = SHARES,
) -> SparkCircles:
    """Every simple guarantee circle of 3 to `longest` firms. Raises CannotRun: spark_columns.

    Neither `giant` and `shares` nor the partitions of the table change what is found.
    """
    from pyspark.sql import functions as F

    relations = relations_of(table).persist()
    pieces, tasks = _pieces(
        _peeled(relations.where("source != target").select("source", "target").distinct()),
        giant,
        shares,
    )
    each = pieces.withColumn(
        "share", F.explode(F.sequence(F.lit(0), F.col("shares") - 1))
    ).repartition(tasks, "bundle", "share")
    found = (
        each.groupBy("bundle", "share")
        .applyInPandas(
            searched(longest, budget), "bundle long, share int, members array<string>, reached int"
        )
        .persist()
    )
    limited = (
        found.where("reached > 0")
        .select("bundle", F.col("members")[0].alias("firm"), "reached")
        .collect()
    )
    groups = Groups(row.members for row in _groups(pieces).collect())
    beyond, uncovered = _beyond(pieces, found) if limited else ([], 0)
    listed = found.where("reached = 0 and size(members) > 2").drop("reached")
    spark = table.sparkSession
    short = spark.createDataFrame(
        [(0, 0, list(c)) for c in beyond if len(c) > 2],
        "bundle long, share int, members array<string>",
    )
    return SparkCircles(
        _patterns(listed, relations, groups).persist(),
        min((row.reached for row in limited), default=longest),
        tuple(sorted(row.firm for row in limited)),
        _in_order(_patterns(short, relations, Groups(())), beyond) if beyond else (),
        uncovered,
    )


def _peeled(edges: DataFrame) -> DataFrame:
    """Edges without those that no circle can hold, taken off round by round while many come off."""
    count = edges.count()
    while True:
        sources = edges.select("source").distinct().withColumnRenamed("source", "target")
        targets = edges.select("target").distinct().withColumnRenamed("target", "source")
        edges = _apart(
            edges.join(targets, "source", "left_semi").join(sources, "target", "left_semi")
        )
        left = edges.count()
        if left >= _LITTLE * count:
            return edges
        count = left


def _components(edges: DataFrame) -> DataFrame:
    """Each vertex with the smallest vertex that it hangs together with: large and small stars in
    turn (Kiveris et al., SoCC 2014).
    """
    from pyspark.sql import functions as F

    pairs = _apart(
        edges.select(
            F.greatest("source", "target").alias("high"), F.least("source", "target").alias("low")
        ).distinct()
    )
    count = pairs.count()
    while True:
        both = pairs.union(pairs.select("low", "high")).toDF("vertex", "near")
        least = both.groupBy("vertex").agg(F.least(F.min("near"), F.col("vertex")).alias("root"))
        large = (
            both.join(least, "vertex")
            .where("near > vertex")
            .select(F.col("near").alias("high"), F.col("root").alias("low"))
            .distinct()
        )
        roots = large.groupBy("high").agg(F.min("low").alias("root"))
        small = (
            large.join(roots, "high")
            .where("low != root")
            .select(F.col("low").alias("high"), F.col("root").alias("low"))
        )
        after = _apart(small.union(roots.toDF("high", "low")).distinct())
        left = after.count()
        if left == count and after.join(pairs, ["high", "low"], "left_anti").isEmpty():
            return after.toDF("vertex", "component").union(after.select("low", "low").distinct())
        pairs, count = after, left


def _pieces(edges: DataFrame, giant: int, shares: int) -> tuple[DataFrame, int]:
    """Edges with the bundle of components that they are searched in and its number of shares; the
    number of tasks.
    """
    from pyspark.sql import functions as F

    components = _components(edges)
    labelled = edges.join(components.withColumnRenamed("vertex", "source"), "source").persist()
    large = (
        labelled.groupBy("component")
        .count()
        .where(F.col("count") > giant)
        .orderBy("component")
        .collect()
    )
    bundles = max(1, ceil((labelled.count() - sum(row["count"] for row in large)) / _BUNDLE))
    of_large = [(row.component, bundles + n, shares) for n, row in enumerate(large)]
    known = F.broadcast(
        edges.sparkSession.createDataFrame(of_large, "component string, own long, parts int")
    )
    hashed = F.pmod(F.xxhash64("component"), F.lit(bundles))
    pieces = labelled.join(known, "component", "left").select(
        "source",
        "target",
        F.coalesce("own", hashed).alias("bundle"),
        F.coalesce("parts", F.lit(1)).alias("shares"),
    )
    return pieces.persist(), bundles + shares * len(large)


def _groups(pieces: DataFrame) -> DataFrame:
    """Joint groups whose circles are not listed: firms that all guarantee each other."""
    from pyspark.sql import functions as F

    turned = pieces.select(F.col("target").alias("source"), F.col("source").alias("target"))
    mutual = pieces.join(turned, ["source", "target"], "left_semi").select(
        "source", "target", "bundle"
    )
    return mutual.groupBy("bundle").applyInPandas(cliques(GROUP), "members array<string>")


def _beyond(pieces: DataFrame, found: DataFrame) -> tuple[list[Sequence[str]], int]:
    """The shortest circles through edges of limited parts that no circle found covers, and how many
    edges are left.

    Parts have nothing to do with each other: those of all parts, in order of the edge sought, are
    what one search over all would find.
    """
    from pyspark.sql import functions as F

    bundles = found.where("reached > 0").select("bundle").distinct()
    circles = found.where("reached = 0").join(bundles, "bundle", "left_semi")
    after = F.concat(F.slice("members", 2, F.size("members")), F.array(F.col("members")[0]))
    steps = circles.select(
        "bundle",
        F.explode(F.arrays_zip(F.col("members").alias("a"), after.alias("b"))).alias("step"),
    )
    rows = (
        pieces.join(bundles, "bundle", "left_semi").select("bundle", F.lit("edge").alias("role"), "source", "target")
        .union(steps.select("bundle", F.lit("covered"), "step.a", "step.b").distinct())
        .union(found.where("reached > 0").select("bundle", F.lit("limited"), F.col("members")[0], F.col("members")[0]))
    )  # fmt: skip
    told = rows.groupBy("bundle").applyInPandas(witnessed, WITNESSES).collect()
    bare = sum(row.covers for row in told if not row.members)
    from graphs.kernels.witnesses import WITNESSES as most

    first = sorted((row for row in told if row.members), key=lambda row: (row.source, row.target))[
        :most
    ]
    return [row.members for row in first], bare - sum(row.covers for row in first)


def _patterns(circles: DataFrame, relations: DataFrame, groups: Groups) -> DataFrame:
    """Circles (bundle, share, members) outside joint groups as PATTERNS, each bundle with all
    guarantees to the members of its circles.
    """
    from pyspark.sql import functions as F

    members = (
        circles.select("bundle", "share", F.explode("members"))
        .toDF("bundle", "share", "target")
        .distinct()
    )
    needed = members.join(relations, "target").groupBy("bundle", "share")
    return (
        circles.groupBy("bundle", "share").cogroup(needed).applyInPandas(patterns(groups), PATTERNS)
    )


def _in_order(found: DataFrame, circles: Sequence[Sequence[str]]) -> tuple[Pattern, ...]:
    from graphs.formats.json_graph import pattern_of

    known = {tuple(row.members): row.line for row in found.collect()}
    return tuple(
        pattern_of(json.loads(known[tuple(circle)])) for circle in circles if len(circle) > 2
    )


def _apart(frame: DataFrame) -> DataFrame:
    """Worked out once and kept, so that a loop's plan does not grow: in the checkpoint directory
    where there is one, else by the executors.
    """
    directory = frame.sparkSession.sparkContext._jsc.sc().getCheckpointDir()
    return frame.checkpoint() if directory.isDefined() else frame.localCheckpoint(eager=False)

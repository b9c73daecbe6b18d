"""Guarantee circles of large tables, as a job for spark-submit: circles_job.py TABLE... --out
FOLDER (docs/scale.md).
"""

from __future__ import annotations

import argparse
import sys

from graphs.measures.guarantee_circle import LONGEST
from graphs.spark.circles import (
    GIANT,
    SHARES,
    CannotRun,
    guarantee_circles,
    read_relations,
    session,
)


def main() -> int:
    """Writes JSON lines, what they are complete to first.

    Exit code 2 where Spark cannot run here or the tables lack columns.
    """
    parser = argparse.ArgumentParser(description="担保圈 / guarantee circles")
    parser.add_argument("tables", nargs="+", help="parquet 或 CSV / parquet or CSV")
    parser.add_argument(
        "--out", required=True, help="输出文件夹（不得已存在） / a folder that is not there yet"
    )
    parser.add_argument(
        "--longest", type=int, default=LONGEST, help="最长的圈 / firms of the longest circle"
    )
    parser.add_argument(
        "--giant",
        type=int,
        default=GIANT,
        help="超过此边数的部分由多个任务搜索 / edges above which a part is searched by several tasks",
    )
    parser.add_argument("--shares", type=int, default=SHARES, help="任务数 / how many")
    asked = parser.parse_args()
    try:
        spark = session()
        found = guarantee_circles(
            read_relations(spark, *asked.tables),
            asked.longest,
            giant=asked.giant,
            shares=asked.shares,
        )
        found.lines().write.text(asked.out)
    except CannotRun as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

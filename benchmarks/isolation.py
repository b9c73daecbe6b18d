"""What isolation costs: start of the readers and a small file, at L1 and L2 by turns in one run.
python benchmarks/isolation.py [ROUNDS]
"""

from __future__ import annotations

import statistics
import sys
import time

from extractors.sandbox.parent import Sandbox

_SMALL = b"a,b,c\n1,2,3\n4,5,6\n"


def measure(level: int) -> tuple[float, list[float]]:
    """Seconds until the first small file is read, and of each of 40 more."""
    started = time.perf_counter()
    with Sandbox(jobs=1, most=level) as sandbox:
        assert sandbox.level == level
        sandbox.read("a.csv", _SMALL)
        first, each = time.perf_counter() - started, []
        for _ in range(40):
            started = time.perf_counter()
            sandbox.read("a.csv", _SMALL)
            each.append(time.perf_counter() - started)
    return first, each


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    found: dict[int, list[tuple[float, list[float]]]] = {1: [], 2: []}
    for _ in range(rounds):
        for level, runs in found.items():
            runs.append(measure(level))
    for level, runs in found.items():
        start = statistics.median(first for first, _ in runs)
        file = statistics.median(t for _, each in runs for t in each)
        least = min(first for first, _ in runs), min(t for _, each in runs for t in each)
        print(
            f"L{level}: start {start:.2f} s (least {least[0]:.2f}), a small file {file * 1000:.1f} ms (least {least[1] * 1000:.1f})"
        )


if __name__ == "__main__":
    main()

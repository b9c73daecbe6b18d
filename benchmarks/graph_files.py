"""From a table to the answer, as a person runs it: `huoyan graph circles` on ledgers of 50 to a
million guarantees, each in a process of its own, with processor time, memory and how both grow;
networkx beside it on the same table, and igraph where it is installed.

python benchmarks/graph_files.py [--most 100000] [--theirs 10000]
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from math import log
from pathlib import Path

import numpy as np

_SIZES = (50, 1_000, 10_000, 100_000, 1_000_000)
_LONGEST = 8
_THEIRS = {
    "networkx": "import csv,sys,networkx as nx\nrows=list(csv.reader(open(sys.argv[1],encoding='utf-8')))[1:]\n"
    "g=nx.DiGraph((r[0],r[1]) for r in rows if r[0]!=r[1])\n"
    "print(sum(1 for _ in nx.simple_cycles(g,length_bound=int(sys.argv[2]))))",
    "igraph": "import csv,sys,igraph\nrows=list(csv.reader(open(sys.argv[1],encoding='utf-8')))[1:]\n"
    "g=igraph.Graph.TupleList(sorted({(r[0],r[1]) for r in rows if r[0]!=r[1]}),directed=True)\n"
    "print(len(g.simple_cycles(max=int(sys.argv[2]))))",
}


def _ledger(path: Path, count: int) -> None:
    """Guarantees in groups of about eight companies, as portfolios are."""
    dice = np.random.default_rng(1)
    sizes = dice.geometric(1 / 8, count // 10) + 1
    starts = np.concatenate([[0], np.cumsum(sizes)])
    part = np.repeat(np.arange(len(sizes)), sizes)
    source = dice.integers(0, len(part), count)
    target = starts[part[source]] + (dice.random(count) * sizes[part[source]]).astype(int)
    with path.open("w", encoding="utf-8") as file:
        file.write("保证人,债务人,担保金额(万元),合同编号,起始日,到期日\n")
        for number, (a, b) in enumerate(zip(source.tolist(), target.tolist(), strict=True)):
            month = 1 + number % 9
            file.write(
                f"第{a}号有限公司,第{b}号有限公司,{10 + number % 500},C{number},2026-0{month}-01,2036-0{month}-15\n"
            )


def _measured(command: list[str], limit: float) -> tuple[float, float] | None:
    """Processor seconds and peak megabytes of a command; None where it does not end in time."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=0.01)
        killer = subprocess.Popen(["sleep", str(limit)])
        while True:
            done, status, usage = os.wait4(process.pid, os.WNOHANG)
            if done:
                killer.kill()
                killer.wait()
                process.returncode = os.waitstatus_to_exitcode(status)
                ok = process.returncode == 0
                seconds = usage.ru_utime + usage.ru_stime
                return (seconds, usage.ru_maxrss / 1024) if ok else None
            if killer.poll() is not None:
                process.kill()
                continue
            try:
                killer.wait(0.05)
            except subprocess.TimeoutExpired:
                continue


def _exponent(sizes: list[int], values: list[float]) -> float:
    """How a value grows with size: the slope of both in logarithms between the last two sizes."""
    return log(values[-1] / values[-2]) / log(sizes[-1] / sizes[-2])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=_SIZES[-1])
    parser.add_argument("--theirs", type=int, default=10_000)
    asked = parser.parse_args()
    huoyan = str(Path(sys.executable).with_name("huoyan"))
    with tempfile.TemporaryDirectory() as folder:
        sizes: list[int] = []
        seconds: list[float] = []
        memory: list[float] = []
        for size in (n for n in _SIZES if n <= asked.most):
            path = Path(folder) / f"{size}.csv"
            _ledger(path, size)
            command = [huoyan, "graph", "circles", str(path), "--json", "--as-of", "2026-12-01"]
            found = _measured(command, 600)
            if found is None:
                print(f"{size:>9,} guarantees: no answer")
                break
            sizes.append(size)
            seconds.append(found[0])
            memory.append(found[1])
            grown = ""
            if len(sizes) > 1:
                grown = f"; time grows with the power {_exponent(sizes, seconds):.2f}, memory {_exponent(sizes, memory):.2f}"
            print(f"{size:>9,} guarantees: {found[0]:7.2f} s of processor time, {found[1]:6.0f} MB{grown}", flush=True)  # fmt: skip
            for name, program in _THEIRS.items():
                if size <= asked.theirs:
                    theirs = _measured([sys.executable, "-c", program, str(path), str(_LONGEST)], 120)  # fmt: skip
                    told = f"{theirs[0]:.2f} s, {theirs[1]:.0f} MB" if theirs else "not installed, or no answer in 120 s"  # fmt: skip
                    print(f"{'':>12}{name}, circles alone: {told}", flush=True)


if __name__ == "__main__":
    main()

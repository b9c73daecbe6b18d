"""The open benchmark: made packets in layout families that no rule or reader was built on, honest
and forged in many ways, judged as a bank's would be.

Each seed gives one honest packet and some of its forged twins, which differ from it in what the
fraud changed alone. Results are kept a line a packet, so that a run can be resumed and shared.

python benchmarks/open_benchmark.py [--split measuring] [--packets 40] [--frauds 3]
    [--pictures 0.1] [--jobs 2] [--shard 1/1] [--resume] [--out out/open] [--docs docs/accuracy.md]
python benchmarks/open_benchmark.py --report [--docs docs/accuracy.md]     of what was kept alone
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "fixtures"), str(ROOT)]

from open_measure import Judged, Reader, judge  # noqa: E402 - the path is set above
from open_packets.frauds.declare import frauds  # noqa: E402
from open_packets.packets import forged_packet, honest_packet  # noqa: E402
from open_packets.words import SPLITS  # noqa: E402
from open_tables import load, page, write_between_marks  # noqa: E402

# The splits share no seed.
FIRST_SEED = {"development": 1_000, "calibration": 200_000, "measuring": 400_000}


@dataclass(frozen=True, slots=True)
class Work:
    """One seed: its honest packet and the kinds of fraud done to it."""

    seed: int
    split: str
    kinds: tuple[str, ...]
    pictures: float


def work_of(split: str, packets: int, count: int, pictures: float) -> list[Work]:
    """Return the seeds of a run; the kinds take turns, so that all are done equally often."""
    kinds = list(frauds())
    out = []
    for place in range(packets):
        first = place * count
        own = tuple(kinds[(first + n) % len(kinds)] for n in range(count))
        out.append(Work(FIRST_SEED[split] + place, split, own, pictures))
    return out


def done(work: Work) -> list[Judged]:
    """Make, read and judge all packets of one seed."""
    reader = Reader()
    honest = honest_packet(work.seed, work.split, pictures=work.pictures)
    out = [judge(honest, reader)]
    for kind in work.kinds:
        forged = forged_packet(honest, kind, pictures=work.pictures)
        if forged is not None:
            out.append(judge(forged, reader))
    return out


def run(work: Iterable[Work], jobs: int, kept: Path) -> None:
    """Judge all packets and keep each seed's results as soon as they are there."""
    waiting = list(work)
    started = time.monotonic()
    with ProcessPoolExecutor(jobs) as pool, kept.open("a", encoding="utf-8") as out:
        futures = [pool.submit(done, each) for each in waiting]
        for number, future in enumerate(as_completed(futures), 1):
            for judged in future.result():
                out.write(json.dumps(judged.as_json(), ensure_ascii=False) + "\n")
            out.flush()
            left = (time.monotonic() - started) / number * (len(waiting) - number)
            print(
                f"\r{number} of {len(waiting)} seeds, {left:.0f} s left   ", end="", file=sys.stderr
            )
    print(file=sys.stderr)


def _shard(work: list[Work], share: str) -> Iterator[Work]:
    number, count = (int(part) for part in share.split("/"))
    yield from work[number - 1 :: count]


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=SPLITS, default="measuring")
    parser.add_argument("--packets", type=int, default=40, help="honest packets")
    parser.add_argument("--frauds", type=int, default=3, help="forged twins of each")
    parser.add_argument("--pictures", type=float, default=0.1, help="share of papers as scans")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--shard", default="1/1", help="which part of how many")
    parser.add_argument("--resume", action="store_true", help="keep what is there")
    parser.add_argument("--report", action="store_true", help="tables of what is there, no run")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "open")
    parser.add_argument("--docs", type=Path, help="the page to write the tables into")
    return parser.parse_args()


def main() -> None:
    given = _parse()
    given.out.mkdir(parents=True, exist_ok=True)
    kept = given.out / f"{given.split}_{given.shard.replace('/', '_of_')}.jsonl"
    if not given.report:
        if not given.resume:
            kept.unlink(missing_ok=True)
        seen = {record["seed"] for record in load([kept])}
        work = work_of(given.split, given.packets, given.frauds, given.pictures)
        run((w for w in _shard(work, given.shard) if w.seed not in seen), given.jobs, kept)
    records = load(sorted(given.out.glob(f"{given.split}_*.jsonl")))
    text = page(records, given.split)
    print(text)
    if given.docs:
        write_between_marks(given.docs, text)


if __name__ == "__main__":
    main()

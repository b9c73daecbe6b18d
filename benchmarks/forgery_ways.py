"""Forgeries sent through real programs, each in its company's whole packet, each beside the honest
file sent the same way. What is not installed is skipped and said.

python benchmarks/forgery_ways.py [--seeds 20] [--ways a,b] [--jobs 2] [--verbose]
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from multiprocessing import Pool
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "fixtures"))

import outside_tools as tools  # noqa: E402 - the path is set above
from firm import make_firm  # noqa: E402
from forge_ways import (  # noqa: E402
    WAYS,
    Case,
    figure_of_one_page,
    in_browser,
    one_figure,
    other_words,
    raised_balances,
)
from make_packets import honest  # noqa: E402

from extractors.intake.limits import Limits  # noqa: E402
from extractors.read import FileReading, assemble, read_file  # noqa: E402
from verify.context.context import context_of  # noqa: E402
from verify.model import Finding, Severity  # noqa: E402
from verify.pipeline import assess  # noqa: E402
from verify.policy import default_policy  # noqa: E402

_FIRST_SEED = 700  # of companies that no other benchmark makes
_WEIGHTY = (Severity.MEDIUM, Severity.HIGH)
_MAKING = ("FOR", "PIC")
_BROWSER = "printed by Chromium"
_CHANGES: dict[str, Callable[..., Case]] = {
    "one figure": one_figure,
    "one figure of one page": figure_of_one_page,
    "every sum fits": raised_balances,
    "words": other_words,
}
_WORDS_IN = ("in place", "in a later revision")


@dataclass(frozen=True)
class Job:
    """One forgery and its twin to make and judge."""

    way: str
    change: str
    seed: int


@dataclass(frozen=True)
class Answer:
    """What is said of a forged file and of its twin: rules above low, and rules that only ask."""

    job: Job
    weighty: tuple[str, ...]
    asking: tuple[str, ...]
    alarms: tuple[str, ...]

    @property
    def by_making(self) -> bool:
        return any(rule[:3] in _MAKING for rule in self.weighty)

    @property
    def by_any(self) -> bool:
        return bool(self.weighty)

    @property
    def by_nothing(self) -> bool:
        return not self.weighty and not self.asking


@lru_cache(maxsize=4)
def _companions(seed: int) -> dict[str, FileReading]:
    files = honest(make_firm(seed))
    return {name: read_file(name, data, Limits()) for name, data in files.items()}


def _judged(seed: int, name: str, data: bytes) -> list[Finding]:
    """Findings about one file among the other documents of its company."""
    readings = dict(_companions(seed))
    if name.startswith("流水_"):
        readings = {n: r for n, r in readings.items() if not n.startswith("流水_")}
    readings[name] = read_file(name, data, Limits())
    packet = assemble("p", list(readings.values()))
    report = assess(packet, context_of([packet]), default_policy(), date(2026, 1, 31))
    return [f for f in report.findings if any(e.file == name for e in f.evidence)]


def _answer(job: Job) -> Answer:
    dice = random.Random(f"{job.change}{job.seed}")
    case = _CHANGES[job.change](make_firm(job.seed), dice)
    forged, twin = _files(job, case)
    findings = _judged(job.seed, case.name, forged)
    alarms = _judged(job.seed, case.name, twin)
    return Answer(
        job,
        _rules(findings, *_WEIGHTY),
        _rules([f for f in findings if f.rule[:3] in _MAKING], Severity.LOW),
        _rules(alarms, *_WEIGHTY),
    )


def _files(job: Job, case: Case) -> tuple[bytes, bytes]:
    if job.way == _BROWSER:
        return in_browser(case, forged=True), in_browser(case, forged=False)
    send = WAYS[job.way].send
    dice = f"{job.way}{job.seed}"
    return (
        send(case.honest, case.edits, random.Random(dice)),
        send(case.honest, {}, random.Random(dice)),
    )


def _rules(findings: list[Finding], *severities: Severity) -> tuple[str, ...]:
    return tuple(sorted({f.rule for f in findings if f.severity in severities}))


def _jobs(seeds: int, wanted: list[str]) -> Iterator[Job]:
    """Half of each way changes one figure, half fits every sum; words are changed in two ways."""
    for way in (*WAYS, _BROWSER):
        needs = ("chromium",) if way == _BROWSER else WAYS[way].needs
        if wanted and not any(part in way for part in wanted):
            continue
        if lacking := tools.missing(*needs):
            print(f"skipped: {way}; not installed: {', '.join(lacking)}", flush=True)
            continue
        for at in range(seeds):
            yield Job(way, _change_of(way, at), _FIRST_SEED + at)
        if way in _WORDS_IN:
            yield from (Job(way, "words", _FIRST_SEED + at) for at in range(seeds))


def _change_of(way: str, at: int) -> str:
    if way == _BROWSER:
        return "every sum fits"
    if WAYS[way].is_picture:
        return "one figure of one page"
    return "every sum fits" if at % 2 else "one figure"


def rows(seeds: int, wanted: list[str], jobs: int, verbose: bool) -> Iterator[str]:
    """A line of a table for each way and change, then the sum."""
    work = list(_jobs(seeds, wanted))
    answers = []
    with Pool(jobs) as pool:
        for answer in pool.imap(_answer, sorted(work, key=lambda j: j.seed)):
            answers.append(answer)
            if verbose:
                print(answer, flush=True)
    yield "| way | change | by making | by any rule | asked only | by nothing | alarms on twins |"
    yield "|---|---|---|---|---|---|---|"
    for way, change in dict.fromkeys((j.way, j.change) for j in work):
        own = [a for a in answers if (a.job.way, a.job.change) == (way, change)]
        yield f"| {way} | {change} | {_counts(own)} |"
    yield f"| all | | {_counts(answers)} |"


def _counts(answers: list[Answer]) -> str:
    total = len(answers)
    asked = sum(not a.by_any and bool(a.asking) for a in answers)
    numbers = (
        sum(a.by_making for a in answers),
        sum(a.by_any for a in answers),
        asked,
        sum(a.by_nothing for a in answers),
        sum(bool(a.alarms) for a in answers),
    )
    return " | ".join(f"{number}/{total}" for number in numbers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--ways", default="")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    wanted = given.ways.split(",") if given.ways else []
    for line in rows(given.seeds, wanted, given.jobs, given.verbose):
        print(line, flush=True)


if __name__ == "__main__":
    main()

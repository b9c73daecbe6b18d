"""False alarms and catches on own packets: honest firms with what honest firms do, and each kind of
forgery.

Prints, for honest packets, the bands and every finding above low by rule; for forged ones, by kind,
how many reach band medium or high and how many have the finding on the forged paper. Packets are
made from seeds that nothing else uses.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "fixtures"))

from facts import FACTS, some_facts  # noqa: E402 - the path is set above
from firm import make_firm  # noqa: E402
from make_packets import FORGERIES, honest  # noqa: E402
from statement_layouts import LAYOUTS  # noqa: E402

from extractors.intake.limits import Limits  # noqa: E402
from extractors.read import assemble, read_file  # noqa: E402
from verify.context.context import context_of  # noqa: E402
from verify.model import Severity  # noqa: E402
from verify.pipeline import assess  # noqa: E402
from verify.policy import default_policy  # noqa: E402

WEIGHTY = (Severity.MEDIUM, Severity.HIGH)
Result = tuple[
    str, float, list[tuple[str, str, str]], set[str]
]  # band, score, (rule, severity, message), files named


def judged(seed: int, forgery: str = "") -> Result:
    """One packet, made, read and judged."""
    statement = sorted(LAYOUTS)[seed % len(LAYOUTS)]
    firm = make_firm(seed, [FACTS[f] for f in some_facts(seed)])
    files = honest(firm, statement)
    before = dict(files)
    if forgery:
        FORGERIES[forgery](firm, files)
    packet = assemble(f"own-{seed}", [read_file(n, d, Limits()) for n, d in files.items()])
    report = assess(packet, context_of([packet]), default_policy(), date(2026, 1, 31))
    found = [
        (f.rule, f.severity.value, f.message.en) for f in report.findings if f.severity in WEIGHTY
    ]
    named = {e.file for f in report.findings if f.severity in WEIGHTY for e in f.evidence}
    changed = {n for n in files if files[n] != before.get(n)}
    return (
        report.score.band,
        float(report.score.value),
        found,
        named & changed if forgery else named,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--honest", type=int, default=200)
    parser.add_argument("--forged", type=int, default=6, help="packets a kind")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with ProcessPoolExecutor(given.jobs) as pool:
        honest_ones = list(pool.map(judged, range(20_000, 20_000 + given.honest), chunksize=8))
        bands = Counter(r[0] for r in honest_ones)
        print(
            f"honest packets: {given.honest}; bands {dict(bands)}; highest score {max(r[1] for r in honest_ones)}"
        )
        rules = Counter(
            (rule, severity)
            for r in honest_ones
            for rule, severity, _ in {(a, b, "") for a, b, _ in r[2]}
        )
        for (rule, severity), count in sorted(rules.items()):
            example = next(m for r in honest_ones for a, b, m in r[2] if (a, b) == (rule, severity))
            print(f"  {severity} {rule}: {count} packet(s), such as: {example}")
        for kind in sorted(FORGERIES):
            seeds = range(30_000, 30_000 + given.forged)
            forged = list(pool.map(judged, seeds, [kind] * given.forged))
            alarmed, named = (
                sum(r[0] in ("medium", "high") for r in forged),
                sum(bool(r[3]) for r in forged),
            )
            print(
                f"{kind}: {alarmed} of {len(forged)} in band medium or high, {named} with a finding on the forged paper"
            )


if __name__ == "__main__":
    main()

"""Signed PDFs: published attacks on signatures that are told, and honest files that are not.

python benchmarks/signed_files.py [--honest 160] [--seeds 3]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "fixtures"))

from forge_attacks import attacks  # noqa: E402 - the path is set above
from honest_signed import documents  # noqa: E402

from extractors.intake.limits import Limits  # noqa: E402
from extractors.read import assemble, read_file  # noqa: E402
from verify.context.context import context_of  # noqa: E402
from verify.model import Severity  # noqa: E402
from verify.pipeline import assess  # noqa: E402
from verify.policy import default_policy  # noqa: E402

_MAKING = ("FOR", "PIC")


def told(data: bytes) -> set[str]:
    """Rules about a file's making that find something above low."""
    packet = assemble("p", [read_file("file.pdf", data, Limits())])
    report = assess(packet, context_of([packet]), default_policy(), date(2026, 1, 31))
    weighty = (Severity.MEDIUM, Severity.HIGH)
    return {f.rule for f in report.findings if f.severity in weighty and f.rule[:3] in _MAKING}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--honest", type=int, default=160)
    parser.add_argument("--seeds", type=int, default=3)
    given = parser.parse_args()
    found: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for seed in range(given.seeds):
        for name, data in attacks(900 + seed).items():
            made[name] += 1
            found[name] += bool(told(data))
    for name, count in made.items():
        if found[name] < count:
            print(f"missed: {name}, {count - found[name]} of {count}")
    kinds = Counter(name.split(":")[0] for name in made)
    print(f"attacks: {found.total()} of {made.total()} told; kinds {dict(kinds)}")
    alarms = {
        name: rules for name, data in documents(given.honest).items() if (rules := told(data))
    }
    for name, rules in alarms.items():
        print(f"alarm: {name}: {', '.join(sorted(rules))}")
    print(f"honest: {len(alarms)} of {given.honest} with a finding above low")


if __name__ == "__main__":
    main()

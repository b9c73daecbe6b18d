"""Writes into a policy what packets of the calibration families say: on how many honest ones each
rule speaks, and how log odds turn into the chance that a packet is forged.

python benchmarks/open_fit.py [--records out/open] [--policy verify/policy.json] [--on 2026-12-01]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "fixtures"), str(ROOT)]

from open_tables import Record, load  # noqa: E402 - the path is set above

FAMILIES = "fixtures/open_packets, split calibration"
BASE_RATE = 0.02  # share of forged applications that the chance is stated for
_WEIGHTY = ("medium", "high")
# Pulls the slope to one, as strong as so many packets: few records must not bend it.
_PRIOR_PACKETS = 10.0


def honest_rates(records: Sequence[Record], on: str) -> dict[str, object]:
    """Return on how many honest packets each rule had a finding of a severity above low."""
    honest = [r for r in records if not r["kind"]]
    counts: Counter[str] = Counter()
    for record in honest:
        found = {tuple(each) for each in record["findings"]}
        counts.update(f"{rule}/{severity}" for rule, severity in found if severity in _WEIGHTY)
    rates = dict(sorted(counts.items()))
    return {"families": FAMILIES, "measured": on, "packets": len(honest), "rates": rates}


def calibration(records: Sequence[Record], on: str) -> dict[str, object]:
    """Return slope and intercept of the chance's log odds over a packet's, forged packets weighted
    to the base rate; the slope is never negative, so that more doubt never lowers the chance.
    """
    odds = np.array([r["log_odds"] for r in records])
    forged = np.array([bool(r["kind"]) for r in records])
    honest_count, forged_count = int((~forged).sum()), int(forged.sum())
    weight = np.where(forged, BASE_RATE / forged_count, (1 - BASE_RATE) / honest_count)
    weight = weight * len(records)

    def loss(at: np.ndarray) -> float:
        slope, intercept = at
        chance = slope * odds + intercept
        own = np.logaddexp(0, np.where(forged, -chance, chance))
        return float((weight * own).sum() + _PRIOR_PACKETS * (slope - 1) ** 2)

    best = minimize(loss, np.array([1.0, 0.0]), bounds=[(0.05, 5), (-8, 8)])
    slope, intercept = (round(float(x), 3) for x in best.x)
    return {
        "families": FAMILIES,
        "measured": on,
        "base_rate": BASE_RATE,
        "slope": slope,
        "intercept": intercept,
    }


def written(policy: str, name: str, value: dict[str, object]) -> str:
    """Return the policy's text with one of its blocks, which stands on a line of its own, replaced."""
    line = f'  "{name}": {json.dumps(value)},'
    text, count = re.subn(rf'^  "{name}": .*,$', lambda _: line, policy, flags=re.MULTILINE)
    if count != 1:
        raise ValueError(f"the policy has {count} lines of {name}")
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=Path, default=ROOT / "out" / "open")
    parser.add_argument("--policy", type=Path)
    parser.add_argument("--on", default=date.today().isoformat())
    given = parser.parse_args()
    records = load(sorted(given.records.glob("calibration_*.jsonl")))
    blocks = {
        "honest_rates": honest_rates(records, given.on),
        "calibration": calibration(records, given.on),
    }
    print(json.dumps(blocks, indent=1))
    if given.policy:
        text = given.policy.read_text("utf-8")
        for name, value in blocks.items():
            text = written(text, name, value)
        given.policy.write_text(text, "utf-8")


if __name__ == "__main__":
    main()

"""The policy: weights, caps, floors, bands and thresholds, as one versioned data file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy version as read from its file."""

    version: str
    points: dict[str, Decimal]
    group_cap: Decimal
    low_total_cap: Decimal
    proof_floor: Decimal
    base: Decimal
    bands: dict[str, Decimal]
    coverage_weights: dict[str, int]
    usual_papers: tuple[str, ...]
    least_coverage: float
    log_odds: dict[str, float]
    limits: dict[str, dict[str, Decimal]]

    def limit(self, owner: str, name: str) -> Decimal:
        """Threshold `name` of a rule (or of `shared`). Raises KeyError when the policy lacks it."""
        return self.limits[owner][name]


def parse_policy(text: str) -> Policy:
    """A policy from its JSON text; every number exact."""
    raw: dict[str, Any] = json.loads(text, parse_float=Decimal)

    def exact(values: dict[str, Any]) -> dict[str, Decimal]:
        return {k: Decimal(v) for k, v in values.items()}

    return Policy(
        version=raw["version"],
        points=exact(raw["points"]),
        group_cap=Decimal(raw["group_cap"]),
        low_total_cap=Decimal(raw["low_total_cap"]),
        proof_floor=Decimal(raw["proof_floor"]),
        base=Decimal(raw["base"]),
        bands=exact(raw["bands"]),
        coverage_weights=raw["coverage_weights"],
        usual_papers=tuple(raw["usual_papers"]),
        least_coverage=float(raw["least_coverage"]),
        log_odds={k: float(v) for k, v in raw["log_odds"].items()},
        limits={k: exact(v) for k, v in raw["limits"].items()},
    )


@cache
def default_policy() -> Policy:
    """The policy that ships with this version."""
    return parse_policy(files("verify").joinpath("policy.json").read_text("utf-8"))


def policy_of(text: str) -> Policy:
    """A policy from its JSON text; an empty text stands for the policy that ships with this version."""
    return parse_policy(text) if text else default_policy()

"""The policy: weights, caps, floors, bands and thresholds, as one versioned data file."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Repeat:
    """What further findings of one rule add: `each` points for each, up to `most`, where its worst
    has `least`.
    """

    least: Decimal
    each: Decimal
    most: Decimal

    def points(self, worst: Decimal, count: int) -> Decimal:
        """Return the points that all findings after the first add."""
        if worst < self.least:
            return Decimal(0)
        return min(self.most, self.each * (count - 1))


@dataclass(frozen=True, slots=True)
class HonestRate:
    """On how many of a number of honest packets a rule had a finding of a severity."""

    found: int
    packets: int

    @property
    def most_log_odds(self) -> float:
        """Return the most that such a finding may raise the odds: a finding that one honest packet
        in three carries can at best treble them.
        """
        if not self.found:
            return math.inf
        return math.log(self.packets / self.found)


@dataclass(frozen=True, slots=True)
class HonestRates:
    """How often rules speak on honest packets of layouts that they were not built on.

    `families` and `measured` say which layouts and when.
    """

    families: str
    measured: str
    rates: dict[str, HonestRate]  # by rule and severity, as "CON01/medium"

    def most_log_odds(self, rule: str, severity: str) -> float:
        rate = self.rates.get(f"{rule}/{severity}")
        return math.inf if rate is None else rate.most_log_odds


@dataclass(frozen=True, slots=True)
class Calibration:
    """How a packet's log odds turn into the chance that it is forged, where a share of `base_rate`
    of applications is; fitted on packets of `families`.
    """

    families: str
    measured: str
    base_rate: float
    slope: float
    intercept: float

    def chance(self, log_odds: float) -> float | None:
        """Return the chance, or None where nothing was measured."""
        if not self.measured:
            return None
        return 1 / (1 + math.exp(-(self.slope * log_odds + self.intercept)))


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy version as read from its file.

    `further_share` is what a further rule of a group counts of its points; `proof_confidence` how
    surely a proof has to be read before it sets its floor; `other_kind_share` how much a document
    of a kind that no rule asks for lowers the coverage, where an unread one counts 1.
    `credit_cap` is the most that findings of `credit_groups` add together: they tell of a
    borrower's risk, not of a false document. `muted` rules still say what they find, at no weight.
    """

    version: str
    points: dict[str, Decimal]
    group_cap: Decimal
    further_share: Decimal
    repeat: Repeat
    low_total_cap: Decimal
    proof_floor: Decimal
    proof_confidence: float
    base: Decimal
    bands: dict[str, Decimal]
    coverage_weights: dict[str, int]
    usual_papers: tuple[str, ...]
    least_coverage: float
    other_kind_share: float
    log_odds: dict[str, float]
    limits: dict[str, dict[str, Decimal]]
    credit_groups: tuple[str, ...]
    credit_cap: Decimal
    muted: frozenset[str]
    honest_rates: HonestRates
    calibration: Calibration

    def most_log_odds(self, rule: str, severity: str) -> float:
        """Return how far a finding may raise the log odds, by its rule's rate on honest packets."""
        if rule in self.muted:
            return 0.0
        return self.honest_rates.most_log_odds(rule, severity)

    def most_points(self, rule: str, severity: str) -> Decimal:
        """Return how many points a finding may have, by its rule's rate on honest packets: log odds
        are turned into points at the rate of a finding of severity high.
        """
        odds = self.most_log_odds(rule, severity)
        if math.isinf(odds):
            return self.points["high"]
        return self.points["high"] * Decimal(str(round(odds / self.log_odds["high"], 4)))

    @property
    def trust_floor(self) -> float:
        """How sure a reading has to be before it may weigh against anybody."""
        return float(self.limits["shared"]["trust_floor"])

    def limit(self, owner: str, name: str) -> Decimal:
        """Threshold `name` of a rule (or of `shared`). Raises KeyError when the policy lacks it."""
        return self.limits[owner][name]


# What policies of versions before 2026.2 left to the code: a stored one is still read as it was
# meant.
_FURTHER_SHARE = "0.25"
_REPEAT = {"least": "5", "each": "2", "most": "6"}
_PROOF_CONFIDENCE = "0.9"
_OTHER_KIND_SHARE = "1"
_CREDIT_CAP = "100"
_NOT_CALIBRATED: dict[str, Any] = {
    "families": "",
    "measured": "",
    "base_rate": 0,
    "slope": 1,
    "intercept": 0,
}
_NO_RATES: dict[str, Any] = {"families": "", "measured": "", "rates": {}}
_DOUBT = {
    "clear_print": "0.95",
    "picture_cents": "1",
    "unit_share": "0.005",
    "reason_share": "0.1",
    "failed_sums": "4",
}


def parse_policy(text: str) -> Policy:
    """A policy from its JSON text; every number exact."""
    raw: dict[str, Any] = json.loads(text, parse_float=Decimal)

    def exact(values: dict[str, Any]) -> dict[str, Decimal]:
        return {k: Decimal(v) for k, v in values.items()}

    return Policy(
        version=raw["version"],
        points=exact(raw["points"]),
        group_cap=Decimal(raw["group_cap"]),
        further_share=Decimal(raw.get("further_share", _FURTHER_SHARE)),
        repeat=Repeat(**exact(raw.get("repeat", _REPEAT))),
        low_total_cap=Decimal(raw["low_total_cap"]),
        proof_floor=Decimal(raw["proof_floor"]),
        proof_confidence=float(raw.get("proof_confidence", _PROOF_CONFIDENCE)),
        base=Decimal(raw["base"]),
        bands=exact(raw["bands"]),
        coverage_weights=raw["coverage_weights"],
        usual_papers=tuple(raw["usual_papers"]),
        least_coverage=float(raw["least_coverage"]),
        other_kind_share=float(raw.get("other_kind_share", _OTHER_KIND_SHARE)),
        log_odds={k: float(v) for k, v in raw["log_odds"].items()},
        limits={k: exact(v) for k, v in ({"doubt": _DOUBT} | raw["limits"]).items()},
        credit_groups=tuple(raw.get("credit_groups", ())),
        credit_cap=Decimal(raw.get("credit_cap", _CREDIT_CAP)),
        muted=frozenset(raw.get("muted", ())),
        honest_rates=_honest_rates(raw.get("honest_rates", _NO_RATES)),
        calibration=_calibration(raw.get("calibration", _NOT_CALIBRATED)),
    )


def _calibration(raw: dict[str, Any]) -> Calibration:
    numbers = {name: float(raw[name]) for name in ("base_rate", "slope", "intercept")}
    return Calibration(families=raw["families"], measured=raw["measured"], **numbers)


def _honest_rates(raw: dict[str, Any]) -> HonestRates:
    packets = int(raw.get("packets", 0))
    rates = {name: HonestRate(int(found), packets) for name, found in raw["rates"].items()}
    return HonestRates(raw["families"], raw["measured"], rates)


@cache
def default_policy() -> Policy:
    """The policy that ships with this version."""
    return parse_policy(files("verify").joinpath("policy.json").read_text("utf-8"))


def policy_of(text: str, version: str = "") -> Policy:
    """A policy from its JSON text; an empty text stands for one that shipped with a version of the
    product: of the given `version`, else of this one.

    Raises KeyError for a version that never shipped.
    """
    if text:
        return parse_policy(text)
    if not version or version == default_policy().version:
        return default_policy()
    return _former_policy(version)


@cache
def _former_policy(version: str) -> Policy:
    """A policy that shipped with an earlier version: old reports are scored again by their own."""
    for file in files("verify").joinpath("policies").iterdir():
        if file.name == f"{version}.json":
            return parse_policy(file.read_text("utf-8"))
    raise KeyError(version)

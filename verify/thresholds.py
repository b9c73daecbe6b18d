"""What the thresholds of the policy mean: unit, sentence and source of each.

The values stand in policy.json alone. A threshold without a meaning is refused by a test.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from verify.model import BilingualText

EXPERIENCE = BilingualText("业务经验", "experience with applications")
MEASURED = BilingualText("在样本上测得", "measured on made documents")


class Unit(StrEnum):
    """In what a threshold is counted."""

    YUAN = "yuan"
    SHARE = "share"
    RATE = "rate"
    PERCENT = "percent"
    TIMES = "times"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    COUNT = "count"
    STEPS = "steps"
    BITS = "bits"


UNITS = {
    Unit.YUAN: BilingualText("元", "yuan"),
    Unit.SHARE: BilingualText("比例", "share"),
    Unit.RATE: BilingualText("费率", "rate"),
    Unit.PERCENT: BilingualText("%", "%"),
    Unit.TIMES: BilingualText("倍", "times"),
    Unit.DAYS: BilingualText("天", "days"),
    Unit.MONTHS: BilingualText("个月", "months"),
    Unit.YEARS: BilingualText("年", "years"),
    Unit.COUNT: BilingualText("个", "in number"),
    Unit.STEPS: BilingualText("步", "steps"),
    Unit.BITS: BilingualText("位", "bits"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """One number of the policy: whose it is, in what it is counted, what it decides, and why it is
    what it is.
    """

    owner: str
    name: str
    unit: Unit
    meaning: BilingualText
    source: BilingualText

    def shown(self, value: Decimal | float | str) -> str:
        """Return a value without noise: 0.85, 20,000."""
        return f"{Decimal(str(value)).normalize():,f}"


def thresholds_of(owner: str, names: tuple[str, ...]) -> tuple[Threshold, ...]:
    """Return the thresholds of a rule, of `shared` or of `doubt`, in the order of `names`.

    Raises KeyError for one whose meaning is not written.
    """
    own = _declared().get(owner, {})
    usual = _declared()["usual"]
    return tuple(_threshold(owner, name, own.get(name) or usual[name]) for name in names)


def _threshold(owner: str, name: str, told: list[str]) -> Threshold:
    unit, zh, en, *source = told
    return Threshold(
        owner=owner,
        name=name,
        unit=Unit(unit),
        meaning=BilingualText(zh, en),
        source=_source(source[0] if source else ""),
    )


def _source(told: str) -> BilingualText:
    if not told:
        return EXPERIENCE
    return MEASURED if told == "measured" else BilingualText(told, told)


@cache
def _declared() -> dict[str, dict[str, Any]]:
    text = files("verify").joinpath("thresholds.yaml").read_text("utf-8")
    declared: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return declared


def declared_owners() -> dict[str, tuple[str, ...]]:
    """Return the names declared for each owner, but the usual ones."""
    return {owner: tuple(own) for owner, own in _declared().items() if owner != "usual"}

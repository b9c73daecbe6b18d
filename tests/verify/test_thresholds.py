"""Every threshold of the policy says what it decides, in which unit, and why."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from verify.docs import page_in
from verify.policy import default_policy
from verify.registry import rules
from verify.thresholds import Threshold, declared_owners, thresholds_of

LIMITS = default_policy().limits


@pytest.mark.parametrize("owner", sorted(LIMITS))
def test_every_threshold_of_the_policy_is_declared(owner: str) -> None:
    declared = thresholds_of(owner, tuple(LIMITS[owner]))
    assert [each.name for each in declared] == list(LIMITS[owner])
    for each in declared:
        assert re.search(r"[\u4e00-\u9fff]", each.meaning.zh)
        assert not re.search(r"[\u4e00-\u9fff]", each.meaning.en)


def test_nothing_is_declared_that_the_policy_does_not_hold() -> None:
    for owner, names in declared_owners().items():
        assert set(names) <= LIMITS[owner].keys(), owner


def test_a_threshold_without_a_meaning_is_refused() -> None:
    with pytest.raises(KeyError):
        thresholds_of("CON11", ("no_such_threshold",))


def test_the_page_shows_the_thresholds_in_force() -> None:
    rule = next(each for each in rules() if each.id == "CON11")
    page = page_in(rule, "en", {"share": Decimal("0.42")})
    assert "- `share` 0.42 share: share of interest" in page
    assert "0.3" not in page.partition("Thresholds in force")[2]


def test_values_are_shown_without_noise() -> None:
    (each,) = thresholds_of("shared", ("trip_least",))
    assert isinstance(each, Threshold)
    assert each.shown(Decimal("2E+4")) == "20,000"
    assert each.shown(0.85) == "0.85"

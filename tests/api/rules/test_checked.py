"""Whole policies pass; one that lacks, adds or spoils anything is refused with the place of the
fault, and never with another error.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.errors import Problem
from api.rules.checked import changed, checked, shipped
from verify.policy import default_policy, parse_policy

_ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda s: st.lists(s) | st.dictionaries(st.text(), s),
    max_leaves=10,
)


def test_the_shipped_policy_is_whole() -> None:
    assert parse_policy(checked(shipped())) == default_policy()


def test_rules_may_be_muted() -> None:
    policy = parse_policy(checked(changed(shipped(), {"muted": ["BNK13"]})))
    assert policy.muted == {"BNK13"}


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"bands.high": 20}, "bands"),
        ({"bands.high": "60"}, "bands.high"),
        ({"points.low": -1}, "points.low"),
        ({"least_coverage": 1.5}, "least_coverage"),
        ({"group_cap": float("nan")}, "group_cap"),
        ({"limits.CON02.warn": 10**400}, "limits.CON02.warn"),
        ({"limits.XXX01.share": 1}, "limits.XXX01.share"),
        ({"limits": 1}, "limits"),
        ({"usual_papers": [1]}, "usual_papers"),
        ({"muted": ["BNK99"]}, "muted"),
        ({"\ud800": 1}, "\\ud800"),
    ],
)
def test_faults_are_told_with_their_place(changes: dict[str, Any], at: str) -> None:
    with pytest.raises(Problem) as told:
        checked(changed(shipped(), changes))
    assert (
        told.value.code == "bad_policy"
        and told.value.errors
        and [e["at"] for e in told.value.errors] == [at]
    )


def test_a_part_that_lacks_or_is_unknown() -> None:
    policy = shipped()
    del policy["limits"]["CON02"]
    policy["more"] = 1
    with pytest.raises(Problem) as told:
        checked(policy)
    assert told.value.errors and {(e["at"], e["message"]) for e in told.value.errors} == {
        ("limits.CON02", "is missing"),
        ("more", "is not known to this version"),
    }


@given(st.sampled_from(sorted(shipped())), _ANY)
def test_anything_is_whole_or_refused(part: str, value: Any) -> None:
    try:
        body = checked(shipped() | {part: value})
    except Problem as problem:
        assert problem.code == "bad_policy"
    else:
        parse_policy(body)

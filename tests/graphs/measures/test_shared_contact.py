"""Contacts in common, against all pairs of firms; what many share says nothing."""

from __future__ import annotations

from itertools import combinations
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from party_graphs import graph, tie

from graphs.measures.shared_contact import COMMON, contact_weight, shared_contacts
from graphs.neighbourhood import neighbourhood, shortest_path
from graphs.sources.contact_keys import keys_of

_SURETY = {"phone": 1.0, "address": 0.6, "author": 0.5}
HAD = st.sets(
    st.tuples(st.integers(0, 7), st.sampled_from(sorted(_SURETY)), st.integers(0, 3)), max_size=30
)


@given(HAD, st.integers(3, 9))
def test_weights_equal_all_pairs(had: set[tuple[int, str, int]], common: int) -> None:
    found = shared_contacts(
        graph(*(tie("has_contact", f"c{f}", f"{k}:{n}") for f, k, n in sorted(had))), common
    )
    want = {}
    for one, other in combinations(sorted({f for f, _, _ in had}), 2):
        left = 1.0
        for kind, number in sorted({(k, n) for _, k, n in had}):
            holders = {f for f, k, n in had if (k, n) == (kind, number)}
            if {one, other} <= holders and len(holders) < common:
                left *= 1 - _SURETY[kind] * (log(common) - log(len(holders))) / (
                    log(common) - log(2)
                )
        if left < 1:
            want[f"c{one}", f"c{other}"] = 1 - left
    assert {p.members: float(p.figures["weight"]) for p in found} == pytest.approx(want, abs=1e-4)


def test_a_contact_that_many_share_says_nothing() -> None:
    firms = [tie("has_contact", f"c{n:02d}", "address:集中办公区一号") for n in range(COMMON)]
    assert not shared_contacts(graph(*firms))
    assert not shared_contacts(
        graph(*(tie("has_contact", f"c{n}", "address:广州市集群注册托管中心") for n in range(2)))
    )
    phone = graph(tie("has_contact", "a", "phone:1")).entities["phone:1"]
    weights = [contact_weight(phone, n) for n in range(1, COMMON + 2)]
    assert (
        weights[0] == 0
        and weights[1] == 1
        and weights[-2:] == [0, 0]
        and weights[1:] == sorted(weights[1:], reverse=True)
    )


def test_no_way_leads_through_a_contact_of_many() -> None:
    two = graph(tie("has_contact", "a", "phone:1"), tie("has_contact", "b", "phone:1"))
    assert shortest_path(two, "a", "b") is not None
    many = graph(*(tie("has_contact", f"c{n:02d}", "phone:1") for n in range(COMMON)))
    assert shortest_path(many, "c00", "c01") is None
    assert set(neighbourhood(many, ["c00"], 3).entities) == {"c00", "phone:1"}


def test_one_camera_for_all_papers_of_an_application_ties_nobody() -> None:
    same = [tie("has_contact", f, "device:9", packet="one") for f in "ab"]
    assert not shared_contacts(graph(*same))
    assert shared_contacts(graph(same[0], tie("has_contact", "b", "device:9", packet="two")))


@pytest.mark.parametrize(
    ("kind", "text", "keys"),
    [
        ("phone", "联系电话：+86 13900001111、020-88887777", ["13900001111", "02088887777"]),
        ("phone", "400-800-1234", []),
        ("email", "Wang.Wei@Example.com", ["wang.wei@example.com"]),
        ("account", "6222 **** 1234", []),
        ("account", "4402 2001 0900 1234567", ["4402200109001234567"]),
        ("address", "成都市滨河路 18 号，三楼", ["成都市滨河路18号三楼"]),
        ("address", "成都", []),
    ],
)
def test_keys(kind: str, text: str, keys: list[str]) -> None:
    assert [key for key, _ in keys_of(kind, text)] == keys

"""Keys by which applications find each other."""

from __future__ import annotations

import random

from conftest import honest_packet

from extractors.model import WHOLE_PAGE
from verify.context.facts import Fact
from verify.context.shared_keys import keys_of_fact, shared_keys, sought


def test_the_rule_compares_nothing_that_shares_no_key() -> None:
    mine, other = shared_keys(honest_packet(7)), shared_keys(honest_packet(8))
    assert mine & shared_keys(honest_packet(7)) == mine
    assert {k for k, _ in mine} >= {"party", "pays", "row", "file", "invoice"}
    assert not {k for k in mine & other if k[0] in ("file", "invoice", "account")}
    assert sought("pays") == ("party",) and "pays" in sought("party")


def test_photographs_sixteen_bits_apart_have_a_part_in_common() -> None:
    rng = random.Random(3)
    for _ in range(300):
        one = rng.getrandbits(256)
        two = one
        for bit in rng.sample(range(256), 16):
            two ^= 1 << bit
        assert set(keys_of_fact(_picture(one))) & set(keys_of_fact(_picture(two)))
        assert (
            len(
                set(keys_of_fact(_picture(one))) & set(keys_of_fact(_picture(rng.getrandbits(256))))
            )
            <= 1
        )


def _picture(bits: int) -> Fact:
    return Fact(
        kind="picture",
        key=f"{bits:064x}",
        packet="p",
        applicant="a",
        document="d",
        type="unknown",
        file="f",
        page=1,
        box=WHOLE_PAGE,
        text="t",
    )

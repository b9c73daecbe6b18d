"""Numbers of persons are covered in every field that holds one, whosever it is, and wherever else
the same number stands.
"""

from __future__ import annotations

import hashlib

import pytest

from api.reports.masking import masked


@pytest.mark.parametrize(
    "name",
    [
        "phone",
        "seller_phone",
        "guarantor_account",
        "buyer_account",
        "debtor_email",
        "account_number",
        "payee_account",
    ],
)
def test_a_field_of_a_number_is_covered_everywhere(name: str) -> None:
    number = "0755-26123456"
    told = masked({"fields": {name: {"value": number, "raw": number}}, "message": f"共用 {number}"})
    assert number not in str(told)


@pytest.mark.parametrize(
    "name", ["number", "account_name", "seller_address", "serial_number", "phone_book"]
)
def test_other_fields_stay(name: str) -> None:
    assert masked({"fields": {name: {"value": "0755261234"}}}) == {
        "fields": {name: {"value": "0755261234"}}
    }


def test_digests_stay_whatever_digits_they_hold() -> None:
    held = "9d67ac12c54233a0d399493e5490513f1f38f493fe61479f17613912345678ab"
    assert masked({"sha256": held, "id": f"d-{held[:20]}"}) == {
        "sha256": held,
        "id": f"d-{held[:20]}",
    }
    assert masked([f"{held} 手机13912345678"]) == [f"{held} 手机139****5678"]
    for number in range(3000):
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        assert (
            masked(digest) == digest
            and masked(f"file {digest}, page 1") == f"file {digest}, page 1"
        )


def test_a_number_beside_letters_is_covered() -> None:
    assert (
        masked("tel13912345678") == "tel139****5678"
        and masked("abc13912345678") == "abc139****5678"
    )

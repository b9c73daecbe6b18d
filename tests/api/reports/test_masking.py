"""Numbers of persons are covered in every field that holds one, whosever it is, and wherever else the same number stands."""

from __future__ import annotations

import pytest

from api.reports.masking import masked


@pytest.mark.parametrize("name", ["phone", "seller_phone", "guarantor_account", "buyer_account", "debtor_email", "account_number", "payee_account"])
def test_a_field_of_a_number_is_covered_everywhere(name: str) -> None:
    number = "0755-26123456"
    told = masked({"fields": {name: {"value": number, "raw": number}}, "message": f"共用 {number}"})
    assert number not in str(told)


@pytest.mark.parametrize("name", ["number", "account_name", "seller_address", "serial_number", "phone_book"])
def test_other_fields_stay(name: str) -> None:
    assert masked({"fields": {name: {"value": "0755261234"}}}) == {"fields": {name: {"value": "0755261234"}}}

"""Names of a form's lines that a picture shows with one misread character."""

from __future__ import annotations

import pytest

from extractors.documents.form_names import one_character_off

KNOWN = {"负债和所有者权益总计", "非流动资产合计", "流动资产合计", "其他应收款", "其他应付款"}


@pytest.mark.parametrize(
    ("read", "name"),
    [
        ("负债和所有奢权益总计", "负债和所有者权益总计"),
        ("非流动资产含计", "非流动资产合计"),
        ("其他应交款", ""),
        ("负债和所有奢权盆总计", ""),
        ("流动资产", ""),
    ],
)
def test_one_misread_character_of_a_long_name_is_corrected(read: str, name: str) -> None:
    assert one_character_off(read, KNOWN) == name

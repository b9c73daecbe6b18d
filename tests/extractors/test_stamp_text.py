"""Stamps and placeholders belong to no value."""

from __future__ import annotations

import pytest

from extractors.keyvalue.value_types import names, texts
from extractors.values.stamp_text import is_placeholder, is_stamp, without_stamp


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("青岚机电设备有限公司（公章）", "青岚机电设备有限公司"),
        ("货款电子回单专用章", "货款"),
        ("转讫服务费", "服务费"),
        ("★材料款", "材料款"),
        ("服务费", "服务费"),
        ("印章制作费", "印章制作费"),
    ],
)
def test_a_value_loses_the_stamp_over_it(printed: str, value: str) -> None:
    assert without_stamp(printed) == value


@pytest.mark.parametrize("text", ["电子回单专用章", "★业务受理章", "转讫", "现金收讫", "★"])
def test_what_a_stamp_says_is_no_value(text: str) -> None:
    assert is_stamp(text)
    assert list(texts(text)) == []
    assert list(names(text)) == []


@pytest.mark.parametrize("text", ["（空）", "/", "无", "——", "--", "N/A", "暂无", "***"])
def test_an_empty_place_is_no_value(text: str) -> None:
    assert is_placeholder(text)
    assert list(texts(text)) == []
    assert list(names(text)) == []


@pytest.mark.parametrize("text", ["无锡水泵有限公司", "空调款", "略阳县五金商行"])
def test_a_name_that_begins_like_a_placeholder_is_a_value(text: str) -> None:
    assert not is_placeholder(text)
    assert [m.value for m in texts(text)] == [text]

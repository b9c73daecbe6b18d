"""Notes that an issuer prints on every document are no values."""

from __future__ import annotations

import pytest

from extractors.keyvalue.value_types import names, texts


@pytest.mark.parametrize(
    "note",
    [
        "1. 本凭证仅供参考，不作为入账依据",
        "本回单可通过网点核验",
        "请妥善保管，勿重复使用",
        "交易结果以银行系统记录为准",
        "注：重复打印无效",
        "（2）如有疑问请致电客服热线",
    ],
)
def test_a_printed_note_is_no_value(note: str) -> None:
    assert list(texts(note)) == []
    assert list(names(note)) == []


@pytest.mark.parametrize("purpose", ["货款", "2025年第3批钢材款", "1、2月房租", "支付合同尾款"])
def test_a_purpose_is_a_value(purpose: str) -> None:
    assert [m.value for m in texts(purpose)] == [purpose]


@pytest.mark.parametrize("heading", ["认缴金额(元)", "出资比例（%）", "持股数（万股）"])
def test_a_heading_with_a_unit_is_no_name(heading: str) -> None:
    assert list(names(heading)) == []

"""Amounts in words: every lawful way of writing one is read back; a text with a character lost is
refused.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.values.amount_in_words import FIND, parse_words, to_words

CAPITALS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("仟", "佰", "拾", "")
FIGURES = st.integers(min_value=1, max_value=10**14 - 1)  # 分, up to 玖仟玖佰玖拾玖亿
WHOLE_YUAN = st.integers(min_value=1, max_value=10**12 - 1)
LOWER = str.maketrans("零壹贰叁肆伍陆柒捌玖拾佰仟", "〇一二三四五六七八九十百千")
TRADITIONAL = str.maketrans("贰陆万亿元", "貳陸萬億圓")


def section(number: int) -> str:
    """Four places as the rules of 1997 word them, by figures from left to right."""
    words = ""
    for digit, place in zip(f"{number:04d}", PLACES, strict=True):
        words += CAPITALS[int(digit)] + (place if digit != "0" else "")
    while "零零" in words:
        words = words.replace("零零", "零")
    return words.rstrip("零")


def written(cents: int, *, zeros: bool) -> str:
    """An amount in words; `zeros`: also the 零 that the rules leave to the writer."""
    whole, rest = divmod(cents, 100)
    words = ""
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = whole // size % 10**4
        text = section(part)
        starts_full = part >= 1000
        after_zero = bool(words) and whole // size // 10**4 % 10 == 0
        if starts_full and zeros and after_zero:
            text = "零" + text
        words = words + text + unit if part else words + "零"
    words = words.strip("零").replace("零零", "零")
    words += "元" if words else ""
    jiao, fen = divmod(rest, 10)
    if jiao:
        spare = bool(words) and whole % 10 == 0 and zeros
        words += ("零" if spare else "") + CAPITALS[jiao] + "角"
    if fen:
        words += ("零" if not jiao and words else "") + CAPITALS[fen] + "分"
    return words if fen else words + "整"


@given(FIGURES, st.booleans())
def test_each_lawful_writing_is_read_back(cents: int, zeros: bool) -> None:
    words = written(cents, zeros=zeros)
    assert parse_words(words) == Decimal(cents) / 100


@given(FIGURES)
def test_what_is_written_is_read_back(cents: int) -> None:
    value = Decimal(cents) / 100
    assert parse_words(to_words(value)) == value
    assert parse_words(to_words(-value)) == -value


FRAMES = (
    "人民币{w}",
    "人民币（大写）{w}",
    "（大写）⊗{w}",
    "大写：人民币 {w}",
    "ⓧ{w}",
    "¥{w}",
    "RMB{w}",
    "  {w} ",
)


@given(
    FIGURES,
    st.sampled_from(FRAMES),
    st.sampled_from(("", "lower", "traditional", "正", "圆", "园")),
)
def test_frames_and_hands(cents: int, frame: str, hand: str) -> None:
    words = written(cents, zeros=False)
    if hand == "lower":
        words = words.translate(LOWER)
    elif hand == "traditional":
        words = words.translate(TRADITIONAL)
    elif hand == "正":
        words = words.replace("整", "正")
    elif hand:
        words = words.replace("元", hand)
    assert parse_words(frame.format(w=words)) == Decimal(cents) / 100


@given(
    FIGURES,
    st.sampled_from(("负{w}", "（负数）{w}", "（负）{w}", "负数{w}", "-{w}", "{w}（负数）")),
)
def test_negative_amounts(cents: int, frame: str) -> None:
    words = frame.format(w=written(cents, zeros=False))
    assert parse_words(words) == -Decimal(cents) / 100


@given(st.integers(min_value=0, max_value=10**9 - 1), st.sampled_from(("零", "⊗")))
def test_pre_printed_places(cents: int, blank: str) -> None:
    """A slip's printed 佰拾万仟佰拾元角分 with a digit before each."""
    units = ("佰", "拾", "万", "仟", "佰", "拾", "元", "角", "分")
    words = ""
    begun = False
    for digit, unit in zip(f"{cents:09d}", units, strict=True):
        begun = begun or digit != "0"
        words += (CAPITALS[int(digit)] if begun else blank) + unit
    assert parse_words(words) == Decimal(cents) / 100


@given(FIGURES)
def test_a_lost_zero_never_changes_the_amount(cents: int) -> None:
    words = written(cents, zeros=True)
    for at, character in enumerate(words):
        if character == "零":
            assert parse_words(words[:at] + words[at + 1 :]) in (None, Decimal(cents) / 100)


@given(
    WHOLE_YUAN, st.sampled_from(("合计{w}。", "借款金额为人民币{w}（小写", "一、金额：{w}，二、"))
)
def test_an_amount_is_found_in_running_text(yuan: int, frame: str) -> None:
    match = FIND.search(frame.format(w=written(yuan * 100, zeros=False)))
    assert match is not None
    assert parse_words(match[0]) == yuan


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # The examples of annex 1 of the rules of 1997.
        ("人民币壹仟肆佰零玖元伍角", "1409.50"),
        ("人民币陆仟零柒元壹角肆分", "6007.14"),
        ("人民币壹仟陆佰捌拾元零叁角贰分", "1680.32"),
        ("人民币壹仟陆佰捌拾元叁角贰分", "1680.32"),
        ("人民币壹拾万柒仟元零伍角叁分", "107000.53"),
        ("人民币壹拾万零柒仟元伍角叁分", "107000.53"),
        ("人民币壹万陆仟肆佰零玖元零贰分", "16409.02"),
        ("人民币叁佰贰拾伍元零肆分", "325.04"),
        # As software and clerks write.
        ("零元整", "0"),
        ("叁元零角伍分", "3.05"),
        ("叁元伍角零分", "3.50"),
        ("拾贰元整", "12"),
        ("十万元", "100000"),
        ("五十万元整", "500000"),
        ("两千元整", "2000"),
        ("一亿二千万元整", "120000000"),
        ("壹万亿元整", "1000000000000"),
        ("壹亿零叁佰元整", "100000300"),
        ("贰佰万零伍佰元整", "2000500"),
        ("壹万伍拾元整", "10050"),
        ("零伍分", "0.05"),
        ("伍角整", "0.50"),
    ],
)
def test_amounts_as_documents_print_them(text: str, value: str) -> None:
    assert parse_words(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "元",
        "整",
        "人民币元整",
        "壹元贰",
        "壹佰贰仟元",
        "壹拾贰拾元",
        "壹贰元",
        "壹佰伍元",
        "壹万伍元",
        "壹万零零伍元",
        "壹亿零十万元",
        "壹佰",
        "壹佰元贰元",
        "贰角叁角",
        "三年",
        "廿元",
        "美元壹佰元",
    ],
)
def test_what_is_no_amount_in_words(text: str) -> None:
    assert parse_words(text) is None


@pytest.mark.parametrize("text", ["公园三园路", "第三分公司", "三角形"])
def test_words_that_only_look_like_an_amount(text: str) -> None:
    assert FIND.search(text) is None

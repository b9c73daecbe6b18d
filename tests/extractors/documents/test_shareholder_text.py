"""Shareholders named in sentences, in blocks of labels, and under headings that nobody knows."""

from __future__ import annotations

from decimal import Decimal

import pytest
from printed_pages import grid, ruled_page, text_page

from extractors.classification.papers import papers_of
from extractors.documents.shareholder_register import read
from extractors.layout.page import Page

COMPANY = "青岚机电设备有限公司"
WANTED = [
    ("沈知秋", Decimal(70), Decimal(700_000)),
    ("海岳投资有限公司", Decimal(30), Decimal(300_000)),
]


def _sentences() -> Page:
    return text_page(
        [
            [(200, "股东出资情况说明")],
            [(50, f"{COMPANY}注册资本为人民币100万元，由以下股东认缴：")],
            [(50, "1、沈知秋，认缴出资额人民币70万元，占注册资本的70%，出资方式为货币。")],
            [(50, "2、海岳投资有限公司，认缴出资额人民币30万元，占注册资本的30%。")],
            [(50, "特此说明。")],
        ]
    )


def _blocks() -> Page:
    lines = [[(200, "股东名册")], [(50, f"公司名称：{COMPANY}")]]
    for number, (name, share, amount) in enumerate(WANTED, 1):
        lines += [
            [(50, f"股东{number}：{name}"), (320, f"证件号码：33010219700101{number:03d}X")],
            [(50, f"认缴出资额：{amount / 10000:f}万元"), (320, f"出资比例：{share}%")],
        ]
    return text_page(lines)


def _unknown_headings() -> Page:
    rows = [["墨竹", "听松", "观澜"]]
    rows += [[name, f"人民币{amount:,.2f}元", f"{share}%"] for name, share, amount in WANTED]
    cells = grid([40, 240, 420, 540], rows, top=120)
    return ruled_page(cells, [(200, 40, f"{COMPANY}股东名册")])


@pytest.mark.parametrize("page", [_sentences, _blocks, _unknown_headings])
def test_holders_are_read(page: object) -> None:
    made = page()  # type: ignore[operator]
    assert [p.kind.id for p in papers_of([made]) if p.kind] == ["shareholder_register"]
    parts = read([made])
    assert [(h.name, h.share, h.amount) for h in parts.shareholders] == WANTED
    assert parts.fields["company"].value == COMPANY
    assert not parts.failures


def test_a_list_with_a_holder_missing_says_so() -> None:
    page = _sentences()
    gone = next(w for w in page.words if "海岳投资" in w.text)
    page.words = [w for w in page.words if abs(w.mid - gone.mid) > 1]
    parts = read([page])
    assert [h.name for h in parts.shareholders] == ["沈知秋"]
    assert [f.code for f in parts.failures] == ["shareholders_incomplete"]


def test_a_price_list_below_the_register_is_no_shareholder() -> None:
    page = _blocks()
    lines = [[(50, "1.1 特别提示"), (200, "收费标准"), (300, "15.00"), (360, "元/笔")]]
    page.words += text_page(lines, top=700).words
    assert [h.name for h in read([page]).shareholders] == [name for name, _, _ in WANTED]


def test_a_legal_form_in_the_title_is_no_company() -> None:
    page = text_page(
        [
            [(200, "有限责任公司股东名册")],
            [(50, f"公司名称（盖章）：{COMPANY}")],
            [(50, "承印单位：禾信印务有限责任公司")],
            [(50, "股东"), (200, "出资额（万元）"), (350, "出资比例")],
            [(50, "沈知秋"), (200, "70.00"), (350, "70%")],
            [(50, "苏锦程"), (200, "30.00"), (350, "30%")],
        ]
    )
    assert read([page]).fields["company"].value == COMPANY

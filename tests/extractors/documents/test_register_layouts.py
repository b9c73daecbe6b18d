"""Registers in layouts of public templates: recognised, and read with the right values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from printed_pages import text_page
from register_layouts import CODE, COMPANY, FIRM, LAYOUTS, PERSON

from extractors.classification.papers import papers_of
from extractors.documents.shareholder_register import read
from extractors.intake.limits import Limits
from extractors.layout.page import Page
from extractors.read import read_file

SURE = 0.85
WITHOUT_SHARES = {"publicity system"}
WITHOUT_AMOUNTS = {"shares of stock"}  # 万股 is a number of shares, not a sum of money
WITH_CODE = {"aligned, fractions, totals", "publicity system"}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_register_is_recognised(layout: str) -> None:
    papers = papers_of([LAYOUTS[layout]()])
    assert [p.kind.id for p in papers if p.kind] == ["shareholder_register"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_company_and_holders_are_right(layout: str) -> None:
    parts = read([LAYOUTS[layout]()])
    assert parts.fields["company"].value == COMPANY
    assert parts.fields["company"].confidence >= SURE
    found = [(h.name, h.share, h.amount) for h in parts.shareholders]
    shares = (None, None) if layout in WITHOUT_SHARES else (Decimal(70), Decimal(30))
    stock = layout in WITHOUT_AMOUNTS
    amounts = (None, None) if stock else (Decimal(3_500_000), Decimal(1_500_000))
    assert found == list(zip((PERSON, FIRM), shares, amounts, strict=True))
    assert ("uscc" in parts.fields) == (layout in WITH_CODE)
    if layout in WITH_CODE:
        assert parts.fields["uscc"].value == CODE
    assert not parts.failures


TITLES = (
    "股东名册",
    "股东出资情况表",
    "股东及出资信息",
    "公司章程附表",
    "公司章程附件一",
    "股权架构",
    "股东明细",
    "注册资本构成",
    "出资人名册",
    "公司股东登记信息表",
)
NOT_REGISTERS = (
    "股东会决议",
    "股东会签到表",
    "股权转让协议",
    "股利分配表",
    "公司章程",
    "出资证明书",
    "产品购销合同",
    "收据",
)


def _titled(title: str) -> Page:
    page = LAYOUTS["aligned, fractions, totals"]()
    page.words[0].text = title
    return page


@pytest.mark.parametrize("title", TITLES)
def test_a_register_is_recognised_under_other_titles(title: str) -> None:
    assert [p.kind.id for p in papers_of([_titled(title)]) if p.kind] == ["shareholder_register"]


@pytest.mark.parametrize("title", NOT_REGISTERS)
def test_a_table_of_shareholders_under_the_title_of_another_kind_is_no_register(title: str) -> None:
    kinds = {paper.kind.id for paper in papers_of([_titled(title)]) if paper.kind}
    assert "shareholder_register" not in kinds


def _two_columns(rows: Sequence[Sequence[str]], *lines: str) -> Page:
    places = (60, 260, 400)
    table = [list(zip(places, row, strict=False)) for row in rows]
    return text_page([[(180, f"{COMPANY}股东名册")], *([(60, x)] for x in lines), *table])


def test_amounts_that_add_up_to_100_are_no_shares() -> None:
    page = _two_columns([("股东", "出资额（万元）"), (PERSON, "70"), (FIRM, "30"), ("合计", "100")])
    found = [(h.share, h.amount) for h in read([page]).shareholders]
    assert found == [(None, Decimal(700_000)), (None, Decimal(300_000))]


def test_fractions_are_shares() -> None:
    page = _two_columns(
        [("股东", "出资额（万元）", "股权比例"), (PERSON, "2", "2/3"), (FIRM, "1", "1/3")]
    )
    found = [(h.share, h.amount) for h in read([page]).shareholders]
    assert found == [(Decimal("66.6667"), Decimal(20_000)), (Decimal("33.3333"), Decimal(10_000))]


def test_the_registered_capital_says_the_unit() -> None:
    rows = [("股东", "出资额", "出资比例"), (PERSON, "350", "70%"), (FIRM, "150", "30%")]
    said = read([_two_columns(rows, "注册资本：500万元")])
    assert [h.amount for h in said.shareholders] == [Decimal(3_500_000), Decimal(1_500_000)]
    open_ = read([_two_columns(rows)])
    assert [h.amount for h in open_.shareholders] == [None, None]
    assert [f.code for f in open_.failures] == ["shareholder_amounts_open"]


def test_a_wrapped_name_is_one_shareholder() -> None:
    page = text_page(
        [
            [(180, f"{COMPANY}股东名册")],
            [(60, "股东名称"), (260, "认缴出资额（万元）"), (420, "持股比例")],
            [(60, PERSON), (260, "70"), (420, "70%")],
            [(60, "北麓钢材贸易"), (260, "30"), (420, "30%")],
            [(60, "有限公司")],
        ]
    )
    assert [h.name for h in read([page]).shareholders] == [PERSON, FIRM]


def test_the_company_below_the_table_is_no_part_of_a_name() -> None:
    page = text_page(
        [
            [(220, "股东名册")],
            [(60, "股东"), (260, "出资额（万元）"), (420, "持股比例")],
            [(60, FIRM), (260, "30"), (420, "30%")],
            [(60, PERSON), (260, "70"), (420, "70%")],
            [(60, COMPANY)],
        ]
    )
    assert [h.name for h in read([page]).shareholders] == [FIRM, PERSON]


def test_headings_over_several_columns_name_each() -> None:
    page = text_page(
        [
            [(180, f"{COMPANY}股东名册")],
            [(250, "实缴（万元）"), (430, "认缴（万元）")],
            [(60, "股东"), (220, "出资额"), (320, "占比"), (400, "出资额"), (500, "占比")],
            [(60, PERSON), (220, "20"), (320, "50%"), (400, "70"), (500, "70%")],
            [(60, FIRM), (220, "20"), (320, "50%"), (400, "30"), (500, "30%")],
        ]
    )
    found = [(h.share, h.amount) for h in read([page]).shareholders]
    assert found == [(Decimal(70), Decimal(700_000)), (Decimal(30), Decimal(300_000))]


def test_two_pairs_of_columns_under_unknown_headings_are_left_open() -> None:
    page = text_page(
        [
            [(180, f"{COMPANY}股东名册")],
            [(60, "看云"), (220, "折柳"), (320, "枕石"), (400, "临帖"), (500, "锄月")],
            [(60, PERSON), (220, "20"), (320, "50%"), (400, "70"), (500, "70%")],
            [(60, FIRM), (220, "20"), (320, "50%"), (400, "30"), (500, "30%")],
        ]
    )
    parts = read([page])
    assert [h.share for h in parts.shareholders] == [None, None]
    codes = [f.code for f in parts.failures]
    assert codes == ["shareholders_incomplete", "shareholder_amounts_open"]


def test_a_shareholder_that_is_neither_company_nor_person_by_name_is_kept() -> None:
    rows = [
        ("股东", "出资额（万元）", "持股比例"),
        (PERSON, "50", "50%"),
        ("海棠街道工会联合会", "20", "20%"),
    ]
    page = _two_columns([*rows, (FIRM, "30", "30%")])
    assert [h.name for h in read([page]).shareholders] == [PERSON, "海棠街道工会联合会", FIRM]


def test_a_workbook_is_read(tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ["股东出资明细表"],
        ["公司名称", COMPANY, None, "单位：元"],
        ["序号", "股东名称", "证件号码", "认缴金额", "实缴金额", "股比"],
        [1, PERSON, "3301********0012", 3_500_000, 2_000_000, "70%"],
        [2, FIRM, "91330108MA2H3KXQ7U", 1_500_000, 1_000_000, "30%"],
        [None, "合计", None, 5_000_000, 3_000_000, "100%"],
    ):
        book.active.append(row)
    book.save(tmp_path / "holders.xlsx")
    data = (tmp_path / "holders.xlsx").read_bytes()
    document = read_file("holders.xlsx", data, Limits()).documents[0]
    assert (document.type, document.status) == ("shareholder_register", "read")
    assert document.fields["company"].value == COMPANY
    found = [(h.name, h.share, h.amount) for h in document.shareholders]
    assert found == [(PERSON, 70, 3_500_000), (FIRM, 30, 1_500_000)]


def test_a_register_with_unknown_headings_is_one_by_its_title_and_shares() -> None:
    rows = [("看云", "折柳", "枕石"), (PERSON, "70", "70%"), (FIRM, "30", "30%")]
    page = _two_columns(rows)
    assert [p.kind.id for p in papers_of([page]) if p.kind] == ["shareholder_register"]
    assert [h.share for h in read([page]).shareholders] == [70, 30]


def test_customers_with_parts_of_the_sales_are_no_register() -> None:
    rows = [("客户", "销售额（万元）", "占比"), (COMPANY, "70", "70%"), (FIRM, "30", "30%")]
    places = (60, 260, 400)
    table = [list(zip(places, row, strict=True)) for row in rows]
    page = text_page([[(220, "前五名客户销售情况表")], *table])
    assert not [p for p in papers_of([page]) if p.kind]


def test_what_was_paid_in_is_no_subscribed_amount() -> None:
    rows = [("股东", "实缴出资额（万元）", "认缴比例"), (PERSON, "70", "70%"), (FIRM, "30", "30%")]
    found = [(h.share, h.amount) for h in read([_two_columns(rows)]).shareholders]
    assert found == [(Decimal(70), None), (Decimal(30), None)]

"""Whatever the layout of a form: each printed figure is read under its name and column, or the
document says what is missing.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from conftest import read_packet
from hypothesis import given, settings
from hypothesis import strategies as st
from official_forms import (
    COMPANY,
    OfficialForm,
    as_pdf,
    as_sheet,
    flow_statement,
    lines,
    statement_head,
    vat_small,
)

from extractors.documents.form_lines import INCOME_LINES
from extractors.documents.form_names import FormNames
from extractors.documents.line_names import statement_name
from extractors.model import Document
from extractors.values.money import parse_money

NAMES = FormNames(statement_name, INCOME_LINES)
MAIN = ("一、营业收入", "三、利润总额（亏损总额以“-”号填列）")
TRUSTED = 0.85  # the trust floor of the policy
UNITS = {"元": 1, "千元": 1000, "万元": 10_000}
NOTES = ("", "注：本表未经审计", "其中部分数据为暂估", "——以下空白——")
HEADINGS = {
    "value": (("本年累计金额",), ("本年累计", "金额"), ("本年累计数",)),
    "month": (("本月金额",), ("本月", "金额"), ("本期", "发生额")),
    "prior": (("上年金额",), ("上年同期", "累计金额"), ("上年数",)),
}


@st.composite
def income_statements(draw: st.DrawFn) -> tuple[OfficialForm, dict[str, dict[str, Decimal]]]:
    """An income statement in a layout of its own, and what it says."""
    optional = [n for n in lines("small_income") if n not in MAIN]
    chosen = draw(
        st.permutations(draw(st.lists(st.sampled_from(optional), unique=True, min_size=4)))
    )
    names = [MAIN[0], *chosen, MAIN[1]]
    roles = draw(st.permutations(("value", draw(st.sampled_from(("month", "prior"))))))
    heads = [draw(st.sampled_from(HEADINGS[role])) for role in roles]
    unit = draw(st.sampled_from(tuple(UNITS)))
    numbered = draw(st.booleans())
    rows, said = [], {}
    for index, name in enumerate(names):
        cells, amounts = [], {}
        for column, role in enumerate(roles):
            value = Decimal(index * 10_000 + column * 777_000) + Decimal("1234.56")
            shown = draw(st.sampled_from(("figure", "figure", "figure", "zero", "dash", "blank")))
            if name in MAIN or shown == "figure":
                cells.append(f"{value:,.2f}")
                amounts[role] = value * UNITS[unit]
            else:
                cells.append({"zero": "0.00", "dash": "——", "blank": ""}[shown])
                if shown == "zero":
                    amounts[role] = Decimal(0)
        rows.append([name, *([str(index + 1)] if numbered else []), *cells])
        said[NAMES.of(name)] = amounts
    deep = any(len(head) == 2 for head in heads)
    first = [head[0] for head in heads]
    second = [head[1] if len(head) == 2 else "" for head in heads]
    lead = [("项目", 1), *([("行次", 1)] if numbered else [])]
    headings = [[*lead, *((text, 1) for text in first)]]
    if deep:
        headings.append([*((" ", 1) for _ in lead), *((text or " ", 1) for text in second)])
    note = draw(st.sampled_from(NOTES))
    form = OfficialForm(
        "利润表",
        [f"编制单位：{COMPANY}", "2025年12月", f"单位：{unit}"],
        (240, *((30,) if numbered else ()), 125, 125),
        headings,
        rows,
        notes={len(rows) // 2: note} if note else {},
    )
    return form, said


def read(name: str, data: bytes) -> Document:
    (document,) = read_packet({name: data}).documents
    return document


def amounts_of(document: Document) -> dict[str, dict[str, Decimal]]:
    return {
        name: {role: amount.value for role, amount in line.columns.items()}
        for name, line in document.lines.items()
    }


@settings(max_examples=40, deadline=None)
@given(income_statements(), st.sampled_from(("ruled", "unruled", "sheet")))
def test_a_statement_in_any_layout(
    drawn: tuple[OfficialForm, dict[str, dict[str, Decimal]]], medium: str
) -> None:
    form, said = drawn
    document = (
        read("form.xlsx", as_sheet(form))
        if medium == "sheet"
        else read("form.pdf", as_pdf(form, ruled=medium == "ruled"))
    )
    assert document.type == "income_statement"
    got = amounts_of(document)
    for name, amounts in said.items():
        if document.status == "read":
            assert got.get(name, {}) == amounts, name
        else:
            wrong = {r: v for r, v in got.get(name, {}).items() if amounts.get(r) != v}
            assert not wrong, name
    assert document.status == "read" or document.failures


def test_a_blank_a_dash_and_zero_are_three_things() -> None:
    form = flow_statement("利润表", "small_income", ("本年累计金额", "本月金额"), "2025年12月")
    form.rows[2][2:] = ["0.00", ""]
    form.rows[3][2:] = ["——", "——"]
    form.rows[4][2:] = ["", ""]
    found = read("form.pdf", as_pdf(form)).lines
    assert {c: a.value for c, a in found["税金及附加"].columns.items()} == {"value": Decimal(0)}
    assert (found["消费税"].columns, found["消费税"].dashes) == ({}, ("month", "value"))
    assert (found["营业税"].columns, found["营业税"].dashes) == ({}, ())


def test_a_part_knows_its_whole() -> None:
    form = flow_statement("利润表", "small_income", ("本年累计金额", "本月金额"), "2025年12月")
    found = read("form.pdf", as_pdf(form)).lines
    assert found["开办费"].within == "管理费用"
    assert found["管理费用"].within == ""


@pytest.mark.parametrize(("unit", "times"), UNITS.items())
def test_the_printed_unit(unit: str, times: int) -> None:
    form = flow_statement("利润表", "small_income", ("本年累计金额", "本月金额"), "2025年12月")
    form.head = [f"编制单位：{COMPANY}", "2025年12月", f"单位：{unit}"]
    line = read("form.pdf", as_pdf(form)).lines["营业收入"]
    printed = parse_money(form.rows[0][2])
    assert printed is not None
    assert line.columns["value"].value == printed * times


@pytest.mark.parametrize("medium", ["ruled", "sheet"])
def test_both_kinds_of_sales_of_a_small_taxpayer(medium: str) -> None:
    form = vat_small()
    data = as_sheet(form) if medium == "sheet" else as_pdf(form)
    document = read("form.xlsx" if medium == "sheet" else "form.pdf", data)
    goods, services = (parse_money(text) for text in form.rows[0][5:7])
    assert goods is not None and services is not None
    assert document.lines["销售额"].columns["value"].value == goods + services


@pytest.mark.parametrize(
    ("period", "columns", "roles"),
    [
        ("2025年度", ("本期金额", "上期金额"), {"value", "prior"}),
        ("2025年1-12月", ("本期金额", "上期金额"), {"value", "prior"}),
        ("2025年12月31日", ("本期金额", "上期金额"), {"value", "prior"}),
        ("2025年11月", ("本期金额", "上期金额"), {"month", "prior"}),
        ("2025年第三季度", ("本期金额", "上期金额"), {"month", "prior"}),
        ("2025年第一季度", ("本期金额", "上期金额"), {"value", "prior"}),
        ("2025年11月", ("本月数", "本年累计数"), {"month", "value"}),
        ("2025年12月", ("本月数", "上年同期累计数"), {"month", "prior"}),
    ],
)
def test_what_a_column_covers(period: str, columns: tuple[str, str], roles: set[str]) -> None:
    form = flow_statement("利润表", "general_income", columns, period)
    document = read("form.pdf", as_pdf(form))
    assert set(document.lines["营业收入"].columns) == roles


def test_a_form_without_its_heading_says_so() -> None:
    form = flow_statement("利润表", "small_income", ("本年累计金额", "本月金额"), "2025年12月")
    form.headings = []
    document = read("form.pdf", as_pdf(form))
    assert document.status == "partial"
    assert "columns_unclear" in {failure.code for failure in document.failures}
    read_in_doubt = [cell for line in document.lines.values() for cell in line.columns.values()]
    assert all(cell.confidence < TRUSTED for cell in read_in_doubt)


def test_a_form_without_its_company_says_so() -> None:
    form = flow_statement("利润表", "small_income", ("本年累计金额", "本月金额"), "2025年12月")
    form.head = ["", "2025年12月", "单位：元"]
    document = read("form.pdf", as_pdf(form))
    assert document.status == "partial"
    assert [failure.code for failure in document.failures] == ["form_incomplete"]


def test_a_balance_sheet_head() -> None:
    form = flow_statement("利润表", "small_income", ("本年累计金额", "本月金额"), "2025年12月")
    form.head = statement_head("报表所属期：2025-12-01 至 2025-12-31")
    document = read("form.pdf", as_pdf(form))
    assert document.fields["period_start"].value == "2025-12-01"


@pytest.mark.parametrize(
    ("head", "end"),
    [
        ("会计年度：2025  期间：12", "2025-12-31"),
        ("会计年度：2025  期间：1-12月", "2025-12-31"),
        ("二〇二五年十二月", "2025-12-31"),
        ("２０２５年１２月", "2025-12-31"),
        ("2025 年 11 月", "2025-11-30"),
        ("报表日期：2025-12-31", "2025-12-31"),
    ],
)
def test_the_period_of_a_head(head: str, end: str) -> None:
    form = flow_statement("利润表", "small_income", ("本年累计金额", "本月金额"), "2025年12月")
    form.head = [f"编制单位：{COMPANY}", head, "单位：元"]
    assert read("form.pdf", as_pdf(form)).fields["period_end"].value == end


@pytest.mark.parametrize(
    "head", ["填表日期：2026年1月10日", "打印时间：2026-01-31", "编制日期：2026-01-10"]
)
def test_a_day_of_printing_is_no_period(head: str) -> None:
    form = flow_statement("利润表", "small_income", ("本年累计金额", "本月金额"), "2025年12月")
    form.head = [f"编制单位：{COMPANY}", head, "单位：元"]
    document = read("form.pdf", as_pdf(form))
    assert "period_end" not in document.fields
    assert document.status == "partial"


def test_line_numbers_that_skip_lines_are_no_amounts() -> None:
    """A short VAT return prints lines 1, 11, 12, 19 and 20 alone."""
    form = OfficialForm(
        "增值税及附加税费申报表",
        [f"纳税人名称：{COMPANY}", "税款所属期：2025年12月1日至2025年12月31日", "单位：元"],
        (240, 40, 110, 110),
        [[("项目", 1), ("栏次", 1), ("本月数", 1), ("本年累计", 1)]],
        [
            ["（一）按适用税率计税销售额", "1", "269,660.86", "3,235,930.33"],
            ["销项税额", "11", "35,055.91", "420,670.94"],
            ["进项税额", "12", "14,140.18", "169,682.15"],
            ["应纳税额", "19", "20,915.73", "250,988.79"],
            ["期末留抵税额", "20", "0.00", "0.00"],
        ],
    )
    document = read("form.pdf", as_pdf(form, ruled=False))
    assert (document.status, document.failures) == ("read", ())
    assert set(document.lines["应纳税额"].columns) == {"month", "value"}

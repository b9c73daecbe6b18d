"""The tax office's lists of invoices: one row an invoice, or one row a line; every row becomes a
document or is said to be lost.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import pytest
from conftest import read_packet, report_on
from invoice_prints import BUYER, BUYER_ID, SELLER, SELLER_ID
from openpyxl import Workbook

Rows = Sequence[Sequence[object]]

# 电子税务局, 全量发票查询导出结果: sheet 发票基础信息, one row an invoice.
BASIC = [
    "序号",
    "发票代码",
    "发票号码",
    "数电发票号码",
    "销方识别号",
    "销方名称",
    "购方识别号",
    "购买方名称",
    "开票日期",
    "金额",
    "税额",
    "价税合计",
    "发票来源",
    "发票票种",
    "发票状态",
    "是否正数发票",
    "发票风险等级",
    "开票人",
    "备注",
]
# The same export, sheet 信息汇总表, one row a line.
DETAIL = [
    "序号",
    "发票代码",
    "发票号码",
    "数电发票号码",
    "销方识别号",
    "销方名称",
    "购方识别号",
    "购买方名称",
    "开票日期",
    "税收分类编码",
    "特定业务类型",
    "货物或应税劳务名称",
    "规格型号",
    "单位",
    "数量",
    "单价",
    "金额",
    "税率",
    "税额",
    "价税合计",
    "发票来源",
    "发票票种",
    "发票状态",
    "是否正数发票",
    "发票风险等级",
    "开票人",
    "备注",
]
ONE = "25332000000123450001"
TWO = "25332000000123450002"


def workbook(**sheets: Rows) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def basic(
    number: object, net: float, tax: float, code: str = "", old: str = "", **cells: str
) -> list[object]:
    state = cells.get("state", "正常")
    positive = "是" if net > 0 else "否"
    head: list[object] = [
        1,
        code,
        old,
        number,
        SELLER_ID,
        SELLER,
        BUYER_ID,
        BUYER,
        "2025-12-01 10:11:12",
    ]
    sums: list[object] = [net, tax, round(net + tax, 2)]
    return [
        *head,
        *sums,
        "电子发票服务平台",
        "数电票（增值税专用发票）",
        state,
        positive,
        "正常",
        "李晓",
        cells.get("remark", ""),
    ]


def detail(number: str, name: str, figures: tuple[float, float, float, str, float]) -> list[object]:
    quantity, price, net, rate, tax = figures
    head: list[object] = [
        1,
        "",
        "",
        number,
        SELLER_ID,
        SELLER,
        BUYER_ID,
        BUYER,
        "2025-12-01 10:11:12",
    ]
    goods: list[object] = [
        "1010101",
        "",
        name,
        "M8",
        "盒",
        quantity,
        price,
        net,
        rate,
        tax,
        round(net + tax, 2),
    ]
    return [
        *head,
        *goods,
        "电子发票服务平台",
        "数电票（普通发票）",
        "正常",
        "是",
        "正常",
        "李晓",
        "",
    ]


def table(data: bytes, name: str = "a.xlsx") -> dict[str, tuple[str, ...]]:
    found = {}
    for document in read_packet({name: data}).documents:
        assert document.type == "invoice"
        fields = {k: f.value for k, f in document.fields.items()}
        names = (
            "issue_date",
            "buyer_name",
            "seller_name",
            "net_amount",
            "tax_amount",
            "total_amount",
        )
        found[fields.get("number", "")] = tuple(fields.get(n, "") for n in names)
    return found


def test_one_row_an_invoice() -> None:
    data = workbook(
        发票基础信息=[
            BASIC,
            basic(ONE, 10000.0, 1300.0),
            basic(TWO, -500.0, -65.0, remark=f"被红冲蓝字数电发票号码：{ONE}"),
            basic("", 168.31, 21.88, code="033002000211", old="83089600"),
        ]
    )
    assert table(data) == {
        ONE: ("2025-12-01", BUYER, SELLER, "10000.00", "1300.00", "11300.00"),
        TWO: ("2025-12-01", BUYER, SELLER, "-500.00", "-65.00", "-565.00"),
        "83089600": ("2025-12-01", BUYER, SELLER, "168.31", "21.88", "190.19"),
    }
    assert all(d.status == "read" for d in read_packet({"a.xlsx": data}).documents)


def test_one_row_a_line() -> None:
    rows = [
        DETAIL,
        detail(ONE, "*五金*螺栓", (10, 16.831, 168.31, "13%", 21.88)),
        detail(ONE, "*五金*螺母", (5, 20, 100.0, "13%", 13.0)),
        detail(TWO, "*图书*课本", (1, 100, 100.0, "9%", 9.0)),
    ]
    data = workbook(信息汇总表=rows)
    assert table(data)[ONE][3:] == ("268.31", "34.88", "303.19")
    assert table(data)[TWO][3:] == ("100.00", "9.00", "109.00")
    one, _ = read_packet({"a.xlsx": data}).documents
    assert [(i.name, str(i.net), i.rate, str(i.tax)) for i in one.items] == [
        ("*五金*螺栓", "168.31", "13%", "21.88"),
        ("*五金*螺母", "100", "13%", "13"),
    ]


def test_both_sheets_of_one_workbook_complete_each_other() -> None:
    data = workbook(
        发票基础信息=[BASIC, basic(ONE, 168.31, 21.88), basic(TWO, 100.0, 9.0)],
        信息汇总表=[
            DETAIL,
            detail(ONE, "*五金*螺栓", (10, 16.831, 168.31, "13%", 21.88)),
            detail(TWO, "*图书*课本", (1, 100, 100.0, "9%", 9.0)),
        ],
    )
    documents = read_packet({"a.xlsx": data}).documents
    assert [len(d.items) for d in documents] == [1, 1]
    assert [d.pages for d in documents] == [(1, 2), (1, 2)]
    loud = [
        f.rule
        for f in report_on(read_packet({"a.xlsx": data})).findings
        if f.severity.value != "low"
    ]
    assert not loud


def test_the_state_of_an_invoice_is_read() -> None:
    data = workbook(发票基础信息=[BASIC, basic(ONE, 100.0, 13.0, state="已红冲-全额")])
    (document,) = read_packet({"a.xlsx": data}).documents
    assert document.fields["state"].value == "已红冲-全额"


def test_a_list_as_text_with_a_title_and_a_line_of_sums() -> None:
    rows = [
        ["销项发票统计表"],
        [
            "序号",
            "发票号码",
            "开票日期",
            "购方名称",
            "销方名称",
            "合计金额",
            "合计税额",
            "价税合计",
            "状态",
        ],
        ["1", f"{ONE}\t", "2025/12/1", BUYER, SELLER, "10,000.00", "1,300.00", "11,300.00", "正常"],
        ["合计", "", "", "", "", "10,000.00", "1,300.00", "11,300.00", ""],
    ]
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    found = table(buffer.getvalue().encode("gb18030"), "a.csv")
    assert found == {ONE: ("2025-12-01", BUYER, SELLER, "10000.00", "1300.00", "11300.00")}


def test_a_number_kept_as_a_figure_is_refused() -> None:
    data = workbook(发票基础信息=[BASIC, basic(float(ONE), 100.0, 13.0), basic(TWO, 100.0, 13.0)])
    rounded, whole = read_packet({"a.xlsx": data}).documents
    assert "number" not in rounded.fields
    assert [f.code for f in rounded.failures] == ["rounded_number"]
    assert whole.fields["number"].value == TWO


def test_a_row_without_a_number_is_said_to_lack_it() -> None:
    data = workbook(发票基础信息=[BASIC, basic("", 100.0, 13.0), basic(TWO, 100.0, 13.0)])
    nameless, whole = read_packet({"a.xlsx": data}).documents
    assert (nameless.status, whole.status) == ("partial", "read")
    assert [f.code for f in nameless.failures] == ["incomplete_invoice"]


@pytest.mark.parametrize("header", [["姓名", "金额"], ["开票日期", "金额", "税额"]])
def test_other_sheets_are_no_lists_of_invoices(header: list[str]) -> None:
    data = workbook(a=[header, ["2025-12-01", "100.00", "13.00"][: len(header)]])
    assert all(
        d.type != "invoice" or d.status != "read" for d in read_packet({"a.xlsx": data}).documents
    )

"""Tax payment certificates: the taxpayer, the total in both writings, and every tax paid."""

from __future__ import annotations

import random
from decimal import Decimal

from firm import make_firm
from other_documents import other_document
from paper import Paper
from printed_pages import grid, ruled_page

from extractors.documents.tax_payment_certificate import read
from extractors.intake.limits import Limits
from extractors.layout.page import Page
from extractors.model import Document
from extractors.read import read_file

COMPANY, CODE = "青岚机电设备有限公司", "91330108MA2AXQ8L5K"
HEAD = ["原凭证号", "税种", "品目名称", "税款所属时期", "入（退）库日期", "实缴（退）金额"]
EDGES = [40.0, 130.0, 210.0, 290.0, 400.0, 480.0, 555.0]
ROWS = [
    ["333016250400011111", "增值税", "商业", "2025-01-01至2025-03-31", "2025-04-10", "12,345.67"],
    ["333016250400011112", "城市维护建设税", "市区", "2025-01-01至2025-03-31", "2025-04-10", "864.20"],
    ["333016250400011113", "教育费附加", "增值税附加", "2025-01-01至2025-03-31", "2025-04-10", "370.37"],
]  # fmt: skip
WORDS, TOTAL = "人民币壹万叁仟伍佰捌拾元贰角肆分", "13,580.24"


def _page(rows: list[list[str]]) -> Page:
    """The electronic tax office's form: two cells of the taxpayer, a table, the total below."""
    bottom = 124.0 + 22 * (len(rows) + 1)
    return ruled_page(
        [
            (40, 100, 130, 122, "纳税人识别号"),
            (130, 100, 290, 122, CODE),
            (290, 100, 380, 122, "纳税人名称"),
            (380, 100, 555, 122, COMPANY),
            *grid(EDGES, [HEAD, *rows], top=124.0),
            (40, bottom, 130, bottom + 22, "金额合计"),
            (130, bottom, 400, bottom + 22, f"（大写）{WORDS}"),
            (400, bottom, 555, bottom + 22, f"¥{TOTAL}"),
        ],
        [
            (200, 40, "中华人民共和国税收完税证明"),
            (400, 60, "No.333016250400022222"),
            (40, 80, "填发日期：2025年4月12日"),
            (250, 80, "税务机关：国家税务总局杭州市滨江区税务局"),
            (40, bottom + 40, "填票人：电子税务局"),
        ],
    )


def _file() -> bytes:
    paper = Paper()
    paper.title("中华人民共和国税收完税证明")
    paper.line((330, "No. 333016250400022222"))
    paper.line((40, "填发日期：2025年4月12日"), (250, "税务机关：国家税务总局杭州市滨江区税务局"))
    paper.line((40, f"纳税人识别号：{CODE}"), (300, f"纳税人名称：{COMPANY}"))
    paper.table(EDGES, HEAD, ROWS)
    paper.line((40, f"金额合计（大写）{WORDS}"), (400, f"¥{TOTAL}"))
    paper.line((40, "填票人：电子税务局"), (250, "备注：正常申报"))
    return paper.bytes()


def _read_file(data: bytes) -> Document:
    (document,) = read_file("完税证明.pdf", data, Limits()).documents
    return document


def test_the_taxpayer_the_total_and_every_tax_are_read() -> None:
    parts = read([_page(ROWS)])
    values = {name: found.value for name, found in parts.fields.items()}
    assert values["taxpayer"] == COMPANY
    assert values["tax_id"] == CODE
    assert values["issued"] == "2025-04-12"
    assert values["number"] == "333016250400022222"
    assert values["amount"] == values["amount_words"] == "13580.24"
    assert [(item.name, item.net) for item in parts.items] == [
        ("增值税", Decimal("12345.67")),
        ("城市维护建设税", Decimal("864.20")),
        ("教育费附加", Decimal("370.37")),
    ]
    assert parts.failures == []


def test_a_tax_that_is_missing_from_the_table_is_said() -> None:
    parts = read([_page(ROWS[:2])])
    assert [failure.code for failure in parts.failures] == ["incomplete_lines"]


def test_a_printed_certificate_is_recognised_and_read_whole() -> None:
    document = _read_file(_file())
    assert (document.type, document.status) == ("tax_payment_certificate", "read")
    assert len(document.items) == len(ROWS)


def test_a_bank_s_voucher_with_the_same_table_is_no_certificate() -> None:
    data = other_document("tax_voucher", make_firm(5), random.Random(1))
    assert _read_file(data).type == "unknown"

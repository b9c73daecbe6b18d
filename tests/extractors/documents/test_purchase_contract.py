"""Contracts of sale: both parties, the amount in both writings, the number and the day."""

from __future__ import annotations

import pytest
from paper import Paper
from printed_pages import grid, ruled_page, text_page

from extractors.documents.purchase_contract import read
from extractors.intake.limits import Limits
from extractors.layout.page import Page
from extractors.read import read_file

BUYER, SELLER = "青岚机电设备有限公司", "北麓钢材贸易有限公司"
EDGES = [40.0, 150.0, 230.0, 280.0, 340.0, 420.0, 540.0]
HEAD = ["产品名称", "规格型号", "单位", "数量", "单价", "金额"]
ROWS = [
    ["热轧钢板", "Q235B", "吨", "20", "4,100.00", "82,000.00"],
    ["镀锌管", "DN50", "吨", "5", "5,200.00", "26,000.00"],
]
WANTED = {
    "buyer_name": BUYER,
    "seller_name": SELLER,
    "amount": "108000.00",
    "amount_words": "108000.00",
    "signed": "2025-06-18",
    "contract_number": "QL-2025-018",
}


def _supply_and_demand() -> Page:
    """供方 and 需方 above a table, the total in its last row."""
    bottom = 130.0 + 22 * 3
    return ruled_page(
        [
            *grid(EDGES, [HEAD, *ROWS], top=130.0),
            (40, bottom, 340, bottom + 22, "合计人民币（大写）：壹拾万零捌仟元整"),
            (340, bottom, 540, bottom + 22, "¥108,000.00"),
        ],
        [
            (240, 40, "工业品购销合同"),
            (40, 70, f"供方：{SELLER}"),
            (340, 70, "合同编号：QL-2025-018"),
            (40, 90, f"需方：{BUYER}"),
            (340, 90, "签订日期：2025年6月18日"),
            (40, 110, "一、产品名称、规格型号、数量、单价、金额"),
            (40, bottom + 40, "二、质量标准：按国家标准执行。三、交货地点：需方仓库。"),
            (40, bottom + 60, "四、验收标准：货到三日内验收。五、违约责任：按民法典执行。"),
        ],
    )


def _buyer_first() -> Page:
    return text_page(
        [
            [(220, "采购合同")],
            [(40, "合同编号：QL-2025-018"), (320, "签订时间：2025-06-18")],
            [(40, f"甲方（买方）：{BUYER}")],
            [(40, f"乙方（卖方）：{SELLER}")],
            [(40, "根据《中华人民共和国民法典》，双方就采购钢材达成如下协议：")],
            [(40, "一、产品名称：热轧钢板；规格：Q235B；数量：20吨；单价：5400元/吨")],
            [(40, "二、合同总金额：¥108,000.00元"), (300, "大写：壹拾万零捌仟元整")],
            [(40, "三、交货期限：合同签订后30日内，交货地点为买方仓库。")],
            [(40, "四、付款方式：货到付款。五、违约责任：违约方支付违约金。")],
        ]
    )


def _called_hereafter() -> Page:
    return text_page(
        [
            [(220, "钢材买卖合同")],
            [(40, "编号：QL-2025-018")],
            [(40, f"出卖人：{SELLER}（以下简称乙方）")],
            [(40, f"买受人：{BUYER}（以下简称甲方）")],
            [(40, "第一条 标的、数量、单价：热轧钢板20吨，单价5400元。")],
            [(40, "第二条 合同总价：人民币108,000.00元"), (330, "大写：壹拾万零捌仟元整")],
            [(40, "第三条 质量标准：国家标准。第四条 交货方式：送货上门，验收合格后付款。")],
            [(40, "签订日期：2025年6月18日")],
        ]
    )


@pytest.mark.parametrize("page", [_supply_and_demand, _buyer_first, _called_hereafter])
def test_parties_amount_number_and_day_are_read(page: object) -> None:
    assert callable(page)
    parts = read([page()])
    assert {name: found.value for name, found in parts.fields.items()} == WANTED


def test_a_contract_without_a_seller_is_not_called_read() -> None:
    paper = Paper()
    paper.title("购销合同")
    paper.line((40, f"需方：{BUYER}"), (320, "签订日期：2025年6月18日"))
    paper.table(EDGES, HEAD, ROWS)
    paper.line((40, "合计人民币（大写）：壹拾万零捌仟元整"), (340, "¥108,000.00"))
    paper.line((40, "质量标准：国家标准。交货地点：需方仓库。验收、违约责任按约定。"))
    (document,) = read_file("合同.pdf", paper.bytes(), Limits()).documents
    assert (document.type, document.status) == ("purchase_contract", "partial")
    assert "seller_name" not in document.fields

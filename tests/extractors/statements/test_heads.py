"""Account, holder and period of a statement, wherever its head puts them and however it calls them."""

from __future__ import annotations

from extractors.intake.limits import Limits
from extractors.model import Document
from extractors.read import read_file

ROWS = """交易日期,摘要,借方金额,贷方金额,余额,对方户名,对方账号
2025-04-03,货款,,58000.00,158000.00,宁波海岳五金制造有限公司,33010401600012345
2025-04-09,运费,1200.50,,156799.50,沈知秋,6214850111112222
2025-04-15,手续费,15.00,,156784.50,,
2025-04-28,货款,20000.00,,136784.50,合肥云栖物流有限公司,34010401600054321
"""


def read(head: str) -> Document:
    (document,) = read_file("流水.csv", (head + ROWS).encode("gb18030"), Limits()).documents
    assert len(document.rows) == 4
    return document


def value(document: Document, name: str) -> str:
    return document.fields[name].value


def test_a_label_above_its_value() -> None:
    document = read("户名,借记卡号,打印日期\n许静姝,6228404329810782953,2026-01-05\n")
    assert value(document, "account_number") == "6228404329810782953"
    assert value(document, "account_name") == "许静姝"


def test_a_date_beside_an_account_is_no_part_of_it() -> None:
    document = read("借记卡号：6228404329810782953 2025-04-01-2025-04-30,持卡人：许静姝\n")
    assert value(document, "account_number") == "6228404329810782953"
    assert value(document, "account_name") == "许静姝"


def test_account_and_holder_behind_labels_that_nobody_knows() -> None:
    document = read("墨竹：许静姝,听松：6228404329810782953\n")
    assert value(document, "account_number") == "6228404329810782953"
    assert value(document, "account_name") == "许静姝"
    assert document.fields["account_number"].confidence < 0.85


def test_a_product_is_no_holder() -> None:
    document = read("账户名称：余额宝,账号：6228404329810782953\n")
    assert "account_name" not in document.fields


def test_a_period_beside_a_balance_and_with_the_day_first() -> None:
    beside = read("账号：6228404329810782953,区间：2025-04-01 - 2025-04-30,期初余额：100000.00\n")
    assert value(beside, "period_end") == "2025-04-30"
    slashed = read("账号：6228404329810782953,Period: 01/04/2025 to 30/04/2025\n")
    assert value(slashed, "period_start") == "2025-04-01"


def test_the_head_above_the_table_is_no_heading() -> None:
    document = read("账号,6228404329810782953,户名,许静姝,起止日期,2025-04-01至2025-04-30\n")
    assert value(document, "account_number") == "6228404329810782953"
    assert value(document, "account_name") == "许静姝"

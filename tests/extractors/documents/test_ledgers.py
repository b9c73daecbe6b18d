"""Account balance tables and journals as Kingdee, Yonyou and 畅捷通 export them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from conftest import read_packet
from openpyxl import Workbook

from extractors.documents.account_balances import level_one
from extractors.model import Document

COMPANY = "青岚机电设备有限公司"
# Code, name, opening, debit, credit, year's debit and credit, ending; credit balances are negative.
ACCOUNTS = (
    ("1001", "库存现金", 12_300, 5_000, 4_100, 60_000, 58_000, 13_200),
    ("1002", "银行存款", 880_000, 1_240_500, 1_120_000, 9_800_000, 9_500_000, 1_000_500),
    ("100201", "工商银行", 880_000, 1_240_500, 1_120_000, 9_800_000, 9_500_000, 1_000_500),
    ("1122", "应收账款", 430_000, 300_000, 230_000, 3_000_000, 2_800_000, 500_000),
    ("2001", "短期借款", -800_000, 0, 0, 100_000, 200_000, -800_000),
    ("2202", "应付账款", -222_300, 90_000, 81_400, 810_000, 790_000, -213_700),
    ("4001", "实收资本", -300_000, 0, 200_000, 0, 200_000, -500_000),
    ("5001", "主营业务收入", 0, 412_300, 412_300, 4_860_000, 4_860_000, 0),
)


def book(rows: Sequence[Sequence[object]]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def sides(balance: int) -> tuple[object, object]:
    """A balance under 借方 or 贷方; the other cell is blank."""
    return (balance or None, None) if balance >= 0 else (None, -balance)


def directed(balance: int) -> tuple[str, object]:
    if not balance:
        return "平", 0
    return ("借", balance) if balance > 0 else ("贷", -balance)


def kingdee() -> bytes:
    rows: list[list[object]] = [
        ["科目余额表"],
        [f"公司名称：{COMPANY}", None, "期间：2025年第1期至2025年第12期", None, "币别：人民币"],
        [
            "科目编码",
            "科目名称",
            "期初余额",
            None,
            "本期发生额",
            None,
            "本年累计发生额",
            None,
            "期末余额",
            None,
        ],
        [None, None, *["借方", "贷方"] * 4],
    ]
    for code, name, opening, debit, credit, year_debit, year_credit, ending in ACCOUNTS:
        flows = [debit, credit, year_debit, year_credit]
        rows.append([code, name, *sides(opening), *flows, *sides(ending)])
    return book(rows)


def yonyou() -> bytes:
    rows: list[list[object]] = [
        ["发生额及余额表"],
        [f"单位：{COMPANY}", None, "月份：2025.01-2025.12"],
        [
            "科目编码",
            "科目名称",
            "期初借方",
            "期初贷方",
            "本期发生借方",
            "本期发生贷方",
            "累计借方",
            "累计贷方",
            "期末借方",
            "期末贷方",
        ],
    ]
    for code, name, opening, debit, credit, year_debit, year_credit, ending in ACCOUNTS:
        flows = [debit, credit, year_debit, year_credit]
        rows.append([int(code), name, *sides(opening), *flows, *sides(ending)])
    return book(rows)


def changjet() -> bytes:
    rows: list[list[object]] = [
        [f"{COMPANY}科目余额表"],
        ["会计期间：2025.01 至 2025.12"],
        [
            "科目编码",
            "科目名称",
            "方向",
            "期初余额",
            "本期借方发生额",
            "本期贷方发生额",
            "方向",
            "期末余额",
        ],
    ]
    for code, name, opening, debit, credit, _, _, ending in ACCOUNTS:
        rows.append([code, name, *directed(opening), debit, credit, *directed(ending)])
    return book(rows)


TABLES = {"kingdee": kingdee, "yonyou": yonyou, "changjet": changjet}


def read(data: bytes) -> Document:
    (document,) = read_packet({"ledger.xlsx": data}).documents
    return document


def balance(document: Document, line: str, when: str) -> Decimal:
    columns = document.lines[line].columns
    debit, credit = columns.get(f"{when}_debit"), columns.get(f"{when}_credit")
    return (debit.value if debit else Decimal(0)) - (credit.value if credit else Decimal(0))


@pytest.mark.parametrize("maker", TABLES)
def test_an_account_balance_table(maker: str) -> None:
    document = read(TABLES[maker]())
    assert (document.type, document.status, document.failures) == ("account_balances", "read", ())
    assert document.fields["company"].value == COMPANY
    assert document.fields["period_start"].value == "2025-01-01"
    assert document.fields["period_end"].value == "2025-12-31"
    for code, name, opening, debit, credit, _, _, ending in ACCOUNTS:
        line = f"{code} {name}"
        assert balance(document, line, "opening") == opening, line
        assert balance(document, line, "ending") == ending, line
        posted = document.lines[line].columns
        assert posted["debit"].value == debit, line
        assert posted["credit"].value == credit, line
    assert len(document.lines) == len(ACCOUNTS)


@pytest.mark.parametrize("maker", ["kingdee", "yonyou"])
def test_postings_of_the_year(maker: str) -> None:
    columns = read(TABLES[maker]()).lines["5001 主营业务收入"].columns
    assert columns["year_credit"].value == 4_860_000


def test_accounts_of_the_first_level() -> None:
    names = [line.name for line in level_one(read(kingdee()).lines)]
    assert "1002 银行存款" in names
    assert "100201 工商银行" not in names


# Day, voucher, summary, code, account, debit, credit.
ENTRIES = (
    (date(2025, 1, 5), "记-1", "收回货款", "1002", "银行存款", 113_000, 0),
    (date(2025, 1, 5), "记-1", "收回货款", "1122", "应收账款", 0, 113_000),
    (date(2025, 1, 31), "记-2", "销售商品", "1122", "应收账款", 226_000, 0),
    (date(2025, 1, 31), "记-2", "销售商品", "5001", "主营业务收入", 0, 200_000),
    (date(2025, 1, 31), "记-2", "计提销项", "222101", "应交增值税", 0, 26_000),
    (date(2025, 2, 3), "记-1", "冲回多记收入", "5001", "主营业务收入", 0, -1_000),
    (date(2025, 2, 3), "记-1", "冲回多记收入", "1122", "应收账款", -1_000, 0),
)


def kingdee_journal() -> bytes:
    rows: list[list[object]] = [
        ["会计分录序时簿"],
        [f"公司名称：{COMPANY}", None, "期间：2025年1-2月"],
        [
            "日期",
            "凭证字号",
            "分录号",
            "摘要",
            "科目代码",
            "科目名称",
            "币别",
            "原币金额",
            "借方",
            "贷方",
        ],
    ]
    for number, (day, voucher, text, code, name, debit, credit) in enumerate(ENTRIES, 1):
        foreign = debit or credit
        cells = [text, code, name, "人民币", foreign, debit or None, credit or None]
        rows.append([day, voucher, number, *cells])
    rows.append(["合计", *[None] * 7, sum(e[5] for e in ENTRIES), sum(e[6] for e in ENTRIES)])
    return book(rows)


def yonyou_journal() -> bytes:
    rows: list[list[object]] = [
        ["序时账"],
        [f"单位：{COMPANY}", None, None, "月份：2025.01-2025.02"],
        [
            "日期",
            "凭证号数",
            "科目编码",
            "科目名称",
            "摘要",
            "币种",
            "方向",
            "原币",
            "金额",
            "借正贷负",
        ],
    ]
    for day, voucher, text, code, name, debit, credit in ENTRIES:
        side, amount = ("借", debit) if debit else ("贷", credit)
        signed = amount if side == "借" else -amount
        rows.append(
            [f"{day:%Y.%m.%d}", voucher, code, name, text, "人民币", side, None, amount, signed]
        )
    return book(rows)


def changjet_journal() -> bytes:
    """Only the first entry of a voucher bears its day, number and summary."""
    rows: list[list[object]] = [
        ["凭证序时簿"],
        [f"核算单位：{COMPANY}", None, "会计期间：2025年1月至2025年2月"],
        ["制单日期", "凭证编号", "摘要", "会计科目", "借方金额", "贷方金额", "制单人"],
    ]
    before: tuple[object, object] | None = None
    for day, voucher, text, code, name, debit, credit in ENTRIES:
        own = (day, voucher)
        head = [None, None] if own == before else [f"{day:%Y-%m-%d}", voucher]
        rows.append([*head, text, f"{code} {name}", debit or None, credit or None, "陆知秋"])
        before = own
    return book(rows)


JOURNALS = {
    "kingdee": kingdee_journal,
    "yonyou": yonyou_journal,
    "changjet": changjet_journal,
}


@pytest.mark.parametrize("maker", JOURNALS)
def test_every_entry_of_a_journal(maker: str) -> None:
    document = read(JOURNALS[maker]())
    assert (document.type, document.status, document.failures) == ("journal", "read", ())
    assert document.fields["company"].value == COMPANY
    assert document.fields["period_end"].value == "2025-02-28"
    entries = [
        (e.day, e.voucher, e.summary, e.account_code, e.account, int(e.debit), int(e.credit))
        for e in document.entries
    ]
    assert entries == list(ENTRIES)


def test_a_journal_that_lost_an_entry_is_partial() -> None:
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(changjet_journal()))
    workbook.worksheets[0].delete_rows(6)
    buffer = io.BytesIO()
    workbook.save(buffer)
    document = read(buffer.getvalue())
    assert document.status == "partial"
    assert [f.code for f in document.failures] == ["journal_out_of_balance"]

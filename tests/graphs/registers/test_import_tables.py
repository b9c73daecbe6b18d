"""Tables as banks export them: encodings, delimiters, quotes, merged and percent cells, amounts,
several guarantors; nothing is lost in silence.
"""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graphs.model import PartyGraph
from graphs.registers.cell_values import read_amount, read_day, read_share
from graphs.registers.foreign import read_foreign
from graphs.registers.import_report import Imported, ImportOptions, NotAGraph

HEAD = "保证人,债务人,担保金额(万元),合同编号,到期日\n"
ROW = "甲有限公司,乙有限公司,100,C1,2027-01-31\n"


def read(text: str, encoding: str = "utf-8", **options: object) -> Imported:
    return read_foreign("t.csv", text.encode(encoding), ImportOptions(**options))  # type: ignore[arg-type]


def told(found: Imported) -> dict[str, int]:
    return {noted.reason.code: noted.count for noted in found.report.noted}


def lost(found: Imported) -> dict[str, int]:
    return {n.reason.code: n.count for n in found.report.noted if n.reason.is_loss}


def ties(graph: PartyGraph) -> set[tuple[str, str, Decimal | None]]:
    return {(graph.name(r.source), graph.name(r.target), r.amount) for r in graph.relations}


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_delimiter_and_line_end(encoding: str, delimiter: str, end: str) -> None:
    found = read((HEAD + ROW).replace(",", delimiter).replace("\n", end), encoding)
    assert ties(found.graph) == {("甲有限公司", "乙有限公司", Decimal(1_000_000))}
    assert not found.report.noted and found.report.rows == 1


def test_traditional_chinese_and_western_names() -> None:
    found = read("保證人,債務人,擔保金額\n甲股份有限公司,乙股份有限公司,5\n", "big5")
    assert ties(found.graph) == {("甲股份有限公司", "乙股份有限公司", Decimal(5))}
    west = read("guarantor,debtor,amount\nSociété Générale,Müller AG,7\n", "cp1252")
    assert ties(west.graph) == {("Société Générale", "Müller AG", Decimal(7))}


def test_one_broken_byte_is_told_and_spoils_nothing_else() -> None:
    data = (HEAD + ROW * 40).encode() + "丙有限公司,丁有限公司,1,C9,\n".encode().replace(
        "丙".encode(), b"\xe4\xb8", 1
    )
    found = read_foreign("t.csv", data)
    assert lost(found) == {"undecoded_bytes": 1}
    assert ("甲有限公司", "乙有限公司", Decimal(1_000_000)) in ties(found.graph)


def test_quotes_that_are_closed_and_that_are_not() -> None:
    closed = read(HEAD + '"甲,有限公司","乙""号""有限\n公司",100,C1,\n' + ROW)
    assert not lost(closed) and len(closed.graph.relations) == 2
    assert '乙"号"有限\n公司' in {closed.graph.name(r.target) for r in closed.graph.relations}
    torn = read(HEAD + '"甲有限公司,乙有限公司,100,C1,\n' + ROW * 3)
    assert lost(torn) == {"unclosed_quote": 1}
    assert torn.report.rows == 4 and len(torn.graph.relations) == 4


def test_rows_that_lack_a_party_are_told_by_number() -> None:
    found = read(HEAD + ",乙公司,1,,\n甲公司,,1,,\n甲公司\n\n合计,,2,,\n" + ROW)
    (missing,) = (n for n in found.report.noted if n.reason.code == "party_missing")
    assert missing.count == 3 and missing.where == ("2", "3", "4")
    assert found.report.lost_something and told(found)["total_row"] == 1
    assert len(found.graph.relations) == 1


def test_several_guarantors_in_columns_and_cells() -> None:
    columns = read("保证人1,保证人2,保证人3,借款人,金额\n甲公司,乙公司,,丁公司,5\n")
    assert ties(columns.graph) == {
        ("甲公司", "丁公司", Decimal(5)),
        ("乙公司", "丁公司", Decimal(5)),
    }
    cells = read("借款人,保证人,金额\n丁公司,甲公司、乙公司；丙公司，戊公司,5\n")
    assert {name for name, _, _ in ties(cells.graph)} == {"甲公司", "乙公司", "丙公司", "戊公司"}
    codes = read(
        "保证人1,保证人代码1,保证人2,保证人代码2,债务人\n"
        "甲公司,91510107MA8952547T,乙公司,91610113170759087H,丙公司\n"
    )
    assert {e.name: e.code for e in codes.graph.entities.values() if e.code} == {
        "甲公司": "91510107MA8952547T",
        "乙公司": "91610113170759087H",
    }


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("100", "1000000"),
        ("1,000.50", "10005000"),
        ("1.5e6", "15000000000"),
        ("1.5E+02", "1500000"),
        ("一百万", "1000000"),
        ("九十万元", "900000"),
        ("壹佰万元整", "1000000"),
        ("人民币壹佰万元整", "1000000"),
        ("100万元", "1000000"),
        ("3千万", "30000000"),
        ("1.2亿", "120000000"),
        ("100元", "100"),
        ("¥100", "1000000"),
        ("1.234,56", "12345600"),
        ("０．５", "5000"),
    ],
)
def test_amounts_in_a_column_of_ten_thousands(text: str, want: str) -> None:
    found = read_amount(text, Decimal(10_000))
    assert found.value == Decimal(want) and not found.problem


@pytest.mark.parametrize("text", ["约100万", "abc", "1e999", "12a", "1,00,000", "百"])
def test_amounts_that_are_none_are_told(text: str) -> None:
    found = read(HEAD + f'甲公司,乙公司,"{text}",C1,\n')
    assert lost(found) == {"amount_not_read": 1} and found.graph.relations[0].amount is None


def test_negative_and_foreign_amounts_are_told_and_never_taken() -> None:
    assert lost(read(HEAD + "甲公司,乙公司,-5,C1,\n乙公司,丙公司,(5),C2,\n")) == {
        "amount_negative": 2
    }
    table = "保证人,债务人,金额,币种\n甲公司,乙公司,100,USD\n乙公司,丙公司,HKD 5,\n丙公司,丁公司,7,人民币\n"
    plain = read(table)
    assert lost(plain) == {"currency_without_rate": 2}
    rated = read(table, rates={"USD": Decimal("7.1"), "HKD": Decimal("0.9")})
    assert {r.amount for r in rated.graph.relations} == {
        Decimal("710.0"),
        Decimal("4.5"),
        Decimal(7),
    }


def test_the_unit_above_the_table_counts() -> None:
    found = read("担保台账,,\n单位：万元,,\n保证人,债务人,担保金额\n甲公司,乙公司,3\n")
    assert [r.amount for r in found.graph.relations] == [Decimal(30_000)]


def test_shares_as_percent_fraction_and_words() -> None:
    head = "股东,公司,持股比例\n"
    parts = read(head + "张三,甲有限公司,0.6\n李四,甲有限公司,0.4\n")
    assert {r.share for r in parts.graph.relations} == {Decimal("60.0"), Decimal("40.0")}
    assert told(parts) == {"share_as_fraction": 1}
    unclear = read(head + "张三,甲有限公司,0.6\n")
    assert lost(unclear) == {"share_unit_unknown": 1}
    assert (
        read(head + "张三,甲有限公司,0.6\n", share_unit="fraction").graph.relations[0].share == 60
    )
    assert read("股东,公司,持股比例(%)\n张三,甲有限公司,0.6\n").graph.relations[0].share == Decimal(
        "0.6"
    )
    assert read_share("三分之二", False)[0] == Decimal("66.666667")
    assert read_share("1/3", False)[0] == Decimal("33.333333")
    assert read_share("百分之六十点五", False)[0] == Decimal("60.5")
    assert read_share("120", False) == (None, "share_not_read")


def test_workbooks_with_percent_merged_and_numeric_cells() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["股东", "公司", "持股比例"])
    sheet.append(["控股有限公司", "甲有限公司", 0.6])
    sheet.append(["张三", "甲有限公司", 0.005])
    for row in (2, 3):
        sheet.cell(row, 3).number_format = "0.00%"
    second = book.create_sheet("担保")
    second.append(["借款人", "保证人", "担保金额(万元)", "合同编号", "到期日"])
    second.append(["乙有限公司", "甲有限公司", 100, 20260001, date(2027, 12, 31)])
    second.append([None, "丙有限公司", 100, 20260002, 20271231])
    second.merge_cells("A2:A3")
    third = book.create_sheet("说明")
    third.append(["制表", "王五"])
    third.append(["日期", "2026"])
    body = io.BytesIO()
    book.save(body)
    found = read_foreign("台账.xlsx", body.getvalue())
    graph = found.graph
    assert {r.share for r in graph.of_kind("holds_shares")} == {Decimal(60), Decimal("0.5")}
    assert {(graph.name(r.source), graph.name(r.target), r.contract, r.end) for r in graph.of_kind("guarantees")} == {
        ("甲有限公司", "乙有限公司", "20260001", date(2027, 12, 31)),
        ("丙有限公司", "乙有限公司", "20260002", date(2027, 12, 31)),
    }  # fmt: skip
    assert told(found) == {"merged_cells": 1, "sheet_not_read": 1}


def test_columns_that_a_person_names() -> None:
    table = "提供方,接受方,数额\n甲公司,乙公司,5\n"
    with pytest.raises(NotAGraph, match="提供方"):
        read(table)
    found = read(table, columns={"提供方": "source", "接受方": "target", "数额": "amount"})
    assert ties(found.graph) == {("甲公司", "乙公司", Decimal(5))}
    assert dict(found.report.columns) == {"提供方": "source", "接受方": "target", "数额": "amount"}


def test_what_a_row_holds_beside_the_table_is_told() -> None:
    found = read(HEAD + ROW.rstrip() + ",extra,extra\n" + "甲" * 2000 + ",乙,1,C,\n")
    assert lost(found) == {"cells_beyond_head": 1, "cell_too_long": 1}
    assert lost(read(HEAD)) == {"no_rows": 1}
    assert told(read(HEAD + ROW + ROW)) == {"repeated_row": 1}
    dates = read(HEAD + "甲公司,乙公司,1,C1,31/02/26\n甲公司,丙公司,1,2.02E+16,长期\n")
    assert lost(dates) == {"date_not_read": 1, "number_mangled": 1}
    assert read_day("46387") == (date(2026, 12, 31), "serial_dates")


CELLS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12
).map(str.strip)
NAMES = CELLS.filter(
    lambda t: bool(t) and not any(c in t for c in '、;；,，"\n') and not t.lower().startswith(("合计", "总计", "小计", "total", "sum", "共计", "本页", "subtotal"))
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, st.integers(0, 10**12)), min_size=1, max_size=8))
@example([("甲", "乙", 0)])
def test_every_row_is_a_relation_or_is_told(rows: list[tuple[str, str, int]]) -> None:
    table = "保证人,债务人,金额\n" + "".join(f"{a},{b},{n}\n" for a, b, n in rows)
    found = read(table)
    dropped = told(found).get("party_missing", 0) + told(found).get("total_row", 0)
    assert found.report.rows == len(rows) == len(found.graph.relations) + dropped
    assert sorted(r.amount or Decimal(0) for r in found.graph.relations) == sorted(
        Decimal(n) for _, _, n in rows
    )

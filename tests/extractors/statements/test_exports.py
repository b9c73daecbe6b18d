"""Exports of banks and platforms in the layouts that public importers describe, with one invented
ledger.

Layouts: deb-sig/double-entry-generator, jiegec/china_bean_importers, public column maps of banks'
flows.
"""

from __future__ import annotations

import pytest

from extractors.intake.limits import Limits
from extractors.model import Document, ProofKind
from extractors.read import read_file

MOVES = (  # day, time, out, in, balance, party, account, purpose
    (
        "2025-03-03",
        "09:12:41",
        "",
        "58000.00",
        "178000.00",
        "海岳五金制造有限公司",
        "3301040160001234567",
        "货款",
    ),
    (
        "2025-03-05",
        "14:03:22",
        "12600.00",
        "",
        "165400.00",
        "临渊物流有限公司",
        "6228480402564890018",
        "运费",
    ),
    ("2025-03-10", "10:20:05", "23500.50", "", "141899.50", "", "", "代发工资"),
    ("2025-03-21", "03:10:10", "", "38.46", "141937.96", "", "", "结息"),
    (
        "2025-04-01",
        "09:30:00",
        "45000.00",
        "",
        "96937.96",
        "北麓钢材贸易有限公司",
        "11050163360000000321",
        "材料款",
    ),
)
WANT = [(m[0], m[2] or "0", m[3] or "0") for m in MOVES]


def signed(move: tuple[str, ...]) -> str:
    return f"-{move[2]}" if move[2] else move[3]


def amount(move: tuple[str, ...]) -> str:
    return move[2] or move[3]


def lines(head: str, *rows: str) -> str:
    return "\n".join([head, *rows])


def icbc_export() -> str:
    head = "交易日期,摘要,交易场所,钞/汇,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名"
    rows = [
        f'{m[0]}     \t,"{m[7]}   \t","手机银行 \t",钞 \t,"-  \t","-  \t",-  \t,"{m[3]}  \t","{m[2]}  \t",人民币 \t,"{m[4]}  \t","{m[5]}  \t",'
        for m in reversed(MOVES)
    ]
    note = '卡号: 6222****5678,"卡别名: "\n\n子账户序号: 00000,子账户类别: 活期,"子账户别名: "\n'
    return (
        "明细查询文件下载\n\n"
        + note
        + lines(head, *rows)
        + '\n人民币合计,,,,,,,"58,038.46","81,100.50",\n'
    )


def cmb_personal() -> str:
    head = "记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要"
    rows = [f'{m[0]},CNY,"{signed(m)}","{m[4]}",{m[7]},{m[5]} {m[6]},' for m in MOVES]
    return "户名：沈知秋,账号：6214850111112222\n" + lines(head, *rows)


def bocom_personal() -> str:
    head = "序号,交易日期,交易时间,交易类型,借贷,交易金额,余额,对方账号,对方户名,交易地点,摘要"
    rows = [
        f"{i},{m[0]},{m[1]},转账,{'借 Dr' if m[2] else '贷 Cr'},{amount(m)},{m[4]},{m[6]},{m[5]},批处理,{m[7]}"
        for i, m in enumerate(MOVES, 1)
    ]
    return "交通银行个人客户交易清单,账号：6222620910001234567,户名：沈知秋\n" + lines(head, *rows)


def boc_personal() -> str:
    head = "记账日期,记账时间,币别,金额,余额,交易名称,渠道,网点名称,附言,对方账户名,对方卡号/账号,对方开户行,借记卡号"
    rows = [
        f"{m[0]},{m[1]},人民币,{signed(m)},{m[4]},{m[7]},手机银行,-------------------,----------,{m[5]},{m[6]},-------------------,3167"
        for m in reversed(MOVES)
    ]
    return "中国银行交易流水明细单\n" + lines(head, *rows)


def cmbc_combined() -> str:
    head = "凭证类型,凭证号码,交易时间,摘要,交易金额,账户余额,现转标志,交易渠道,交易机构,对方户名/账号,对方行名"
    rows = [
        f"其他,,{m[0]} {m[1]},{m[7]},{signed(m)},{m[4]},转账,网银,0101,{m[5]}/{m[6]},"
        for m in MOVES
    ]
    return "中国民生银行个人账户对账单\n客户姓名:沈知秋,客户账号:6226220910001234\n" + lines(
        head, *rows
    )


def beijing_flow() -> str:
    head = "银行名称,户名,帐号,交易日期,交易方式,资金收付标志,金额,余额,交易对手姓名,交易对手帐号,交易附言"
    rows = [
        f"北京银行,青岚机电设备有限公司,2102013319200088776,{m[0]},网银,{'付' if m[2] else '收'},{amount(m)},{m[4]},{m[5]},{m[6]},{m[7]}"
        for m in MOVES
    ]
    return lines(head, *rows)


def langfang_two_columns() -> str:
    head = "户名,客户账号,交易日期,货币代号,产品说明,借方发生额,贷方发生额,账户余额,对方客户账号,对方户名,摘要描述"
    rows = [
        f"青岚机电设备有限公司,2102013319200088776,{m[0].replace('-', '')},01,活期,{m[2] or 0},{m[3] or 0},{m[4]},{m[6]},{m[5]},{m[7]}"
        for m in MOVES
    ]
    return lines(head, *rows)


def spdb_zero_one() -> str:
    head = "调查户名,账号,交易日期,0(支出)/1（收入）,金额,余额,对方户名,对方账号,备注"
    rows = [
        f"青岚机电设备有限公司,2102013319200088776,{m[0]},{0 if m[2] else 1},{amount(m)},{m[4]},{m[5]},{m[6]},{m[7]}"
        for m in MOVES
    ]
    return lines(head, *rows)


def unknown_words() -> str:
    head = "甲栏,乙栏,丙栏,丁栏,戊栏,己栏"
    rows = [f"{m[0]},{m[3]},{m[2]},{m[4]},{m[5]},{m[7]}" for m in MOVES]
    return "交易明细\n户名：沈知秋,账号：6214850111112222\n" + lines(head, *rows)


def swapped_headings() -> str:
    """Debit and credit named the other way round: the balances decide."""
    head = "交易日期,贷方金额,借方金额,余额,对方户名,对方账号,摘要"
    rows = [f"{m[0]},{m[2]},{m[3]},{m[4]},{m[5]},{m[6]},{m[7]}" for m in MOVES]
    return "账号,2102013319200088776,户名,青岚机电设备有限公司\n" + lines(head, *rows)


def month_and_day() -> str:
    head = "月,日,摘要,传票号,支出,收入,余额,对方户名"
    rows = [
        f"{m[0][5:7]},{m[0][8:]},{m[7]},25030{i},{m[2]},{m[3]},{m[4]},{m[5]}"
        for i, m in enumerate(MOVES)
    ]
    return "海棠农村商业银行分户账\n户名：沈知秋,账号：6214850111112222,年份：2025\n" + lines(
        head, *rows
    )


def short_dates() -> str:
    head = "交易日期,摘要,支出金额,收入金额,余额,对方户名"
    rows = [f"{m[0][2:].replace('-', '')},{m[7]},{m[2]},{m[3]},{m[4]},{m[5]}" for m in MOVES]
    return "户名：沈知秋,账号：6214850111112222\n" + lines(head, *rows)


def serial_dates() -> str:
    head = "交易日期,摘要,支出金额,收入金额,余额,对方户名"
    days = {
        "2025-03-03": 45719,
        "2025-03-05": 45721,
        "2025-03-10": 45726,
        "2025-03-21": 45737,
        "2025-04-01": 45748,
    }
    rows = [f"{days[m[0]]},{m[7]},{m[2]},{m[3]},{m[4]},{m[5]}" for m in MOVES]
    return "户名：沈知秋,账号：6214850111112222\n" + lines(head, *rows)


def suffixed_amounts() -> str:
    head = "交易日期,交易金额,余额,对方户名,摘要"
    rows = [f"{m[0]},{amount(m)}({'支出' if m[2] else '收入'}),{m[4]},{m[5]},{m[7]}" for m in MOVES]
    return "户名：沈知秋,账号：6214850111112222\n" + lines(head, *rows)


def html_export() -> str:
    head = ["交易日期", "借方发生额", "贷方发生额", "余额", "对方户名", "对方账号", "摘要"]
    rows = [(m[0], m[2], m[3], m[4], m[5], m[6], m[7]) for m in MOVES]
    cells = "".join(
        "<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in [head, *rows]
    )
    top = "<tr><td>账号</td><td>2102013319200088776</td><td>户名</td><td>青岚机电设备有限公司</td></tr>"
    return f"<html><body><table>{top}{cells}</table></body></html>"


BALANCED = (
    icbc_export,
    cmb_personal,
    bocom_personal,
    boc_personal,
    cmbc_combined,
    beijing_flow,
    langfang_two_columns,
    spdb_zero_one,
    unknown_words,
    swapped_headings,
    month_and_day,
    short_dates,
    serial_dates,
    suffixed_amounts,
    html_export,
)


def read(text: str, encoding: str = "gb18030") -> Document:
    (document,) = read_file("export", text.encode(encoding), Limits()).documents
    return document


def moves_of(document: Document) -> list[tuple[str, str, str]]:
    return [(r.day.isoformat(), f"{r.debit or 0}", f"{r.credit or 0}") for r in document.rows]


@pytest.mark.parametrize("layout", BALANCED, ids=lambda layout: layout.__name__)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_every_row_with_its_side_and_party(layout, encoding: str) -> None:  # type: ignore[no-untyped-def]
    document = read(layout(), encoding)
    assert document.type == "bank_statement"
    assert moves_of(document) == WANT
    assert [f"{r.balance}" for r in document.rows] == [m[4] for m in MOVES]
    assert [r.counterparty_name for r in document.rows] == [m[5] for m in MOVES]
    assert document.fields["opening_balance"].value == "120000.00"
    assert document.fields["closing_balance"].value == "96937.96"
    chain = next(p for p in document.proofs if p.kind is ProofKind.CHAIN)
    assert chain.holds


@pytest.mark.parametrize(
    "layout",
    [cmb_personal, cmbc_combined, beijing_flow, langfang_two_columns],
    ids=lambda f: f.__name__,
)
def test_account_of_the_other_side(layout) -> None:  # type: ignore[no-untyped-def]
    document = read(layout())
    assert [r.counterparty_account for r in document.rows] == [m[6] for m in MOVES]


def test_holder_and_account_from_columns() -> None:
    document = read(beijing_flow())
    assert document.fields["account_name"].value == "青岚机电设备有限公司"
    assert document.fields["account_number"].value == "2102013319200088776"
    assert document.status == "read"


def test_missing_holder_is_asked_for() -> None:
    document = read(icbc_export())
    assert document.status == "partial"
    assert [f.code for f in document.failures] == ["statement_holder_missing"]


def alipay(*rows: str) -> str:
    head = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,"
    top = "导出信息：\n姓名：沈知秋\n支付宝账户：138****0001\n起始时间：[2025-03-01 00:00:00]    终止时间：[2025-04-30 23:59:59]\n"
    note = "1.本回单内容可表明支付宝受理了相应支付交易申请，因系统原因等偶发因素导致不符时，以实际交易情况为准；\n"
    title = "---------支付宝支付科技有限公司  电子客户回单---------\n"
    return top + f"共{len(rows)}笔记录\n" + note * 3 + title + lines(head, *rows)


def alipay_row(day: str, side: str, sum_: str, status: str = "交易成功", what: str = "货款") -> str:
    return f"{day} 10:00:00,商业服务,海岳五金制造有限公司,abc***@example.com,{what},{side},{sum_},余额,{status},20250000000{day[-2:]}\t,T1\t,,"


def test_neutral_and_failed_rows_move_nothing() -> None:
    rows = [
        alipay_row("2025-03-07", "支出", "20.00", "等待确认收货"),
        alipay_row("2025-03-06", "不计收支", "16.03", "退款成功", "退款-货款"),
        alipay_row("2025-03-05", "不计收支", "99.34", "交易成功", "卖出至余额宝"),
        alipay_row("2025-03-04", "支出", "50.00", "交易关闭"),
        alipay_row("2025-03-03", "收入", "222.50"),
    ]
    document = read(alipay(*rows))
    assert [(f"{r.debit}", f"{r.credit}", f"{r.neutral}") for r in document.rows] == [
        ("0", "222.50", "0"),
        ("0", "0", "50.00"),
        ("0", "0", "99.34"),
        ("0", "0", "16.03"),
        ("20.00", "0", "0"),
    ]
    assert document.fields["bank"].value == "支付宝"
    assert document.status == "read"  # a platform prints no balance: no fault


def test_platform_period_and_count() -> None:
    document = read(alipay(alipay_row("2025-03-03", "收入", "222.50")))
    assert document.fields["period_start"].value == "2025-03-01"
    assert document.fields["period_end"].value == "2025-04-30"
    assert any(p.kind is ProofKind.PRINTED_COUNT and p.holds for p in document.proofs)


def test_headings_without_a_row_are_no_statement() -> None:
    text = lines("交易日期,摘要,借方金额,贷方金额,余额,对方户名")
    document = read("中国工商银行账户交易明细\n账号：2102013319200088776,户名：沈知秋\n" + text)
    assert document.status != "read"
    assert document.rows == ()


def test_rows_without_a_balance_count_towards_the_next() -> None:
    head = "交易日期,摘要,支出金额,收入金额,余额,对方户名"
    rows = [
        "2025-03-03,货款,,100.00,1100.00,海岳五金制造有限公司",
        "2025-03-03,货款,40.00,,,海岳五金制造有限公司",
        "2025-03-03,货款,60.00,,1000.00,海岳五金制造有限公司",
        "2025-03-04,货款,,10.00,,海岳五金制造有限公司",
        "2025-03-04,货款,,20.00,1030.00,海岳五金制造有限公司",
    ]
    document = read("户名：沈知秋,账号：6214850111112222\n" + lines(head, *rows))
    assert len(document.rows) == 5
    chain = next(p for p in document.proofs if p.kind is ProofKind.CHAIN)
    assert chain.holds and chain.checked == 2


def test_a_line_inside_the_table_that_is_no_row_is_said() -> None:
    head = "交易日期,摘要,支出金额,收入金额,余额,对方户名"
    rows = [
        "2025-03-03,货款,,100.00,1100.00,海岳五金制造有限公司",
        "2025-O3-04,货款,40.00,,1060.00,海岳五金制造有限公司",
        ",,,,1050.00,",
        "2025-03-05,货款,60.00,,1000.00,海岳五金制造有限公司",
    ]
    document = read("户名：沈知秋,账号：6214850111112222\n" + lines(head, *rows))
    assert document.status == "partial"
    assert "statement_lines_open" in [f.code for f in document.failures]

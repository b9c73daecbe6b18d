"""银行交易明细 / 对账单: header fields, rows in time order, printed totals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.documents.declare import DATE, MONEY, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.documents.statement_failures import failures_of
from extractors.documents.statement_head import (
    add_implied,
    add_printed_totals,
    page_numbers,
    read_head,
)
from extractors.documents.statement_rows import read_rows
from extractors.documents.ties import Cell, Tie, falls, field_cell, rises
from extractors.layout.page import Page
from extractors.statements.head import period_in, year_in
from extractors.statements.proofs import proofs_of
from extractors.statements.recognise import shows_statement
from extractors.statements.side_by_side import whole_pages
from extractors.statements.stamps import without_stamps


def _ties(parts: Parts) -> Iterator[Tie]:
    """Tie each balance to the one before it and the row's amount, the first to the opening balance."""
    before = field_cell(parts, "opening_balance")
    for row in parts.rows:
        if row.balance is None:
            continue
        moved = row.credit - row.debit
        balance = Cell(row.page, row.box, row.balance)
        if before is not None:
            amount = Cell(row.page, row.box, abs(moved))
            yield Tie((balance, before, amount), rises if moved >= 0 else falls)
        before = balance


BANK_STATEMENT = document_type(
    id="bank_statement",
    title="Bank statement",
    title_zh="银行对账单/交易明细",
    recognise=Recognise(
        titles=re.compile(
            r"交易明细|对账单|活期存款(?:分户|明细)账|分户明细账|账户明细|交易流水|历史明细|流水明细|活期明细|明细查询|明细账单|银行流水|明细清单|(?i:statementofaccount|accountstatement|bankstatement|transactionhistory)"
        ),
        cues=(
            "账号",
            "余额",
            "摘要|用途|附言",
            "借方|贷方|支出|收入|交易金额|发生额",
            "对方户名|对方单位|对方名称|对方账号|交易对手",
            "记账日期|交易日期|交易时间|记账日",
            "期初余额|上期余额|承前",
            "(?i)balance",
        ),
        never=re.compile(r"价税合计|资产负债表|保证合同|回单编号"),
        essential=(
            "日期|时间|(?i:date)",
            "金额|发生额|收入|支出|借方|贷方|存入|支取|(?i:amount|debit|credit)",
            "余额|账|帐|卡号|银行|支付|(?i:balance|account)",
        ),
        ends=re.compile(
            r"(?:明细|对[账帐]单|账单|流水|清单|记录|单|表|证明|(?:分户|存款明细)账|(?i:statement))$"
        ),
        identity="account_number",
        continues=True,
        shows=shows_statement,
    ),
    vocabulary={
        "account_name": (
            "账户名称",
            "账户名",
            "户名",
            "客户名称",
            "单位名称",
            "账户户名",
            "开户名称",
            "存款人名称",
            "存款人",
            "开户单位",
            "开户人",
            "户主",
            "客户姓名",
            "客户名",
            "账户持有人",
            "账户所有人",
            "公司名称",
            "本方户名",
            "Account Name",
            "Name",
        ),
        "account_number": (
            "账号",
            "账户",
            "卡号",
            "账户号",
            "账户号码",
            "客户账号",
            "银行账号",
            "帐号",
            "帐户",
            "账号/卡号",
            "银行帐号",
            "银行卡号",
            "查询账号",
            "本方账号",
            "Account No",
            "Account Number",
            "Account No.",
        ),
        "bank": (
            "开户行",
            "开户银行",
            "开户机构",
            "开户网点",
            "开户行名称",
            "机构名称",
            "所属机构",
            "银行名称",
            "Bank",
            "Branch",
        ),
        "currency": ("币种", "货币", "币别", "Currency"),
        "period": (
            "查询起止日期",
            "起止日期",
            "查询期间",
            "对账期间",
            "账单期间",
            "期间",
            "查询时间段",
            "查询日期",
            "日期范围",
            "交易期间",
            "起止时间",
            "查询区间",
            "账期",
            "Period",
            "Statement Period",
        ),
        "period_start": ("起始日期", "开始日期", "起始日", "查询起始日期", "From"),
        "period_end": ("截止日期", "结束日期", "终止日期", "截止日", "查询截止日期", "To"),
        "opening_balance": (
            "期初余额",
            "上期余额",
            "承前余额",
            "上期结余",
            "期初结余",
            "上月余额",
            "上页余额",
            "承前页余额",
            "初始余额",
            "Opening Balance",
            "Balance B/F",
        ),
        "closing_balance": (
            "期末余额",
            "本期余额",
            "期末结余",
            "本期结余",
            "账户余额合计",
            "当前余额",
            "截止余额",
            "Closing Balance",
        ),
        "total_debit": (
            "借方合计",
            "借方发生额合计",
            "支出合计",
            "支出总额",
            "付款合计",
            "支出总金额",
            "借方总额",
            "总支出",
            "转出合计",
            "Total Debits",
            "Total Debit",
        ),
        "total_credit": (
            "贷方合计",
            "贷方发生额合计",
            "收入合计",
            "收入总额",
            "收款合计",
            "收入总金额",
            "贷方总额",
            "总收入",
            "转入合计",
            "Total Credits",
            "Total Credit",
        ),
        "row_count": ("总笔数", "交易笔数", "合计笔数", "笔数", "记录数"),
        "printed_at": (
            "打印时间",
            "打印日期",
            "制单日期",
            "生成时间",
            "下载时间",
            "导出时间",
            "查询时间",
            "Print Date",
        ),
    },
    required=("account_number", "rows"),
    made_by=Maker.INSTITUTION,
    owner="account_name",
    system_issued=True,
    single_run=True,
    ties=_ties,
)
BANK = BANK_STATEMENT.field("bank", TEXT, label_zh="开户行")
ACCOUNT_NAME = BANK_STATEMENT.field("account_name", PARTY, label_zh="户名")
ACCOUNT_NUMBER = BANK_STATEMENT.field("account_number", TEXT, label_zh="账号")
CURRENCY = BANK_STATEMENT.field("currency", TEXT, label_zh="币种")
PERIOD_START = BANK_STATEMENT.field("period_start", DATE, label_zh="起始日期")
PERIOD_END = BANK_STATEMENT.field("period_end", DATE, label_zh="截止日期")
OPENING_BALANCE = BANK_STATEMENT.field("opening_balance", MONEY, label_zh="期初余额")
CLOSING_BALANCE = BANK_STATEMENT.field("closing_balance", MONEY, label_zh="期末余额")
PRINTED_AT = BANK_STATEMENT.field("printed_at", DATE, label_zh="打印日期")


@BANK_STATEMENT.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read the head of the first pages, the rows of all pages, and what proves them complete."""
    parts = Parts()
    pages = whole_pages(without_stamps(pages))
    period = period_in(pages)
    rows = read_rows(pages, period[0] if period else year_in(pages))
    read_head(BANK_STATEMENT, pages, rows, period, parts)
    parts.rows, parts.totals = rows.transactions, tuple(rows.totals)
    parts.put(page_numbers(pages))
    add_printed_totals(parts)
    parts.proofs = proofs_of(parts.rows, rows.found, parts.totals, parts.fields)
    add_implied(parts, rows)
    parts.failures += failures_of(parts, rows)
    return parts

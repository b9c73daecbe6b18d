"""银行交易明细 / 对账单: header fields, rows in time order, printed totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extractors.documents.declare import DATE, MONEY, TEXT, Parts, Recognise, document_type
from extractors.documents.statement_rows import Rows, read_rows
from extractors.layout.labels import Form, make_field
from extractors.layout.page import Page, Word
from extractors.model import Field, PrintedTotal, Provenance, Transaction
from extractors.values.account_number import parse_account
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import money_text, parse_money
from extractors.values.period import find_dates, parse_date, parse_period

BANK_STATEMENT = document_type(
    id="bank_statement",
    title="Bank statement",
    title_zh="银行对账单/交易明细",
    recognise=Recognise(
        titles=re.compile(
            r"交易明细|对账单|账户明细|交易流水|历史明细|流水明细|活期明细|明细查询|明细账单|银行流水|明细清单|(?i:statementofaccount|accountstatement|bankstatement|transactionhistory)"
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
        ends=re.compile(r"(?:明细|对[账帐]单|账单|流水|清单|记录|单|表|证明|(?i:statement))$"),
        identity="account_number",
        continues=True,
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
            "账号/卡号",
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
)
BANK = BANK_STATEMENT.field("bank", TEXT, label_zh="开户行")
ACCOUNT_NAME = BANK_STATEMENT.field("account_name", TEXT, label_zh="户名")
ACCOUNT_NUMBER = BANK_STATEMENT.field("account_number", TEXT, label_zh="账号")
CURRENCY = BANK_STATEMENT.field("currency", TEXT, label_zh="币种")
PERIOD_START = BANK_STATEMENT.field("period_start", DATE, label_zh="起始日期")
PERIOD_END = BANK_STATEMENT.field("period_end", DATE, label_zh="截止日期")
OPENING_BALANCE = BANK_STATEMENT.field("opening_balance", MONEY, label_zh="期初余额")
CLOSING_BALANCE = BANK_STATEMENT.field("closing_balance", MONEY, label_zh="期末余额")
PRINTED_AT = BANK_STATEMENT.field("printed_at", DATE, label_zh="打印日期")

_PAGE_OF = re.compile(
    r"第\s*(\d{1,4})\s*页\W{0,6}共\s*(\d{1,4})\s*页|(?i:page)\s*(\d{1,4})\s*(?:of|/)\s*(\d{1,4})"
)
_CURRENCIES = {
    "人民币": "CNY",
    "CNY": "CNY",
    "RMB": "CNY",
    "美元": "USD",
    "USD": "USD",
    "港币": "HKD",
    "HKD": "HKD",
    "欧元": "EUR",
    "EUR": "EUR",
}


@BANK_STATEMENT.reader
def read(pages: Sequence[Page]) -> Parts:
    """Header fields from the first page that prints them, rows from all pages."""
    parts = Parts()
    forms = [
        BANK_STATEMENT.form(page) if index == 0 or not page.is_sheet else None
        for index, page in enumerate(pages[:3])
    ]
    rows = read_rows(pages)
    for form in filter(None, forms):
        _header(form, parts, rows.body_top)
    if len(pages) > 3:
        _footer(BANK_STATEMENT.form(pages[-1]), parts)
    parts.rows, parts.totals = rows.transactions, tuple(rows.totals)
    _from_rows(parts, rows)
    parts.put(_page_numbers(pages))
    return parts


def _page_numbers(pages: Sequence[Page]) -> Field | None:
    """第 3 页 共 7 页 as printed on all pages, "1/3,2/3,3/3"; None unless every page prints it."""
    found: list[tuple[int, int, Word, Page]] = []
    for page in pages:
        marks = [w for w in page.words if "页" in w.text or "Page" in w.text]
        for mark in marks:
            near = sorted((w for w in page.words if abs(w.mid - mark.mid) < 3), key=lambda w: w.x0)
            match = _PAGE_OF.search(" ".join(w.text for w in near))
            if match:
                number, total = (int(g) for g in match.groups() if g)
                found.append((number, total, mark, page))
                break
    if len(found) < len(pages) or not found:
        return None
    value = ",".join(f"{number}/{total}" for number, total, _, _ in found)
    word, page = found[0][2], found[0][3]
    at = Provenance(
        page=page.number, box=page.box(word.x0, word.top, word.x1, word.bottom), method="text"
    )
    return Field(name="page_numbers", value=value, raw=value, confidence=0.95, at=at)


def _name(text: str) -> str | None:
    name = tidy(text)
    return name if len(name) >= 2 and not parse_account(name) and not name[0].isdigit() else None


def _header(form: Form, parts: Parts, body_top: float) -> None:
    form.labels = [
        x
        for x in form.labels
        if x.word.bottom <= body_top + 1
        or x.key in ("closing_balance", "total_debit", "total_credit", "row_count")
    ]
    parts.put(form.field("account_name", _name))
    parts.put(form.field("account_number", parse_account))
    parts.put(form.field("bank", _name))
    parts.put(
        form.field(
            "currency",
            lambda t: _CURRENCIES.get(
                squeeze(t).upper()[:3] if squeeze(t)[:1].isascii() else squeeze(t)[:3].rstrip("(（")
            ),
        )
    )
    parts.put(form.field("opening_balance", parse_money, money_text))
    parts.put(form.field("printed_at", parse_date, date.isoformat))
    if "period_start" not in parts.fields:
        _period(form, parts)
    if "bank" not in parts.fields:
        _bank_of_title(form, parts)
    _footer(form, parts)


def _period(form: Form, parts: Parts) -> None:
    found = form.first("period", parse_period)
    if found:
        for name, day in zip(("period_start", "period_end"), found[0], strict=True):
            parts.put(make_field(name, day.isoformat(), found[1]))
        return
    parts.put(form.field("period_start", parse_date, date.isoformat))
    parts.put(form.field("period_end", parse_date, date.isoformat))
    if "period_start" in parts.fields:
        return
    for line in form.lines[:12]:
        dates = find_dates(line.text)
        if (
            len(dates) >= 2
            and re.search(r"[至到~-]", line.text[dates[0][2] : dates[1][1]])
            and dates[0][0] <= dates[1][0]
        ):
            word = line.span(dates[0][1], dates[1][2])
            at = Provenance(
                page=form.page.number,
                box=form.page.box(word.x0, word.top, word.x1, word.bottom),
                method="text",
            )
            for name, day in (("period_start", dates[0][0]), ("period_end", dates[1][0])):
                parts.put(
                    Field(name=name, value=day.isoformat(), raw=word.text, confidence=0.95, at=at)
                )
            return


def _bank_of_title(form: Form, parts: Parts) -> None:
    for line in form.lines[:5]:
        match = re.search(
            r"([\u4e00-\u9fff]{2,12}银行(?:股份有限公司)?)", line.text.replace(" ", "")
        )
        if match:
            word = line.words[0]
            at = Provenance(page=form.page.number, box=form.page.box_of([word]), method="text")
            parts.put(Field(name="bank", value=match[1], raw=match[1], confidence=0.95, at=at))
            return


def _footer(form: Form, parts: Parts) -> None:
    parts.put(form.field("closing_balance", parse_money, money_text))
    for key in ("total_debit", "total_credit"):
        parts.put(form.field(key, parse_money, money_text))
    parts.put(
        form.field("row_count", lambda t: ((m := re.match(r"\D{0,2}(\d+)", t)) and m[1]) or None)
    )


def _from_rows(parts: Parts, rows: Rows) -> None:
    """Balances and period that the paper leaves to its rows, and printed totals as totals."""
    debit, credit = parts.fields.pop("total_debit", None), parts.fields.pop("total_credit", None)
    some = debit or credit
    if some:
        sides = [MONEY.read(f.value) if f else None for f in (debit, credit)]
        total = PrintedTotal(
            kind="total",
            debit=sides[0],
            credit=sides[1],
            balance=None,
            after_row=len(parts.rows),
            page=some.at.page,
            box=some.at.box,
        )
        parts.totals = (*parts.totals, total)
    if rows.opening is not None:
        parts.put(rows.opening)
    if not parts.rows:
        return
    first, last = parts.rows[0], parts.rows[-1]
    parts.put(_of_row("period_start", first.day.isoformat(), first.day.isoformat(), 0.8, first))
    parts.put(_of_row("period_end", last.day.isoformat(), last.day.isoformat(), 0.8, last))
    if last.balance is not None:
        parts.put(
            _of_row(
                "closing_balance",
                money_text(last.balance),
                money_text(last.balance),
                last.confidence,
                last,
            )
        )
    if first.balance is not None:
        opening = first.balance - first.credit + first.debit
        parts.put(
            _of_row("opening_balance", money_text(opening), "", 0.9 * first.confidence, first)
        )


def _of_row(name: str, value: str, raw: str, confidence: float, row: Transaction) -> Field:
    """A field that a row implies; `raw` is empty where the paper does not print it."""
    return Field(
        name=name,
        value=value,
        raw=raw,
        confidence=confidence,
        at=Provenance(page=row.page, box=row.box, method="table"),
    )

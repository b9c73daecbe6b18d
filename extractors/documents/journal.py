"""序时账 (凭证序时簿) of Kingdee, Yonyou and 畅捷通: every entry of every voucher, in order of
time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from extractors.documents.declare import DATE, PARTY, Maker, Recognise, document_type
from extractors.documents.ledger_head import LEDGER_HEAD, read_ledger_head
from extractors.documents.parts import Parts
from extractors.documents.statement_lines import columns_unclear, say_lacking
from extractors.errors import ReadError
from extractors.layout.columns import Header, Row, find_header, rows_below
from extractors.layout.page import Page, Word
from extractors.model import Failure, JournalEntry
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import parse_money
from extractors.values.period import excel_date, parse_date

_ROLES = {
    "date": re.compile(r"(?:凭证|记账|制单|业务|会计)?日期|date"),
    "voucher": re.compile(r"凭证(?:字号|号数|号码|号|编号)?|字号|voucher(?:no\.?)?"),
    "summary": re.compile(r"摘要|业务摘要|说明|description"),
    "code": re.compile(r"科目(?:编码|代码|编号)|accountcode"),
    "account": re.compile(r"(?:会计)?科目(?:名称|全名|全称)?|account(?:name)?"),
    "debit": re.compile(r"借方(?:金额|发生额|本币)?|debit"),
    "credit": re.compile(r"贷方(?:金额|发生额|本币)?|credit"),
    "amount": re.compile(r"(?:本币|本位币)?金额|amount"),
    "direction": re.compile(r"(?:借贷)?方向|借/?贷"),
}
_CODE = re.compile(r"^([1-6]\d{3}[\d.\-_]*)[\s/]*(.*)$")
_SURE = 0.98  # an entry whose date, account and amount were read
_TOTALS = re.compile(r"合计|小计|总计|累计|承前页|过次页")


class JournalOutOfBalance(ReadError):
    """Debits and credits that were read differ: an entry was not read, or the export is not whole."""

    code = "journal_out_of_balance"
    zh = "读到的借方与贷方合计不相等，可能有分录未读到或导出不完整。请重新导出完整的序时账。"
    en = (
        "The debits and credits read differ: an entry may be missing. Export the whole "
        "journal again."
    )


JOURNAL = document_type(
    id="journal",
    title="Journal",
    title_zh="序时账",
    recognise=Recognise(
        titles=re.compile(r"(?:会计分录|记账凭证|凭证)?序时[账帐簿]|(?i:generaljournal)"),
        cues=(
            "凭证字号|凭证号|凭证编号",
            "摘要",
            "科目编码|科目代码",
            "科目名称|会计科目",
            "借方",
            "贷方",
            "日期",
            "制单|审核|记账",
        ),
        never=re.compile(r"价税合计|对账单|期末余额"),
        continues=True,
    ),
    vocabulary=LEDGER_HEAD,
    required=("entries",),
    made_by=Maker.APPLICANT,
    owner="company",
)
COMPANY = JOURNAL.field("company", PARTY, label_zh="核算单位")
PERIOD_START = JOURNAL.field("period_start", DATE, label_zh="期间起")
PERIOD_END = JOURNAL.field("period_end", DATE, label_zh="期间止")
_WANTED = (("company", "核算单位", "company"),)


@JOURNAL.reader
def read(pages: Sequence[Page]) -> Parts:
    """Entries in printed order.

    An entry without a date of its own belongs to the voucher above it.
    """
    parts = Parts()
    read_ledger_head(JOURNAL.form(pages[0]), parts)
    header: Header | None = None
    entries: list[JournalEntry] = []
    for page in pages:
        found = find_header(page, _ROLES, _accepts)
        if found is None and header is not None:
            found = Header(header.columns, -2.0, -1.0, header.separators, header.ruled)
        if found is None:
            parts.failures.append(columns_unclear(page))
            continue
        header = found
        _read_page(page, header, entries)
    parts.entries = tuple(entries)
    _say_out_of_balance(pages, parts)
    say_lacking(pages, parts, _WANTED)
    return parts


def _accepts(roles: set[str]) -> bool:
    sides = {"debit", "credit"} <= roles or {"amount", "direction"} <= roles
    return sides and bool({"account", "code"} & roles) and bool({"date", "voucher"} & roles)


def _read_page(page: Page, header: Header, entries: list[JournalEntry]) -> None:
    columns = {column.role: index for index, column in enumerate(header.columns) if column.role}

    def is_entry(cells: dict[int, list[Word]]) -> bool:
        return any(
            parse_money(_text(cells, columns.get(role))) is not None
            for role in ("debit", "credit", "amount")
        )

    for row in rows_below(page, header, is_entry):
        entry = _entry(row, columns, entries[-1] if entries else None)
        if entry is not None:
            entries.append(entry)


def _text(cells: dict[int, list[Word]], index: int | None) -> str:
    return "" if index is None else "".join(squeeze(word.text) for word in cells.get(index, ()))


def _entry(row: Row, columns: dict[str, int], before: JournalEntry | None) -> JournalEntry | None:
    texts = {role: tidy(row.text(index)) for role, index in columns.items()}
    debit, credit = _sides(texts)
    day = _day(texts.get("date", "")) or (before.day if before else None)
    if day is None or debit == credit or _TOTALS.search(row.whole[:40]):
        return None
    voucher = texts.get("voucher", "") or (before.voucher if before else "")
    code, account = _account(texts)
    if not code and not account:
        return None
    return JournalEntry(
        day=day,
        voucher=voucher,
        summary=texts.get("summary", ""),
        account_code=code,
        account=account,
        debit=debit,
        credit=credit,
        page=row.page.number,
        box=row.page.box_of(row.words),
        confidence=_SURE,
    )


def _sides(texts: dict[str, str]) -> tuple[Decimal, Decimal]:
    zero = Decimal(0)
    if "debit" in texts:
        return parse_money(texts["debit"]) or zero, parse_money(texts.get("credit", "")) or zero
    amount = parse_money(texts.get("amount", "")) or zero
    return (zero, amount) if "贷" in texts.get("direction", "") else (amount, zero)


def _day(text: str) -> date | None:
    return parse_date(text) or excel_date(text)


def _account(texts: dict[str, str]) -> tuple[str, str]:
    """Code and name of an account; both may stand in one cell (1002 银行存款)."""
    name = texts.get("account", "")
    code = squeeze(texts.get("code", ""))
    both = _CODE.match(name)
    if not code and both:
        return both[1], both[2]
    return code, name


def _say_out_of_balance(pages: Sequence[Page], parts: Parts) -> None:
    debits = sum((entry.debit for entry in parts.entries), Decimal(0))
    credits = sum((entry.credit for entry in parts.entries), Decimal(0))
    if debits == credits:
        return
    error = JournalOutOfBalance
    parts.failures.append(Failure(code=error.code, zh=error.zh, en=error.en, page=pages[0].number))

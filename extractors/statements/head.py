"""Holder, account, bank, period and printed sums from the lines around a statement's table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.layout.lines import TextLine, lines_of
from extractors.layout.page import Page, Word
from extractors.layouts.registry import issuer_in
from extractors.statements.dates import Span, day_of
from extractors.statements.head_labels import labelled_values, names_account, names_holder
from extractors.statements.heads import page_lines
from extractors.statements.names import is_party_name, is_person
from extractors.values.account_number import FIND as ACCOUNT
from extractors.values.glyphs import fold, squeeze, tidy
from extractors.values.period import find_dates, parse_period

_MONTHS = 12
_FEWEST_DIGITS = 12  # digits and stars of a number without a label that is taken for the account
_LAST_WORDS = 16  # characters before a number that can be its label
_MOST_LINES = 40  # lines above a table that are looked at
_AMOUNT = re.compile(r"\d\.\d\d(?!\d)")
_COLON = re.compile(r"[^\d\s]\s*[::]")  # behind a label; a time has colons too
_WRITTEN_DATE = re.compile(r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/((?:19|20)\d{2})(?!\d)")
_BETWEEN = re.compile(r"[至到~—–-]|终|止|截|结束|(?i:to|end)")
_OTHER_TIME = re.compile(r"打印|导出|申请|下载|制单|生成|开户日|(?i:print)")
_YEAR = re.compile(r"年\s*[份度][::]?\s*((?:19|20)\d{2})(?!\d)|((?:19|20)\d{2})\s*年度")
_PERIOD = re.compile(r"期间|账期|月份|期数|会计期|对账单?期|周期|(?i:period)")
_NAME_LABEL = re.compile(
    r"(?:账户户名|账户名称|客户名称|客户姓名|单位名称|存款人|户\s*名|姓\s*名|账户名|公司名称)"
    r"[\]】)]?[\sA-Za-z/'.\[\]()]*[::]?\s*[\[【]?\s*(?P<name>[\u4e00-\u9fff·（）()*A-Za-z]{2,40})"
)
_COMPANY_NAME = re.compile(
    r"[\u4e00-\u9fff（）()]{4,30}?(?:有限责任公司|股份有限公司|有限公司|合作社|商行|经营部|事务所)"
    r"(?:[\u4e00-\u9fff]{2,8}(?:分公司|店))?"
)
_OTHER_PARTY = re.compile(r"对方|对手|收款|付款|开户行|网点|机构|银行")
_CERTIFIED = re.compile(r"兹证明[::]?\s*(?P<name>[\u4e00-\u9fff·]{2,30})")
_NICKNAME = re.compile(r"微信昵称[::]?\s*[\[【]?(?P<name>[^\]】,，\t]{2,30})")
_PLATFORM_ACCOUNT = re.compile(
    r"(?:微信号|支付宝(?:账户|账号|帐户)?|商户号)[::]?\s*[\[【]?(?P<account>[A-Za-z0-9_.*@-]{4,40})"
)
_BANK = re.compile(r"[\u4e00-\u9fff]{2,14}?(?:银行(?:股份有限公司)?|信用(?:合作)?联?社(?:联合社)?)")
_COUNT = re.compile(r"共\s*(\d+)\s*(?:笔|条)(?:交易|记录|明细)?|(?:总笔数|记录总?数)\D{0,30}?(\d+)")
_SUM = re.compile(
    r"(收入|支出)\s*[::]\s*\d+\s*笔\s*[,，]?\s*(?:共|合计)?\s*[¥￥]?([\d,]+\.\d+)\s*元?"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A text found around a table, and where."""

    text: str
    page: Page
    word: Word


class Head:
    """The lines above a statement's table on its first page, and all lines below on its last."""

    def __init__(self, pages: Sequence[Page], body_top: float) -> None:
        self.page = pages[0]
        self.last = pages[-1]
        found = page_lines(self.page) if self.page.is_sheet else lines_of(self.page)
        lines = [x for x in found if x.bottom <= body_top + 1]
        self.above = lines[:_MOST_LINES]

    def account(self) -> Place | None:
        """The first account number behind or below a label for one, whatever stands between."""
        for line in self.above:
            for match in ACCOUNT.finditer(_without_dates(line.text)):
                before = re.split(r"[\d*]{6,}", line.text[: match.start()])[-1]
                if before.strip() and names_account(_last_words(before)):
                    return self._account(line, match.start(), match.end())
        for found in labelled_values(self.above):
            number = ACCOUNT.match(_without_dates(found.value))
            if number is not None and names_account(found.label):
                return self._account(found.line, found.start, found.end)
        return self._matched(_PLATFORM_ACCOUNT, "account")

    def unlabelled_account(self) -> Place | None:
        """The only number of the head that can be an account, where no label is known."""
        found: dict[str, Place] = {}
        for line in self.above:
            for match in ACCOUNT.finditer(_without_dates(line.text)):
                place = self._account(line, match.start(), match.end())
                if len(place.text) >= _FEWEST_DIGITS and not find_dates(place.text):
                    found.setdefault(place.text, place)
        for one in labelled_values(self.above):
            number = re.sub(r"[ -]", "", fold(one.value))
            if number in found and names_account(one.label) is False:
                del found[number]
        return next(iter(found.values())) if len(found) == 1 else None

    def _account(self, line: TextLine, start: int, end: int) -> Place:
        match = ACCOUNT.search(_without_dates(line.text), start)
        assert match is not None
        start, end = match.span()
        return self._place(line, start, end, re.sub(r"[ -]", "", match[0]))

    def holder(self) -> Place | None:
        """The name behind a label for one, or the one whom a certificate names."""
        for found in labelled_values(self.above):
            name = tidy(found.value).strip("()（）[]【】")
            if names_holder(found.label) and is_party_name(name):
                return self._place(found.line, found.start, found.end, name)
        labelled = self._matched(_NAME_LABEL, "name") or self._matched(_CERTIFIED, "name")
        if labelled is not None and is_party_name(labelled.text):
            return labelled
        return None

    def unlabelled_person(self) -> Place | None:
        """The only value of the head that reads as a person's name, where no label is known."""
        found: dict[str, Place] = {}
        for one in labelled_values(self.above):
            name = tidy(one.value)
            if names_holder(one.label) is not False and is_person(name):
                found.setdefault(name, self._place(one.line, one.start, one.end, name))
        return next(iter(found.values())) if len(found) == 1 else None

    def nickname(self) -> Place | None:
        """What the holder of a platform's account calls itself: a hint, no name."""
        return self._matched(_NICKNAME, "name")

    def only_company(self, *, alone: bool) -> Place | None:
        """The one company that the head names: `alone` without any label before it."""
        found: dict[str, Place] = {}
        for line in self.above:
            for match in _COMPANY_NAME.finditer(line.text):
                label = line.text[max(0, match.start() - 8) : match.start()]
                if _OTHER_PARTY.search(label) or bank_in(match[0]) or issuer_in(match[0]):
                    continue
                if not (alone and re.search(r"[^\W\d_]\s*[::]\s*$", label)):
                    found.setdefault(match[0], self._place(line, *match.span(), match[0]))
        return next(iter(found.values())) if len(found) == 1 else None

    def _matched(self, pattern: re.Pattern[str], group: str) -> Place | None:
        for line in self.above:
            match = pattern.search(line.text)
            if match:
                text = tidy(match[group]).strip("()（）")
                return self._place(line, match.start(group), match.end(group), text)
        return None

    def _place(self, line: TextLine, start: int, end: int, text: str) -> Place:
        return Place(text, self.page, line.span(start, end))

    def bank(self) -> Place | None:
        """The bank or platform that the lines above the table name, as it is written there."""
        for line in self.above:
            name = bank_in(squeeze(line.text))
            if name and not re.search(r"对方|收款|付款", line.text):
                return Place(name, self.page, line.words[0])
        name = bank_in(squeeze(self.page.title))
        word = self.page.words[0] if self.page.words else Word("", 0, 0, 0, 0)
        return Place(name, self.page, word) if name else None

    def count(self) -> Place | None:
        """The number of rows that the document prints."""
        for page, line in self._lines_outside():
            match = _COUNT.search(line.text)
            if match:
                number = match[1] or match[2]
                return Place(number, page, line.span(match.start(), match.end()))
        return None

    def sums(self) -> Iterator[tuple[str, Place]]:
        """Printed sums of a platform's bill: 收入：4笔 161739.26元."""
        for page, line in self._lines_outside():
            for match in _SUM.finditer(line.text):
                word = line.span(match.start(), match.end())
                yield match[1], Place(match[2], page, word)

    def _lines_outside(self) -> Iterator[tuple[Page, TextLine]]:
        for line in self.above:
            yield self.page, line
        for line in reversed(lines_of(self.last)[-_MOST_LINES:]):
            yield self.last, line


def _without_dates(text: str) -> str:
    """A line whose dates are blotted out, so that a date beside an account is no part of it."""
    return _WRITTEN_DATE.sub(lambda date: "·" * len(date[0]), fold(text))


def _last_words(text: str) -> str:
    """The label at the end of what stands before a number."""
    plain = text.rstrip(" \t:：[]【】")
    return re.split(r"\t|[:：]|\s{2,}", plain)[-1][-_LAST_WORDS:]


def bank_in(text: str) -> str:
    """The name of a bank or platform in a text, or an empty string."""
    known = issuer_in(text)
    if known is not None and known[1].id not in ("rural", "city"):
        return known[0]
    match = _BANK.search(text)
    if match is not None:
        return match[0]
    return known[0] if known is not None else ""


def period_in(pages: Sequence[Page]) -> tuple[Span, Place] | None:
    """The period that the lines above the first row name."""
    if not pages:
        return None
    for line in lines_of(pages[0])[:_MOST_LINES]:
        found = find_dates(line.text) or _day_first(line.text)
        if _AMOUNT.search(line.text) and found and not _COLON.search(line.text):
            return None  # the first row: what stands below is no head
        span = _span(line, found) or _month(line)
        if span is not None:
            days, start, end = span
            return Span(*days), Place(line.text[start:end], pages[0], line.span(start, end))
    return None


def _day_first(text: str) -> list[tuple[date, int, int]]:
    """Dates written 30/04/2025, where one of a line's dates shows that the day comes first."""
    found = list(_SLASHED.finditer(text))
    if not any(int(match[1]) > _MONTHS for match in found):
        return []
    days = [(day_of(int(m[3]), int(m[2]), int(m[1])), m.start(), m.end()) for m in found]
    return [(day, start, end) for day, start, end in days if day is not None]


def year_in(pages: Sequence[Page]) -> Span | None:
    """The year that the head names, for rows that print month and day alone."""
    for line in lines_of(pages[0])[:_MOST_LINES] if pages else ():
        match = _YEAR.search(line.text)
        if match:
            year = int(match[1] or match[2])
            return Span(date(year, 1, 1), date(year, 12, 31))
    return None


def _span(
    line: TextLine, found: Sequence[tuple[date, int, int]]
) -> tuple[tuple[date, date], int, int] | None:
    for first, second in zip(found, found[1:], strict=False):
        between = line.text[first[2] : second[1]]
        label = line.text[max(0, first[1] - 12) : first[1]]
        if _OTHER_TIME.search(label) or _OTHER_TIME.search(between):
            continue
        if first[0] <= second[0] and _BETWEEN.search(between):
            return (first[0], second[0]), first[1], second[2]
    return None


def _month(line: TextLine) -> tuple[tuple[date, date], int, int] | None:
    """A month or a year behind a label for the period."""
    match = _PERIOD.search(line.text)
    if match is None or _AMOUNT.search(line.text):
        return None
    rest = line.text[match.end() :]
    days = parse_period(rest)
    return (days, match.end(), len(line.text)) if days else None

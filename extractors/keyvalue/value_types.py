"""Spans of a text that can be a value of some type, each with how well it fits the type.

Fits are log-odds: how much likelier text of this form is the value sought than other text of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from extractors.values.account_number import FIND as ACCOUNT
from extractors.values.amount_in_words import FIND as WORDS
from extractors.values.amount_in_words import parse_words
from extractors.values.contact import parse_email, parse_phone
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.credit_code import check_holds
from extractors.values.glyphs import fold, squeeze, tidy
from extractors.values.money import FIND as FIGURES
from extractors.values.money import money_text, parse_money
from extractors.values.party_name import is_company
from extractors.values.period import find_dates
from extractors.values.person_name import is_person
from extractors.values.stamp_text import is_placeholder, is_stamp, without_stamp


@dataclass(frozen=True, slots=True)
class Match:
    """A canonical value, its span in the text (folded, same offsets), and how well its form fits."""

    value: str
    start: int
    end: int
    fit: float


Finder = Callable[[str], Iterator[Match]]

STAMP_CAPTION = re.compile(
    r"^[(（]?(?:盖章|公章|签章|签字|签名|印章|印鉴|章|盖公章|盖章处|签字或盖章|签章处|单位盖章)[)）]?$"
)
CLAUSE_NUMBER = re.compile(r"^[(（]?\d{1,2}(?:\.\d{1,2})*[)）、.]?$")
PERSON = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff·]{1,12}$")
_LETTERS = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_BRANCH = re.compile(r"(?:支行|分行|营业部|银行|信用社|分理处|储蓄所|国库)$")
_SENTENCE = re.compile(r"[。;；!?]")
_MARKED = re.compile(r"[¥$]|RMB|CNY|人民币", re.IGNORECASE)
_SERIAL = re.compile(
    r"(?<![0-9A-Za-z-])(?=[A-Za-z-]*\d)[0-9A-Za-z][0-9A-Za-z-]{4,39}(?![0-9A-Za-z])"
)
# What an issuer prints for the reader of any such document: it says nothing of this one.
_PRINTED_NOTE = re.compile(
    r"^(?:本|此|该)(?:凭证|回单|单据|通知|证明|账单|联)|仅供(?:参考|核对|查询)|(?:勿|不得)重复|请(?:妥善|核对|勿|注意)"
    r"|以.{2,16}为准|重复打印|打印次数|^(?:注|说明|温馨提示|提示)[:：]"
)
_NUMBERED_NOTE = re.compile(r"^(?:\d{1,2}[.、)）]|[(（]\d{1,2}[)）])(?=\D.{9,})")
_COLUMN_UNIT = re.compile(r"[(（](?:人民币)?(?:元|万元|%|％|股|万股)[)）]$")
_TIME_STAMP = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:$|\D)|\d{1,2}[.:]\d{2}[.:]|(?:19|20)\d{6}$")
_UNIT = re.compile(r"\s*(亿元|万元|万|元|圆)?")
_ACCOUNT_LENGTHS = range(12, 24)  # digits of accounts and cards of mainland banks
_DATE_LIKE = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


def dates(text: str) -> Iterator[Match]:
    """Yield calendar dates, as ISO text."""
    for day, start, end in find_dates(text):
        if _is_of_time(day):
            yield Match(day.isoformat(), start, end, 2.0)


def _is_of_time(day: date) -> bool:
    return 1949 <= day.year <= 2099


def amounts(text: str) -> Iterator[Match]:
    """Yield amounts in figures. A bare whole number is a count or an account, seldom an amount."""
    folded = fold(text)
    for match in FIGURES.finditer(folded):
        before, after = folded[: match.start()], folded[match.end() :]
        if re.search(r"[\dA-Za-z*.-]$", before) or re.match(r"[\dA-Za-z*%:]|\.\d", after):
            continue
        unit = _UNIT.match(after)
        tail = unit[1] if unit and unit[1] else ""
        value = parse_money(match[0].replace(" ", "") + tail.replace("圆", "元"))
        fit = _figure_fit(match[0], bool(tail), bool(_MARKED.search(before[-8:])))
        if value is None or fit is None:
            continue
        end = match.end() + (unit.end() if unit and tail else 0)
        yield Match(money_text(value), match.start(), end, fit)


def _figure_fit(figure: str, unit: bool, marked_before: bool) -> float | None:
    """Return the fit of an amount's form; None for what is no amount."""
    cents = bool(re.search(r"\.\d{2}$", figure))
    marked = bool(_MARKED.search(figure)) or marked_before or unit
    if not (cents or marked or "," in figure):
        return None
    return 1.0 * cents + 1.5 * marked + 0.5 * ("," in figure)


def words_amounts(text: str) -> Iterator[Match]:
    """Yield amounts written in Chinese numerals."""
    folded = fold(text)
    for match in WORDS.finditer(folded):
        value = parse_words(match[0])
        if value is not None:
            yield Match(money_text(value), match.start(), match.end(), 3.0)


def accounts(text: str) -> Iterator[Match]:
    """Yield account numbers and card numbers, masked ones included."""
    folded = fold(text)
    for match in ACCOUNT.finditer(folded):
        value = re.sub(r"[ -]", "", match[0])
        fit = 1.5 if len(value) in _ACCOUNT_LENGTHS else 0.0
        if _DATE_LIKE.match(value):
            fit -= 1.5  # serial numbers begin with the day; accounts hardly ever
        yield Match(value, match.start(), match.end(), fit)


def serials(text: str) -> Iterator[Match]:
    """Yield numbers of vouchers and transactions: digits and letters without spaces."""
    folded = fold(text)
    for match in _SERIAL.finditer(folded):
        if CREDIT_CODE.fullmatch(match[0].upper()) or _TIME_STAMP.match(match[0]):
            continue
        yield Match(match[0], match.start(), match.end(), 0.5)


def credit_codes(text: str) -> Iterator[Match]:
    """Yield unified social credit codes; one whose check character holds fits better."""
    folded = fold(text).upper()
    for match in CREDIT_CODE.finditer(folded):
        if re.search(r"[A-Z]", match[0]) or check_holds(match[0]):
            yield Match(match[0], match.start(), match.end(), 3.0 if check_holds(match[0]) else 1.0)


def names(text: str) -> Iterator[Match]:
    """Yield the whole text where it can be the name of a company or a person."""
    value = without_stamp(tidy(text)).strip(" :：,，、;；")
    plain = squeeze(value)
    if not 2 <= len(plain) <= 60 or not _LETTERS.search(plain):
        return
    if _SENTENCE.search(plain) or _is_no_value(plain):
        return
    if _COLUMN_UNIT.search(plain) or is_printed_note(plain):
        return
    if re.match(r"[¥\d]", plain) or ACCOUNT.search(plain) or plain.endswith((":", "：")):
        return
    yield Match(value, 0, len(text), name_fit(plain))


_LEGAL_FORM = re.compile(
    r"^(?:本|我|贵|该)?(?:有限责任公司|股份有限公司|有限公司|公司|企业|集团公司|银行|支行|分行)$"
)


def is_legal_form(text: str) -> bool:
    """Return whether a text is a company's legal form without a name: 有限责任公司股东名册."""
    return bool(_LEGAL_FORM.match(squeeze(text)))


def _is_no_value(plain: str) -> bool:
    """Return whether a text is a stamp, its caption, a clause's number, or says 无."""
    mark = STAMP_CAPTION.match(plain) or CLAUSE_NUMBER.match(plain)
    return bool(mark) or is_legal_form(plain) or is_stamp(plain) or is_placeholder(plain)


def name_fit(plain: str) -> float:
    """Return how much a text looks like a party's name by its form."""
    if _BRANCH.search(plain):
        return 0.0
    if is_company(plain):
        return 2.0
    if PERSON.match(plain):
        return 0.5 if is_person(plain) else -0.5
    return -0.5 if re.search(r"[\u4e00-\u9fff]{2}|[A-Za-z]{3}", plain) else -2.0


def is_printed_note(plain: str) -> bool:
    """Return whether a text is a note of the printed form, such as 本回单仅供参考."""
    return bool(_PRINTED_NOTE.search(plain) or _NUMBERED_NOTE.match(plain))


_PAYMENT = re.compile(
    r"(?:款|费|费用|租金|工资|薪酬|奖金|佣金|保证金|押金|定金|备用金|利息|本金|本息|税|税款|往来|转账|汇款|结算|报销|借支|分红)$"
    r"|^(?:支付|付|归还|偿还|代付|代收|收到)"
)


def purposes(text: str) -> Iterator[Match]:
    """Yield texts that may say what a payment was for; one that names a kind of payment fits."""
    for match in texts(text):
        plain = squeeze(match.value)
        worded = bool(_PAYMENT.search(plain)) and not is_company(plain) and len(plain) <= _SAYING
        yield Match(match.value, match.start, match.end, 1.5 if worded else 0.0)


_SAYING = 20  # characters within which a payment's purpose is said


def texts(text: str) -> Iterator[Match]:
    """Yield the whole text of a value of no form of its own."""
    value = without_stamp(tidy(text))
    plain = squeeze(value)
    if not plain or _is_no_value(plain):
        return
    if not is_printed_note(plain):
        yield Match(value, 0, len(text), 0.0)


def phones(text: str) -> Iterator[Match]:
    """Yield telephone numbers that are whole in themselves."""
    found = parse_phone(text)
    if found:
        yield Match(found, 0, len(text), 2.0)


def emails(text: str) -> Iterator[Match]:
    """Yield mailbox addresses."""
    found = parse_email(text)
    if found:
        yield Match(found, 0, len(text), 3.0)

"""营业执照: the licence of a company, a branch, a partnership or a sole trader, old and new forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from extractors.documents.chosen_values import OF_PRINTING, at_the_end, put_choice
from extractors.documents.declare import (
    DATE,
    MONEY,
    PARTY,
    TEXT,
    Maker,
    Recognise,
    Stated,
    document_type,
)
from extractors.documents.parts import Parts
from extractors.keyvalue import value_types
from extractors.keyvalue.candidates import Candidate, Role
from extractors.keyvalue.reading import KeyValueReading
from extractors.keyvalue.value_types import Match
from extractors.keyvalue.vocabulary import Vocabulary
from extractors.layout.page import Page
from extractors.values.amount_in_words import parse_words
from extractors.values.glyphs import fold, squeeze
from extractors.values.money import money_text, parse_money
from extractors.values.party_name import is_company
from extractors.values.period import find_dates
from extractors.values.person_name import is_person

BUSINESS_LICENCE = document_type(
    id="business_licence",
    title="Business licence",
    title_zh="营业执照",
    recognise=Recognise(
        titles=re.compile(r"营业执照"),
        cues=(
            "统一社会信用代码",
            "法定代表人|负责人|经营者|投资人|执行事务合伙人",
            "注册资本|出资额|注册资金",
            "成立日期|注册日期",
            "经营范围",
            "登记机关",
            "营业期限|经营期限",
            "住所|经营场所",
        ),
        never=re.compile(r"保证合同|价税合计|对账单"),
        essential=("经营范围", "统一社会信用代码|注册号", "登记机关|监督管理局|行政审批|工商行政"),
        ends=re.compile(r"(?:执照|副本|正本)$"),
    ),
    vocabulary={
        "uscc": ("统一社会信用代码", "社会信用代码", "注册号", "信用代码"),
        "name": ("名称", "企业名称", "字号名称", "字号", "公司名称", "个体工商户名称"),
        "former_name": ("曾用名", "曾用名称", "原企业名称", "原名称"),
        "kind": ("类型", "组成形式", "企业类型", "主体类型", "公司类型", "经济性质"),
        "legal_representative": (
            "法定代表人",
            "负责人",
            "经营者",
            "投资人",
            "执行事务合伙人",
            "经营者姓名",
            "法定代表人姓名",
        ),
        "registered_capital": (
            "注册资本",
            "出资额",
            "注册资金",
            "出资总额",
            "成员出资总额",
            "资金数额",
        ),
        "established": ("成立日期", "注册日期", "成立时间"),
        "term": ("营业期限", "经营期限", "合伙期限"),
        "address": ("住所", "经营场所", "主要经营场所", "营业场所", "注册地址"),
        "issued": ("核准日期", "发照日期", "登记日期", "发证日期"),
        "other": (
            "经营范围",
            "登记机关",
            "实收资本",
            "副本编号",
            "编号",
            "业务范围",
            "提示",
            "国家企业信用信息公示系统网址",
        ),
    },
    required=("name", "uscc"),
    made_by=Maker.INSTITUTION,
    owner="name",
    system_issued=True,
    relations=(Stated.REPRESENTATIVE,),
)
NAME = BUSINESS_LICENCE.field("name", PARTY, label_zh="名称")
USCC = BUSINESS_LICENCE.field("uscc", TEXT, label_zh="统一社会信用代码")
FORMER_NAME = BUSINESS_LICENCE.field("former_name", TEXT, label_zh="曾用名")
KIND = BUSINESS_LICENCE.field("kind", TEXT, label_zh="类型")
LEGAL_REPRESENTATIVE = BUSINESS_LICENCE.field("legal_representative", PARTY, label_zh="法定代表人")
REGISTERED_CAPITAL = BUSINESS_LICENCE.field("registered_capital", MONEY, label_zh="注册资本")
ESTABLISHED = BUSINESS_LICENCE.field("established", DATE, label_zh="成立日期")
TERM_END = BUSINESS_LICENCE.field("term_end", DATE, label_zh="营业期限至")
ISSUED = BUSINESS_LICENCE.field("issued", DATE, label_zh="发照日期")
ADDRESS = BUSINESS_LICENCE.field("address", TEXT, label_zh="住所")

_VOCABULARY = Vocabulary(BUSINESS_LICENCE.vocabulary)
_CAPITAL = re.compile(
    r"(?:人民币|RMB|¥)?\s*(?P<digits>[\d,]+(?:\.\d+)?)\s*(?P<unit>万|亿)?\s*(?:元|圆)?(?:整|人民币)?"
)
_CAPITAL_WORDS = re.compile(
    r"(?:人民币|RMB|[(]大写[)])*[零壹贰叁肆伍陆柒捌玖拾佰仟万亿一二三四五六七八九十百千]+(?:[.点][零壹贰叁肆伍陆柒捌玖]+万)?[元圆][整正]?"
)
_KIND = re.compile(r"有限|股份|独资|合伙|个体|分公司|集体|个人经营|家庭经营|合作社|全民")
_NO_REGISTRATION_OFFICE = re.compile(r"(?:管理局|审批局|登记机关|监督管理|政府)$")
_OFFICE = -6.0


def _capitals(text: str) -> Iterator[Match]:
    """Yield capital in figures with its unit or in Chinese numerals."""
    folded = fold(text)
    words = _CAPITAL_WORDS.search(folded)
    if words and words.end() - words.start() >= _SHORTEST_WORDS:
        value = parse_words(squeeze(words[0]))
        if value:
            yield Match(money_text(value), words.start(), words.end(), 1.5)
            return
    match = _CAPITAL.search(folded)
    if match and not find_dates(folded) and not re.search(r"[A-Za-z]", folded):
        unit = f"{match['unit']}元" if match["unit"] else ""
        value = parse_money(match["digits"] + unit)
        if value is not None:
            marked = 1.5 if match["unit"] or "元" in folded else -1.5
            yield Match(money_text(value), match.start(), match.end(), marked)


_SHORTEST_WORDS = 3  # characters of an amount in Chinese numerals, 元 included


def _last_days(text: str) -> Iterator[Match]:
    """Yield the day on which a term ends: the second of two, or the one behind 至."""
    found = find_dates(text)
    ends = len(found) >= 2 or (bool(found) and "至" in text[: found[-1][1]])
    if ends:
        day, start, end = found[-1]
        yield Match(day.isoformat(), start, end, 2.0)


def _kinds(text: str) -> Iterator[Match]:
    for match in value_types.texts(text):
        typical = bool(_KIND.search(squeeze(text))) and not is_company(text)
        yield Match(match.value, match.start, match.end, 2.0 if typical else 0.0)


def _persons(text: str) -> Iterator[Match]:
    """Yield names; one that has the form of a person's fits."""
    for match in value_types.names(text):
        fit = _A_PERSON if is_person(match.value) else min(match.fit, 0.0)
        yield Match(match.value, match.start, match.end, fit)


def _addresses(text: str) -> Iterator[Match]:
    """Yield texts; one with a street and a number fits."""
    for match in value_types.texts(text):
        plain = squeeze(match.value)
        fit = _AN_ADDRESS if _ADDRESS.search(plain) and not is_company(plain) else 0.0
        yield Match(match.value, match.start, match.end, fit)


_A_PERSON = 1.5
_AN_ADDRESS = 1.5
_ADDRESS = re.compile(r"(?:路|街|道|巷|弄|村|镇|园区|大厦|广场).{0,12}(?:号|室|幢|栋|层|楼|组)")
# Log-odds that a licence prints it at all: without a known label the likeliest text is kept, in
# doubt.
_PRINTED = 2.0

_ROLES = (
    Role(name="uscc", find=value_types.credit_codes, labels=("uscc",)),
    Role(
        name="legal_representative",
        find=_persons,
        labels=("legal_representative",),
        takes_parts=False,
        expected=_PRINTED,
    ),
    Role(name="former_name", find=value_types.names, labels=("former_name",), takes_parts=False),
    Role(name="kind", find=_kinds, labels=("kind",), takes_parts=False),
    Role(
        name="address",
        find=_addresses,
        labels=("address",),
        takes_parts=False,
        expected=_PRINTED,
    ),
    Role(name="registered_capital", find=_capitals, labels=("registered_capital",)),
    Role(
        name="established",
        find=value_types.dates,
        labels=("established",),
        other_labels=OF_PRINTING,
        expected=_PRINTED,
    ),
    Role(name="term_end", find=_last_days, labels=("term",), takes_parts=False),
)
_NAME_ROLE = Role(name="name", find=value_types.names, labels=("name",), takes_parts=False)


@BUSINESS_LICENCE.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read every printed field of the licence; capital in yuan in figures or numerals."""
    reading = KeyValueReading(pages, _VOCABULARY)
    reading.add(_NAME_ROLE, _name_odds)
    for role in _ROLES:
        reading.add(role)
    issued = Role(
        name="issued", find=value_types.dates, labels=("issued",), other_labels=OF_PRINTING
    )
    reading.add(issued, partial(at_the_end, reading=reading))
    reading.choose()
    parts = Parts()
    put_choice(reading, BUSINESS_LICENCE, parts)
    return parts


def _name_odds(candidate: Candidate) -> float:
    """Return what the text says about a name: the registering office is no licence's holder."""
    plain = squeeze(candidate.piece.text)
    return _OFFICE if _NO_REGISTRATION_OFFICE.search(plain) or "营业执照" in plain else 0.0

"""股东名册 / 股东及出资信息."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from extractors.documents.chosen_values import put_choice
from extractors.documents.declare import PARTY, TEXT, Maker, Recognise, Stated, document_type
from extractors.documents.missing import shareholder_amounts_open, shareholders_incomplete
from extractors.documents.parts import Parts
from extractors.documents.shareholder_grid import Table
from extractors.documents.shareholder_table import (
    adds_up,
    amounts_open,
    find_table,
    has_whole_table,
    holders_of,
    is_register_page,
    totals_agree,
)
from extractors.documents.shareholder_text import holders_in_text
from extractors.keyvalue import value_types
from extractors.keyvalue.candidates import Candidate, Role
from extractors.keyvalue.reading import KeyValueReading
from extractors.keyvalue.value_types import Match
from extractors.keyvalue.vocabulary import Vocabulary
from extractors.layout.page import Page
from extractors.model import Shareholder
from extractors.values.glyphs import fold, squeeze
from extractors.values.party_name import folded_name, is_company


def _has_whole_list(page: Page) -> bool:
    """Return whether names with shares that make a whole stand on a page, in a table or in text."""
    return has_whole_table(page) or adds_up(holders_in_text(page))


SHAREHOLDER_REGISTER = document_type(
    id="shareholder_register",
    title="Shareholder register",
    title_zh="股东名册",
    recognise=Recognise(
        titles=re.compile(
            r"(?:股东|出资人|投资人|发起人|合伙人|成员).{0,6}(?:名册|名录|名单|登记表|登记簿|一览表|明细表)"
            r"|股东及出资|股权结构|股本结构|股权登记|股东信息|股东情况|持股情况|出资情况|出资明细"
            r"|(?:股东|股权|股本|注册资本|出资).{0,2}(?:构成|架构)|股东.{0,4}明细|股东.{0,4}出资(?:表|信息)|认购股份情况"
            r"|股东.{0,4}(?:出资|持股|股权).{0,4}说明"
            r"|(?:公司|企业)?(?:全体)?股东登记信息|认缴出资(?:表|情况|信息)"
        ),
        cues=(
            "持股比例|出资比例|股权比例",
            "认缴|实缴|出资额",
            "股东名称|股东姓名|出资人|发起人|投资人|合伙人|持有人",
            "公司名称|企业名称",
            "统一社会信用代码",
        ),
        never=re.compile(r"保证合同|资产负债表|营业执照|股利|利润分配表|签到表"),
        essential=("股东|出资人|投资人|发起人|合伙人", "比例|出资额|认缴|实缴|股数|股份|占比|金额"),
        ends=re.compile(r"(?:名册|名录|名单|结构|架构|构成|情况|信息|登记|明细|表|册|簿)$"),
        bears=_has_whole_list,
        proves=is_register_page,
    ),
    vocabulary={
        "company": ("公司名称", "企业名称", "单位名称", "名称", "公司全称", "编制单位", "填报单位"),
        "uscc": ("统一社会信用代码", "注册号/统一社会信用代码", "社会信用代码", "信用代码"),
        "legal_representative": ("法定代表人", "法人代表", "法定代表人姓名"),
        "former_name": ("曾用名", "曾用名称", "原公司名称", "原名称"),
        "phone": ("联系电话", "电话", "联系方式", "公司电话"),
        "email": ("电子邮箱", "电子邮件", "邮箱", "E-mail"),
        "address": ("联系地址", "地址", "住所", "注册地址", "公司住所"),
        "other": (
            "注册资本",
            "实收资本",
            "编制日期",
            "填报日期",
            "日期",
            "单位",
            "备注",
            "制表人",
            "经办人",
            "股东名称",
            "股东姓名",
            "股东",
            "出资人",
            "登记机关",
            "公司盖章",
        ),
    },
    required=("company", "shareholders"),
    made_by=Maker.APPLICANT,
    owner="company",
    bears_own_seal=True,
    relations=(Stated.HOLDINGS,),
)
COMPANY = SHAREHOLDER_REGISTER.field("company", PARTY, label_zh="公司名称")
USCC = SHAREHOLDER_REGISTER.field("uscc", TEXT, label_zh="统一社会信用代码")
LEGAL_REPRESENTATIVE = SHAREHOLDER_REGISTER.field(
    "legal_representative", PARTY, label_zh="法定代表人"
)
FORMER_NAME = SHAREHOLDER_REGISTER.field("former_name", TEXT, label_zh="曾用名")
EMAIL = SHAREHOLDER_REGISTER.field("email", TEXT, label_zh="电子邮箱")
PHONE = SHAREHOLDER_REGISTER.field("phone", TEXT, label_zh="联系电话")
ADDRESS = SHAREHOLDER_REGISTER.field("address", TEXT, label_zh="联系地址")

_VOCABULARY = Vocabulary(SHAREHOLDER_REGISTER.vocabulary)
_COMPANY_IN_TITLE = re.compile(
    r"^([\u4e00-\u9fffA-Za-z0-9()（）·]{2,40}?(?:公司|厂|合作社|合伙企业|中心|商行|经营部|事务所|社)"
    r"(?:[(（][\u4e00-\u9fff]{2,6}[)）])?)\s*(?:的)?(?=.{0,10}(?:股东|出资|股权))"
)
_COMPANY_IN_SENTENCE = re.compile(
    r"^([\u4e00-\u9fffA-Za-z0-9()（）·]{2,40}?(?:公司|厂|合作社|合伙企业|中心|商行|经营部|事务所))"
    r"(?=[(（]?(?:统一社会信用代码|以下简称|下称|注册资本|注册号|现有股东|系依法))"
)
_CLAUSE = re.compile(r"^第[一二三四五六七八九十百\d]+[条章款]\s*")  # 第七条 公司注册资本为…
_STAMP = re.compile(r"[(（](?:盖章|公章|签章|章)[)）]\s*$")

# In log-odds, beside the label: 长沙恒达五金制品有限公司股东名册 names its company beyond doubt.
_IN_TITLE = 6.0
_NEXT_TO_TITLE = 4.0
_AT_STAMP = 3.5
_ONLY_COMPANY = 3.5
_IN_TABLE = -6.0  # a shareholder may be a company too
_TITLE_LINES = 3.0  # heights of the title within which its company stands above or below


def _companies(text: str) -> Iterator[Match]:
    titled = _COMPANY_IN_TITLE.match(fold(text)) or _COMPANY_IN_SENTENCE.match(fold(text))
    if titled and not value_types.is_legal_form(_CLAUSE.sub("", titled[1])):
        yield Match(titled[1], titled.start(1), titled.end(1), 2.0)
    else:
        yield from value_types.names(text)


_ROLES = (
    Role(name="uscc", find=value_types.credit_codes, labels=("uscc",)),
    Role(
        name="legal_representative",
        find=value_types.names,
        labels=("legal_representative",),
        takes_parts=False,
    ),
    Role(name="former_name", find=value_types.names, labels=("former_name",), takes_parts=False),
    Role(name="phone", find=value_types.phones, labels=("phone",)),
    Role(name="email", find=value_types.emails, labels=("email",)),
    Role(name="address", find=value_types.texts, labels=("address",), takes_parts=False),
)


@SHAREHOLDER_REGISTER.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read the company and its shareholders with share in percent and amount in yuan."""
    parts = Parts()
    tables = [t for t in (find_table(page) for page in pages) if t is not None]
    reading = KeyValueReading(pages, _VOCABULARY)
    company = Role(name="company", find=_companies, labels=("company",), takes_parts=False)
    reading.add(company, partial(_company_odds, reading=reading, tables=tables))
    for role in _ROLES:
        reading.add(role, partial(_outside, tables=tables))
    reading.choose()
    put_choice(reading, SHAREHOLDER_REGISTER, parts)
    parts.shareholders = tuple(h for table in tables for h in holders_of(table))
    told = tuple(h for page in pages for h in holders_in_text(page))
    if told and not _is_whole(tables, parts.shareholders) and len(told) > len(parts.shareholders):
        parts.shareholders = told
    if parts.shareholders and not _is_whole(tables, parts.shareholders):
        parts.failures.append(shareholders_incomplete(parts.shareholders[-1].page))
    parts.failures += [
        shareholder_amounts_open(table.page.number) for table in tables if amounts_open(table)
    ]
    return parts


def _is_whole(tables: Sequence[Table], holders: Sequence[Shareholder]) -> bool:
    """Return whether shares add up to 100 per cent, or amounts to a printed total."""
    return adds_up(holders) or any(totals_agree(table, holders) for table in tables)


def _outside(candidate: Candidate, *, tables: Sequence[Table]) -> float:
    word = candidate.word
    inside = any(
        table.page is candidate.piece.page and table.top - 2 <= word.mid <= table.bottom + 2
        for table in tables
    )
    return _IN_TABLE if inside else 0.0


def _company_odds(
    candidate: Candidate, *, reading: KeyValueReading, tables: Sequence[Table]
) -> float:
    """Return what the place of a name says about whether the register is its."""
    text = squeeze(candidate.piece.text)
    titles = SHAREHOLDER_REGISTER.recognise.titles
    if titles.search(text):
        named = len(candidate.value) < len(text) - 2
        return _IN_TITLE if named else _IN_TABLE
    odds = _outside(candidate, tables=tables)
    if _STAMP.search(candidate.piece.text):
        odds += _AT_STAMP
    near_title = any(
        titles.search(squeeze(piece.text)) and _close(candidate, piece.word.top, piece.word.bottom)
        for piece in reading.pieces
        if piece.page is candidate.piece.page and len(squeeze(piece.text)) <= 16
    )
    if _is_only_company(candidate, reading, tables):
        odds += _ONLY_COMPANY
    return odds + (_NEXT_TO_TITLE if near_title and is_company(candidate.value) else 0)


def _is_only_company(
    candidate: Candidate, reading: KeyValueReading, tables: Sequence[Table]
) -> bool:
    """Return whether no other company is named outside the table: then the register is its."""
    if not is_company(candidate.value):
        return False
    others = {
        folded_name(piece.text)
        for piece in reading.pieces
        if is_company(piece.text) and not piece.label and ":" not in piece.text
        if not any(
            t.page is piece.page and t.top - 2 <= piece.word.mid <= t.bottom + 2 for t in tables
        )
    }
    return others <= {folded_name(candidate.value)}


def _close(candidate: Candidate, top: float, bottom: float) -> bool:
    word = candidate.word
    gap = max(top - word.bottom, word.top - bottom)
    return gap <= _TITLE_LINES * (bottom - top)

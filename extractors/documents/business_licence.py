"""营业执照."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from extractors.documents.declare import DATE, MONEY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.layout.page import Page
from extractors.values.amount_in_words import parse_words
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.glyphs import squeeze, tidy
from extractors.values.money import money_text, parse_money
from extractors.values.period import find_dates, parse_date

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
    ),
    vocabulary={
        "uscc": ("统一社会信用代码", "社会信用代码", "注册号"),
        "name": ("名称", "企业名称", "字号名称"),
        "former_name": ("曾用名", "曾用名称", "原企业名称", "原名称"),
        "kind": ("类型", "组成形式", "企业类型", "主体类型"),
        "legal_representative": ("法定代表人", "负责人", "经营者", "投资人", "执行事务合伙人"),
        "registered_capital": ("注册资本", "出资额", "注册资金", "出资总额"),
        "established": ("成立日期", "注册日期"),
        "term": ("营业期限", "经营期限", "合伙期限"),
        "address": ("住所", "经营场所", "主要经营场所", "营业场所"),
        "scope": ("经营范围",),
        "authority": ("登记机关",),
        "issued": ("核准日期", "发照日期", "登记日期"),
    },
    required=("name", "uscc"),
    made_by=Maker.INSTITUTION,
    owner="name",
    system_issued=True,
)
NAME = BUSINESS_LICENCE.field("name", TEXT, label_zh="名称")
USCC = BUSINESS_LICENCE.field("uscc", TEXT, label_zh="统一社会信用代码")
FORMER_NAME = BUSINESS_LICENCE.field("former_name", TEXT, label_zh="曾用名")
KIND = BUSINESS_LICENCE.field("kind", TEXT, label_zh="类型")
LEGAL_REPRESENTATIVE = BUSINESS_LICENCE.field("legal_representative", TEXT, label_zh="法定代表人")
REGISTERED_CAPITAL = BUSINESS_LICENCE.field("registered_capital", MONEY, label_zh="注册资本")
ESTABLISHED = BUSINESS_LICENCE.field("established", DATE, label_zh="成立日期")
TERM_END = BUSINESS_LICENCE.field("term_end", DATE, label_zh="营业期限至")
ISSUED = BUSINESS_LICENCE.field("issued", DATE, label_zh="发照日期")
ADDRESS = BUSINESS_LICENCE.field("address", TEXT, label_zh="住所")


@BUSINESS_LICENCE.reader
def read(pages: Sequence[Page]) -> Parts:
    """Every printed field of the licence; capital in yuan whether printed in figures or capitals."""
    parts = Parts()
    for page in pages:
        form = BUSINESS_LICENCE.form(page)
        parts.put(form.field("uscc", _code))
        for key in ("name", "former_name", "kind", "legal_representative", "address"):
            parts.put(form.field(key, _text))
        parts.put(form.field("registered_capital", _capital, money_text))
        parts.put(form.field("established", parse_date, date.isoformat))
        parts.put(form.field("issued", parse_date, date.isoformat))
        parts.put(form.field("term", _last_date, date.isoformat, name="term_end"))
    return parts


def _text(text: str) -> str | None:
    value = tidy(text)
    return value if len(value) >= 2 else None


def _code(text: str) -> str | None:
    match = CREDIT_CODE.search(squeeze(text).upper())
    return match[0] if match else None


def _last_date(text: str) -> date | None:
    found = find_dates(text)
    return (
        found[-1][0]
        if len(found) >= 2 or (found and re.search(r"至", text[: found[-1][1]]))
        else None
    )


def _capital(text: str) -> Decimal | None:
    plain = re.sub(r"人民币|RMB|¥|\(大写\)", "", squeeze(text))
    match = re.match(r"([\d,]+(?:\.\d+)?)(万|亿)?(?:元|圆)?", plain)
    if match:
        return parse_money(match[1] + (match[2] + "元" if match[2] else ""))
    match = re.match(
        r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿一二三四五六七八九十百千]+[元圆][整正]?", plain
    )
    return parse_words(match[0]) if match else None

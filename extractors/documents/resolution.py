"""股东会决议 / 董事会决议: what a company's owners or directors agree to, for whom, and who signed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.documents.declare import DATE, MONEY, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.layout.page import Page
from extractors.layout.running_text import RunningText
from extractors.model import Field
from extractors.values.glyphs import squeeze
from extractors.values.money import money_text, parse_money
from extractors.values.party_name import is_company
from extractors.values.period import find_dates

RESOLUTION = document_type(
    id="resolution",
    title="Resolution",
    title_zh="股东会（董事会）决议",
    recognise=Recognise(
        titles=re.compile(r"(?:股东(?:大)?会|董事会|股东)(?:临时)?(?:会议)?(?:决议|决定)(?:书)?"),
        cues=("同意", "股东|董事", "决议|表决", "会议", "担保|保证|借款|贷款|授信|抵押"),
        never=re.compile(r"资产负债表|价税合计|对账单"),
        essential=("决议", "一致同意|表决权|同意", "股东|董事"),
        continues=True,
        sheets=False,
    ),
    vocabulary={
        "company": ("公司名称", "单位名称", "会议公司", "企业名称"),
        "held": ("会议时间", "召开时间", "会议日期", "日期", "决议日期"),
    },
    required=("beneficiary|amount", "signatories"),
    made_by=Maker.APPLICANT,
    owner="company",
    bears_own_seal=True,
)
COMPANY = RESOLUTION.field("company", PARTY, label_zh="公司名称")
HELD = RESOLUTION.field("held", DATE, label_zh="会议日期")
BODY = RESOLUTION.field("body", TEXT, label_zh="决议机构")
BENEFICIARY = RESOLUTION.field("beneficiary", TEXT, label_zh="被担保人")
AMOUNT = RESOLUTION.field("amount", MONEY, label_zh="金额")
EXPECTED = RESOLUTION.field("expected", MONEY, label_zh="应到人数")
PRESENT = RESOLUTION.field("present", MONEY, label_zh="实到人数")
VOTES = RESOLUTION.field("votes", MONEY, label_zh="表决权比例（%）")
RECUSED = RESOLUTION.field("recused", TEXT, label_zh="回避表决")
SIGNATORIES = RESOLUTION.field("signatories", TEXT, label_zh="签字人")

_NAME = r"[\u4e00-\u9fffA-Za-z0-9·()（）]{2,40}?"
_BENEFICIARY = re.compile(
    rf"(?:同意)?(?:由)?(?:本|我)?(?:公司)?(?:以[^，。,;；]{{2,30}})?为(?P<name>{_NAME})(?:向|在|于|与|从|的|办理|申请|借款|贷款)[^。；;]{{0,80}}?(?:担保|保证|抵押|质押)"
)
_PLAIN_BENEFICIARY = re.compile(
    r"(?:被担保人|债务人|借款人)(?:为|是|[:：])\s*(?P<name>" + _NAME + r")(?=[，。,;；\s(（]|$)"
)
_AMOUNT = re.compile(
    r"(?:人民币|￥|¥|金额|借款|贷款|授信|本金)[^\d。;；]{0,24}(?P<money>\d[\d,，]*(?:\.\d+)?\s*(?:亿|万)?元?)"
)
_EXPECTED = re.compile(r"应(?:到|出席|参会)[^\d，。,]{0,8}(\d{1,3})\s*[人名位个]")
_PRESENT = re.compile(r"(?:实(?:到|际到会|际出席)|出席会议)[^\d，。,]{0,8}(\d{1,3})\s*[人名位个]")
_VOTES = re.compile(
    r"(?:表决权|股权|股份)[^\d。]{0,10}?(\d{1,3}(?:\.\d+)?)\s*%|(\d{1,3}(?:\.\d+)?)\s*%[^\d。]{0,6}(?:的)?(?:表决权|股权|股份)"
)
_RECUSED = re.compile(
    r"(?:股东)?(?P<name>[\u4e00-\u9fff()（）]{2,30}?)(?:已)?(?:依法)?(?:回避|未参加表决|不参加表决|未参与表决)"
)
_SIGNED = re.compile(
    r"(?:全体|与会|出席会议)?(?:的)?(?:股东|董事)(?:会成员)?\s*[(（]?\s*(?:签字|签章|签名|盖章|签署)[^:：\n]{0,8}[:：]\s*(?P<names>[^\n。]{2,120})"
)
_BODY = re.compile(r"股东(?:大)?会|董事会|全体股东|股东")
_HEAD = re.compile(
    r"(?P<name>[\u4e00-\u9fffA-Za-z0-9·()（）]{4,40}?(?:公司|厂|合作社))(?:于|第|[\s]*(?:临时)?(?:股东|董事)|\d{4}年)"
)
_ROLE = re.compile(r"^(?:本公司|公司)?的?(?:股东|法定代表人|实际控制人|控股股东)(?=.{2})")
_SURE = 0.93


@RESOLUTION.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read company, day, body, whom it is for, amount, quorum and signatures."""
    parts = Parts()
    forms = [RESOLUTION.form(page) for page in pages]
    for form in forms:
        parts.put(form.field("company", _company))
    text = RunningText(forms)
    for field in _found(text):
        parts.put(field)
    _put_signatories(text, parts)
    return parts


def _company(text: str) -> str | None:
    plain = squeeze(text)
    return plain if is_company(plain) else None


def _found(text: RunningText) -> Iterator[Field | None]:
    """Every field that a sentence tells."""
    body = text.text
    if head := _HEAD.search(body):
        yield text.field("company", head["name"], head.start("name"), head.end("name"), _SURE)
    for day, start, end in find_dates(body)[:1]:
        yield text.field("held", day.isoformat(), start, end, _SURE)
    if organ := _BODY.search(body):
        yield text.field("body", organ[0], organ.start(), organ.end(), _SURE)
    for pattern in (_BENEFICIARY, _PLAIN_BENEFICIARY):
        if who := pattern.search(body):
            name = _ROLE.sub("", squeeze(who["name"]))
            yield text.field("beneficiary", name, who.start("name"), who.end("name"), _SURE)
    if money := _AMOUNT.search(body):
        value = parse_money(money["money"])
        if value is not None:
            span = (money.start("money"), money.end("money"))
            yield text.field("amount", money_text(value), *span, _SURE)
    yield from _counts(text)


def _counts(text: RunningText) -> Iterator[Field]:
    """People asked and present, their share of votes, and who did not vote."""
    for name, pattern in (("expected", _EXPECTED), ("present", _PRESENT), ("votes", _VOTES)):
        if match := pattern.search(text.text):
            group = next(n for n in range(1, 1 + (pattern.groups)) if match[n])
            yield text.field(name, match[group], match.start(group), match.end(group), _SURE)
    if match := _RECUSED.search(text.text):
        yield text.field("recused", squeeze(match["name"]), match.start(), match.end(), _SURE)


def _put_signatories(text: RunningText, parts: Parts) -> None:
    """Keep each name at a place for signatures; several lines of names belong together."""
    people: list[Field] = []
    for match in _SIGNED.finditer(text.text):
        at = match.start("names")
        for name in re.finditer(r"[\u4e00-\u9fff·()（）]{2,40}", match["names"]):
            people.append(
                text.field("signatory", name[0], at + name.start(), at + name.end(), _SURE)
            )
    if people:
        parts.parties["signatory"] = tuple(people)
        first = people[0]
        names = "、".join(p.value for p in people)
        parts.put(Field(name="signatories", value=names, raw=names, confidence=_SURE, at=first.at))

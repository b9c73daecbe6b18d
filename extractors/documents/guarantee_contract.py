"""保证合同 / 最高额保证合同 / 担保函: parties with roles from free text, amount, mode, periods.

Law: 民法典 681-702 (mode 686, period 692), 最高人民法院担保制度解释.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from extractors.documents.chosen_values import OF_PRINTING, at_the_end, put_choice
from extractors.documents.contract_amount import guaranteed_amount, principal_of
from extractors.documents.contract_contacts import put_contacts
from extractors.documents.contract_language import ROLE_WORDS
from extractors.documents.contract_party_fields import put_parties
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
from extractors.documents.ties import figures_and_words
from extractors.keyvalue import value_types
from extractors.keyvalue.candidates import Candidate, Role
from extractors.keyvalue.pieces import line_before
from extractors.keyvalue.reading import KeyValueReading
from extractors.keyvalue.value_types import Match
from extractors.keyvalue.vocabulary import Vocabulary
from extractors.layout.page import Page
from extractors.layout.running_text import RunningText
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.glyphs import squeeze
from extractors.values.money import money_text
from extractors.values.party_name import is_company
from extractors.values.period import find_dates

GUARANTEE_CONTRACT = document_type(
    id="guarantee_contract",
    title="Guarantee contract",
    title_zh="保证合同",
    recognise=Recognise(
        titles=re.compile(
            r"保证(?:担保)?合同|担保合同|保证(?:担保)?书|担保书|担保函|保证函|联保协议|(?:担保|保证)协议|保证承诺函"
            r"|(?:保证|担保)(?:责任)?承诺书|反担保(?:保证)?合同"
        ),
        cues=(
            "债权人",
            "保证人|担保人",
            "债务人|借款人",
            "连带责任|一般保证|保证方式",
            "主合同|借款合同|授信",
            "本金|最高额|债权数额",
            "保证期间",
            "甲方|乙方",
        ),
        never=re.compile(r"资产负债表|价税合计"),
        essential=(
            "保证人|担保人",
            "债权人|甲方|贷款人|银行|致",
            "连带责任|一般保证|保证方式|保证期间",
            "主合同|主债权|担保范围|保证范围|被保证|被担保",
        ),
        ends=re.compile(r"(?:合同书?|协议书?|担保书|保证书|担保函|保证函|承诺[函书])$"),
        sheets=False,
        continues=True,
    ),
    vocabulary={
        "contract_number": (
            "合同编号",
            "保证合同编号",
            "担保合同编号",
            "最高额保证合同编号",
            "编号",
            "合同号",
            "协议编号",
            "Contract No",
        ),
        "signed": (
            "签订日期",
            "签署日期",
            "签约日期",
            "合同签订日期",
            "合同签订日",
            "签订日",
            "签约日",
            "签署日",
            "签订时间",
            "日期",
        ),
        "creditor": (*ROLE_WORDS["creditor"], "债权人名称", "债权人(甲方)", "甲方(债权人)"),
        "debtor": (
            *ROLE_WORDS["debtor"],
            "债务人名称",
            "借款人名称",
            "主债务人名称",
            "被担保人名称",
        ),
        "guarantor": (
            *ROLE_WORDS["guarantor"],
            "保证人名称",
            "担保人名称",
            "保证人(乙方)",
            "乙方(保证人)",
            "保证人姓名",
            "保证人名称/姓名",
        ),
        "name": ("名称", "全称", "公司名称", "单位名称", "姓名", "企业名称"),
        "other": (
            "签订地点",
            "签署地点",
            "统一社会信用代码",
            "主合同编号",
            "借款合同编号",
            "授信合同编号",
            "主合同号",
            "借款合同号",
            "综合授信合同编号",
            "住所",
            "地址",
            "法定代表人",
            "负责人",
            "电话",
            "传真",
            "邮政编码",
            "开户行",
            "账号",
            "证件号码",
            "身份证号码",
            "证件类型",
            "担保金额",
            "保证方式",
            "保证期间",
        ),
    },
    required=("guarantor", "debtor", "amount"),
    made_by=Maker.PARTIES,
    ties=figures_and_words,
    relations=(Stated.GUARANTEES,),
)
CONTRACT_NUMBER = GUARANTEE_CONTRACT.field("contract_number", TEXT, label_zh="合同编号")
CREDITOR = GUARANTEE_CONTRACT.field("creditor", PARTY, label_zh="债权人")
DEBTOR = GUARANTEE_CONTRACT.field("debtor", PARTY, label_zh="债务人")
GUARANTOR = GUARANTEE_CONTRACT.field("guarantor", PARTY, label_zh="保证人")
AMOUNT = GUARANTEE_CONTRACT.field("amount", MONEY, label_zh="担保金额（小写）")
AMOUNT_WORDS = GUARANTEE_CONTRACT.field("amount_words", MONEY, label_zh="担保金额（大写）")
PRINCIPAL = GUARANTEE_CONTRACT.field("principal", MONEY, label_zh="主债权本金")
MODE = GUARANTEE_CONTRACT.field("mode", TEXT, label_zh="保证方式")
MAXIMUM = GUARANTEE_CONTRACT.field("maximum", TEXT, label_zh="最高额保证")
CLAIM_PERIOD = GUARANTEE_CONTRACT.field("claim_period", TEXT, label_zh="债权确定期间")
GUARANTEE_PERIOD = GUARANTEE_CONTRACT.field("guarantee_period", TEXT, label_zh="保证期间")
SIGNED = GUARANTEE_CONTRACT.field("signed", DATE, label_zh="签订日期")
GUARANTOR_CODE = GUARANTEE_CONTRACT.field("guarantor_uscc", TEXT, label_zh="保证人信用代码")
GUARANTOR_SIGNED = GUARANTEE_CONTRACT.field("guarantor_signed", TEXT, label_zh="保证人（签章处）")
GUARANTOR_ADDRESS = GUARANTEE_CONTRACT.field("guarantor_address", TEXT, label_zh="保证人地址")
GUARANTOR_PHONE = GUARANTEE_CONTRACT.field("guarantor_phone", TEXT, label_zh="保证人电话")
GUARANTOR_EMAIL = GUARANTEE_CONTRACT.field("guarantor_email", TEXT, label_zh="保证人电子邮箱")
GUARANTOR_ACCOUNT = GUARANTEE_CONTRACT.field("guarantor_account", TEXT, label_zh="保证人账号")
DEBTOR_ADDRESS = GUARANTEE_CONTRACT.field("debtor_address", TEXT, label_zh="债务人地址")
DEBTOR_PHONE = GUARANTEE_CONTRACT.field("debtor_phone", TEXT, label_zh="债务人电话")
DEBTOR_EMAIL = GUARANTEE_CONTRACT.field("debtor_email", TEXT, label_zh="债务人电子邮箱")
DEBTOR_ACCOUNT = GUARANTEE_CONTRACT.field("debtor_account", TEXT, label_zh="债务人账号")

_SIGNATURE = re.compile(
    r"(保证人|担保人|[甲乙丙丁]方)[ \t]*[(（]?(?:[甲乙丙丁]方)?[)）]?[ \t]*[(（]?[ \t]*(?:盖章|公章|签章|签字|签名|盖公章)[^:：\n()（）]{0,8}[)）]?[ \t]*[:：][ \t]*"
    r"([\u4e00-\u9fffA-Za-z0-9·()（）]{2,40}?(?:公司|厂|合作社|商行|经营部|事务所|中心|合伙[)）]))"
)
_SIDE_OF_GUARANTOR = re.compile(
    r"(?:保证人|担保人)[ \t]*[(（][^()（）\n]{0,6}?([甲乙丙丁]方)[)）]|([甲乙丙丁]方)[ \t]*[(（][^()（）\n]{0,6}?(?:保证人|担保人)[)）]"
)


_VOCABULARY = Vocabulary(GUARANTEE_CONTRACT.vocabulary)
_CONTRACT_NUMBER = re.compile(
    r"(?=[^:：]{0,30}\d)[A-Za-z0-9\u4e00-\u9fff()（）〔〕\[\]【】第号字-]{4,40}"
)
_OTHER_CONTRACT = re.compile(
    r"(?:借款|授信|贷款|主|融资|抵押|质押|承兑)[^()（）:：]{0,8}合同[》”\"]?\s*[(（]?\s*$"
)
_THIS_CONTRACT = re.compile(r"本(?:合同|协议|担保书|保证书|函)[^。;]{0,20}(?:于|自)\s*$")
_IS_SIGNED = re.compile(r"\s*(?:在[^。;]{2,20})?(?:由[^。;]{2,20})?(?:签订|签署|订立)")
_IN_SENTENCE = 5.0
_OF_OTHER_CONTRACT = -6.0
_NEAR_TOP = 1.5
_TOP = 0.25  # share of the first page in which a contract bears its own number


@GUARANTEE_CONTRACT.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read parties by role, amount in both writings, mode, periods, date and number."""
    parts = Parts()
    reading = KeyValueReading(pages, _VOCABULARY)
    number = Role(name="contract_number", find=_contract_numbers, labels=("contract_number",))
    reading.add(number, partial(_number_odds, first=pages[0]))
    signed = Role(
        name="signed", find=value_types.dates, labels=("signed",), other_labels=OF_PRINTING
    )
    reading.add(signed, partial(_signed_odds, reading=reading))
    reading.choose()
    put_choice(reading, GUARANTEE_CONTRACT, parts)
    text = RunningText([GUARANTEE_CONTRACT.form(page) for page in pages])
    put_parties(text, reading, parts)
    _signature(text, parts)
    _amounts(text, parts)
    _terms(text, parts)
    put_contacts(text, parts)
    return parts


def _signed_odds(candidate: Candidate, *, reading: KeyValueReading) -> float:
    """Return what the place of a date says: below all else, or in 本合同于 … 签订."""
    piece = candidate.piece
    before, behind = piece.text[: candidate.start], piece.text[candidate.end :]
    if _THIS_CONTRACT.search(before) and _IS_SIGNED.match(behind):
        return _IN_SENTENCE
    return at_the_end(candidate, reading=reading)


def _contract_numbers(text: str) -> Iterator[Match]:
    """Yield the number of a contract, Chinese characters and brackets included."""
    plain = squeeze(text)
    match = _CONTRACT_NUMBER.match(plain)
    if match and not find_dates(plain) and not is_company(plain):
        closed = match[0].count(")") - match[0].count("(")
        value = match[0].rstrip(")") if closed > 0 else match[0]
        yield Match(value, 0, len(text), 1.5)


def _number_odds(candidate: Candidate, *, first: Page) -> float:
    """Return what the place of a number says: at the top it is the contract's own."""
    piece = candidate.piece
    odds = _NEAR_TOP if piece.page is first and piece.word.mid < _TOP * first.height else 0.0
    label = max(candidate.links, key=lambda each: each.strength, default=None)
    line = label.label if label else piece
    before = line_before(line)
    if _OTHER_CONTRACT.search(before):
        odds += _OF_OTHER_CONTRACT
    return odds


def _signature(text: RunningText, parts: Parts) -> None:
    """The name at the guarantor's seal, and the credit code printed under the guarantor's name;
    both only where there is one guarantor's side.
    """
    sides = {first or second for first, second in _SIDE_OF_GUARANTOR.findall(text.text)}
    signed = [
        each
        for each in _SIGNATURE.finditer(text.text)
        if each[1] in ("保证人", "担保人") or each[1] in sides
    ]
    if len(sides) <= 1 and len(signed) == 1:
        parts.put(
            text.field("guarantor_signed", signed[0][2], signed[0].start(2), signed[0].end(2), 0.96)
        )
    heads = [each for each in re.finditer(r"(?:保证人|担保人)[^\n:：]{0,8}[:：]", text.text)]
    if heads and len(parts.parties.get("guarantor", ())) == 1:
        after = text.text[heads[0].end() : heads[0].end() + 160]
        until = re.search(r"债权人|债务人|借款人|[甲丙丁]方", after)
        code = CREDIT_CODE.search(after[: until.start() if until else len(after)])
        if code:
            start = heads[0].end() + code.start()
            parts.put(
                text.field("guarantor_uscc", code[0].upper(), start, start + len(code[0]), 0.97)
            )


def _amounts(text: RunningText, parts: Parts) -> None:
    """Put the guaranteed amount in figures and in words, and the principal of the main contract."""
    found = guaranteed_amount(text.text)
    if found is not None:
        sure = found.confidence
        figure, words = found.said.figure, found.said.words
        if words is not None:
            value = money_text(words.value)
            parts.put(text.field("amount_words", value, words.start, words.end, sure))
        span = figure or words
        assert span is not None
        parts.put(text.field("amount", money_text(span.value), span.start, span.end, sure))
    principal = principal_of(text.text)
    if principal is not None:
        value = money_text(principal.value)
        parts.put(text.field("principal", value, principal.start, principal.end, _PRINCIPAL))


_PRINCIPAL = 0.9
_CLAIM_PERIOD = re.compile(
    r"债权确定期间[^。;\n]{0,80}|(?:发生期间|授信期间)[^。;\n]{0,80}"
    r"|[自于从][^。;\n]{6,40}?至[^。;\n]{6,30}?期间(?=[^。;]{0,60}(?:债权|授信|最高|余额))"
)


def _terms(text: RunningText, parts: Parts) -> None:
    body = text.text
    mode = re.search(r"连带(?:共同)?(?:责任)?(?:的)?(?:保证|担保)|连带责任|连带清偿责任", body)
    general = re.search(r"一般保证", body)
    chosen = mode or general
    if chosen:
        parts.put(
            text.field(
                "mode", "连带责任保证" if mode else "一般保证", chosen.start(), chosen.end(), 0.96
            )
        )
    if maximum := re.search(r"最高额", body):
        parts.put(text.field("maximum", "是", maximum.start(), maximum.end(), 0.97))
    for claim in _CLAIM_PERIOD.finditer(body):
        dates = find_dates(claim[0])
        if len(dates) >= 2:
            value = f"{dates[0][0].isoformat()}/{dates[1][0].isoformat()}"
            parts.put(text.field("claim_period", value, claim.start(), claim.end(), 0.96))
            break
    if period := re.search(r"保证期间[::为](?!按)[^。;\n]{2,80}", body):
        parts.put(
            text.field(
                "guarantee_period", period[0][5:].strip(" :为"), period.start(), period.end(), 0.95
            )
        )

"""保证合同 / 最高额保证合同 / 担保函: parties with roles from free text, amount, mode, periods.

Law: 民法典 681-702 (mode 686, period 692), 最高人民法院担保制度解释.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extractors.documents.contract_contacts import put_contacts
from extractors.documents.contract_parties import Party, parties_in
from extractors.documents.declare import DATE, MONEY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.documents.ties import figures_and_words
from extractors.layout.page import Page
from extractors.layout.running_text import RunningText
from extractors.values.amount_in_words import FIND as WORDS
from extractors.values.amount_in_words import parse_words
from extractors.values.credit_code import FIND as CREDIT_CODE
from extractors.values.glyphs import squeeze
from extractors.values.money import FIND as FIGURES
from extractors.values.money import money_text, parse_money
from extractors.values.period import find_dates, parse_date

GUARANTEE_CONTRACT = document_type(
    id="guarantee_contract",
    title="Guarantee contract",
    title_zh="保证合同",
    recognise=Recognise(
        titles=re.compile(
            r"保证(?:担保)?合同|担保合同|保证担保书|担保函|保证函|联保协议|担保协议|保证承诺函"
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
        continues=True,
    ),
    vocabulary={
        "contract_number": ("合同编号", "编号", "合同号", "保证合同编号", "协议编号"),
        "signed": ("签订日期", "签署日期", "签约日期", "合同签订日期", "签订时间", "日期"),
        "place": ("签订地点", "签署地点"),
        "uscc": ("统一社会信用代码",),
    },
    required=("guarantor", "debtor", "amount"),
    made_by=Maker.PARTIES,
    ties=figures_and_words,
)
CONTRACT_NUMBER = GUARANTEE_CONTRACT.field("contract_number", TEXT, label_zh="合同编号")
CREDITOR = GUARANTEE_CONTRACT.field("creditor", TEXT, label_zh="债权人")
DEBTOR = GUARANTEE_CONTRACT.field("debtor", TEXT, label_zh="债务人")
GUARANTOR = GUARANTEE_CONTRACT.field("guarantor", TEXT, label_zh="保证人")
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


@GUARANTEE_CONTRACT.reader
def read(pages: Sequence[Page]) -> Parts:
    """Parties by role, amount in both writings, mode, periods, date and number."""
    parts = Parts()
    forms = [GUARANTEE_CONTRACT.form(page) for page in pages]
    for form in forms:
        parts.put(
            form.field(
                "contract_number",
                lambda t: (
                    m[0]
                    if (
                        m := re.match(
                            r"[A-Za-z0-9\u4e00-\u9fff()〔〕\[\]第号字-]{4,40}", squeeze(t)
                        )
                    )
                    else None
                ),
            )
        )
        parts.put(form.field("signed", parse_date, date.isoformat))
    text = RunningText(forms)
    _parties(text, parts)
    _signature(text, parts)
    _amounts(text, parts)
    _terms(text, parts)
    put_contacts(text, parts)
    return parts


def _parties(text: RunningText, parts: Parts) -> None:
    found = parties_in(text.text)
    for role in ("creditor", "debtor", "guarantor"):
        named: dict[str, Party] = {}
        for party in found:
            if party.role == role:
                named.setdefault(squeeze(party.name), party)
        fields = tuple(
            text.field(role, p.name, p.start, p.end, p.confidence) for p in named.values()
        )
        if fields:
            parts.put(fields[0])
            parts.parties[role] = fields


def _signature(text: RunningText, parts: Parts) -> None:
    """The name at the guarantor's seal, and the credit code printed under the guarantor's name; both only where there is one guarantor's side."""
    sides = {a or b for a, b in _SIDE_OF_GUARANTOR.findall(text.text)}
    signed = [
        m for m in _SIGNATURE.finditer(text.text) if m[1] in ("保证人", "担保人") or m[1] in sides
    ]
    if len(sides) <= 1 and len(signed) == 1:
        parts.put(
            text.field("guarantor_signed", signed[0][2], signed[0].start(2), signed[0].end(2), 0.96)
        )
    heads = [m for m in re.finditer(r"(?:保证人|担保人)[^\n:：]{0,8}[:：]", text.text)]
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
    """The guaranteed amount: the first amount in a sentence about principal, ceiling or guaranteed debt."""
    body = text.text
    for match in re.finditer(
        r"(?:最高(?:本金)?(?:数额|限额|余额|额)|主债权|本金(?:数额|金额)?|担保(?:的)?(?:金额|数额|债权)|借款金额|债权(?:数额|金额|本金))",
        body,
    ):
        window = body[match.start() : match.start() + 160]
        words, figure = WORDS.search(window), _figure(window)
        value = parse_words(words[0]) if words else None
        if figure is None and value is None:
            continue
        if words and value is not None:
            parts.put(
                text.field(
                    "amount_words",
                    money_text(value),
                    match.start() + words.start(),
                    match.start() + words.end(),
                    0.98,
                )
            )
        if figure is not None:
            parts.put(
                text.field(
                    "amount",
                    money_text(figure[0]),
                    match.start() + figure[1],
                    match.start() + figure[2],
                    0.98,
                )
            )
        elif value is not None and words:
            parts.put(
                text.field(
                    "amount",
                    money_text(value),
                    match.start() + words.start(),
                    match.start() + words.end(),
                    0.97,
                )
            )
        break
    principal = re.search(
        r"(?:主合同|借款合同)[^。\n]{0,40}?(?:借款|贷款)?(?:本金|金额)[^。\n]{0,30}?[¥]?([\d,]+(?:\.\d+)?)(万元|元)",
        body,
    )
    if principal:
        value = parse_money(principal[1] + principal[2])
        if value is not None:
            parts.put(
                text.field(
                    "principal", money_text(value), principal.start(1), principal.end(2), 0.9
                )
            )


def _figure(window: str):  # type: ignore[no-untyped-def]
    for match in FIGURES.finditer(window):
        tail = re.match(r"\s*(亿元|万元|万|元)?", window[match.end() :])
        marked = (
            match[0].lstrip().startswith(("¥", "RMB", "CNY"))
            or "," in match[0]
            or "." in match[0]
            or (tail and tail[1])
        )
        if not marked:
            continue
        value = parse_money(match[0].replace(" ", "") + (tail[1] if tail and tail[1] else ""))
        if value is not None and value > 0:
            return value, match.start(), match.end() + (tail.end() if tail else 0)
    return None


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
    if claim := re.search(r"债权确定期间[^。;\n]{0,80}|(?:发生期间|授信期间)[^。;\n]{0,80}", body):
        dates = find_dates(claim[0])
        if len(dates) >= 2:
            value = f"{dates[0][0].isoformat()}/{dates[1][0].isoformat()}"
            parts.put(text.field("claim_period", value, claim.start(), claim.end(), 0.96))
    if period := re.search(r"保证期间[::为](?!按)[^。;\n]{2,80}", body):
        parts.put(
            text.field(
                "guarantee_period", period[0][5:].strip(" :为"), period.start(), period.end(), 0.95
            )
        )

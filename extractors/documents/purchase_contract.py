"""购销合同 / 买卖合同: who sells to whom, for how much, and when it was signed.

Law: 民法典 595-647 (买卖合同). Forms: 工业品买卖合同 GF-2000-0101 and the forms that companies use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

from extractors.documents.chosen_values import at_the_end, put_choice
from extractors.documents.declare import DATE, MONEY, PARTY, TEXT, Maker, Recognise, document_type
from extractors.documents.parts import Parts
from extractors.documents.ties import figures_and_words
from extractors.keyvalue import value_types
from extractors.keyvalue.candidates import Candidate, Role
from extractors.keyvalue.reading import KeyValueReading
from extractors.keyvalue.value_types import Match
from extractors.keyvalue.vocabulary import Vocabulary
from extractors.layout.page import Page
from extractors.values.glyphs import fold, squeeze
from extractors.values.party_name import is_company

_BUYER = ("需方", "买方", "购方", "购货方", "购货单位", "买受人", "采购方", "订货方", "购买方")
_SELLER = ("供方", "卖方", "销方", "供货方", "供货单位", "出卖人", "销售方", "供应商", "供应方")


def _with_sides(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words for a party, also with the side that the form gives it."""
    forms = list(words)
    for word in words:
        forms.append(f"{word}名称")
        for side in ("甲方", "乙方"):
            forms += [f"{word}({side})", f"{side}({word})"]
    return tuple(forms)


PURCHASE_CONTRACT = document_type(
    id="purchase_contract",
    title="Purchase contract",
    title_zh="购销合同",
    recognise=Recognise(
        titles=re.compile(
            r"(?:[\u4e00-\u9fff]{0,8})?(?:购销|买卖|销售|采购|供货|供应|订货|供销|购货|购买)(?:框架|战略)?(?:合同|协议)书?"
        ),
        cues=(
            "供方|卖方|出卖人|销货|销方",
            "需方|买方|买受人|购货|购方",
            "质量标准|质量要求|技术标准",
            "交货|交付|提货",
            "验收",
            "违约责任|违约",
            "规格|型号",
            "单价",
            "数量",
            "合计|总价|总金额|合同金额",
            "签订地点|签订日期|签订时间",
            "结算方式|付款方式",
            "甲方",
            "乙方",
        ),
        never=re.compile(r"资产负债表|价税合计|保证期间|商品房买卖|股权转让"),
        essential=(
            "供方|卖方|出卖人|供货",
            "需方|买方|买受人|购货",
            "合同",
            "单价",
            "交货|交付",
        ),
        ends=re.compile(r"(?:合同书?|协议书?)$"),
        sheets=False,
        continues=True,
    ),
    vocabulary={
        "contract_number": ("合同编号", "合同号", "编号", "协议编号", "订单编号", "Contract No"),
        "signed": ("签订日期", "签订时间", "签约日期", "签署日期", "合同签订日期", "日期"),
        "buyer_name": _with_sides(_BUYER),
        "seller_name": _with_sides(_SELLER),
        "amount": (
            "合同金额",
            "合同总金额",
            "合同总价",
            "合同总价款",
            "货款总额",
            "总金额",
            "总价",
            "合计",
            "总计",
            "合计金额",
            "小写",
        ),
        "amount_words": (
            "合计人民币金额(大写)",
            "合计人民币(大写)",
            "合计(大写)",
            "金额大写",
            "大写",
            "总金额(大写)",
        ),
        "other": (
            "签订地点",
            "交货地点",
            "交货时间",
            "交货期限",
            "产品名称",
            "规格型号",
            "单位",
            "数量",
            "单价",
            "金额",
            "备注",
            "户名",
            "开户银行",
            "账号",
            "税号",
            "地址",
            "电话",
            "传真",
            "法定代表人",
            "委托代理人",
            "统一社会信用代码",
        ),
    },
    required=("buyer_name", "seller_name", "amount|amount_words"),
    made_by=Maker.PARTIES,
    ties=figures_and_words,
)
CONTRACT_NUMBER = PURCHASE_CONTRACT.field("contract_number", TEXT, label_zh="合同编号")
BUYER_NAME = PURCHASE_CONTRACT.field("buyer_name", PARTY, label_zh="买方")
SELLER_NAME = PURCHASE_CONTRACT.field("seller_name", PARTY, label_zh="卖方")
AMOUNT = PURCHASE_CONTRACT.field("amount", MONEY, label_zh="合同金额（小写）")
AMOUNT_WORDS = PURCHASE_CONTRACT.field("amount_words", MONEY, label_zh="合同金额（大写）")
SIGNED = PURCHASE_CONTRACT.field("signed", DATE, label_zh="签订日期")

_VOCABULARY = Vocabulary(PURCHASE_CONTRACT.vocabulary)
_CONTRACT_NUMBER = re.compile(r"(?=[^:：]{0,30}\d)[A-Za-z0-9\u4e00-\u9fff()〔〕\[\]第号字-]{4,30}")
_DEFINITION = re.compile(r"[,，(（]?\s*(?:以下|下)(?:简称|称)[^)）]*[)）]?\s*$")
_NO_PARTY = -4.0  # a contract of sale names companies; a person is one side at most
_SAME_VALUE = -8.0  # nobody buys from himself
_WORDS_AGREE = 3.0


def _parties(text: str) -> Iterator[Match]:
    """Yield a party's name without what it is called hereafter: 甲公司(以下简称甲方)."""
    folded = fold(text)
    name = _DEFINITION.sub("", folded)
    for match in value_types.names(name):
        yield Match(match.value, 0, len(name), match.fit)


def _contract_numbers(text: str) -> Iterator[Match]:
    """Yield the number of a contract, Chinese characters and brackets included."""
    plain = squeeze(text)
    match = _CONTRACT_NUMBER.fullmatch(plain)
    if match and not is_company(plain):
        yield Match(match[0], 0, len(text), 1.0)


_ROLES = (
    Role(name="contract_number", find=_contract_numbers, labels=("contract_number",)),
    Role(name="amount", find=value_types.amounts, labels=("amount", "amount_words")),
    Role(name="amount_words", find=value_types.words_amounts, labels=("amount_words", "amount")),
)
_SIDES = (
    Role(name="buyer_name", find=_parties, labels=("buyer_name",), takes_parts=False),
    Role(name="seller_name", find=_parties, labels=("seller_name",), takes_parts=False),
)


@PURCHASE_CONTRACT.reader
def read(pages: Sequence[Page]) -> Parts:
    """Read both parties, the amount in both writings, the number and the day of signing."""
    reading = KeyValueReading(pages, _VOCABULARY)
    for role in _ROLES:
        reading.add(role)
    for side in _SIDES:
        reading.add(side, _party_odds)
    signed = Role(name="signed", find=value_types.dates, labels=("signed",))
    reading.add(signed, partial(at_the_end, reading=reading))
    reading.choose(
        {("buyer_name", "seller_name"): _two_parties, ("amount", "amount_words"): _same_amount}
    )
    parts = Parts()
    put_choice(reading, PURCHASE_CONTRACT, parts)
    return parts


def _party_odds(candidate: Candidate) -> float:
    return 0.0 if is_company(squeeze(candidate.value)) else _NO_PARTY


def _two_parties(buyer: Candidate, seller: Candidate) -> float:
    return _SAME_VALUE if squeeze(buyer.value) == squeeze(seller.value) else 0.0


def _same_amount(figures: Candidate, words: Candidate) -> float:
    return _WORDS_AGREE if figures.value == words.value else 0.0

"""The guaranteed amount in both writings, against the principal, and the terms that the law asks
for.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.guarantee_contract import (
    AMOUNT,
    AMOUNT_WORDS,
    CLAIM_PERIOD,
    GUARANTEE_CONTRACT,
    MAXIMUM,
    MODE,
    PRINCIPAL,
)
from extractors.model import Document
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="ARI22",
    title="Guarantee amount and terms hold together",
    title_zh="保证合同金额与要素",
    severity="medium",
    group="guarantee_contract",
    reads=(GUARANTEE_CONTRACT,),
    zh=Page(
        why="主债权金额大小写应一致；单笔保证不应超过主债权；最高额保证须有债权确定期间；未约定保证方式的按一般保证（民法典第六百八十六条）。",
        example="大写 伍拾万圆整，小写 ¥5,000,000.00。",
        innocent="最高额保证可以超过单笔借款；补充协议另行约定。",
        ask="合同金额大小写不一致以哪个为准？是否有补充协议？",
        paper="合同原件及补充协议",
    ),
    en=Page(
        why=(
            "Capitals and figures agree; a single guarantee does not exceed the debt; a "
            "maximum-amount guarantee needs its period; without a stated mode it is a "
            "general guarantee (Civil Code 686)."
        ),
        example="500,000 in capitals, 5,000,000.00 in figures.",
        innocent=(
            "A maximum-amount guarantee may exceed one loan; a supplement may set other terms."
        ),
        ask="Which amount holds, and is there a supplement?",
        paper="The original contract and its supplements",
    ),
)
def guarantee_amount(case: RuleView) -> Iterator[Result]:
    for contract in case.papers(GUARANTEE_CONTRACT):
        words, amount, principal = (
            case.get(s, contract) for s in (AMOUNT_WORDS, AMOUNT, PRINCIPAL)
        )
        if words is None or amount is None:
            yield NotChecked(
                BilingualText("未读到大写或小写金额", "capitals or figures were not read")
            )
        else:
            evidence = (case.at_field(contract, amount.field), case.at_field(contract, words.field))
            yield case.compare(
                BilingualText(
                    "担保金额小写与大写", "figures and capitals of the guaranteed amount"
                ),
                words.value,
                amount.value,
                case.limit("cents"),
                evidence,
                min(words.field.confidence, amount.field.confidence),
            )
        if (
            amount
            and principal
            and not case.get(MAXIMUM, contract)
            and amount.value > principal.value
        ):
            say = BilingualText(
                f"担保金额 {yuan(amount.value)} 超过主债权 {yuan(principal.value)}",
                (
                    f"the guarantee of {yuan(amount.value)} exceeds the debt of "
                    f"{yuan(principal.value)}"
                ),
            )
            yield Hit(
                say=say,
                evidence=(
                    case.at_field(contract, amount.field),
                    case.at_field(contract, principal.field),
                ),
                expected=f"{principal.value:.2f}",
                observed=f"{amount.value:.2f}",
                confidence=0.85,
            )
        yield from _terms(case, contract)


def _terms(case: RuleView, contract: Document) -> Iterator[Result]:
    maximum = case.get(MAXIMUM, contract)
    if maximum and case.get(CLAIM_PERIOD, contract) is None:
        say = BilingualText(
            "最高额保证未见债权确定期间", "a maximum-amount guarantee without its period was read"
        )
        yield Hit(
            say=say,
            evidence=(case.at_field(contract, maximum.field),),
            confidence=0.7,
            severity=Severity.LOW,
        )
    if case.get(MODE, contract) is None:
        say = BilingualText(
            "未见保证方式，依法按一般保证处理", "no mode was read; by law it is a general guarantee"
        )
        yield Hit(
            say=say, evidence=(case.at_file(contract),), confidence=0.7, severity=Severity.INFO
        )
    else:
        yield Clear(BilingualText("保证方式已约定", "the mode is stated"))

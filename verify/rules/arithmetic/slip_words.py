"""The slip's amount in capitals and in figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.bank_slip import AMOUNT, AMOUNT_WORDS, BANK_SLIP
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Hit, NotChecked, Page, Result, rule


@rule(
    id="ARI16",
    title="Slip amount in capitals and figures agree",
    title_zh="回单大小写金额一致",
    severity="high",
    group="bank_slip",
    reads=(AMOUNT, AMOUNT_WORDS),
    proof=True,
    zh=Page(
        why="银行系统由同一金额打印大写与小写，两者不一致即不是银行打印的原样。",
        example="小写 868,085.60，大写 捌万陆仟捌佰零捌圆伍角陆分。",
        innocent="几乎没有；手工填写的进账单可能笔误，但银行不会受理。",
        ask="回单大小写金额不一致，请提供网银下载的原件。",
        paper="由开户行重新打印并盖章的回单",
    ),
    en=Page(
        why=(
            "The bank's system prints both from one amount; where they differ, the slip is "
            "not as the bank printed it."
        ),
        example="868,085.60 in figures, 86,808.56 in capitals.",
        innocent=(
            "Hardly any; a hand-written paying-in slip may hold a slip of the pen, but "
            "banks refuse those."
        ),
        ask="Capitals and figures of the slip differ; please download the original again.",
        paper="The slip printed again and stamped by the bank",
    ),
)
def slip_words(case: RuleView) -> Iterator[Result]:
    for slip in case.papers(BANK_SLIP):
        words, figures = case.get(AMOUNT_WORDS, slip), case.get(AMOUNT, slip)
        if figures is not None and figures.value <= Decimal(0):
            say = BilingualText("回单金额不是正数", "the slip's amount is not positive")
            yield Hit(
                say=say,
                evidence=(case.at_field(slip, figures.field),),
                observed=f"{figures.value:.2f}",
                confidence=figures.field.confidence,
            )
        if words is None or figures is None:
            yield NotChecked(
                BilingualText("未读到大写或小写金额", "capitals or figures were not read")
            )
            continue
        evidence = (case.at_field(slip, figures.field), case.at_field(slip, words.field))
        confidence = min(words.field.confidence, figures.field.confidence)
        yield case.compare(
            BilingualText("回单小写与大写金额", "figures and capitals of the slip"),
            words.value,
            figures.value,
            case.limit("cents"),
            evidence,
            confidence,
        )

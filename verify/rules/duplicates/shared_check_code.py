"""A verification code belongs to one paper of one firm."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.social_insurance import CHECK_CODE, SOCIAL_INSURANCE
from extractors.model import Document
from extractors.values.party_name import same_party
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Hit, NotApplicable, Page, Result, rule


@rule(
    id="DUP14",
    title="Verification codes are not another firm's",
    title_zh="验证码未与其他企业重复",
    severity="high",
    group="shared_code",
    since="0.2",
    reads=(SOCIAL_INSURANCE,),
    cross=True,
    zh=Page(
        why="官方证明的验证码每份唯一。两家企业的证明印着同一个验证码，至少有一份是套用模板改出来的。",
        example="甲、乙两家的参保缴费证明验证码都是 AHW4D38J01HZ1LS3。",
        innocent="同一企业先后两次提交同一份证明（不提示）；识别错字（须逐位核对）。",
        ask="该证明由谁、在哪个平台打印？请当面用验证码查询。",
        paper="在官方平台重新打印的证明及查询结果",
    ),
    en=Page(
        why=(
            "The verification code of an official proof is given once. Where two firms' "
            "proofs bear one code, at least one was made from the other."
        ),
        example="The proofs of insurance of A and B both bear AHW4D38J01HZ1LS3.",
        innocent=(
            "One firm that hands in one proof twice (silent); a misread character (compare each)."
        ),
        ask="Who printed this proof, and on which platform? Please look the code up together.",
        paper="The proof printed again on the official platform, with the result of the look-up",
    ),
)
def shared_check_code(case: RuleView) -> Iterator[Result]:
    coded = [d for d in case.own_papers(SOCIAL_INSURANCE) if case.get(CHECK_CODE, d)]
    if not coded:
        yield NotApplicable(
            BilingualText("没有带验证码的证明", "no paper with a verification code")
        )
    for paper in coded:
        yield _judged(case, paper)


def _judged(case: RuleView, paper: Document) -> Result:
    code = case.get(CHECK_CODE, paper)
    assert code is not None
    others = [
        fact
        for fact in case.context.others("check_code", code.value, case.packet_id)
        if not same_party(fact.applicant, case.applicant.name)
    ]
    if not others:
        return case.nothing_shared(
            BilingualText("验证码未与其他企业重复", "no other firm's paper bears the code")
        )
    names = "、".join(sorted({f.applicant for f in others})[:3])
    say = BilingualText(
        f"验证码 {code.value} 也印在“{names}”的证明上",
        f"the verification code {code.value} stands on the proof of {names} as well",
    )
    return Hit(
        say=say,
        evidence=(case.at_field(paper, code.field),),
        against=tuple(f.evidence for f in others[:3]),
        observed=code.value,
        confidence=0.95 * code.field.confidence,
    )

"""Print on a scan or photo that stands apart from the print around it, by two observers at least."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import ReadMethod
from verify.case_file import RuleView
from verify.changed_print import Apart, words_apart
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="PIC02",
    title="Print of a picture is of one kind",
    title_zh="图片中字迹一致",
    severity="high",
    group="changed_text",
    reads=(),
    needs=(),
    zh=Page(
        why=(
            "扫描或拍照会把纸上的字迹一并变柔、变糊；事后用软件写上去的字边缘更锐、字形不同、底色或压缩痕迹不同、位置对不齐。单一迹象不说明问题，"
            "两种以上互相独立的迹象指向同一处才提示。"
        ),
        example="执照上“注册资本 伍佰万元整”的字迹明显比其他字清晰，且没有与其他栏目左对齐。",
        innocent="打印在套打表格上的内容、盖章签字、手工补填（通常只有一种迹象）；局部反光或折痕。",
        ask="请出示原件，核对所列之处。",
        paper="该材料的原件，或由出具机构重新出具的电子版",
    ),
    en=Page(
        why=(
            "A scanner or camera softens all print alike; what a program writes on the "
            "picture later is sharper, of another shape, on another ground, compressed "
            "otherwise, or out of line. One sign says nothing; a finding needs two "
            "independent ones at one place."
        ),
        example=(
            "The capital on a licence is clearly sharper than all other print and does not "
            "begin where the other values begin."
        ),
        innocent=(
            "Values printed into a form, seals, signatures, a correction by hand (one sign "
            "as a rule); glare or a fold across one line."
        ),
        ask="Please show the original and compare this place.",
        paper="The original paper, or an electronic one issued again",
    ),
)
def print_apart(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        known = any(field.at.method == ReadMethod.OCR for field in document.fields.values())
        if not known and not document.kind.startswith("picture"):
            continue
        looked = True
        agreed = [each for each in words_apart(document) if each.agreed]
        for apart in agreed[: int(case.limit("most"))]:
            place = case.at_signal(document, apart.signals[0], apart.word)
            say = BilingualText(
                f"第 {apart.page} 页的“{apart.word}”：{apart.told.zh}",
                f"“{apart.word}” on page {apart.page}: {apart.told.en}",
            )
            yield Hit(
                say=say,
                evidence=(place,),
                observed=apart.word,
                confidence=0.85,
                severity=_severity(apart, known),
            )
        if not agreed:
            yield Clear(
                BilingualText("没有两种以上迹象指向同一处", "no two signs point at one place")
            )
    if not looked:
        yield NotApplicable(BilingualText("没有扫描件或照片", "no scan or photo"))


def _severity(apart: Apart, known: bool) -> Severity:
    """How strongly the observers agree; a form whose layout is not known has places of its own kind
    of print.
    """
    strong = apart.kinds & {"sharper_print", "other_shape", "compressed_apart"}
    agree = len(strong) >= 2 or len(apart.kinds) >= 3
    if not known:
        return Severity.MEDIUM if len(strong) >= 2 and len(apart.kinds) >= 3 else Severity.LOW
    return Severity.HIGH if agree else Severity.MEDIUM

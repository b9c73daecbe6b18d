"""Digits that the file says otherwise than it draws them."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document, Signal
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR09",
    title="Text says what the page draws",
    title_zh="文字编码与显示一致",
    severity="high",
    group="hidden_text",
    reads=(),
    needs=(),
    zh=Page(
        why=(
            "字体里的对照表与字形不符时，眼睛看到 9、复制和机读得到 1，自动读取的结果与肉眼不同。本系统把每种字体的数字、以及金额和名称等关键文字画出来与所称的比对，"
            "两种方法都不符才提示。"
        ),
        example="文件称为“1”的字符在页面上画出的是“9”。",
        innocent="极少数损坏的字体对照表（通常整页都读不成文字）。",
        ask="该文件由什么软件生成？",
        paper="由出具机构重新出具的原件",
    ),
    en=Page(
        why=(
            "Where a font's table does not fit its shapes the eye sees a 9 and copying and "
            "machines get a 1. Huoyan draws each font's digits, and key figures and names, "
            "and compares them with what they are said to be; where two ways deny it, it "
            "is told."
        ),
        example="A character that the file calls “1” is drawn as “9”.",
        innocent="A broken font table (as a rule the whole page then reads as nonsense).",
        ask="Which program made this file?",
        paper="The original, issued again",
    ),
)
def glyph_differs(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        if document.kind != "pdf":
            continue
        looked = True
        broken = next((each for each in document.signals if each.kind == "broken_font_map"), None)
        if broken is not None:
            yield _broken(case, document, broken)
            continue  # one cause, one finding: what the text says elsewhere was not read
        lies = [each for each in document.signals if each.kind == "glyph_differs"]
        apart = [each for each in document.signals if each.kind == "text_differs"]
        yield from (_told(case, document, s) for s in apart[:3])
        for signal in lies[:3]:
            said, _, drawn = signal.detail.removeprefix("says ").partition(", draws ")
            say = BilingualText(
                f"第 {signal.page} 页：文件称为“{said}”的字符画出的是“{drawn}”",
                f"page {signal.page}: what the file calls “{said}” is drawn as “{drawn}”",
            )
            yield Hit(
                say=say,
                evidence=(case.at_signal(document, signal, signal.detail),),
                expected=drawn,
                observed=said,
                confidence=0.9,
            )
        if not lies and not apart:
            yield Clear(BilingualText("文字编码与页面显示一致", "text is drawn as the file says"))
    if not looked:
        yield NotApplicable(BilingualText("没有 PDF 材料", "no PDF"))


def _broken(case: RuleView, document: Document, signal: Signal) -> Hit:
    say = BilingualText(
        "文字层已损坏：字体对照表整体错位，各项内容按页面图像识别",
        (
            "the text layer is broken: the fonts' map is wrong throughout; the pages were "
            "read from their pictures"
        ),
    )
    return Hit(
        say=say,
        evidence=(case.at_signal(document, signal, signal.detail),),
        confidence=0.8,
        severity=Severity.MEDIUM,
    )


def _told(case: RuleView, document: Document, signal: Signal) -> Hit:
    said, _, drawn = signal.detail.removeprefix("says ").partition(", draws ")
    shown = (
        ("不显示任何内容", "shows nothing")
        if drawn == "nothing"
        else (f"显示的是“{drawn}”", f"shows “{drawn}”")
    )
    say = BilingualText(
        f"第 {signal.page} 页：文件中的文字为“{said}”，页面在此处{shown[0]}",
        f"page {signal.page}: the file's text says “{said}”, the page {shown[1]} in its place",
    )
    return Hit(
        say=say,
        evidence=(case.at_signal(document, signal, signal.detail),),
        expected=drawn,
        observed=said,
        confidence=0.9,
    )

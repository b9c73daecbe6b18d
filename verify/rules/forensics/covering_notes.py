"""A note laid over a figure."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.changed_text import change_of
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR20",
    title="No note covers a figure",
    title_zh="无批注遮盖数字",
    severity="high",
    group="changed_text",
    reads=(),
    needs=(),
    zh=Page(
        why="带底色的文本框、图章式批注盖在数字上，肉眼看到的是批注里的数，页面本身仍是原来的数。改一份电子材料，这是最省事的办法。",
        example="文本框“98,500.00”盖在页面的“9,850.00”之上。",
        innocent="审核人员在空白处的批注、荧光笔、附注（不提示）；盖章压住数字（内容相同或无内容的为低）。",
        ask="这处批注由谁添加？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "A text box or stamp with a ground of its own over a figure: the eye sees the "
            "note's figure, the page still holds its own. It is the easiest way of "
            "changing an electronic paper."
        ),
        example="A text box “98,500.00” lies over the page's “9,850.00”.",
        innocent=(
            "A reviewer's notes in the margin, a marker, remarks (silent); a stamp that "
            "touches a figure (low where it says no other)."
        ),
        ask="Who added this note?",
        paper="The original, downloaded again from the issuer",
    ),
)
def covering_notes(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        for signal in [each for each in document.signals if each.kind == "covering_note"][
            : int(case.limit("most"))
        ]:
            looked = True
            change = change_of(signal)
            place = case.at_signal(document, signal, signal.detail)
            said = f"“{change.new}”" if change.new else "一块底色"
            said_en = f"“{change.new}”" if change.new else "a blank note"
            say = BilingualText(
                f"第 {change.page} 页的“{change.old}”上盖着{said}",
                f"on page {change.page} {said_en} lies over “{change.old}”",
            )
            severity = (
                Severity.HIGH
                if change.kind == "amount"
                else Severity.MEDIUM
                if change.kind in ("name", "date")
                else Severity.LOW
            )
            yield Hit(
                say=say,
                evidence=(place,),
                expected=change.old,
                observed=change.new,
                confidence=0.9,
                severity=severity,
            )
    if not looked and any(each.kind in ("pdf", "ofd") for each in case.all_papers()):
        yield Clear(BilingualText("没有批注遮盖数字", "no note covers a figure"))
    elif not looked:
        yield NotApplicable(BilingualText("没有电子材料", "no electronic paper"))

"""Older content of a page that the file still holds but no longer shows."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR14",
    title="No older page content is left in the file",
    title_zh="文件中没有残留的旧页面内容",
    severity="medium",
    group="changed_text",
    reads=(),
    needs=(),
    zh=Page(
        why="有的编辑软件改写页面时不清理旧内容：旧的页面仍在文件里，只是不再显示。本系统把残留内容画出来，与现在的页面逐词比较。",
        example="残留内容与第 2 页 32 个词中有 31 个相同，只有 9,850.00 现在不见了。",
        innocent="制表软件自己重排页面后留下的草稿。",
        ask="该文件用什么软件处理过？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "Some editors rewrite a page and leave the old one in the file, no longer "
            "shown. Huoyan draws what is left and compares it word by word with the page "
            "as it is."
        ),
        example="31 of 32 words left over stand on page 2, only 9,850.00 is gone.",
        innocent="A draft that a program left after laying out its page anew.",
        ask="Which program was this file handled with?",
        paper="The original, downloaded again from the issuer",
    ),
)
def loose_text(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        if document.kind != "pdf":
            continue
        looked = True
        left = [each for each in document.signals if each.kind == "loose_text"]
        for signal in left[:3]:
            words, _, gone = signal.detail.partition("; gone ")
            say = BilingualText(
                (
                    f"文件残留第 {signal.page} "
                    f"页的旧内容（{words.replace(' of ', '/').replace(' words as now', ' 个词与现在相同')}），"
                    f"现在不见的有：{gone}"
                ),
                (
                    f"an older page {signal.page} is left in the file ({words}); what is "
                    f"gone from it: {gone}"
                ),
            )
            yield Hit(
                say=say,
                evidence=(case.at_signal(document, signal, gone),),
                expected=gone,
                confidence=0.85,
            )
        if not left:
            yield Clear(BilingualText("没有残留的旧内容", "nothing older is left"))
    if not looked:
        yield NotApplicable(BilingualText("没有 PDF 材料", "no PDF"))

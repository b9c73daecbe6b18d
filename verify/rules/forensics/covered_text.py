"""Text under a cover, and the other text painted over it."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.changed_text import Change, changed
from verify.model import BilingualText
from verify.rule import Clear, NotApplicable, Page, Result, rule


@rule(
    id="FOR07",
    title="No figure is painted over another",
    title_zh="无遮盖重写",
    severity="high",
    group="changed_text",
    reads=(),
    needs=(),
    zh=Page(
        why="用不透明的色块盖住原来的数字、再在上面写新的数字，是修改电子材料最常见的做法；被盖住的内容仍在文件里。",
        example="“98,500.00”之下盖着“9,850.00”。",
        innocent="出具系统用底色块重印同一内容（相同的不提示）；表单域的底色。",
        ask="被遮盖的内容为何与现在显示的不同？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "An opaque patch over the old figure with a new one written on it is the "
            "commonest way of changing an electronic paper; what it covers is still in the "
            "file."
        ),
        example="Under “98,500.00” lies “9,850.00”.",
        innocent=(
            "A system that prints the same content again on a ground (silent where it is "
            "the same); the ground of a form's field."
        ),
        ask="Why does what is covered differ from what is shown?",
        paper="The original, downloaded again from the issuer",
    ),
)
def covered_text(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        signals = [signal for signal in document.signals if signal.kind == "covered_text"]
        looked = looked or bool(signals)
        hits = changed(case, document, "covered_text", _told)
        yield from hits
        if signals and not hits:
            yield Clear(
                BilingualText(
                    "被遮盖的内容与显示的没有金额、日期或名称的差别",
                    "what is covered differs in no amount, date or name",
                )
            )
    if not looked:
        yield NotApplicable(
            BilingualText("没有被遮盖后重写的文字", "no text is painted over other text")
        )


def _told(change: Change) -> BilingualText:
    return BilingualText(
        f"第 {change.page} 页“{change.new}”之下盖着“{change.old}”",
        f"on page {change.page} “{change.old}” lies under “{change.new}”",
    )

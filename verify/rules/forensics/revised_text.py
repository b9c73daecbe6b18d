"""What earlier revisions of a file showed where it now shows something else."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.changed_text import Change, changed
from verify.model import BilingualText
from verify.rule import Clear, NotApplicable, Page, Result, rule

_KINDS = ("revised_text", "added_text", "removed_text", "page_rewritten", "pages_revised")


@rule(
    id="FOR01",
    title="Earlier revisions show the same figures",
    title_zh="文件历史版本未改数字",
    severity="high",
    group="changed_text",
    reads=(),
    needs=(),
    zh=Page(
        why="PDF 的增量保存会把旧内容留在文件里。本系统逐版打开并比较：签名、批注、填表只会增加内容；金额、日期、名称被替换则要问明缘由。",
        example="较早版本第 3 页为 9,850.00，现为 98,500.00。",
        innocent="签名、批注、填写表单、归档软件加注（只增加、不替换的不提示）；出具机构自己更正后重新保存。",
        ask="该文件保存过几次？为何替换了这些内容？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why="Saving a PDF in increments leaves the old content in the file. Huoyan opens every revision and compares: signing, annotating and filling add; replaced amounts, dates or names ask for a reason.",
        example="Page 3 read 9,850.00 in an earlier revision and reads 98,500.00 now.",
        innocent="Signatures, notes, forms, an archive's mark (silent where nothing was replaced); the issuer corrected it and saved again.",
        ask="How often was this file saved, and why was this replaced?",
        paper="The original, downloaded again from the issuer",
    ),
)
def revised_text(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        signals = [s for s in document.signals if s.kind in _KINDS]
        looked = looked or bool(signals)
        hits = changed(case, document, "revised_text", _told)
        yield from hits
        if signals and not hits:
            yield Clear(
                BilingualText(
                    "历史版本只增加了内容或未改金额、日期、名称",
                    "earlier revisions differ in no amount, date or name",
                )
            )
    if not looked:
        yield NotApplicable(
            BilingualText(
                "文件没有内容不同的历史版本",
                "no file has an earlier revision that shows something else",
            )
        )


def _told(change: Change) -> BilingualText:
    return BilingualText(
        f"第 {change.page} 页，较早版本为“{change.old}”，现为“{change.new}”",
        f"page {change.page} read “{change.old}” in an earlier revision, now “{change.new}”",
    )

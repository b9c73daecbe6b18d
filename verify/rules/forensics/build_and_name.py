"""The manner in which a file is written fits the program that it names."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document
from graphs.sources.file_marks import names_its_system
from verify.case_file import RuleView
from verify.forensics.producer import is_filled_template, is_signed_whole
from verify.forensics.writers import Doubt, Mismatch, build_doubt
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR22",
    title="The file is written as the program it names writes",
    title_zh="文件写法与所称工具相符",
    severity="medium",
    group="making",
    since="0.2",
    reads=(),
    needs=(),
    zh=Page(
        why=(
            "每个程序写 PDF 都有自己的写法：文件头后的标记、尾部条目的次序、页面内容的开头、字体的命名。改写“生成工具”一栏容易，改写全部写法很难。写法属于甲程序、"
            "却自称由乙程序生成的，说明这一栏是后来改的，或页面取自别处。"
        ),
        example="自称“Microsoft: Print To PDF”的对账单，页面内容却是 LibreOffice 的写法。",
        innocent="业务系统在他人制作的页面上盖章、加签（此时为低）；程序库允许使用者自定名称（不提示）；合并、加密、压缩工具保留原名称（不提示）。",
        ask="该文件是如何得到的？文件属性是否被改动过？",
        paper="从网银、电子税务局重新下载的原件",
    ),
    en=Page(
        why=(
            "Each program writes PDF in its own manner: the mark below the header, the "
            "order of the trailer's keys, how a page's content begins, how fonts are "
            "named. The name of the maker is easily changed, the whole manner is not. A "
            "file that is written as one program writes and names another had its name "
            "changed, or its pages come from elsewhere."
        ),
        example=(
            "A statement that names “Microsoft: Print To PDF” and whose pages are written "
            "as LibreOffice writes them."
        ),
        innocent=(
            "An issuer's system that stamps or signs pages made by others (low); libraries "
            "let their users set any name (silent); programs that join, encrypt or pack "
            "files keep the name (silent)."
        ),
        ask="How was this file obtained, and were its properties changed?",
        paper="The original, downloaded again from the bank or the tax office",
    ),
)
def build_and_name(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        kinds = {signal.kind for signal in document.signals}
        if not kinds & {"file_writer", "pages_writer"} or not names_its_system(document):
            continue
        looked = True
        doubt = build_doubt(document)
        if doubt is None or is_signed_whole(document):
            yield Clear(
                BilingualText("写法与所称工具不矛盾", "nothing contradicts the program named")
            )
        else:
            yield _hit(case, document, doubt)
    if not looked:
        yield NotApplicable(
            BilingualText(
                "没有文件的写法属于已知程序", "no file is written in a manner that is known"
            )
        )


_SAID = {
    Mismatch.NAME_CHANGED: BilingualText(
        "文件自称由 {claimed} 生成，整个文件却是 {shown} 的写法，该程序总会写明自己的名称：名称是后来改的",
        (
            "the file names {claimed}, yet all of it is written as {shown} writes, which "
            "always signs: the name was changed"
        ),
    ),
    Mismatch.PAGES_OF_ANOTHER: BilingualText(
        "文件自称由 {claimed} 生成，该工具的页面均由自己写出，页面内容却是 {shown} 的写法",
        (
            "the file names {claimed}, which writes every page itself, yet the pages are "
            "written as {shown} writes"
        ),
    ),
    Mismatch.PAGES_TAKEN_OVER: BilingualText(
        "文件自称由 {claimed} 生成，页面内容是 {shown} 的写法",
        "the file names {claimed}; its pages are written as {shown} writes",
    ),
}


def _hit(case: RuleView, document: Document, doubt: Doubt) -> Hit:
    said = _SAID[doubt.mismatch]
    taken_over = doubt.mismatch is Mismatch.PAGES_TAKEN_OVER
    low = taken_over or is_filled_template(document)
    return Hit(
        say=BilingualText(
            said.zh.format(claimed=doubt.claimed, shown=doubt.shown),
            said.en.format(claimed=doubt.claimed, shown=doubt.shown),
        ),
        evidence=(case.at_file(document),),
        expected=doubt.claimed,
        observed=doubt.shown,
        confidence=0.85,
        severity=Severity.LOW if low else Severity.MEDIUM,
    )

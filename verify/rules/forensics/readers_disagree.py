"""Two readers open one file and see different papers."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.forensics.signal_phrases import in_chinese
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR18",
    title="Readers agree on a file",
    title_zh="不同阅读器看到的内容一致",
    severity="high",
    group="readers",
    reads=(),
    needs=(),
    zh=Page(
        why="有的文件在两种阅读器里是两份内容：审核人员看到一个数，系统读到另一个数。本系统用两套独立的程序打开，比较页数和数字。",
        example="一个程序读到 2 页、合计 22,600.00，另一个读到 1 页、合计 226,000.00。",
        innocent="文件传输中损坏（通常一方根本打不开）。",
        ask="该文件如何得到？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "Some files are two papers to two programs: the reviewer sees one figure, the "
            "system another. Huoyan opens each with two independent programs and compares "
            "pages and figures."
        ),
        example=(
            "One program sees 2 pages and a total of 22,600.00, the other 1 page and 226,000.00."
        ),
        innocent="A file damaged on its way (as a rule one of the two cannot open it at all).",
        ask="How was this file obtained?",
        paper="The original, downloaded again from the issuer",
    ),
)
def readers_disagree(case: RuleView) -> Iterator[Result]:
    files = case.files("pdf")
    for document in files:
        apart = [each for each in document.signals if each.kind == "two_papers"]
        for signal in apart[:1]:
            say = BilingualText(
                f"两种阅读程序看到的内容不同：{in_chinese(signal.detail)}",
                f"two reading programs see different content: {signal.detail}",
            )
            severity = Severity.HIGH if "figures" in signal.detail else Severity.LOW
            yield Hit(
                say=say,
                evidence=(case.at_signal(document, signal, signal.detail),),
                observed=signal.detail,
                confidence=0.85,
                severity=severity,
            )
        if not apart:
            yield Clear(BilingualText("两种程序读到的一致", "two programs read the same"))
    if not files:
        yield NotApplicable(BilingualText("没有 PDF 材料", "no PDF"))

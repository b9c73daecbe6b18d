"""What a file would run when it is opened."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.forensics.signal_phrases import in_chinese
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR15",
    title="Files run nothing",
    title_zh="文件不含可执行内容",
    severity="low",
    group="active_content",
    reads=(),
    needs=(),
    zh=Page(
        why="银行、税务的电子材料不需要脚本或打开即执行的动作。含有脚本的 PDF 能在不同时间显示不同内容。本系统不执行它们，只说明有。",
        example="对账单 PDF 内含 JavaScript，打开时执行。",
        innocent="可填写的申请表常含校验脚本。",
        ask="该文件由何处下载？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "Papers of banks and tax offices need no scripts and no actions on opening. A "
            "PDF with a script can show one thing today and another tomorrow. Huoyan runs "
            "none and says that there is one."
        ),
        example="A statement holds JavaScript that runs when it is opened.",
        innocent="Forms to fill in often check their fields by script.",
        ask="Where was this file downloaded from?",
        paper="The original, downloaded again from the issuer",
    ),
)
def active_content(case: RuleView) -> Iterator[Result]:
    files = case.files("pdf")
    for document in files:
        active = [
            each
            for each in document.signals
            if each.kind == "active_content" and each.detail != "EmbeddedFiles"
        ]
        for signal in active[:1]:
            say = BilingualText(
                f"文件含有打开时可执行的内容：{in_chinese(signal.detail)}",
                f"the file holds what may run on opening: {signal.detail}",
            )
            yield Hit(
                say=say,
                evidence=(case.at_signal(document, signal, signal.detail),),
                observed=signal.detail,
                confidence=0.9,
            )
        if not active:
            yield Clear(BilingualText("不含可执行内容", "nothing runs"))
    if not files:
        yield NotApplicable(BilingualText("没有 PDF 材料", "no PDF"))

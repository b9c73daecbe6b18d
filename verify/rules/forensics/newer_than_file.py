"""A file that holds fonts, or was written by a program, newer than its own time of making."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document, Signal
from graphs.sources.file_marks import time_of
from verify.case_file import RuleView
from verify.forensics.signal_phrases import in_chinese
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR21",
    title="A file holds nothing newer than itself",
    title_zh="文件不含晚于其制作时间的字体或程序",
    severity="medium",
    group="making",
    reads=(),
    needs=(),
    zh=Page(
        why="文件写明的制作时间可以改，里面的字体和程序却有各自的问世年份。文件自称制作于某年，却用了之后才有的字体，说明这个时间不是真实的制作时间。",
        example="文件称制作于 2012-03-01，却嵌有 2015 年才发布的等线字体。",
        innocent="制作文件的电脑时钟没有校准；旧文件被新程序另存时保留了原来的制作时间（此时修改时间应晚于字体年份）。",
        ask="这份文件是何时、用什么程序制作的？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "The time that a file states can be set at will; its fonts and programs have "
            "years in which they first came out. A file that says it was made earlier than "
            "its font existed was made at another time."
        ),
        example="A file that says 2012-03-01 embeds the font DengXian, which came out in 2015.",
        innocent=(
            "A computer whose clock was not set; an old file saved by a newer program that "
            "kept the first time of making (its time of change is then later than the "
            "font)."
        ),
        ask="When and with what program was this file made?",
        paper="The original, downloaded again from the issuer",
    ),
)
def newer_than_file(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.files("pdf"):
        if time_of(document, "creationdate") is None:
            continue
        looked = True
        newer = [signal for signal in document.signals if signal.kind == "anachronism"]
        if newer:
            detail = newer[0].detail
            places = tuple(case.at_signal(document, signal, signal.detail) for signal in newer)
            yield Hit(
                say=BilingualText(in_chinese(detail), detail),
                evidence=places,
                confidence=0.8,
                severity=_severity(document, newer),
            )
        else:
            yield Clear(
                BilingualText(
                    "字体与程序都早于文件的制作时间", "fonts and programs are older than the file"
                )
            )
    if not looked:
        yield NotApplicable(
            BilingualText("没有写明制作时间的文件", "no file states when it was made")
        )


def _severity(document: Document, newer: list[Signal]) -> Severity:
    """Low where the file also says that it was changed after the font or program came out."""
    changed = time_of(document, "moddate")
    latest = max(int(signal.detail[-4:]) for signal in newer)
    return Severity.LOW if changed is not None and changed.at.year >= latest else Severity.MEDIUM

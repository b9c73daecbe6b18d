"""What earlier revisions of a file showed where it now shows something else."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document, Signal
from verify.case_file import RuleView
from verify.forensics.change_weight import NAMES, Weighed, weigh, weigh_removed
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_WEIGH = {"revised_text": weigh, "removed_text": weigh_removed}
_KINDS = (*_WEIGH, "added_text", "moved_text", "page_rewritten", "pages_revised")
_ORDER = list(Severity)  # info first
_SHOWN = 4  # added words that one sentence names


@rule(
    id="FOR01",
    title="Earlier revisions show the same figures",
    title_zh="文件历史版本未改数字",
    severity="high",
    group="changed_text",
    reads=(),
    needs=(),
    zh=Page(
        why=(
            "PDF 的增量保存会把旧内容留在文件里。本系统逐版打开并比较：签名、批注、填表只会增加内容；被替换或去掉的文字逐处列出，金额、日期、账号为高，当事人、方式、"
            "期限、用途为中，写法、版面为低。"
        ),
        example="较早版本第 3 页为 9,850.00，现为 98,500.00。",
        innocent="签名、批注、填写表单、归档软件加注（只增加、不替换的仅作说明）；出具机构自己更正后重新保存。",
        ask="该文件保存过几次？为何替换了这些内容？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "Saving a PDF in increments leaves the old content in the file. Huoyan opens "
            "every revision and compares: signing, annotating and filling add; every "
            "replaced or removed word is listed: amounts, dates and accounts weigh high, "
            "parties, modes, terms and purposes medium, spelling and layout low."
        ),
        example="Page 3 read 9,850.00 in an earlier revision and reads 98,500.00 now.",
        innocent=(
            "Signatures, notes, forms, an archive's mark (told for information where "
            "nothing was replaced); the issuer corrected it and saved again."
        ),
        ask="How often was this file saved, and why was this replaced?",
        paper="The original, downloaded again from the issuer",
    ),
)
def revised_text(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        signals = [signal for signal in document.signals if signal.kind in _KINDS]
        if signals:
            looked = True
            yield from _told(case, document, signals)
        elif any(signal.kind == "revisions_alike" for signal in document.signals):
            looked = True
            yield Clear(
                BilingualText(
                    "各历史版本显示的内容完全相同", "all earlier revisions show the very same words"
                )
            )
    if not looked:
        yield NotApplicable(
            BilingualText(
                "文件没有内容不同的历史版本",
                "no file has an earlier revision that shows something else",
            )
        )


def _told(case: RuleView, document: Document, signals: list[Signal]) -> Iterator[Result]:
    """The weightiest changes one by one, the rest counted; what only came or moved is told
    together.
    """
    changes = [_WEIGH[signal.kind](document, signal) for signal in signals if signal.kind in _WEIGH]
    weighty = sorted(changes, key=lambda change: -_ORDER.index(change.severity))
    most = int(case.limit("most"))
    for change in weighty[:most]:
        yield _changed(case, document, change)
    if len(weighty) > most:
        rest = len(weighty) - most
        say = BilingualText(f"另有 {rest} 处改动", f"{rest} more places were changed")
        yield _hit(case, document, weighty[most].signal, say, Severity.LOW)
    yield from _wholesale(case, document, signals)
    together = [signal for signal in signals if signal.kind in ("added_text", "moved_text")]
    if together:
        yield _added(case, document, together)


def _changed(case: RuleView, document: Document, change: Weighed) -> Hit:
    page, name = change.signal.page, NAMES[change.what]
    if change.new:
        say = BilingualText(
            f"第 {page} 页（{name.zh}），较早版本为“{change.old}”，现为“{change.new}”",
            (
                f"page {page} ({name.en}) read “{change.old}” in an earlier revision, now "
                f"“{change.new}”"
            ),
        )
    else:
        say = BilingualText(
            f"第 {page} 页（{name.zh}），较早版本有“{change.old}”，现已去掉",
            f"page {page} ({name.en}) showed “{change.old}” in an earlier revision, now nothing",
        )
    place = case.at_signal(document, change.signal, f"{change.old} → {change.new}")
    return Hit(
        say=say,
        evidence=(place,),
        expected=change.old,
        observed=change.new,
        confidence=0.95,
        severity=change.severity,
    )


def _wholesale(case: RuleView, document: Document, signals: list[Signal]) -> Iterator[Hit]:
    """Pages of which too much changed to be told word by word, and pages that came or went."""
    for signal in signals:
        if signal.kind == "page_rewritten":
            gone, _, came = signal.detail.partition(" / ")
            say = BilingualText(
                f"第 {signal.page} 页整体改动：去掉 {gone} 处，新增 {came} 处文字",
                f"page {signal.page} was written again: {gone} words went, {came} came",
            )
            replaced = int(gone) > 0 and int(came) > 0
            severity = Severity.MEDIUM if replaced else Severity.LOW
            yield _hit(case, document, signal, say, severity)
        if signal.kind == "pages_revised":
            before, _, now = signal.detail.partition(" → ")
            say = BilingualText(
                f"较早版本共 {before} 页，现为 {now} 页",
                f"an earlier revision had {before} pages, the file has {now}",
            )
            fewer = int(now) < int(before)
            severity = Severity.MEDIUM if fewer else Severity.LOW
            yield _hit(case, document, signal, say, severity)


def _added(case: RuleView, document: Document, signals: list[Signal]) -> Hit:
    shown = "、".join(f"“{signal.detail}”" for signal in signals[:_SHOWN])
    more = len(signals) - _SHOWN
    say = BilingualText(
        f"后来的版本新增或移动了文字：{shown}" + (f" 等 {len(signals)} 处" if more > 0 else ""),
        f"a later revision added or moved: {shown}" + (f" and {more} more" if more > 0 else ""),
    )
    return _hit(case, document, signals[0], say, Severity.INFO)


def _hit(
    case: RuleView, document: Document, signal: Signal, say: BilingualText, severity: Severity
) -> Hit:
    place = case.at_signal(document, signal, signal.detail)
    return Hit(say=say, evidence=(place,), confidence=0.9, severity=severity)

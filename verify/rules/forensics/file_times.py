"""A file's own times against the paper's: made before what it reports was over, or changed long
after it was issued.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from extractors.documents.bank_slip import BANK_SLIP
from extractors.documents.bank_slip import DATE_ as SLIP_DATE
from extractors.documents.bank_statement import BANK_STATEMENT, PERIOD_END
from extractors.documents.invoice import INVOICE, ISSUE_DATE
from extractors.documents.vat_return import PERIOD_END as RETURN_END
from extractors.documents.vat_return import VAT_RETURN
from extractors.model import Document
from extractors.values.timestamp import Timestamp
from graphs.sources.file_marks import time_of
from verify.case_file import RuleView
from verify.forensics.producer import is_filled_template, is_signed_whole
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_DATED = (
    (BANK_STATEMENT, PERIOD_END),
    (BANK_SLIP, SLIP_DATE),
    (INVOICE, ISSUE_DATE),
    (VAT_RETURN, RETURN_END),
)
_BESIDE = (
    "origin_differs",
    "origin_derived",
    "origin_history",
)  # signs that make a late change more than a viewer's save


@rule(
    id="FOR03",
    title="A file's times fit the paper",
    title_zh="文件时间与材料内容相符",
    severity="medium",
    group="making",
    reads=(BANK_STATEMENT, BANK_SLIP, INVOICE, VAT_RETURN),
    needs=(),
    zh=Page(
        why="电子材料在其所载事项之后生成。生成时间早于最后一笔交易或开票日期，说明内容与文件不是同一次形成的；由机构出具却在生成后很久又被修改，且另有改写痕迹，应问明。",
        example="对账单载明截至 2025-12-31，文件生成于 2025-11-02。",
        innocent="出具平台用事先画好的模板填写（保留模板日期，此时为低）；生成电脑的时钟不准；下载后用阅读器保存过（只有修改时间晚、没有其他痕迹的为低）；合并、压缩。",
        ask="该文件何时、从何处下载？下载后做过什么处理？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "An electronic paper is made after what it reports. A file older than its last "
            "transaction or issue date was not made together with its content; an issued "
            "paper that was changed long after, with other traces of rewriting, asks for a "
            "reason."
        ),
        example="A statement to 2025-12-31 in a file made on 2025-11-02.",
        innocent=(
            "A platform's template that keeps its own date while a system fills it (low); "
            "a computer's wrong clock; a viewer's save after the download (a late change "
            "alone is low); joining or compressing."
        ),
        ask="When and from where was this file downloaded, and what was done with it since?",
        paper="The original, downloaded again from the issuer",
    ),
)
def file_times(case: RuleView) -> Iterator[Result]:
    looked = False
    for kind, spec in _DATED:
        for document in case.papers(kind):
            made, changed = time_of(document, "creationdate"), time_of(document, "moddate")
            if made is None or document.kind.startswith("picture"):
                continue
            looked = True
            until = case.get(spec, document)
            last = max(
                (row.day for row in document.rows), default=until.value if until else None
            )  # a period asked for may end later
            hit = _too_early(case, document, made, changed, last) or _late(
                case, document, made, changed
            )
            yield hit or Clear(
                BilingualText("文件时间与材料相符", "the file's times fit the paper")
            )
    if not looked:
        yield NotApplicable(BilingualText("文件没有生成时间", "no file says when it was made"))


def _too_early(
    case: RuleView,
    document: Document,
    made: Timestamp,
    changed: Timestamp | None,
    until: date | None,
) -> Hit | None:
    early = (until - made.at.date()).days if until else 0
    if until is None or early <= case.limit("days_early") or early > case.limit("unset_days"):
        return None  # years too early is a clock that was never set
    finished_later = changed is not None and changed.at.date() >= until
    if finished_later and is_signed_whole(document):
        return (
            None  # the signature covers the file as it was finished: the older date is a template's
        )
    template = finished_later and is_filled_template(document)
    say = BilingualText(
        f"文件生成于 {made.at:%Y-%m-%d}，早于材料所载的 {until}",
        f"the file was made on {made.at:%Y-%m-%d}, before {until}, which the paper reports",
    )
    return Hit(
        say=say,
        evidence=(case.at_file(document),),
        expected=f">= {until}",
        observed=f"{made.at:%Y-%m-%d}",
        confidence=0.85,
        severity=Severity.LOW if template else None,
    )


def _late(
    case: RuleView, document: Document, made: Timestamp, changed: Timestamp | None
) -> Hit | None:
    if changed is None or changed.utc - made.utc <= timedelta(days=int(case.limit("days_late"))):
        return None
    beside = [signal for signal in document.signals if signal.kind in _BESIDE]
    days = (changed.utc - made.utc).days
    say = BilingualText(
        f"文件生成 {days} 天后又被修改", f"the file was changed {days} days after it was made"
    )
    if beside:
        say = BilingualText(
            f"{say.zh}，且元数据另有不一致：{beside[0].detail}",
            f"{say.en}, and its notes differ: {beside[0].detail}",
        )
    severity = Severity.MEDIUM if len({signal.kind for signal in beside}) >= 2 else Severity.LOW
    return Hit(
        say=say,
        evidence=(case.at_file(document),),
        observed=f"{changed.at:%Y-%m-%d}",
        confidence=0.7,
        severity=severity,
    )

"""Two versions of one year's statement in one packet."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Amount, Document
from extractors.values.money import yuan
from verify.arithmetic.rounding import rounding
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.model import BilingualText, Severity
from verify.parties.other_firms import YEARLY
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

# Reclassifying within a statement is an auditor's work; these say how the firm did.
_RESULTS = (
    "营业收入",
    "净利润",
    "利润总额",
    "所有者权益合计",
    "销售额",
    "应纳税额",
    "经营活动产生的现金流量净额",
)


@rule(
    id="PRA14",
    title="One year has one set of statements",
    title_zh="同一期间报表只有一个版本",
    severity="high",
    group="versions",
    reads=YEARLY,
    needs=(),
    cross=True,
    stands_on=(Part.HOLDER, Part.PERIOD),
    zh=Page(
        why="报给银行和报给税务的报表应当一致；同一期间出现两个数字不同的版本，说明有“两套账”。",
        example="税务版 2024 年营业收入 524 万，提交银行的版本为 980 万。",
        innocent="审计前后、更正申报前后的两版（应有调整说明）；合并与单体报表；季度与年度口径。",
        ask="两版报表为何不同，以哪一版为准？",
        paper="电子税务局导出的年度财务报表、审计报告",
    ),
    en=Page(
        why=(
            "Statements for the bank and for the tax office are the same; two versions of "
            "one period with other figures mean two sets of books."
        ),
        example="Revenue of 2024 is 5.24m in the tax version and 9.80m in the bank's.",
        innocent=(
            "Before and after an audit or a corrected return (with a note); group and "
            "single statements; quarter and year."
        ),
        ask="Why do the versions differ, and which one counts?",
        paper="The yearly statements exported from the tax office's site, the audit report",
    ),
)
def two_versions(case: RuleView) -> Iterator[Result]:
    compared = False
    for kind in YEARLY:
        papers = case.papers(kind)
        for index, first in enumerate(papers):
            for second in papers[index + 1 :]:
                if (
                    first.sha256 != second.sha256
                    and _period(first) == _period(second)
                    and all(_period(first))
                    and _own(case, first, second)
                ):
                    compared = True
                    yield _compared(case, first, second)
    if not compared:
        yield NotApplicable(BilingualText("同一期间只有一份报表", "each period has one statement"))


def _period(document: Document) -> tuple[str, str]:
    start, end = document.fields.get("period_start"), document.fields.get("period_end")
    return (start.value if start else document.type), (end.value if end else "")


def _own(case: RuleView, *papers: Document) -> bool:
    """Both papers are the applicant's; a guarantor's statements are another matter."""
    return all(
        "company" not in document.fields
        or case.applicant.is_named(document.fields["company"].value)
        for document in papers
    )


def _compared(case: RuleView, first: Document, second: Document) -> Result:
    differ: list[tuple[str, Amount, Amount]] = []
    for name, line in first.lines.items():
        for column, amount in line.columns.items():
            b = second.lines[name].columns.get(column) if name in second.lines else None
            if b is not None and abs(amount.value - b.value) > rounding(
                (amount, b), case.limit("cents")
            ):
                differ.append((name, amount, b))
    if not differ:
        return Clear(BilingualText("两份同期报表数字一致", "both statements of the period agree"))
    floor = float(case.shared("trust_floor"))
    sure = [(n, x, y) for n, x, y in differ if min(x.confidence, y.confidence) >= floor]
    if not sure:
        return NotChecked(
            BilingualText(
                "不同的数字识别置信度不足", "the figures that differ were read doubtfully"
            )
        )
    differ = sure
    name, amount, b = max(differ, key=lambda x: abs(x[1].value - x[2].value))
    say = BilingualText(
        f"同一期间的两份报表有 {len(differ)} 项不同，如{name}：{yuan(amount.value)} 与 {yuan(b.value)}",
        (
            f"two statements of one period differ in {len(differ)} figure(s), such as "
            f"{name}: {yuan(amount.value)} and {yuan(b.value)}"
        ),
    )
    evidence = tuple(
        entry
        for _, x, y in differ[:3]
        for entry in (case.at_amount(first, x), case.at_amount(second, y))
    )
    confidence = 0.9 * min(min(x.confidence, y.confidence) for _, x, y in differ)
    return Hit(
        say=say,
        evidence=evidence,
        expected=f"{amount.value:.2f}",
        observed=f"{b.value:.2f}",
        difference=f"{b.value - amount.value:.2f}",
        confidence=confidence,
        severity=Severity.HIGH if any(n in _RESULTS for n, _, _ in differ) else Severity.LOW,
    )

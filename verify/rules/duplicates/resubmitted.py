"""The same applicant hands in the same paper again, with other figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.model import Amount, Document
from extractors.values.money import money_text
from verify.case_file import RuleView
from verify.context.facts import Fact, figure_key
from verify.model import BilingualText, Severity
from verify.parties.other_firms import YEARLY
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="DUP09",
    title="Figures did not change between applications",
    title_zh="重复申请的数字未变",
    severity="high",
    group="versions",
    reads=YEARLY,
    needs=(),
    cross=True,
    zh=Page(
        why="同一企业再次申请时，同一期间的报表和申报表应与上次一致；被拒后数字变好，要逐项说明。",
        example="上次申请的 2024 年净利润 12 万，本次同年报表为 96 万。",
        innocent="上次提交的是未审计数；更正申报；会计差错更正（应有说明）。",
        ask="同一期间的数字为何与上次申请不同？",
        paper="两版报表的差异说明、更正申报记录或审计报告",
    ),
    en=Page(
        why=(
            "A firm that applies again shows the same figures for the same period; figures "
            "that improved after a refusal need an explanation one by one."
        ),
        example="Net profit of 2024 was 120,000 in the last application and is 960,000 now.",
        innocent=(
            "Unaudited figures before; a corrected return; a restatement (it should be explained)."
        ),
        ask="Why do figures of one period differ from the last application?",
        paper="A note on the differences, the corrected return or the audit report",
    ),
)
def resubmitted(case: RuleView) -> Iterator[Result]:
    compared = 0
    for kind in YEARLY:
        for document in case.own_papers(kind):
            differ: list[tuple[str, Amount, Fact]] = []
            for name, line in document.lines.items():
                for column, amount in line.columns.items():
                    facts = case.context.others(
                        "figure",
                        figure_key(case.applicant.name, document, name, column),
                        case.packet_id,
                    )
                    compared += len(facts)
                    differ += [
                        (name, amount, fact)
                        for fact in facts
                        if not _same(amount.value, Decimal(fact.text))
                    ][:1]
            if differ:
                yield _hit(case, document, differ)
    if compared:
        yield Clear(
            BilingualText(
                f"与以往申请比对 {compared} 项",
                f"{compared} figures compared with earlier applications",
            )
        )
    else:
        yield NotApplicable(
            BilingualText(
                "没有同一企业同一期间的其他申请", "no other application of this firm and period"
            )
        )


def _same(one: Decimal, other: Decimal) -> bool:
    """Equal, or one is the other printed in thousands or 万元."""
    return abs(one - other) <= max(_unit(one), _unit(other)) / 2


def _unit(value: Decimal) -> Decimal:
    """The unit that an amount may have been rounded to: 万元 with two decimals is 100 yuan."""
    return next((Decimal(u) for u in (10_000, 1_000, 100) if value and value % u == 0), Decimal(0))


def _hit(case: RuleView, document: Document, differ: list[tuple[str, Amount, Fact]]) -> Hit:
    name, amount, fact = differ[0]
    say = BilingualText(
        (
            f"{len(differ)} 项数字与申请 {fact.packet} 中同一期间的不同，如{name}：那时 {fact.text}，现在 "
            f"{money_text(amount.value)}"
        ),
        (
            f"{len(differ)} figure(s) differ from application {fact.packet} for the same "
            f"period, such as {name}: {fact.text} then, {money_text(amount.value)} now"
        ),
    )
    return Hit(
        say=say,
        evidence=(
            *(case.at_amount(document, a) for _, a, _ in differ[:3]),
            *(finding.evidence for _, _, finding in differ[:3]),
        ),
        expected=fact.text,
        observed=money_text(amount.value),
        confidence=0.9 * min(a.confidence for _, a, _ in differ),
        severity=Severity.HIGH if len(differ) >= case.limit("several") else Severity.MEDIUM,
    )

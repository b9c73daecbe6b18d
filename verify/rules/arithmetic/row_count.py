"""The number of transactions that a statement prints is the number of its rows, and its pages are
all there.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Document, ReadStatus
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="ARI20",
    title="Printed count and page numbers are whole",
    title_zh="打印笔数、页码与明细一致",
    severity="medium",
    group="rows_missing",
    reads=(BANK_STATEMENT,),
    zh=Page(
        why="对账单打印的总笔数由系统统计；明细少于笔数，说明有行或页被抽走，多于笔数，说明有行被加入；页码跳号或不到总页数，说明缺页。",
        example="总笔数 233，明细只有 228 笔。",
        innocent="笔数只统计借方或贷方（已尝试）；打印范围与统计范围不同；个别行未能读取。",
        ask="明细笔数与打印笔数为何不同？是否缺页？",
        paper="完整期间的电子对账单",
    ),
    en=Page(
        why=(
            "The bank counts the rows of a statement; fewer rows than counted means that "
            "rows or pages are gone, more that some were added; page numbers that skip or "
            "stop short mean missing pages."
        ),
        example="233 counted, 228 rows.",
        innocent="A count of one side alone (tried); another range; a row that could not be read.",
        ask="Why does the count differ from the rows? Is a page missing?",
        paper="The electronic statement of the whole period",
    ),
)
def row_count(case: RuleView) -> Iterator[Result]:
    results = [
        r
        for statement in case.papers(BANK_STATEMENT)
        for r in (*_count(case, statement), *_pages(case, statement))
    ]
    yield from results
    if not results:
        yield NotApplicable(
            BilingualText(
                "对账单没有打印笔数和页码", "neither a count nor page numbers are printed"
            )
        )


def _count(case: RuleView, statement: Document) -> Iterator[Result]:
    printed = statement.fields.get("row_count")
    if printed is None or not printed.value.isdigit():
        return
    counts = {
        len(statement.rows),
        sum(row.debit > 0 for row in statement.rows),
        sum(row.credit > 0 for row in statement.rows),
    }
    if int(printed.value) in counts:
        yield Clear(
            BilingualText(
                f"笔数 {printed.value} 与明细一致", f"the count of {printed.value} agrees"
            )
        )
    elif statement.status == ReadStatus.PARTIAL or printed.confidence < float(
        case.shared("trust_floor")
    ):
        yield NotChecked(
            BilingualText("对账单未读全，笔数不能核对", "the statement was not read whole")
        )
    else:
        say = BilingualText(
            f"打印笔数 {printed.value}，明细 {len(statement.rows)} 笔",
            f"{printed.value} transactions are counted, {len(statement.rows)} are listed",
        )
        yield Hit(
            say=say,
            evidence=(case.at_field(statement, printed),),
            expected=printed.value,
            observed=str(len(statement.rows)),
            confidence=0.8 * printed.confidence,
        )


def _pages(case: RuleView, statement: Document) -> Iterator[Result]:
    """Page numbers run from one to the total that is printed, or start anew with each month's
    statement.
    """
    printed = statement.fields.get("page_numbers")
    if printed is None:
        return
    pages = [
        (int(name), int(total))
        for name, total in (part.split("/") for part in printed.value.split(","))
    ]
    gaps = [
        name
        for (name, _), (before, last) in zip(pages, [(0, 0), *pages], strict=False)
        if name != before + 1 and (name != 1 or before != last)
    ]
    if not gaps and pages[-1][0] == pages[-1][1]:
        yield Clear(
            BilingualText(f"{len(pages)} 页页码连续", f"the numbers of {len(pages)} pages run on")
        )
        return
    numbers = ", ".join(f"{name}/{total}" for name, total in pages)
    say = BilingualText(
        f"打印页码为 {numbers}，不连续或未到末页",
        f"pages {numbers} are there: they skip or stop short",
    )
    yield Hit(
        say=say, evidence=(case.at_field(statement, printed),), observed=numbers, confidence=0.85
    )

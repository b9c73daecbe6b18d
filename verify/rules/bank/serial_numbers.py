"""Serial numbers of rows are those that a bank's system writes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Document, Transaction
from verify.case_file import RuleView
from verify.ledger.transaction_kinds import fee, wages
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK06",
    title="Serial numbers are a system's",
    title_zh="流水号不重复",
    severity="medium",
    group="row_marks",
    reads=(BANK_STATEMENT,),
    zh=Page(
        why="同一天的流水号各不相同；复制一行再改金额和对手，会留下重复的流水号。",
        example="6 月 3 日两笔不同对手、不同金额的交易流水号相同。",
        innocent="手续费与主交易共用流水号（不计）；批量代发共用批次号；按对手汇总的渠道流水号。",
        ask="两笔交易的流水号为何相同？",
        paper="两笔交易的电子回单",
    ),
    en=Page(
        why="Serial numbers of a day differ; a row that was copied and changed keeps its number.",
        example="Two items of 3 June with other parties and amounts bear one serial number.",
        innocent=(
            "A fee shares its item's number (not counted); a batch of wages under one "
            "number; numbers of a channel."
        ),
        ask="Why do two items share a serial number?",
        paper="The electronic slips of both",
    ),
)
def serial_numbers(case: RuleView) -> Iterator[Result]:
    marked = False
    for statement in case.papers(BANK_STATEMENT):
        rows = [
            row for row in statement.rows if row.serial_number and not fee(row) and not wages(row)
        ]
        if len(rows) < case.limit("least_rows"):
            continue
        marked = True
        twice = _twice(rows)
        if len(twice) > case.limit("grouped_share") * len(rows):
            yield Clear(
                BilingualText(
                    "该行流水号按批次编制，不作判断", "this bank numbers batches, nothing to judge"
                )
            )
        elif twice:
            yield _hit(case, statement, twice)
        else:
            yield Clear(
                BilingualText(f"{len(rows)} 个流水号各不相同", f"{len(rows)} serial numbers differ")
            )
    if not marked:
        yield NotApplicable(BilingualText("对账单没有流水号", "no serial numbers"))


def _twice(rows: list[Transaction]) -> list[tuple[Transaction, Transaction]]:
    """Two rows of one day and number with other parties and amounts."""
    by_mark: dict[tuple[object, str], list[Transaction]] = {}
    for row in rows:
        by_mark.setdefault((row.day, row.serial_number), []).append(row)
    out = []
    for same in by_mark.values():
        out += [
            (first, second)
            for first, second in pairwise(same)
            if (first.debit, first.credit) != (second.debit, second.credit)
            and first.counterparty_name
            and second.counterparty_name
            and first.counterparty_name != second.counterparty_name
            and bool(first.debit) == bool(second.debit)
        ]
    return out


def _hit(case: RuleView, statement: Document, twice: list[tuple[Transaction, Transaction]]) -> Hit:
    first, second = twice[0]
    say = BilingualText(
        f"{first.day} 流水号 {first.serial_number} 用于两笔不同的交易（共 {len(twice)} 处）",
        (
            f"serial number {first.serial_number} of {first.day} stands at two different "
            f"items ({len(twice)} case(s))"
        ),
    )
    evidence = tuple(case.at_row(statement, r) for pair in twice[:3] for r in pair)
    confidence = 0.8 * min(first.confidence, second.confidence)
    severity = Severity.MEDIUM if len(twice) <= 3 else Severity.LOW
    return Hit(
        say=say,
        evidence=evidence,
        observed=first.serial_number,
        confidence=confidence,
        severity=severity,
    )

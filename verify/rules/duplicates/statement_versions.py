"""Two statements of one account agree on the days that both cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from extractors.documents.bank_statement import (
    ACCOUNT_NUMBER,
    BANK_STATEMENT,
    PERIOD_END,
    PERIOD_START,
    PRINTED_AT,
)
from extractors.model import Document, Transaction
from extractors.values.account_number import same_account
from verify.case_file import RuleView
from verify.context.context import Ledger
from verify.doubt.completeness import is_read_whole
from verify.doubt.parts import Part
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="DUP05",
    title="Two statements of one account agree",
    title_zh="同一账户的两份对账单一致",
    severity="high",
    group="statement_versions",
    reads=(BANK_STATEMENT,),
    cross=True,
    stands_on=(Part.ACCOUNT, Part.ROWS),
    zh=Page(
        why="同一账户同一时间只有一本账；两份对账单在重叠日期的明细不同，至少一份需要核实。补件、续贷和其他申请中的流水都会比对。",
        example="首次提交的 3 月流水没有 50 万元货款，补交的版本多出这一笔。",
        innocent="一份按日汇总、一份逐笔列示；导出时的筛选条件不同；冲正后的重打。",
        ask="两份对账单为何不同？请提供网银只读账号现场查看。",
        paper="开户行盖章的对账单",
    ),
    en=Page(
        why=(
            "An account has one book; where two statements differ on days that both cover, "
            "at least one needs checking. Later versions and other applications are "
            "compared."
        ),
        example=(
            "March as first handed in lacks a receipt of 500,000 that the second version shows."
        ),
        innocent=(
            "One lists single items, the other daily sums; filters of an export; printed "
            "again after a reversal."
        ),
        ask="Why do the two differ? May the account be looked at online together?",
        paper="A statement stamped by the bank",
    ),
)
def statement_versions(case: RuleView) -> Iterator[Result]:
    results = []
    papers = [each for each in case.papers(BANK_STATEMENT) if each.rows]
    for index, statement in enumerate(papers):
        number, start, end = (
            case.get(ACCOUNT_NUMBER, statement),
            case.get(PERIOD_START, statement),
            case.get(PERIOD_END, statement),
        )
        if number is None or start is None or end is None or "*" in number.value:
            continue
        own = [
            each
            for each in case.context.ledgers
            if each.packet == case.packet_id
            and each.document.id in {paper.id for paper in papers[index + 1 :]}
        ]
        others = [each for each in case.context.ledgers if each.packet != case.packet_id]
        for ledger in (*own, *others):
            first, last = (
                max(start.value, ledger.start),
                min(_whole_until(statement, end.value), _whole_until(ledger.document, ledger.end)),
            )
            if (
                ledger.document.sha256 == statement.sha256
                or not same_account(ledger.account, number.value)
                or first > last
            ):
                continue
            results.append(_compared(case, statement, ledger, first, last))
    yield from results
    if not results:
        yield NotApplicable(
            BilingualText(
                "没有同一账户期间重叠的两份对账单", "no two statements of one account overlap"
            )
        )


_NOT_WHOLE = BilingualText(
    "同一账户的两份对账单中有一份未能完整读取，缺少的行无法据以判断",
    "one of two statements of one account was not read whole: rows that it lacks tell nothing",
)


def _whole_until(document: Document, end: date) -> date:
    """The last day that a statement surely shows whole: the day of printing goes on after the
    print.
    """
    printed = PRINTED_AT.of(document)
    return min(end, printed.value - timedelta(days=1)) if printed else end - timedelta(days=1)


def _inside(rows: Sequence[Transaction], first: date, last: date) -> list[Transaction]:
    return [row for row in rows if first <= row.day <= last]


def _key(row: Transaction) -> tuple[date, Decimal, Decimal]:
    return row.day, row.debit, row.credit


def _compared(
    case: RuleView, statement: Document, ledger: Ledger, first: date, last: date
) -> Result:
    mine, theirs = _inside(statement.rows, first, last), _inside(ledger.document.rows, first, last)
    left, right = Counter(map(_key, mine)), Counter(map(_key, theirs))
    only_mine, only_theirs = left - right, right - left
    if not only_mine and not only_theirs:
        return Clear(
            BilingualText(
                f"{first} 至 {last} 两份对账单一致", f"both statements agree from {first} to {last}"
            )
        )
    # A row tells only where the statement that lacks it was read whole.
    is_told = (only_mine and ledger.is_whole) or (only_theirs and is_read_whole(statement))
    if not is_told:
        return NotChecked(_NOT_WHOLE)
    odd = [r for r in mine if only_mine[_key(r)]][:4]
    missing = [r for r in theirs if only_theirs[_key(r)]][:4]
    share = (sum(only_mine.values()) + sum(only_theirs.values())) / max(len(mine) + len(theirs), 1)
    say = BilingualText(
        (
            f"{first} 至 {last} 同一账户的两份对账单不一致：本份独有 {sum(only_mine.values())} 笔，另一份独有 "
            f"{sum(only_theirs.values())} 笔"
        ),
        (
            f"from {first} to {last} two statements of one account differ: "
            f"{sum(only_mine.values())} row(s) here alone, {sum(only_theirs.values())} "
            "there alone"
        ),
    )
    places: tuple[Evidence, ...] = tuple(case.at_row(statement, r) for r in odd) or (
        case.at_file(statement),
    )
    confidence = min([reading.confidence for reading in (*odd, *missing)] or [0.9])
    # Nothing in common speaks of two ways of listing, one or a few rows of a changed paper.
    return Hit(
        say=say,
        evidence=(*places, *(ledger.evidence(r) for r in missing)),
        observed=str(sum(only_mine.values())),
        expected="0",
        confidence=0.9 * confidence,
        severity=Severity.HIGH if share <= 0.5 else Severity.MEDIUM,
    )

"""Rows that a working account has every month, missing in one month; and numbers that skip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Document, Transaction
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, Month, by_account, by_month, month_of, whole_months
from verify.ledger.transaction_kinds import fee, social, tax, utility, wages
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_REGULAR: tuple[tuple[str, str, Callable[[Transaction], bool]], ...] = (
    ("工资", "wages", wages),
    ("社保", "social insurance", social),
    ("税款", "tax", tax),
    ("水电房租", "rent and power", utility),
    ("银行费用", "bank fees", fee),
)


@dataclass(frozen=True, slots=True)
class _Gap:
    """A sign that rows are gone, with the places on both sides of it."""

    say: BilingualText
    evidence: tuple[Evidence, ...]
    strong: bool


@rule(
    id="PRA11",
    title="No rows were left out",
    title_zh="流水缺行缺页",
    severity="high",
    group="rows_missing",
    reads=(BANK_STATEMENT,),
    stands_on_all=(Part.ROWS,),
    zh=Page(
        why="抽掉的行会留下空档：连续编号跳号，月月都有的工资、社保、税款、费用独缺一个月，或整月没有交易。几处空档落在同一段时间，缺行的可能就大。",
        example="序号 118 之后是 131；同一月份没有工资、社保和账户管理费。",
        innocent="停工、假期、缓缴；该月改由其他账户支付；编号按渠道分段。",
        ask="该月的工资、社保、税款由哪个账户支付？请提供该月完整流水。",
        paper="该月由银行盖章的对账单",
    ),
    en=Page(
        why=(
            "Rows taken out leave gaps: running numbers that skip, wages, insurance, tax "
            "and fees of every month that one month lacks, a month without business. "
            "Several gaps in one stretch make missing rows likely."
        ),
        example=(
            "Number 131 follows 118; the same month lacks wages, insurance and the account fee."
        ),
        innocent=(
            "A stop of work, holidays, deferrals; paid from another account that month; "
            "numbers by channel."
        ),
        ask="From which account were wages, insurance and tax of that month paid?",
        paper="The statement of that month, stamped by the bank",
    ),
)
def missing_rows(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    months = whole_months(rows)
    if not rows:
        yield NotApplicable(BilingualText("没有明细", "no rows"))
        return
    gaps: dict[Month, list[_Gap]] = {}
    for month, gap in (*_skips(case), *_irregular(case, rows, months), *_empty(case, rows, months)):
        gaps.setdefault(month, []).append(gap)
    for month, found in sorted(gaps.items()):
        if len(found) < case.limit("least_signs") and not any(each.strong for each in found):
            continue
        say = BilingualText(
            f"{month[0]} 年 {month[1]} 月可能缺行：" + "；".join(each.say.zh for each in found),
            f"rows may be missing in {month[0]}-{month[1]:02d}: "
            + "; ".join(each.say.en for each in found),
        )
        severity = Severity.HIGH if len(found) >= case.limit("many_signs") else Severity.MEDIUM
        evidence = tuple(entry for each in found for entry in each.evidence)[:6]
        yield Hit(
            say=say,
            evidence=evidence,
            observed=f"{month[0]}-{month[1]:02d}",
            confidence=0.8,
            severity=severity,
        )
    if not any(
        len(glyph) >= case.limit("least_signs") or any(x.strong for x in glyph)
        for glyph in gaps.values()
    ):
        yield Clear(BilingualText("没有成片的空档", "no stretch of gaps"))


def _skips(case: RuleView) -> Iterator[tuple[Month, _Gap]]:
    """Numbers that run by one through the whole statement, but for a few skips."""
    for statement in case.papers(BANK_STATEMENT):
        numbered = [row for row in statement.rows if row.serial_number.isdigit()]
        pairs = list(zip(numbered, numbered[1:], strict=False))
        steps = [
            (first, second, int(second.serial_number) - int(first.serial_number))
            for first, second in pairs
        ]
        sure = float(case.shared("trust_floor"))
        skips = [
            (amount, b, n)
            for amount, b, n in steps
            if n != 1 and min(amount.confidence, b.confidence) >= sure
        ]
        if (
            len(numbered) < len(statement.rows)
            or len(pairs) < case.limit("least_numbers")
            or len(skips) > case.limit("most_skips")
        ):
            continue
        for before, after, step in skips:
            say = BilingualText(
                f"编号由 {before.serial_number} 跳到 {after.serial_number}",
                f"numbers skip from {before.serial_number} to {after.serial_number}",
            )
            yield (
                month_of(after.day),
                _Gap(
                    say,
                    _around(case, statement, before, after),
                    1 < step <= case.limit("most_step"),
                ),
            )


def _around(
    case: RuleView, statement: Document, before: Transaction, after: Transaction
) -> tuple[Evidence, ...]:
    return case.at_row(statement, after), case.at_row(statement, before)


def _irregular(
    case: RuleView, rows: Sequence[Entry], months: Sequence[Month]
) -> Iterator[tuple[Month, _Gap]]:
    """A kind of payment that its account has in every month but one or two, lacking between two
    months that have it.
    """
    for account in by_account(rows).values():
        own = whole_months(account)
        if len(own) < case.limit("least_months"):
            continue
        for zh, en, is_kind in _REGULAR:
            have = {month_of(entry.row.day): entry for entry in account if is_kind(entry.row)}
            lack = [
                m
                for a, m, b in zip(months, months[1:], months[2:], strict=False)
                if m not in have and a in have and b in have
            ]
            if (
                not lack
                or len(lack) > case.limit("most_lacking")
                or len(have) < len(own) - int(case.limit("most_lacking"))
            ):
                continue
            for month in (m for m in lack if m in own):
                near = [
                    have[m]
                    for m in own
                    if m in have and abs((m[0] - month[0]) * 12 + m[1] - month[1]) == 1
                ]
                say = BilingualText(f"其余月份都有{zh}，该月没有", f"{en} in every month but this")
                yield month, _Gap(say, tuple(case.at_entry(entry) for entry in near[:2]), False)


def _empty(
    case: RuleView, rows: Sequence[Entry], months: Sequence[Month]
) -> Iterator[tuple[Month, _Gap]]:
    """A month without a row between busy months, within one statement that was read: a file that is
    missing is another matter.
    """
    busy = by_month(rows)
    counts = {each: len(busy.get(each, ())) for each in months}
    usual = sorted(counts.values())[len(counts) // 2] if counts else 0
    for month, count in counts.items():
        first = date(*month, 1)
        inside = [
            statement
            for statement in case.own_papers(BANK_STATEMENT)
            if statement.rows
            and statement.rows[0].day < first
            and statement.rows[-1].day > first + timedelta(days=31)
        ]
        if count == 0 and usual >= case.limit("busy") and inside:
            before = [entry for entry in rows if month_of(entry.row.day) < month]
            say = BilingualText(
                f"整月没有交易，其余月份约 {usual} 笔",
                f"no row in the month, about {usual} in others",
            )
            yield month, _Gap(say, tuple(case.at_entry(entry) for entry in before[-1:]), True)

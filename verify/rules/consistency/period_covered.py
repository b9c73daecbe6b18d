"""The statements cover the months that are needed, without a gap, and end where they say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractors.documents.bank_statement import (
    ACCOUNT_NUMBER,
    BANK_STATEMENT,
    CLOSING_BALANCE,
    OPENING_BALANCE,
    PERIOD_END,
    PERIOD_START,
)
from extractors.model import Document
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="CON22",
    title="Statements cover the period without a gap",
    title_zh="对账单期间完整",
    severity="medium",
    group="rows_missing",
    reads=(BANK_STATEMENT,),
    stands_on_all=(Part.ROWS,),
    zh=Page(
        why="授信调查通常要求至少六个月的连续流水；同一账户的几份对账单之间缺月，缺的往往是不便示人的月份。",
        example="提交 1–5 月和 8–12 月，缺 6、7 月。",
        innocent="新开户；缺月为漏交，补交即可。",
        ask="缺少的月份能否补交？",
        paper="缺少期间的对账单",
    ),
    en=Page(
        why=(
            "Six months without a break are usually required; a month missing between "
            "statements of one account may be one that should not be seen."
        ),
        example="January to May and August to December; June and July are missing.",
        innocent="An account opened lately; a month forgotten and easily handed in.",
        ask="Can the missing months be handed in?",
        paper="The statement of the missing period",
    ),
)
def period_covered(case: RuleView) -> Iterator[Result]:
    accounts: dict[str, list[tuple[date, date, Document]]] = {}
    for statement in case.papers(BANK_STATEMENT):
        number, start, end = (
            case.get(ACCOUNT_NUMBER, statement),
            case.get(PERIOD_START, statement),
            case.get(PERIOD_END, statement),
        )
        if start and end:
            accounts.setdefault(number.value if number else "", []).append(
                (start.value, end.value, statement)
            )
    if not accounts:
        yield NotChecked(BilingualText("未读到对账单期间", "no period was read"))
    for account, spans in sorted(accounts.items()):
        yield from _account(case, account, sorted(spans, key=lambda s: (s[0], s[1], s[2].id)))


def _joins(case: RuleView, before: Document, after: Document) -> bool:
    """Whether the balance runs on over a gap in the days: nothing happened, and an export lists
    days with rows alone.
    """
    closing, opening = case.get(CLOSING_BALANCE, before), case.get(OPENING_BALANCE, after)
    return closing is not None and opening is not None and closing.value == opening.value


def _named(number: str) -> BilingualText:
    return (
        BilingualText(f"账号 …{number[-4:]}", f"account …{number[-4:]}")
        if number
        else BilingualText("未读到账号的账户", "an account without a number")
    )


def _account(
    case: RuleView, number: str, spans: list[tuple[date, date, Document]]
) -> Iterator[Result]:
    gaps = []
    reached, last = spans[0][1], spans[0][2]
    for start, end, statement in spans[1:]:
        if (start - reached).days > int(case.limit("gap_days")) and not _joins(
            case, last, statement
        ):
            gaps.append((reached, start, last, statement))
        if end > reached:
            reached, last = end, statement
    for before, after, one, two in gaps:
        say = BilingualText(
            f"{_named(number).zh} 的对账单在 {before} 与 {after} 之间缺失",
            f"{_named(number).en} has no statement between {before} and {after}",
        )
        evidence = tuple(
            case.at_field(document, found)
            for document, name in ((one, "period_end"), (two, "period_start"))
            if (found := document.fields.get(name))
        )
        yield Hit(
            say=say,
            evidence=evidence,
            observed=f"{before} – {after}",
            confidence=0.9,
            severity=Severity.MEDIUM,
        )
    days = (reached - spans[0][0]).days + 1
    if days < case.limit("least_days"):
        say = BilingualText(
            f"{_named(number).zh} 的对账单只覆盖 {days} 天",
            f"the statement of {_named(number).en} covers {days} days only",
        )
        evidence = tuple(
            case.at_field(spans[0][2], f) for f in (spans[0][2].fields.get("period_start"),) if f
        )
        yield Hit(
            say=say, evidence=evidence, observed=str(days), confidence=0.9, severity=Severity.LOW
        )
    elif not gaps:
        yield Clear(
            BilingualText(
                f"对账单连续覆盖 {days} 天", f"the statements cover {days} days without a gap"
            )
        )

"""The company has traded before, not only since it was bought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from extractors.documents.balance_sheet import BALANCE_SHEET
from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE, ESTABLISHED, ISSUED
from extractors.documents.declare import DocumentType
from extractors.documents.income_statement import INCOME_STATEMENT
from extractors.model import Document
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, Month, by_month, total, whole_months
from verify.ledger.transaction_kinds import overhead
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="PRA15",
    title="The company traded before it was bought",
    title_zh="不是买来的空壳公司",
    severity="high",
    group="bought_shell",
    since="0.2",
    reads=(BUSINESS_LICENCE, BANK_STATEMENT, INCOME_STATEMENT, BALANCE_SHEET),
    needs=("business_licence", "bank_statement"),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why="成立多年的执照可以买到。空壳公司的账户长期没有业务，换了法定代表人、换发执照后突然有大额进出，“成立年限”并不代表经营年限。",
        example="2016 年成立，1 至 8 月账户没有货款往来，9 月换发执照，此后四个月进账 900 万元，年初资产几乎为零。",
        innocent="季节性经营（上年有收入，不提示）；新开的账户（上年有收入，不提示）；停工改造后复产；集团内部调整业务主体。",
        ask="公司何时由现股东取得？此前做什么业务，为何账户长期没有往来？",
        paper="股权转让协议与变更登记、上年度纳税申报与财务报表、原账户流水",
    ),
    en=Page(
        why=(
            "A licence of many years can be bought. The shell's account lies idle for "
            "long; after a new representative and a new licence large money moves at once: "
            "the years since founding are not years of business."
        ),
        example=(
            "Founded in 2016, no trade in the account from January to August, a new "
            "licence in September, then 9m of receipts in four months; next to no assets "
            "at the year's start."
        ),
        innocent=(
            "Seasonal trade or a new account (silent where the year before had revenue); "
            "work resumed after rebuilding; business moved within a group."
        ),
        ask=(
            "When did the present owners take the company over, what did it do before, and "
            "why was the account idle?"
        ),
        paper=(
            "The transfer of shares and its registration, last year's returns and "
            "statements, the former account's statement"
        ),
    ),
)
def bought_shell(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    months = whole_months(rows)
    if len(months) < case.limit("least_months"):
        yield NotApplicable(BilingualText("流水不足半年", "less than half a year of rows"))
        return
    first = date(*months[0], 1)
    for licence in case.own_papers(BUSINESS_LICENCE):
        founded = case.get(ESTABLISHED, licence)
        if founded is None:
            yield NotChecked(BilingualText("未读到成立日期", "the day of founding was not read"))
        elif (first - founded.value).days < case.limit("old_days"):
            yield NotApplicable(BilingualText("新设企业", "a young company"))
        else:
            place = case.at_field(licence, founded.field)
            yield _judged(case, licence, place, months)


def _judged(
    case: RuleView, licence: Document, founded: Evidence, months: Sequence[Month]
) -> Result:
    """Weigh an idle account by what the books tell of the year before and by a new licence."""
    trade = [entry for entry in case.entries() if not overhead(entry.row)]
    woken = _woken(case, by_month(trade), months)
    if woken is None:
        return Clear(
            BilingualText("账户各月均有业务", "the account trades in every part of the time")
        )
    before = _year_before(case)
    if before is not None and before[0] >= case.limit("least_before"):
        return Clear(
            BilingualText("上年度有经营收入或资产", "the year before had revenue or trading assets")
        )
    renewed = _renewed(case, licence, woken)
    taken = total(entry.amount for entry in trade if entry.amount > 0)
    say = BilingualText(
        f"账户在 {woken} 之前长期没有业务，此后进账 {yuan(taken)}"
        + (f"；执照于 {renewed} 换发" if renewed else "")
        + ("；报表上年无收入" if before is not None else ""),
        f"the account was idle until {woken}, then took {yuan(taken)}"
        + (f"; the licence was issued anew on {renewed}" if renewed else "")
        + ("; the statements show no revenue of the year before" if before is not None else ""),
    )
    shown = [entry for entry in trade if entry.row.day >= woken][:3]
    book = () if before is None else (before[1],)
    signs = (before is not None) + (renewed is not None)
    return Hit(
        say=say,
        evidence=(founded, *book, *(case.at_entry(entry) for entry in shown)),
        observed=woken.isoformat(),
        confidence=0.8,
        severity=(Severity.LOW, Severity.MEDIUM, Severity.HIGH)[signs],
    )


def _woken(case: RuleView, trade: dict[Month, list[Entry]], months: Sequence[Month]) -> date | None:
    """The first day of the month in which an idle account began to trade at full strength.

    Idle are at least so many months at the start without more than a stray row of trade each.
    """
    idle = 0
    while idle < len(months) and len(trade.get(months[idle], ())) <= case.limit("stray_rows"):
        idle += 1
    busy = [len(trade.get(month, ())) for month in months[idle:]]
    if idle < case.limit("idle_months") or not busy:
        return None
    return date(*months[idle], 1) if busy[0] >= max(busy) * case.limit("full_share") else None


def _year_before(case: RuleView) -> tuple[Decimal, Evidence] | None:
    """The larger of last year's revenue and of the receivables and stock at the year's start, with
    its place; None where no statement tells.
    """
    found = [
        *_in_column(case, INCOME_STATEMENT, "prior", ("营业收入",)),
        *_in_column(case, BALANCE_SHEET, "opening", ("应收账款", "存货")),
    ]
    return max(found, key=lambda each: each[0], default=None)


def _in_column(
    case: RuleView, kind: DocumentType, column: str, names: Sequence[str]
) -> Iterator[tuple[Decimal, Evidence]]:
    """Amounts of some lines in a column; a dash says that there was nothing."""
    for paper in case.own_papers(kind):
        for line in (paper.lines[name] for name in names if name in paper.lines):
            amount = line.columns.get(column)
            if amount is not None:
                yield amount.value, case.at_amount(paper, amount)
            elif column in line.dashes:
                yield Decimal(0), case.at_file(paper)


def _renewed(case: RuleView, licence: Document, woken: date) -> date | None:
    """The day of a licence issued about the time at which the account woke, long after founding."""
    issued = case.get(ISSUED, licence)
    near = timedelta(days=int(case.limit("near_days")))
    if issued is None or not woken - near <= issued.value <= woken + near:
        return None
    return issued.value

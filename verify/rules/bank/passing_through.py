"""Money that leaves within a day or two of coming in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, RowRef, total
from verify.ledger.transaction_kinds import (
    deposit_interest,
    invested,
    loan_disbursed,
    overhead,
    own_transfer,
)
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK09",
    title="Money stays in the account",
    title_zh="快进快出",
    severity="medium",
    group="round_trip",
    reads=(BANK_STATEMENT,),
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why="经营账户的钱会停留、分散支付；进账次日就整笔转给一两家的账户像是过账通道，流水规模不代表经营规模。",
        example="全年进账 2,100 万，其中 1,700 万在次日内转给不超过三家。",
        innocent="贸易商以销定采、收款即付；资金归集到集团账户；代收代付业务。",
        ask="为何进账后很快转出？上下游结算周期如何约定？",
        paper="上下游合同的结算条款、对应发票",
    ),
    en=Page(
        why=(
            "Money of a working firm stays and is spread; an account that passes receipts "
            "on to one or two firms by the next day is a channel, and its turnover is not "
            "its business."
        ),
        example="21m came in over the year, 17m of it left within a day to at most three firms.",
        innocent=(
            "A trader that buys on order; sweeping into a group account; collecting for others."
        ),
        ask="Why does money leave so soon? What are the terms of payment?",
        paper="Terms of payment in contracts, the invoices",
    ),
)
def passing_through(case: RuleView) -> Iterator[Result]:
    holder = case.applicant.name
    rows = [
        entry
        for entry in case.entries()
        if not (
            deposit_interest(entry.row)
            or loan_disbursed(entry.row)
            or own_transfer(entry.row, holder)
            or invested(entry.row)
        )
    ]
    came = total(entry.row.credit for entry in rows)
    if came < case.limit("least_inflow"):
        yield NotApplicable(BilingualText("进账很少，不作判断", "too little came in to judge"))
        return
    fast, shown = _passed_on(case, rows)
    share = fast / came
    if share <= case.limit("low_share"):
        yield Clear(
            BilingualText(
                f"{share:.0%} 的进账在次日内转出", f"{share:.0%} of what came in left within a day"
            )
        )
        return
    say = BilingualText(
        f"进账 {yuan(came)} 中有 {yuan(fast)}（{share:.0%}）在当日或次日转出，每日不超过三家",
        (
            f"{yuan(fast)} of {yuan(came)} that came in ({share:.0%}) left that day or the "
            "next, to at most three parties a day"
        ),
    )
    severity = Severity.MEDIUM if share > case.limit("share") else Severity.LOW
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in shown[:6]),
        observed=f"{share:.0%}",
        confidence=0.75,
        severity=severity,
    )


def _passed_on(case: RuleView, rows: Sequence[Entry]) -> tuple[Decimal, list[Entry]]:
    """Receipts of days whose payments to at most three parties, that day or the next, take most of
    them; each payment once.
    """
    by_day: dict[date, list[Entry]] = {}
    for entry in rows:
        by_day.setdefault(entry.row.day, []).append(entry)
    used: set[RowRef] = set()
    fast, shown = Decimal(0), []
    for day, moved in by_day.items():
        came = total(each.row.credit for each in moved)
        if came < case.limit("least_day"):
            continue
        taken: list[Entry] = []
        for when in (
            day,
            day + timedelta(days=1),
        ):  # the same day first, the next only for what is left
            free = [
                each
                for each in by_day.get(when, ())
                if each.amount < 0
                and each.party
                and each.ref not in used
                and not overhead(each.row)
            ]
            parties: dict[str, Decimal] = {}
            for entry in (*taken, *free):
                parties[entry.party] = parties.get(entry.party, Decimal(0)) + entry.row.debit
            top = sorted(parties, key=lambda p: (-parties[p], p))[:3]
            taken = [each for each in (*taken, *free) if each.party in top]
            if taken and total(each.row.debit for each in taken) >= came * case.limit("most"):
                used |= {each.ref for each in taken}
                fast += came
                shown += [
                    max((each for each in moved if each.amount > 0), key=lambda e: e.amount),
                    taken[0],
                ]
                break
    return fast, shown

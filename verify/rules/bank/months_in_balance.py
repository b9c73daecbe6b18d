"""Months in which as much goes out as came in."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.bank_statement import BANK_STATEMENT
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import by_month, total, whole_months
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK11",
    title="Months do not end where they began",
    title_zh="月度进出几乎相等",
    severity="medium",
    group="round_trip",
    reads=(BANK_STATEMENT,),
    stands_on_all=(Part.ROWS,),
    zh=Page(
        why="过账账户每月进多少出多少，余额总回到原处；经营账户的利润、库存和账期会让各月收支有差别。",
        example="连续十个月进出差额都不到进账的 0.5%。",
        innocent="资金归集账户每日或每月上划；代收代付账户。",
        ask="各月进出为何几乎相等？账户是否参与资金归集？",
        paper="资金归集协议、上划账户流水",
    ),
    en=Page(
        why=(
            "A channel passes on each month what came in; in a working account profit, "
            "stock and terms make months differ."
        ),
        example="Ten months in a row leave less than 0.5 % of what came in.",
        innocent="Accounts swept daily or monthly; accounts that collect for others.",
        ask="Why are in and out almost equal? Is the account swept?",
        paper="The sweeping agreement, the statement of the main account",
    ),
)
def months_in_balance(case: RuleView) -> Iterator[Result]:
    months = whole_months(case.entries())
    rows = by_month(case.entries())
    came = {month: total(entry.row.credit for entry in rows.get(month, ())) for month in months}
    busy = [month for month in months if came[month] >= case.limit("least_inflow")]
    if len(busy) < case.limit("least_months"):
        yield NotApplicable(
            BilingualText("月份或进账太少，不作判断", "too few busy months to judge")
        )
        return
    even = [
        m
        for m in busy
        if abs(came[m] - total(entry.row.debit for entry in rows[m]))
        <= came[m] * case.limit("share")
    ]
    if len(even) < len(busy) * case.limit("most"):
        yield Clear(
            BilingualText(
                f"{len(busy)} 个月中 {len(even)} 个月进出相等",
                f"{len(even)} of {len(busy)} months are in balance",
            )
        )
        return
    say = BilingualText(
        f"{len(busy)} 个月中有 {len(even)} 个月进出差额不到进账的 {case.limit('share'):.1%}",
        (
            f"in {len(even)} of {len(busy)} months in and out differ by less than "
            f"{case.limit('share'):.1%} of what came in"
        ),
    )
    firsts = [rows[m][0] for m in even[:4]]
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(first) for first in firsts),
        observed=f"{len(even)}/{len(busy)}",
        confidence=0.75,
    )

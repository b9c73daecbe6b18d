"""Counter business on days when banks are closed, and dates that know no weekend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

import chinese_calendar

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.values.party_name import is_company
from verify.case_file import RuleView
from verify.ledger.accounts import Entry
from verify.ledger.transaction_kinds import at_counter, deposit_interest, fee, platform
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="BNK04",
    title="Business keeps business days",
    title_zh="非工作日交易",
    severity="medium",
    group="row_dates",
    reads=(BANK_STATEMENT,),
    zh=Page(
        why="柜面、支票业务只在银行营业日办理，企业间货款也大多在工作日收付；编造的流水常按日历均匀分布，节假日照样有交易。日历取自国务院放假安排（含调休）。",
        example="239 笔货款中 77 笔落在周末和法定假日，占比与日历天数相同。",
        innocent="零售、餐饮、物流等行业天天有收款；网银可在周末转账；个别网点周末营业。",
        ask="周末和节假日的收付是通过什么渠道办理的？",
        paper="网银交易回单（含交易时间与渠道）",
    ),
    en=Page(
        why=(
            "Counters and cheques need an open bank, and firms mostly pay each other on "
            "working days; invented rows are spread over the calendar evenly. The calendar "
            "is the State Council's, moved working days included."
        ),
        example=(
            "77 of 239 trade rows fall on weekends and holidays, the share of such days in "
            "the calendar."
        ),
        innocent=(
            "Retail, catering and transport collect every day; online transfers run on "
            "weekends; some branches open on Saturdays."
        ),
        ask="Through which channel were these made?",
        paper="Electronic slips with time and channel",
    ),
)
def closed_days(case: RuleView) -> Iterator[Result]:
    rows = [
        entry for entry in case.entries() if not fee(entry.row) and not deposit_interest(entry.row)
    ]
    if not rows:
        yield NotApplicable(BilingualText("没有收付明细", "no rows"))
        return
    try:
        closed = [entry for entry in rows if _is_closed(entry.row.day)]
    except NotImplementedError:
        yield NotChecked(
            BilingualText(
                "日历未覆盖该年度的放假安排", "the calendar does not know the holidays of that year"
            )
        )
        return
    hits = [*_counter(case, closed), *_even(case, rows, closed)]
    yield from hits
    if not hits:
        yield Clear(
            BilingualText(
                f"{len(rows)} 笔中 {len(closed)} 笔在非工作日，无柜面业务",
                f"{len(closed)} of {len(rows)} rows on closed days, none at a counter",
            )
        )


@cache
def _is_closed(day: date) -> bool:
    return not chinese_calendar.is_workday(day)


def _counter(case: RuleView, closed: Sequence[Entry]) -> Iterator[Hit]:
    odd = [entry for entry in closed if at_counter(entry.row)]
    drawn = [entry for entry in odd if entry.amount < 0]
    if odd:
        say = BilingualText(
            f"{len(odd)} 笔柜面或支票业务记在非工作日",
            f"{len(odd)} counter or cheque item(s) on days when banks are closed",
        )
        severity = Severity.MEDIUM if len(drawn) >= case.limit("least_counter") else Severity.LOW
        yield Hit(
            say=say,
            evidence=tuple(case.at_entry(entry) for entry in odd[:6]),
            observed=str(len(odd)),
            confidence=0.8,
            severity=severity,
        )


def _even(case: RuleView, rows: Sequence[Entry], closed: Sequence[Entry]) -> Iterator[Hit]:
    """Payments to firms as frequent on closed days as on others; people and payment institutions
    settle every day and are left out.
    """
    firms = [entry for entry in rows if is_company(entry.party) and not platform(entry.row)]
    odd = [entry for entry in firms if _is_closed(entry.row.day)]
    if len(firms) < case.limit("least_rows") or len(odd) < case.limit("even_share") * len(firms):
        return
    share = len(odd) / len(firms)
    say = BilingualText(
        f"与企业的 {len(firms)} 笔收付中 {len(odd)} 笔（{share:.0%}）在非工作日，接近日历本身的占比",
        (
            f"{len(odd)} of {len(firms)} payments with firms ({share:.0%}) fall on closed "
            "days, about the calendar's own share"
        ),
    )
    out, out_odd = (sum(entry.amount < 0 for entry in some) for some in (firms, odd))
    severity = (
        Severity.MEDIUM
        if out_odd >= max(case.limit("least_paid"), out * case.limit("even_share"))
        else Severity.LOW
    )
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in odd[:4]),
        observed=f"{share:.0%}",
        confidence=0.75,
        severity=severity,
    )

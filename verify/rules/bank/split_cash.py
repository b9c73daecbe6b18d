"""Cash paid in or drawn in amounts that stay just below the bank's reporting threshold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extractors.documents.bank_statement import BANK_STATEMENT
from verify.case_file import RuleView
from verify.ledger.accounts import Entry, Month, month_of, total
from verify.ledger.transaction_kinds import cash
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK19",
    title="Cash is not split below the threshold",
    title_zh="现金拆分存取",
    severity="low",
    group="cash_rows",
    reads=(BANK_STATEMENT,),
    zh=Page(
        why=(
            "当日单笔或累计 5 万元以上的现金收付，银行须报告大额交易；一个月内多日略低于 5 万元，像是有意拆分。"
            "起点见《金融机构大额交易和可疑交易报告管理办法》（人民银行令〔2016〕第 3 号）。"
        ),
        example="6 月存入现金 7 笔，每笔 4.8 万至 4.95 万元。",
        innocent="零售、农产品收购等现金行业按日缴存。",
        ask="这些现金的来源是什么？为何分笔存入？",
        paper="现金日记账、销售收据",
    ),
    en=Page(
        why=(
            "Banks report cash of 50,000 yuan and more in one day, singly or together; "
            "several days just below it in one month look split on purpose (People's Bank "
            "order 3 of 2016)."
        ),
        example="Seven cash deposits of 48,000 to 49,500 in June.",
        innocent="Retail and buyers of farm produce pay in cash daily.",
        ask="Where does this cash come from, and why in parts?",
        paper="The cash book, receipts of sales",
    ),
)
def split_cash(case: RuleView) -> Iterator[Result]:
    rows = [each for each in case.entries() if cash(each.row)]
    if not rows:
        yield NotApplicable(BilingualText("没有现金存取", "no cash was paid in or drawn"))
        return
    days: dict[tuple[date, bool], list[Entry]] = {}
    for entry in rows:
        days.setdefault((entry.row.day, entry.amount > 0), []).append(entry)
    months: dict[Month, list[Entry]] = {}
    for same_day in days.values():
        if (
            case.limit("near")
            <= abs(total(each.amount for each in same_day))
            < case.limit("threshold")
        ):
            months.setdefault(month_of(same_day[0].row.day), []).append(same_day[0])
    found = {m: es for m, es in months.items() if len(es) >= case.limit("least_rows")}
    for month, same in sorted(found.items()):
        say = BilingualText(
            f"{month[0]} 年 {month[1]} 月有 {len(same)} 天的现金收付略低于 {case.limit('threshold'):,.0f} 元",
            (
                f"{len(same)} days of cash just below {case.limit('threshold'):,.0f} in "
                f"{month[0]}-{month[1]:02d}"
            ),
        )
        yield Hit(
            say=say,
            evidence=tuple(case.at_entry(each) for each in same[:5]),
            observed=str(len(same)),
            confidence=0.75,
        )
    if not found:
        yield Clear(
            BilingualText("没有成批略低于起点的现金", "no run of cash just below the threshold")
        )

"""The same money goes out and comes back within days."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, total
from verify.ledger.transaction_kinds import current_text, trade_text
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK10",
    title="Money does not go round",
    title_zh="资金空转",
    severity="high",
    group="round_trip",
    reads=(BANK_STATEMENT, SHAREHOLDER_REGISTER, BUSINESS_LICENCE),
    needs=("bank_statement",),
    stands_on_all=(Part.HOLDER,),
    zh=Page(
        why="同一笔钱几天内以相近金额转出又转回，往来对手既是付款方又是收款方，流水就被空转放大；收入写“货款”、转出写“往来款”更可疑。",
        example="7 组 45 万至 93 万的款项在三天内以“货款”进、“往来款”出，涉及三家企业，净额接近零。",
        innocent="客户同时是供应商（易货、委外加工）；短期拆借并已披露；退货退款（不计）；贷款到期过桥（不计）。",
        ask="这些款项对应什么业务？对手之间是什么关系？",
        paper="对应合同、发票与出入库单，关联关系说明",
    ),
    en=Page(
        why=(
            "Money that leaves and returns within days in about one amount, with parties "
            "that both pay and are paid, inflates turnover; “goods” coming in and “current "
            "account” going out is the sign."
        ),
        example=(
            "Seven pairs of 450,000 to 930,000 came in as goods and went out as current "
            "account within three days, among three firms, net about nil."
        ),
        innocent=(
            "A customer that is a supplier too; disclosed short loans; refunds and bridge "
            "loans (not counted)."
        ),
        ask="What business is behind these, and how are the firms related?",
        paper="Contracts, invoices, stock records; a statement of related parties",
    ),
)
def round_trip(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    # What is called a loan on both sides is told as it is, and inflates no sales.
    trips = [
        trip
        for trip in case.trips()
        if not (current_text(trip.came.row) and current_text(trip.went.row))
    ]
    came = total(entry.row.credit for entry in rows)
    if not any(entry.party for entry in rows) or not came:
        yield NotApplicable(
            BilingualText("流水没有对方户名", "the statements name no counterparties")
        )
        return
    circled = total(trip.came.row.credit for trip in trips)
    if not trips:
        yield Clear(BilingualText("没有同额往返的款项", "no money went out and back"))
        return
    share = circled / came
    parties = sorted(
        {entry.row.counterparty_name for trip in trips for entry in (trip.came, trip.went)}
    )
    related = any(
        entry.party in case.related() and trade_text(trip.came.row)
        for trip in trips
        for entry in (trip.came, trip.went)
    )
    mixed = sum(
        (trade_text(trip.came.row) and current_text(trip.went.row))
        or (current_text(trip.came.row) and trade_text(trip.went.row))
        for trip in trips
    )
    many = len(trips) >= case.limit("least_trips")
    serious = many and (
        share >= case.limit("share") or mixed >= case.limit("least_trips") or related
    )
    severity = (
        Severity.HIGH
        if serious and (mixed or related)
        else Severity.MEDIUM
        if serious
        else Severity.LOW
    )
    if not many and share < case.limit("small_share"):
        yield Clear(
            BilingualText("个别往返款项，占比很小", "single amounts came back, a very small share")
        )
        return
    names = "、".join(parties[:4])
    say = BilingualText(
        f"{len(trips)} 组款项在数日内以相近金额进出，共 {yuan(circled)}，占进账 {share:.0%}，对手：{names}",
        (
            f"{len(trips)} pair(s) of about one amount came and went within days, "
            f"{yuan(circled)} or {share:.0%} of receipts, with {names}"
        ),
    )
    shown: list[Entry] = [entry for trip in trips[:4] for entry in (trip.came, trip.went)]
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in shown),
        observed=f"{circled:.2f}",
        confidence=0.85,
        severity=severity,
    )

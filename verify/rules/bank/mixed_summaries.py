"""One party whose payments are called goods one time and a loan another."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.ledger.accounts import by_party, total
from verify.ledger.transaction_kinds import current_text, overhead, refund, trade_text
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="BNK22",
    title="Summaries of one party agree",
    title_zh="同一对手摘要矛盾",
    severity="medium",
    group="round_trip",
    reads=(BANK_STATEMENT,),
    zh=Page(
        why="收款时写“货款”、付款时写“往来款”“还款”的对手，多半不是客户而是资金往来方，把借款写成了销售。",
        example="全年收甲公司“货款”180 万，又以“还款”付给甲公司 175 万。",
        innocent="既有购销又有短期拆借的关联企业；预收款退回。",
        ask="与该企业是购销关系还是资金往来？",
        paper="购销合同、发票、借款协议",
    ),
    en=Page(
        why=(
            "A party that pays for goods and is paid as a loan or current account is "
            "mostly no customer: borrowed money was written down as sales."
        ),
        example="1.80m came from A as goods over the year, 1.75m went to A as repayment.",
        innocent="Related firms that trade and lend to each other; advances paid back.",
        ask="Is this firm a customer or a lender?",
        paper="Contracts, invoices, the loan agreement",
    ),
)
def mixed_summaries(case: RuleView) -> Iterator[Result]:
    rows = [
        entry
        for entry in case.entries()
        if entry.party and not overhead(entry.row) and not refund(entry.row)
    ]
    if not rows:
        yield NotChecked(BilingualText("流水没有对方户名", "the statements name no counterparties"))
        return
    came = total(entry.row.credit for entry in case.entries())
    found = False
    for same in by_party(rows).values():
        goods = [entry for entry in same if entry.amount > 0 and trade_text(entry.row)]
        lent = [
            entry
            for entry in same
            if entry.amount < 0 and current_text(entry.row) and entry.ref not in case.bridges()
        ]
        both = min(total(entry.amount for entry in goods), -total(entry.amount for entry in lent))
        if both < max(case.limit("least_amount"), came * case.limit("small_share")):
            continue
        found = True
        say = BilingualText(
            (
                f"“{same[0].row.counterparty_name}”转入写作货款 "
                f"{yuan(total(entry.amount for entry in goods))}，转给它的写作往来或还款 "
                f"{yuan(-total(entry.amount for entry in lent))}"
            ),
            (
                f"“{same[0].row.counterparty_name}”: "
                f"{yuan(total(entry.amount for entry in goods))} came as goods, "
                f"{yuan(-total(entry.amount for entry in lent))} went as current account or "
                "repayment"
            ),
        )
        severity = (
            Severity.MEDIUM
            if both >= came * case.limit("share") and len(lent) >= 2
            else Severity.LOW
        )
        evidence = tuple(case.at_entry(entry) for entry in (*goods[:2], *lent[:2]))
        yield Hit(
            say=say, evidence=evidence, observed=f"{both:.2f}", confidence=0.8, severity=severity
        )
    if not found:
        yield Clear(BilingualText("同一对手的摘要没有矛盾", "summaries of one party agree"))

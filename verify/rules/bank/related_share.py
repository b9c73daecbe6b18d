"""How much of the money that came in is from related parties."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import total
from verify.ledger.transaction_kinds import trade_text
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK14",
    title="Receipts do not come from related parties",
    title_zh="关联方进账占比",
    severity="medium",
    group="related_receipts",
    reads=(BANK_STATEMENT, SHAREHOLDER_REGISTER, BUSINESS_LICENCE),
    needs=("bank_statement",),
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why="股东、法定代表人转入的钱不是销售回款；占比高时，流水规模被关联资金放大，以“货款”名义转入的尤其如此。",
        example="全年进账 1,200 万，其中股东以“货款”名义转入 430 万。",
        innocent="股东借款周转并已列示其他应付款；个人账户代收货款后转回对公账户；集团内真实购销。",
        ask="股东转入款项的性质是什么？",
        paper="股东借款协议、其他应付款明细",
    ),
    en=Page(
        why=(
            "What shareholders or the legal representative pay in is no sale; a large "
            "share inflates turnover, most of all where the summary says goods."
        ),
        example="Of 12m that came in 4.3m came from a shareholder as goods.",
        innocent=(
            "Shareholders' loans shown under other payables; sales collected on a private "
            "account and paid over; real trade within a group."
        ),
        ask="What is the nature of the shareholders' payments?",
        paper="The shareholders' loan agreement, the ledger of other payables",
    ),
)
def related_share(case: RuleView) -> Iterator[Result]:
    bridges, related = case.bridges(), case.related()
    rows = [entry for entry in case.entries() if entry.amount > 0 and entry.ref not in bridges]
    came = total(entry.amount for entry in rows)
    if not related or not came:
        yield NotApplicable(BilingualText("没有关联方名单或进账", "no related parties or receipts"))
        return
    theirs = [entry for entry in rows if entry.party in related]
    amount = total(entry.amount for entry in theirs)
    share = amount / came
    if share <= case.limit("small_share"):
        yield Clear(
            BilingualText(
                f"关联方进账占 {share:.0%}", f"{share:.0%} of receipts come from related parties"
            )
        )
        return
    as_goods = total(entry.amount for entry in theirs if trade_text(entry.row))
    weighty = total(
        entry.amount
        for entry in theirs
        if trade_text(entry.row) and entry.amount >= case.limit("takings")
    )
    # Takings that an owner collects and hands on are many and small.
    serious = share > case.limit("share") or weighty > came * case.limit("small_share")
    say = BilingualText(
        f"关联方（股东、法定代表人）转入 {len(theirs)} 笔共 {yuan(amount)}，占进账 {share:.0%}，其中以货款名义 {yuan(as_goods)}",
        (
            f"{len(theirs)} receipts from related parties, {yuan(amount)} or {share:.0%} of "
            f"what came in, {yuan(as_goods)} of it as goods"
        ),
    )
    biggest = sorted(theirs, key=lambda e: -e.amount)[:5]
    severity = Severity.MEDIUM if serious else Severity.LOW
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in biggest),
        observed=f"{share:.0%}",
        confidence=0.85,
        severity=severity,
    )

"""Customers pay with their own money, not with the owner's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, total
from verify.ledger.fed_receipts import Feed, by_day, to_owner
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK23",
    title="Receipts are not fed from the owner's card",
    title_zh="货款不是由老板的卡喂出来的",
    severity="high",
    group="round_trip",
    since="0.2",
    reads=(BANK_STATEMENT, SHAREHOLDER_REGISTER, BUSINESS_LICENCE),
    needs=("bank_statement",),
    stands_on_all=(Part.HOLDER, Part.ROWS, Part.PARTIES),
    zh=Page(
        why=(
            "刷流水不一定要新客户：企业把钱转到老板（或亲属）的卡或钱包，几天内由老客户以货款名义付回相近金额；或者货款一到，当天或次日等额转到老板卡上。一两次是巧合，"
            "多次相同就是在做流水。"
        ),
        example="全年 9 次向法定代表人卡转出 12 万至 31 万元，两天内由两家老客户以货款付回，差额不到 1%。",
        innocent="老板垫款后归还；分红、备用金、报销（金额与货款不成对）；客户误付后退回；向个人采购的农产品收购商。",
        ask="转给个人的这些款项用途是什么？为何几天内有相近的货款进账？",
        paper="该个人银行卡同期流水、对应的合同、发票与出库单",
    ),
    en=Page(
        why=(
            "Turnover can be made without new customers: money goes to the card or wallet "
            "of the owner or kin and a known customer pays about the same back as goods "
            "within days, or a receipt leaves for that card on the same or the next day. "
            "Once or twice is chance; again and again it is turnover made for show."
        ),
        example=(
            "Nine times in a year 120,000 to 310,000 went to the legal representative's "
            "card, and within two days two old customers paid it back as goods, less than "
            "1 % apart."
        ),
        innocent=(
            "The owner's advances repaid; dividends, petty cash, expenses (they do not "
            "pair with receipts); a payment made in error and returned; a buyer of farm "
            "produce that pays people."
        ),
        ask=(
            "What were these payments to a person for, and why did about the same amount "
            "come in within days?"
        ),
        paper="That person's card statement of the time; contracts, invoices and delivery notes",
    ),
)
def owner_feeds(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    related = case.related()
    went = by_day(row for row in rows if to_owner(row, related))
    if not went:
        yield NotApplicable(
            BilingualText(
                "没有付给个人或关联方的款项", "no money goes to people or related parties"
            )
        )
        return
    yield _judged(case, case.feeds(), total(moved.amount for moved in went))


def _judged(case: RuleView, feeds: Sequence[Feed], to_people: Decimal) -> Result:
    """Whether pairs are many enough, and enough of what goes to people, to be no chance."""
    circled = total(feed.came.amount for feed in feeds)
    paired = total(feed.went.amount for feed in feeds)
    taken = total(entry.amount for entry in case.entries() if entry.amount > 0)
    chance = (
        len(feeds) < case.limit("least_pairs")
        or circled < taken * case.limit("share")
        or paired < to_people * case.limit("paired_share")
    )
    if chance:
        return Clear(
            BilingualText(
                "付给个人的款项与货款进账不成对", "payments to people do not pair with receipts"
            )
        )
    return _hit(case, feeds, circled, circled / taken)


def _hit(case: RuleView, feeds: Sequence[Feed], circled: Decimal, share: Decimal) -> Hit:
    owners = sorted({_names(feed.went.entries) for feed in feeds})
    customers = sorted({_names(feed.came.entries) for feed in feeds})
    related = any(feed.went.party in case.related() for feed in feeds)
    say = BilingualText(
        (
            f"{len(feeds)} "
            f"次付给“{'、'.join(owners[:3])}”的款项与“{'、'.join(customers[:3])}”的货款数日内金额相近，共 "
            f"{yuan(circled)}，占进账 {share:.0%}"
        ),
        (
            f"{len(feeds)} payments to {', '.join(owners[:3])} pair within days with "
            f"receipts from {', '.join(customers[:3])} of about the same amount, "
            f"{yuan(circled)} or {share:.0%} of receipts"
        ),
    )
    largest = sorted(feeds, key=lambda f: -f.came.amount)[:4]
    shown = [entry for feed in largest for entry in (feed.went.entries[0], feed.came.entries[0])]
    return Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in shown),
        observed=f"{circled:.2f}",
        confidence=0.85,
        severity=Severity.HIGH if related else Severity.MEDIUM,
    )


def _names(entries: Sequence[Entry]) -> str:
    return entries[0].row.counterparty_name or entries[0].row.description

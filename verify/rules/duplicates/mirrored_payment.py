"""A payment between two applicants stands in both their statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.documents.bank_statement import (
    ACCOUNT_NUMBER,
    BANK_STATEMENT,
    PERIOD_END,
    PERIOD_START,
)
from extractors.documents.invoice import BUYER_NAME, INVOICE, SELLER_NAME, TOTAL_AMOUNT
from extractors.values.money import yuan
from extractors.values.party_name import folded_name
from verify.case_file import RuleView
from verify.context.context import Ledger
from verify.context.in_doubt import Doubted, doubted, weighed
from verify.doubt.parts import Part
from verify.ledger.accounts import by_party, is_foreign, total
from verify.ledger.mirror import Account, Contradiction, Payment, contradictions, unmirrored
from verify.ledger.mirror import payments as between
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="DUP06",
    title="Payments between applicants mirror each other",
    title_zh="往来款镜像核对",
    severity="high",
    group="mirror",
    reads=(BANK_STATEMENT, INVOICE),
    needs=("bank_statement",),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why=(
            "甲的流水显示付给乙，乙的流水就应有同日同额的收入；只有一方有、或金额不同，两份流水必有一份有误。疑点落在哪一方，看发票、余额、"
            "结息和与其他申请人的往来支持谁；分不出时两份报告都提示。"
        ),
        example="甲 6 月 10 日收乙 868,085 元，乙的流水同日只付 368,085 元；双方发票为 368,085 元，疑点在甲。",
        innocent="对方用另一账户收款（按账号核对时不提示）；跨日入账（允许几天）；退票。",
        ask="这笔款项实际金额是多少？收付的是哪个账户？",
        paper="该笔回单，双方收付款账户的盖章流水",
    ),
    en=Page(
        why=(
            "Where A's statement shows a payment to B, B's shows the receipt; where one "
            "side alone shows it, or the amounts differ, one of the two statements is "
            "wrong. Invoices, balances, interest and what either firm moved with other "
            "applicants tell on which the doubt falls; where they do not, both reports say "
            "so."
        ),
        example=(
            "A received 868,085 from B on 10 June, B's statement shows 368,085 of that "
            "day; the invoice says 368,085: the doubt falls on A."
        ),
        innocent=(
            "Received on another account of B's (silent where the account number tells); "
            "booked some days later; a returned payment."
        ),
        ask="What was the true amount of this payment, and between which accounts?",
        paper="The slip, both accounts' statements stamped by the bank",
    ),
)
def mirrored_payment(case: RuleView) -> Iterator[Result]:
    own = _own_accounts(case)
    checked = 0
    for name in _partners(case):
        ledgers = [x for x in case.context.ledgers_of(name) if x.packet != case.packet_id]
        theirs = [x for x in ledgers if x.is_whole]
        if len(theirs) < len(ledgers):
            yield NotChecked(
                BilingualText(
                    f"“{ledgers[0].applicant}”的流水未读全",
                    f"the statement of “{ledgers[0].applicant}” was not read whole",
                )
            )
        found, compared = _against(case, own, theirs)
        checked += compared
        if found:
            yield _hit(case, theirs, found)
        elif compared:
            yield Clear(
                BilingualText(
                    f"与“{theirs[0].applicant}”的 {compared} 笔往来两边均有记录",
                    f"{compared} payments with “{theirs[0].applicant}” stand in both statements",
                )
            )
    if not checked:
        yield NotApplicable(
            BilingualText(
                "没有与其他申请人的往来可核对", "no payments with another applicant to compare"
            )
        )


def _own_accounts(case: RuleView) -> list[Account]:
    out: list[Account] = []
    for statement in case.own_papers(BANK_STATEMENT):
        number = case.get(ACCOUNT_NUMBER, statement)
        start, end = case.get(PERIOD_START, statement), case.get(PERIOD_END, statement)
        if number and start and end and not is_foreign(statement):
            out.append(Account(statement, number.value, start.value, end.value))
    return out


def _partners(case: RuleView) -> list[str]:
    """Other applicants that the applicant's rows name, or whose rows name the applicant."""
    named = by_party(entry for entry in case.entries() if entry.party)
    out = {p for p in named if case.context.ledgers_of(p) and not case.applicant.is_named(p)}
    for ledger in case.context.ledgers_naming(case.applicant.name):
        if ledger.packet != case.packet_id and not case.applicant.is_named(ledger.applicant):
            out.add(folded_name(ledger.applicant))
    return sorted(out)


def _against(
    case: RuleView, own: Sequence[Account], ledgers: Sequence[Ledger]
) -> tuple[list[Contradiction], int]:
    """What the statements of two firms say differently, and how many payments were compared."""
    days, least = int(case.limit("days")), case.limit("least_amount")
    names = {folded_name(ledger.applicant) for ledger in ledgers}
    theirs = [ledger.account_of for ledger in ledgers]
    rows = [(entry.document, entry.row) for entry in case.entries() if entry.party in names]
    mine = between(rows, theirs, least=least, days=days)
    back = [
        (ledger.document, row)
        for ledger in ledgers
        for row in ledger.document.rows
        if row.counterparty_name and case.applicant.is_named(row.counterparty_name)
    ]
    back_payments = between(back, own, least=least, days=days)
    lost = unmirrored(mine, theirs, days=days)
    lacked = unmirrored(back_payments, own, days=days)
    return contradictions(lost, lacked, days=days), len(mine) + len(back_payments)


def _hit(case: RuleView, theirs: Sequence[Ledger], found: Sequence[Contradiction]) -> Hit:
    invoiced = _invoiced(case, theirs[0].applicant)
    verdict = weighed(found, invoiced, case.context, case.applicant.name, theirs[0].applicant)
    side = doubted(verdict)
    amount = total(
        abs(p.amount)
        for contradiction in found
        for p in (contradiction.mine or contradiction.theirs,)
        if p
    )
    sure = all(
        payment.is_sure
        for contradiction in found
        for payment in (contradiction.mine, contradiction.theirs)
        if payment
    )
    places = _places(case, theirs, found)
    why_zh = "；".join(sign.text.zh for sign in verdict) or "现有材料分不出哪一份有误"
    why_en = (
        "; ".join(sign.text.en for sign in verdict)
        or "the papers at hand do not tell which is wrong"
    )
    head = {
        Doubted.MINE: BilingualText("疑点在本申请的流水", "the doubt falls on this statement"),
        Doubted.THEIRS: BilingualText(
            "疑点在对方的流水", "the doubt falls on the other's statement"
        ),
        Doubted.OPEN: BilingualText("两份流水必有一份有误", "one of the two statements is wrong"),
    }[side]
    say = BilingualText(
        f"与“{theirs[0].applicant}”的 {len(found)} 笔往来共 {yuan(amount)}，双方流水不一致；{head.zh}：{why_zh}",
        (
            f"{len(found)} payment(s) with “{theirs[0].applicant}”, {yuan(amount)} in all, "
            f"differ between both statements; {head.en}: {why_en}"
        ),
    )
    severity = {
        Doubted.MINE: Severity.HIGH if sure else Severity.MEDIUM,
        Doubted.THEIRS: Severity.LOW,
        Doubted.OPEN: Severity.MEDIUM,
    }[side]
    rows = [
        p.row for contradiction in found for p in (contradiction.mine, contradiction.theirs) if p
    ]
    return Hit(
        say=say,
        evidence=places[0],
        against=places[1],
        observed=f"{amount:.2f}",
        expected="0.00",
        confidence=0.85 * min(row.confidence for row in rows),
        severity=severity,
    )


def _places(
    case: RuleView, theirs: Sequence[Ledger], found: Sequence[Contradiction]
) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The rows of either statement; where one lacks a row, its row before that day."""
    mine: list[Evidence] = []
    against: list[Evidence] = []
    for each in found[:4]:
        if each.mine:
            mine.append(case.at_row(each.mine.document, each.mine.row))
        elif each.theirs:
            mine.append(_gap(case, each.theirs))
        if each.theirs:
            ledger = next(x for x in theirs if x.document is each.theirs.document)
            against.append(ledger.evidence(each.theirs.row))
    return tuple(mine), tuple(against) or (theirs[0].evidence(),)


def _gap(case: RuleView, payment: Payment) -> Evidence:
    """The last row of the applicant's statement before the day on which it lacks a payment."""
    statement = payment.other.document
    before = [row for row in statement.rows if row.day <= payment.row.day]
    return case.at_row(statement, before[-1] if before else statement.rows[0])


def _invoiced(case: RuleView, partner: str) -> frozenset[Decimal]:
    """Totals of the invoices between applicant and partner."""
    out: set[Decimal] = set()
    for paper in case.invoices():
        amount = case.get(TOTAL_AMOUNT, paper)
        sides = [case.get(SELLER_NAME, paper), case.get(BUYER_NAME, paper)]
        named = any(side and side.value.key == folded_name(partner) for side in sides)
        if amount and named:
            out.add(abs(amount.value))
    return frozenset(out)

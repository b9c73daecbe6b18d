"""Others pay into accounts of the applicant whose statements were handed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from extractors.documents import bank_slip, bank_statement
from extractors.model import Document
from extractors.values.account_number import same_account
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import is_foreign, total
from verify.ledger.slip_rows import each_slip_once
from verify.ledger.transaction_kinds import refund
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="CON31",
    title="Accounts that others pay into were handed in",
    title_zh="他人付款所入账户均已提交流水",
    severity="medium",
    group="accounts",
    since="0.2",
    reads=(bank_statement.BANK_STATEMENT, bank_slip.BANK_SLIP),
    needs=("bank_statement",),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ACCOUNT, Part.PERIOD),
    zh=Page(
        why="收款回单或付款方的流水显示货款进了申请人的另一个账户，而这个账户的流水没有提交，或只提交到某一天就停了：那里的支出、借款和查封都看不到。",
        example="三家客户全年付款 210 万元到尾号 3307 的账户，该账户流水未提交。",
        innocent="企业开有多个结算账户，占比不大；账户已迁移，旧户尾款很少；保证金户。",
        ask="该账户是否仍在使用？为何没有提交（全部）流水？",
        paper="该账户同期流水、开立单位银行结算账户清单、销户证明",
    ),
    en=Page(
        why=(
            "Slips or the payers' statements show money for the applicant on another "
            "account whose statement was not handed in, or ends on some day: what leaves "
            "it, its loans and its freezing order stay out of sight."
        ),
        example=(
            "Three customers paid 2.1m of a year into the account ending in 3307, whose "
            "statement is missing."
        ),
        innocent=(
            "Several accounts are usual, a small share is a note; an account that moved, "
            "with little left on the old one; a margin account."
        ),
        ask="Is this account still in use? Why was its (whole) statement not handed in?",
        paper="That account's statement, the list of accounts opened, proof of closing",
    ),
)
def paid_elsewhere(case: RuleView) -> Iterator[Result]:
    own = [
        document
        for document in case.own_papers(bank_statement.BANK_STATEMENT)
        if not is_foreign(document)
    ]
    first = min((document.rows[0].day for document in own if document.rows), default=None)
    last = max((document.rows[-1].day for document in own if document.rows), default=None)
    if first is None or last is None:
        yield NotApplicable(BilingualText("没有人民币账户流水", "no statement in yuan"))
        return
    paid = [
        payment for payment in (*_by_slips(case), *_by_payers(case)) if first <= payment.day <= last
    ]
    uncovered: dict[str, _Account] = {}
    for each in paid:
        if not _is_covered(case, each, own):
            _account(uncovered, each.number).payments.append(each)
    for number, account in sorted(uncovered.items()):
        yield _hit(case, number, account)
    if paid and not uncovered:
        yield Clear(
            BilingualText(
                "他人付款所入账户均已提交", "all accounts that others pay into were handed in"
            )
        )
    elif not paid:
        yield NotApplicable(
            BilingualText(
                "没有付款方的流水或收款回单可核对", "no payer's statement or slip to compare with"
            )
        )


@dataclass(frozen=True, slots=True)
class _Payment:
    """Money for the applicant, and the account that it went to."""

    number: str
    day: date
    amount: Decimal
    place: Evidence


@dataclass(slots=True)
class _Account:
    payments: list[_Payment] = field(default_factory=list)


def _account(found: dict[str, _Account], number: str) -> _Account:
    """The account under whichever spelling of its number came first."""
    known = next((name for name in found if same_account(name, number)), number)
    return found.setdefault(known, _Account())


def _by_slips(case: RuleView) -> Iterator[_Payment]:
    """Receipts that the applicant's slips show."""
    for slip in each_slip_once(case.papers(bank_slip.BANK_SLIP)):
        payee, payer = bank_slip.PAYEE_NAME.of(slip), bank_slip.PAYER_NAME.of(slip)
        number = bank_slip.PAYEE_ACCOUNT.of(slip)
        day, amount = bank_slip.DATE_.of(slip), bank_slip.AMOUNT.of(slip)
        mine = payee is not None and case.applicant.is_named(payee.value)
        from_self = payer is not None and case.applicant.is_named(payer.value)
        if mine and not from_self and number and day and amount:
            place = case.at_field(slip, number.field)
            yield _Payment(number.value, day.value, amount.value, place)


def _by_payers(case: RuleView) -> Iterator[_Payment]:
    """Payments to the applicant in other applications' statements."""
    for ledger in case.context.ledgers:
        if ledger.packet == case.packet_id or case.applicant.is_named(ledger.applicant):
            continue
        for row in ledger.document.rows:
            named = bool(row.counterparty_name) and case.applicant.is_named(row.counterparty_name)
            if named and row.debit and row.counterparty_account and not refund(row):
                place = ledger.evidence(row)
                yield _Payment(row.counterparty_account, row.day, row.debit, place)


def _is_covered(case: RuleView, payment: _Payment, own: list[Document]) -> bool:
    """Whether a statement of that account covers the day, give or take the days of booking."""
    slack = timedelta(days=int(case.limit("days")))
    for statement in own:
        number = case.get(bank_statement.ACCOUNT_NUMBER, statement)
        if number is None or not same_account(number.value, payment.number):
            continue
        start = case.get(bank_statement.PERIOD_START, statement)
        end = case.get(bank_statement.PERIOD_END, statement)
        if start is None or end is None:
            return True
        if start.value - slack <= payment.day <= end.value + slack:
            return True
    return False


def _hit(case: RuleView, number: str, account: _Account) -> Hit:
    amount = total(payment.amount for payment in account.payments)
    taken = total(entry.amount for entry in case.entries() if entry.amount > 0)
    share = amount / (taken + amount)
    several = len(account.payments) >= case.limit("least_payments")
    severity = (
        Severity.MEDIUM
        if several and share > case.limit("share")
        else Severity.LOW
        if several or share > case.limit("small_share")
        else Severity.INFO
    )
    tail = f"…{number[-4:]}"
    say = BilingualText(
        f"他人付入本企业账户 {tail} {len(account.payments)} 笔共 {yuan(amount)}，该账户当时的流水未提交",
        (
            f"{len(account.payments)} payments of others, {yuan(amount)}, went to the "
            f"applicant's account {tail}, whose statement of that time was not handed in"
        ),
    )
    biggest = sorted(account.payments, key=lambda p: -p.amount)[:4]
    return Hit(
        say=say,
        evidence=tuple(payment.place for payment in biggest),
        observed=f"{amount:.2f}",
        confidence=0.85,
        severity=severity,
    )

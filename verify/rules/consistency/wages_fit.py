"""Wage list, people insured, and wages that the account pays fit each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.payroll import GROSS_TOTAL, HEADCOUNT, NET_TOTAL, PAYROLL
from extractors.documents.social_insurance import INSURED, PAID, SOCIAL_INSURANCE
from extractors.model import Document, Transaction
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, by_month, total, whole_months
from verify.ledger.transaction_kinds import cash, social, wages
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON33",
    title="Wages, insurance and the wage list fit",
    title_zh="工资表、参保人数与账户发薪相符",
    severity="high",
    group="wages",
    since="0.2",
    reads=(PAYROLL, SOCIAL_INSURANCE, BANK_STATEMENT),
    needs=("payroll",),
    cross=True,
    stands_on_all=(Part.HOLDER,),
    zh=Page(
        why="虚增规模的企业会做一张大工资表，但社保只交几个人，账户也只发几个人的工资。三样对不上，人数和产能就站不住。",
        example="工资表 21 人、应发 146,200 元；参保 7 人，账户每月代发 36,550 元，也没有提现。",
        innocent="部分工资付现（提现计入）；试用期、返聘、劳务派遣人员未参保；由其他账户或劳务公司代发；单独一项不符只作提示。",
        ask="其余人员的工资从哪里支付？为何没有参保？",
        paper="全年工资发放记录、个税扣缴明细、社保参保人员名单",
    ),
    en=Page(
        why=(
            "A company that looks larger than it is makes a long wage list, yet insures a "
            "few people and pays a few people's wages. Where the three do not fit, "
            "headcount and capacity do not hold."
        ),
        example=(
            "21 people and 146,200 on the list; 7 insured, 36,550 a month paid from the "
            "account, and no cash drawn."
        ),
        innocent=(
            "Part of the wages paid in cash (withdrawals are counted); people on "
            "probation, retired or from an agency are not insured; paid from another "
            "account; one mismatch alone is only a note."
        ),
        ask="From where are the other people paid, and why are they not insured?",
        paper=(
            "The year's wage payments, the tax office's list of wages, the list of people insured"
        ),
    ),
)
def wages_fit(case: RuleView) -> Iterator[Result]:
    lists = case.own_papers(PAYROLL)
    for paper in lists:
        yield _judged(case, paper)
    if not lists:
        yield NotApplicable(BilingualText("没有本企业的工资表", "no wage list of the applicant"))


@dataclass(frozen=True, slots=True)
class _Mismatch:
    """One thing that does not fit the wage list, where it stands, and what the list says."""

    text: BilingualText
    places: tuple[Evidence, ...]


def _judged(case: RuleView, paper: Document) -> Result:
    """Weigh how many of the papers contradict the wage list."""
    compared: list[_Mismatch | None] = [
        *_by_insurance(case, paper),
        *_by_account(case, paper),
    ]
    if not compared:
        return NotChecked(
            BilingualText(
                "没有参保证明或发薪流水可与工资表核对",
                "no proof of insurance or payment of wages to compare with the list",
            )
        )
    found = [m for m in compared if m is not None]
    if not found:
        return Clear(
            BilingualText("工资表与参保、发薪相符", "the wage list fits insurance and payments")
        )
    say = BilingualText("；".join(m.text.zh for m in found), "; ".join(m.text.en for m in found))
    shown = case.get(HEADCOUNT, paper) or case.get(GROSS_TOTAL, paper)
    place = case.at_field(paper, shown.field) if shown else case.at_file(paper)
    return Hit(
        say=say,
        evidence=(place,),
        against=tuple(p for m in found for p in m.places),
        confidence=0.85,
        severity=Severity.HIGH if len(found) >= 2 else Severity.LOW,
    )


def _by_insurance(case: RuleView, paper: Document) -> Iterator[_Mismatch | None]:
    """People on the list against people insured, and insurance paid against the account."""
    listed = case.get(HEADCOUNT, paper)
    for proof in case.own_papers(SOCIAL_INSURANCE):
        insured = case.get(INSURED, proof)
        if listed and insured:
            missing = listed.value - insured.value
            few = insured.value < listed.value * case.limit("insured_share")
            yield (
                _Mismatch(
                    BilingualText(
                        f"工资表 {listed.value} 人，参保 {insured.value} 人",
                        f"{listed.value} people on the wage list, {insured.value} insured",
                    ),
                    (case.at_field(proof, insured.field),),
                )
                if few and missing >= case.limit("least_people")
                else None
            )
        yield from _by_premium(case, proof)


def _by_premium(case: RuleView, proof: Document) -> Iterator[_Mismatch | None]:
    """What the proof says was paid against what the account pays each month."""
    said = case.get(PAID, proof)
    booked = _typical(case, social)
    if said is None or not booked.rows:
        return
    low = booked.amount * case.limit("paid_share") > said.value
    high = said.value * case.limit("paid_share") > booked.amount
    text = BilingualText(
        f"参保证明缴费 {yuan(said.value)}，账户月均缴社保 {yuan(booked.amount)}",
        (
            f"the proof says {yuan(said.value)} of insurance, the account pays "
            f"{yuan(booked.amount)} a month"
        ),
    )
    places = (case.at_field(proof, said.field), case.at_entry(booked.rows[-1]))
    yield _Mismatch(text, places) if low or high else None


def _by_account(case: RuleView, paper: Document) -> Iterator[_Mismatch | None]:
    """Wages on the list against wages and cash that leave the account in a usual month."""
    owed = case.get(NET_TOTAL, paper) or case.get(GROSS_TOTAL, paper)
    paid, drawn = _typical(case, wages), _typical(case, _is_cash_out)
    if owed is None or not paid.rows:
        return
    short = paid.amount + drawn.amount < owed.value * case.limit("paid_share")
    text = BilingualText(
        f"工资表 {yuan(owed.value)}，账户月均发薪 {yuan(paid.amount)}、提现 {yuan(drawn.amount)}",
        (
            f"{yuan(owed.value)} on the wage list, {yuan(paid.amount)} of wages and "
            f"{yuan(drawn.amount)} of cash leave the account a month"
        ),
    )
    yield _Mismatch(text, tuple(case.at_entry(e) for e in paid.rows[-2:])) if short else None


def _is_cash_out(row: Transaction) -> bool:
    return row.debit > 0 and cash(row) and not wages(row)


@dataclass(frozen=True, slots=True)
class _Monthly:
    """Rows of a kind and what they come to in a usual month."""

    rows: Sequence[Entry]
    amount: Decimal


def _typical(case: RuleView, is_kind: Callable[[Transaction], bool]) -> _Monthly:
    """The median month of the rows of a kind or their mean, whichever is larger: cash is drawn now and
    then.
    """
    rows = [e for e in case.entries() if is_kind(e.row)]
    months = by_month(rows)
    sums = sorted(
        total(e.row.debit for e in months.get(m, ())) for m in whole_months(case.entries())
    )
    middle = sums[len(sums) // 2] if sums else Decimal(0)
    mean = sum(sums, Decimal(0)) / len(sums) if sums else Decimal(0)
    return _Monthly(rows, max(middle, mean))

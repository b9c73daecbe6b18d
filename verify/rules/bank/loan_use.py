"""What was done with loan money in the days after it came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.ledger.accounts import Entry, total, within
from verify.ledger.transaction_kinds import loan_disbursed, loan_repaid, own_transfer
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

# Uses that loans to small businesses exclude by contract.
_ELSEWHERE = re.compile(r"房地产|置业|证券|期货|理财|基金|信托|投资管理|小额贷款|典当|拍卖")


@rule(
    id="BNK20",
    title="Loans are used for business",
    title_zh="贷款资金用途",
    severity="medium",
    group="loan_use",
    reads=(BANK_STATEMENT, SHAREHOLDER_REGISTER, BUSINESS_LICENCE),
    needs=("bank_statement",),
    zh=Page(
        why="流动资金贷款应付给供应商；放款后几天内大部分转给股东、自己名下账户、房产或证券机构，属挪用迹象，也说明合同用途不实。",
        example="放款 200 万，次日 180 万转给法定代表人个人。",
        innocent="偿还到期贷款的过桥资金（不计）；转入本企业结算户再付货款；归还股东垫款。",
        ask="该笔贷款的实际用途？请提供受托支付凭证。",
        paper="受托支付凭证、采购合同与发票",
    ),
    en=Page(
        why=(
            "Working capital loans pay suppliers; most of one going to shareholders, own "
            "accounts, property or securities within days speaks of another use than the "
            "contract says."
        ),
        example="2.0m disbursed, 1.8m to the legal representative on the next day.",
        innocent=(
            "Repaying a loan that fell due (not counted); an own settlement account from "
            "which goods are paid; repaying a shareholder's advance."
        ),
        ask="What was the loan used for? Please show the entrusted payment.",
        paper="The entrusted payment, purchase contract and invoice",
    ),
)
def loan_use(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    loans = [
        entry
        for entry in rows
        if loan_disbursed(entry.row) and entry.amount >= case.limit("least_amount")
    ]
    if not loans:
        yield NotApplicable(BilingualText("期间内没有放款", "no loan was disbursed"))
        return
    days, bridges = timedelta(days=int(case.limit("days"))), case.bridges()
    for loan in loans:
        after = [
            entry
            for entry in within(rows, loan.row.day, loan.row.day + days)
            if entry.amount < 0 and not loan_repaid(entry.row)
        ]
        odd = [entry for entry in after if entry.ref not in bridges and _off(case, entry)]
        used = total(entry.row.debit for entry in odd)
        if used < loan.amount * case.limit("share"):
            yield Clear(
                BilingualText(
                    "放款后未见大额转给关联方或非经营用途",
                    "no large part went to related parties or other uses",
                )
            )
            continue
        say = BilingualText(
            (
                f"{loan.row.day} 放款 {yuan(loan.amount)}，{days.days} 日内有 {yuan(used)} 转给关联方、"
                "本企业其他账户或房产、金融机构"
            ),
            (
                f"of {yuan(loan.amount)} disbursed on {loan.row.day}, {yuan(used)} went to "
                f"related parties, own accounts, property or finance in {days.days} days"
            ),
        )
        others = total(
            entry.row.debit for entry in odd if not own_transfer(entry.row, case.applicant.name)
        )
        own = others < loan.amount * case.limit("share")
        evidence = (case.at_entry(loan), *(case.at_entry(entry) for entry in odd[:4]))
        yield Hit(
            say=say,
            evidence=evidence,
            observed=f"{used:.2f}",
            confidence=0.8,
            severity=Severity.LOW if own else Severity.MEDIUM,
        )


def _off(case: RuleView, entry: Entry) -> bool:
    return (
        entry.party in case.related()
        or own_transfer(entry.row, case.applicant.name)
        or bool(_ELSEWHERE.search(entry.row.counterparty_name))
    )

"""The same run of bank rows in the statements of two firms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from extractors.documents.bank_statement import ACCOUNT_NUMBER, BANK_STATEMENT
from extractors.model import Document, Transaction
from extractors.values.account_number import same_account
from extractors.values.party_name import same_party
from verify.case_file import RuleView
from verify.context.context import Ledger
from verify.ledger.transaction_kinds import deposit_interest, fee, overhead
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule

_Key = tuple[date, Decimal, Decimal, Decimal | None]


@rule(
    id="DUP11",
    title="Bank rows are not another firm's",
    title_zh="流水明细未与其他企业雷同",
    severity="high",
    group="same_rows",
    reads=(BANK_STATEMENT,),
    cross=True,
    zh=Page(
        why="两家企业的流水有成串相同的日期、金额和余额，几乎不可能巧合，需要核实其中一份是否套用了另一份。",
        example="甲、乙两家 2025 年流水有 61 笔日期、金额、余额完全相同。",
        innocent="同一账户在两份申请中以同一户名提交（不提示）；手续费等固定小额（不计）。",
        ask="为何与另一家企业的流水雷同？",
        paper="开户行盖章的对账单、开户许可证",
    ),
    en=Page(
        why=(
            "A run of equal days, amounts and balances in the statements of two firms is "
            "hardly chance: one of the two needs checking."
        ),
        example=(
            "61 rows of 2025 are equal in day, amount and balance in the statements of A and B."
        ),
        innocent=(
            "One account under one name in two applications (silent); small fixed fees "
            "(not counted)."
        ),
        ask="Why do the rows equal another firm's?",
        paper="A statement stamped by the bank, the account permit",
    ),
)
def same_rows(case: RuleView) -> Iterator[Result]:
    others = [
        each
        for each in case.context.ledgers
        if each.packet != case.packet_id and not same_party(each.applicant, case.applicant.name)
    ]
    if not others:
        yield NotChecked(
            BilingualText(
                "没有其他企业的流水可比对", "there is no other firm's statement to compare with"
            )
        )
        return
    least = int(case.limit("least_rows"))
    for statement in case.papers(BANK_STATEMENT):
        number = case.get(ACCOUNT_NUMBER, statement)
        mine = {_key(row): row for row in statement.rows if _counts(row)}
        found = [(other, same) for other in others if len(same := _shared(mine, other)) >= least]
        for ledger, same in found:
            yield _hit(
                case,
                statement,
                ledger,
                same,
                number is not None and same_account(number.value, ledger.account),
            )
        if not found:
            yield Clear(
                BilingualText("没有与其他企业雷同的明细", "no run of rows equals another firm's")
            )


def _counts(row: Transaction) -> bool:
    """Rows that chance does not repeat: with a balance, no fee."""
    return row.balance is not None and not fee(row) and max(row.debit, row.credit) >= 100


def _key(row: Transaction) -> _Key:
    return row.day, row.debit, row.credit, row.balance


def _shared(mine: dict[_Key, Transaction], ledger: Ledger) -> list[tuple[Transaction, Transaction]]:
    """Rows equal in day, amount and balance; where balances were recomputed, rows equal in day and
    amount to the cent.
    """
    # Rents, taxes and interest of two firms may well agree; trade does not.
    loose = {
        key[:3]: r
        for key, r in mine.items()
        if max(key[1], key[2]) % 100 and not overhead(r) and not deposit_interest(r)
    }
    out = []
    for row in ledger.document.rows:
        found = (mine.get(_key(row)) or loose.get(_key(row)[:3])) if _counts(row) else None
        if found is not None:
            out.append((found, row))
    return out


def _hit(
    case: RuleView,
    statement: Document,
    ledger: Ledger,
    same: list[tuple[Transaction, Transaction]],
    one_account: bool,
) -> Hit:
    share = len(same) / max(len(statement.rows), 1)
    zh = "同一账号以不同户名" if one_account else ""
    say = BilingualText(
        f"{zh}有 {len(same)} 笔明细（{share:.0%}）与“{ledger.applicant}”的流水相同",
        f"{len(same)} rows ({share:.0%}) equal those in the statement of “{ledger.applicant}”",
    )
    return Hit(
        say=say,
        evidence=(
            *(case.at_row(statement, a) for a, _ in same[:3]),
            *(ledger.evidence(b) for _, b in same[:3]),
        ),
        observed=str(len(same)),
        expected="0",
        confidence=0.95 * min(amount.confidence for amount, _ in same),
        severity=Severity.HIGH if share >= float(case.limit("share")) else Severity.MEDIUM,
    )

"""The statement's rows follow no pattern that another statement's rows follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.documents.bank_statement import ACCOUNT_NAME, ACCOUNT_NUMBER, BANK_STATEMENT
from extractors.model import Document, Transaction
from extractors.values.account_number import same_account
from verify.case_file import RuleView
from verify.ledger.row_pattern import Likeness, Pattern, patterns
from verify.model import BilingualText, Evidence
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule

_SAID = {
    Likeness.SECONDS: BilingualText("记账时刻精确到秒相同", "the same day and second of booking"),
    Likeness.FACTOR: BilingualText("同日金额成固定比例", "one factor between the day's amounts"),
    Likeness.AMOUNTS: BilingualText(
        "金额到分相同而日期不同", "the same amounts to the cent on other days"
    ),
    Likeness.SERIALS: BilingualText(
        "流水号相同而款项不同", "the same serial numbers on other payments"
    ),
}


@rule(
    id="DUP13",
    title="Statements are not made from one pattern",
    title_zh="流水不是同一模板生成",
    severity="high",
    group="same_rows",
    since="0.2",
    reads=(BANK_STATEMENT,),
    cross=True,
    zh=Page(
        why=(
            "用软件做的流水，余额、结息、合计都能对上，但多份流水常出自同一模板：换了户名和对手，时刻、流水号或金额的比例却一样。"
            "两家无关企业（或同一企业的两个账户）不会有成串相同的秒、同一比例的金额。"
        ),
        example="甲、乙两家 38 笔货款同一天、同一秒记账；金额之比都是 1.37。",
        innocent="同一账户的两份对账单（不比较）；双方之间的往来（不计）；批量代扣、结息、工资（不计）。",
        ask="流水由哪个渠道打印？能否当面登录网银或由开户行重新打印？",
        paper="开户行柜面打印并盖章的对账单，网银当面查询记录",
    ),
    en=Page(
        why=(
            "A statement made by software has right balances, interest and totals, yet "
            "several of them come from one pattern: name and partners change, the times, "
            "serial numbers or the proportion of amounts do not. Two unrelated firms, or "
            "two accounts of one, never share runs of seconds or one factor between "
            "amounts."
        ),
        example=(
            "38 receipts of A and B were booked on the same day at the same second; all "
            "amounts stand at 1.37 to 1."
        ),
        innocent=(
            "Two statements of one account (not compared); payments between the two (not "
            "counted); batches, interest and wages (not counted)."
        ),
        ask=(
            "Through which channel was the statement printed? Can it be shown in online "
            "banking, or printed again by the bank?"
        ),
        paper=(
            "A statement printed and stamped at the bank's counter, a look into online "
            "banking in the bank's presence"
        ),
    ),
)
def one_template(case: RuleView) -> Iterator[Result]:
    compared = 0
    for statement in case.own_papers(BANK_STATEMENT):
        for title, rows, place in _others(case, statement):
            compared += 1
            found = [p for p in patterns(statement.rows, rows) if _is_pattern(case, p)]
            if found:
                yield _hit(case, statement, title, max(found, key=lambda p: len(p.pairs)), place)
    if not compared:
        yield NotChecked(
            BilingualText("没有其他账户的流水可比对", "there is no other account to compare with")
        )
    else:
        yield Clear(
            BilingualText("没有与其他流水同一模板的迹象", "no sign of a pattern shared with others")
        )


def _others(
    case: RuleView, statement: Document
) -> Iterator[tuple[str, Sequence[Transaction], Evidence]]:
    """Statements of other accounts: other applicants', and the applicant's own."""
    number = case.get(ACCOUNT_NUMBER, statement)
    for ledger in case.context.ledgers:
        same = number is not None and same_account(number.value, ledger.account)
        own = case.applicant.is_named(ledger.applicant)
        if ledger.packet != case.packet_id and not same and not own:
            yield ledger.applicant, ledger.document.rows, ledger.evidence()
    for other in case.own_papers(BANK_STATEMENT):
        theirs = case.get(ACCOUNT_NUMBER, other)
        if number and theirs and not same_account(number.value, theirs.value):
            name = case.get(ACCOUNT_NAME, other)
            title = f"{name.value if name else ''}…{theirs.value[-4:]}"
            yield title, other.rows, case.at_field(other, theirs.field)


def _is_pattern(case: RuleView, pattern: Pattern) -> bool:
    """Whether so many rows are alike that chance is out of the question."""
    enough = len(pattern.pairs) >= case.limit("least_rows")
    return enough and pattern.share >= float(case.limit("share"))


def _hit(case: RuleView, statement: Document, title: str, pattern: Pattern, place: Evidence) -> Hit:
    said = _SAID[pattern.likeness]
    factor = f" {pattern.factor}" if pattern.likeness is Likeness.FACTOR else ""
    say = BilingualText(
        f"与“{title}”的流水有 {len(pattern.pairs)} 笔（{pattern.share:.0%}）{said.zh}{factor}",
        (
            f"{len(pattern.pairs)} rows ({pattern.share:.0%}) share with the statement of "
            f"“{title}” {said.en}{factor}"
        ),
    )
    rows = [one for one, _ in pattern.pairs]
    return Hit(
        say=say,
        evidence=tuple(case.at_row(statement, row) for row in rows[:4]),
        against=(place,),
        observed=str(len(rows)),
        expected="0",
        confidence=0.9 * min(row.confidence for row in rows),
    )

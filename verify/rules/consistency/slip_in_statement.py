"""Each bank slip of the applicant stands in its statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from extractors.documents import bank_slip, bank_statement
from extractors.model import Document, Transaction
from extractors.values.money import yuan
from extractors.values.party_name import same_party
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.slip_rows import booked, each_slip_once, slip_side
from verify.ledger.standing import balances_stand
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON23",
    title="Slips stand in the statement",
    title_zh="回单与对账单一致",
    severity="high",
    group="slip_statement",
    reads=(bank_slip.BANK_SLIP, bank_statement.BANK_STATEMENT),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ACCOUNT, Part.ROWS),
    zh=Page(
        why="每张回单都应在同一账户的对账单里有同日、同额、同对手的一笔；改过的回单或改过的对账单在这里相互矛盾。",
        example="回单 868,085.60 元，对账单同一流水号为 368,085.60 元。",
        innocent="其他账户的回单；跨日入账（允许一天）；对账单未覆盖该日。",
        ask="回单与对账单不一致，以哪一个为准？",
        paper="开户行重新打印并盖章的回单和对账单",
    ),
    en=Page(
        why=(
            "Each slip has its row in the statement of the same account: same day, amount "
            "and party. A changed slip or statement contradicts the other here."
        ),
        example="868,085.60 on the slip, 368,085.60 under the same serial number in the statement.",
        innocent=(
            "A slip of another account; booked on the next day (one allowed); a statement "
            "that does not cover the day."
        ),
        ask="Slip and statement differ: which is right?",
        paper="Both printed again and stamped by the bank",
    ),
)
def slip_in_statement(case: RuleView) -> Iterator[Result]:
    slips = each_slip_once(case.papers(bank_slip.BANK_SLIP))
    statements = case.own_papers(bank_statement.BANK_STATEMENT)
    mine = [each for each in slips if any(slip_side(each, document) for document in statements)]
    if not mine:
        yield NotApplicable(
            BilingualText("没有属于已提交账户的回单", "no slip of an account handed in")
        )
        return
    found: dict[str, Clear] = {}
    for statement in statements:
        left = [s for s in mine if s.id not in found]
        for slip, row in booked(left, statement, int(case.limit("days"))):
            found[slip.id] = _stands_there(case, slip, statement, row)
    yield from found.values()
    missing = [
        _nowhere(case, s, [document for document in statements if slip_side(s, document)])
        for s in mine
        if s.id not in found
    ]
    # One slip that the statement lacks beside others that it shows: the slip is in doubt. Several
    # and none shown: the statement.
    absent = [r for r in missing if isinstance(r, Hit) and not r.observed]
    turn = len(absent) >= 2 and not found
    yield from (
        replace(r, evidence=r.against, against=r.evidence) if turn and r in absent else r
        for r in missing
    )


def _stands_there(case: RuleView, slip: Document, statement: Document, row: Transaction) -> Clear:
    """The row that books a slip bears out the slip's day and amount, however surely they were read."""
    day, amount = case.get(bank_slip.DATE_, slip), case.get(bank_slip.AMOUNT, slip)
    fields = [read.field for read in (day, amount) if read is not None]
    return Clear(
        BilingualText("回单在对账单中找到", "the slip stands in the statement"),
        rests_on=(*(case.at_field(slip, field) for field in fields), case.at_row(statement, row)),
    )


def _nowhere(case: RuleView, slip: Document, statements: Sequence[Document]) -> Result:
    """What a slip means that no statement shows: judged on the statement that says most about it."""
    results = [_missing(case, slip, document) for document in statements]
    for kind in (Clear, NotChecked):
        if some := next((result for result in results if isinstance(result, kind)), None):
            return some
    return max(results, key=lambda r: isinstance(r, Hit) and bool(r.observed))


def _missing(case: RuleView, slip: Document, statement: Document) -> Result:
    day, amount = case.get(bank_slip.DATE_, slip), case.get(bank_slip.AMOUNT, slip)
    start, end = (
        case.get(bank_statement.PERIOD_START, statement),
        case.get(bank_statement.PERIOD_END, statement),
    )
    if day is None or amount is None or start is None or end is None or not statement.rows:
        return NotChecked(
            BilingualText("回单或对账单要素未读全", "slip or statement was not read whole")
        )
    if not start.value <= day.value <= end.value - timedelta(days=1):
        return NotChecked(
            BilingualText("对账单未覆盖回单日期", "the statement does not cover the slip's day")
        )
    places = (case.at_field(slip, amount.field), case.at_field(slip, day.field))
    near = _near(case, slip, statement, day.value)
    if near is not None:
        shown = near.debit or near.credit
        if shown == amount.value:
            return Clear(
                BilingualText(
                    "回单在对账单中找到（入账日期不同）",
                    "the slip stands in the statement, booked on another day",
                )
            )
        say = BilingualText(
            f"{day.value} 回单金额 {yuan(amount.value)}，对账单同一笔为 {yuan(shown)}",
            (
                f"the slip of {day.value} says {yuan(amount.value)}, the statement "
                f"{yuan(shown)} for the same item"
            ),
        )
        row = (case.at_row(statement, near),)
        evidence, against = (places, row) if balances_stand(statement, near) else (row, places)
        return Hit(
            say=say,
            evidence=evidence,
            against=against,
            expected=f"{shown:.2f}",
            observed=f"{amount.value:.2f}",
            difference=f"{amount.value - shown:.2f}",
            confidence=0.95,
        )
    say = BilingualText(
        f"{day.value} 金额 {yuan(amount.value)} 的回单在对账单中没有对应明细",
        f"no row in the statement for the slip of {yuan(amount.value)} on {day.value}",
    )
    before = [
        each for each in statement.rows if each.day <= day.value
    ]  # after the last of these the row should stand
    gap = (case.at_row(statement, before[-1] if before else statement.rows[0]),)
    return Hit(
        say=say,
        evidence=places,
        against=gap,
        expected=f"{amount.value:.2f}",
        confidence=0.85,
        severity=Severity.HIGH,
    )


def _near(case: RuleView, slip: Document, statement: Document, day: date) -> Transaction | None:
    """The row that means the same item: of the same serial number, else of the same day and party."""
    serial = case.get(bank_slip.SERIAL_NUMBER, slip)
    numbered = next(
        (row for row in statement.rows if serial and row.serial_number == serial.value), None
    )
    if numbered is not None:
        return numbered
    party = case.get(
        bank_slip.PAYEE_NAME if slip_side(slip, statement) == "debit" else bank_slip.PAYER_NAME,
        slip,
    )
    same = (
        row
        for row in statement.rows
        if row.day == day
        and party
        and row.counterparty_name
        and same_party(row.counterparty_name, party.value)
    )
    return next(same, None)

"""Opening plus credits less debits is the closing balance; printed totals are the sums of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT, CLOSING_BALANCE, OPENING_BALANCE
from extractors.model import Document, PrintedTotal, ReadMethod, Transaction
from extractors.values.money import yuan
from verify.arithmetic.equations import stretches
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="ARI18",
    title="Statement totals agree with its rows",
    title_zh="对账单合计与明细勾稽",
    severity="high",
    group="statement_chain",
    reads=(BANK_STATEMENT,),
    proof=True,
    zh=Page(
        why="期初余额＋贷方合计－借方合计＝期末余额，打印的合计等于明细之和；删行、改行都会留下差额。",
        example="打印的贷方合计为 160.9 万，明细相加只有 150.9 万。",
        innocent="合计跨多页或多月（已按页、月、累计尝试）；打印范围与合计范围不同。",
        ask="合计与明细为何不符？",
        paper="开户行盖章的对账单",
    ),
    en=Page(
        why=(
            "Opening plus credits less debits is the closing balance, and printed totals "
            "are the sums of the rows; a removed or changed row leaves a gap."
        ),
        example="Printed credits are 1.609m, the rows add up to 1.509m.",
        innocent="Totals over several pages or months (page, month and running sums are tried).",
        ask="Why do totals and rows differ?",
        paper="A statement stamped by the bank",
    ),
)
def statement_totals(case: RuleView) -> Iterator[Result]:
    for statement in case.papers(BANK_STATEMENT):
        if not statement.rows:
            continue
        opening, closing = (
            case.get(OPENING_BALANCE, statement),
            case.get(CLOSING_BALANCE, statement),
        )
        if opening and closing and opening.field.raw and closing.field.at.method == ReadMethod.TEXT:
            net = sum((row.credit - row.debit for row in statement.rows), Decimal(0))
            evidence = (
                case.at_field(statement, closing.field),
                case.at_field(statement, opening.field),
            )
            confidence = min(opening.field.confidence, closing.field.confidence)
            yield case.compare(
                BilingualText(
                    "期末余额与期初余额加发生额", "closing balance and opening plus movements"
                ),
                opening.value + net,
                closing.value,
                case.limit("cents"),
                evidence,
                confidence,
            )
        for total in statement.totals:
            if total.kind != "carried" and (total.debit is not None or total.credit is not None):
                yield _total(case, statement, total)
        if not statement.totals and not (closing and closing.field.at.method == ReadMethod.TEXT):
            yield NotApplicable(
                BilingualText("没有打印的合计或期末余额", "no printed totals or closing balance")
            )


def _total(case: RuleView, statement: Document, total: PrintedTotal) -> Result:
    rows = statement.rows[: total.after_row] if total.after_row else statement.rows
    what = BilingualText("打印合计与明细之和", "printed total and sum of rows")
    if any(_same([rows[i] for i in span], total) for span in stretches(rows)):
        return Clear(what)
    if total.kind == "running_total" and rows and (rows[0].day.month, rows[0].day.day) > (1, 10):
        return NotChecked(
            BilingualText(
                "累计数从年初起算，对账单不从年初开始",
                "the running total counts from January, the statement starts later",
            )
        )
    debit, credit = (
        sum((row.debit for row in rows), Decimal(0)),
        sum((row.credit for row in rows), Decimal(0)),
    )
    expected, observed = (
        f"{debit:.2f} / {credit:.2f}",
        " / ".join(
            "" if value is None else f"{value:.2f}" for value in (total.debit, total.credit)
        ),
    )
    say = BilingualText(
        f"打印的借贷合计为 {observed}，明细相加为 {yuan(debit)} / {yuan(credit)}",
        (
            f"printed totals (debit / credit) are {observed}, the rows add up to "
            f"{yuan(debit)} / {yuan(credit)}"
        ),
    )
    return Hit(
        say=say,
        evidence=(case.at_total(statement, total),),
        expected=expected,
        observed=observed,
        confidence=0.9,
    )


def _same(rows: Sequence[Transaction], total: PrintedTotal) -> bool:
    sides = (
        (total.debit, sum((row.debit for row in rows), Decimal(0))),
        (total.credit, sum((row.credit for row in rows), Decimal(0))),
    )
    return all(printed is None or abs(printed) == abs(summed) for printed, summed in sides)

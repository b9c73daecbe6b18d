"""Each balance of a statement follows from the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT, OPENING_BALANCE
from extractors.model import Document, Transaction
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, InDoubt, NotChecked, Page, Result, rule


@rule(
    id="ARI17",
    title="Running balance holds row by row",
    title_zh="逐笔余额连续",
    severity="high",
    group="statement_chain",
    reads=(BANK_STATEMENT,),
    proof=True,
    zh=Page(
        why="银行系统逐笔计算余额：上笔余额＋贷方－借方＝本笔余额。改动一个金额或余额，链条就在该处断开。",
        example="收入 9,850.00 被改为 98,500.00，而余额只增加 9,850.00。",
        innocent="同一日内排序不同（已尝试重排）；冲正以红字列示；导出时漏行。",
        ask="该笔前后的余额为何不连续？请提供网银导出的原始明细。",
        paper="由开户行盖章的对账单，或网银在线核验",
    ),
    en=Page(
        why=(
            "A bank computes every balance from the one before; changing an amount or a "
            "balance breaks the chain there."
        ),
        example="A receipt of 9,850.00 reads 98,500.00, yet the balance grew by 9,850.00.",
        innocent=(
            "Another order within one day (tried); reversals printed in red; a row lost in "
            "an export."
        ),
        ask="Why does the balance not run on at this row? Please give the original export.",
        paper="A statement stamped by the bank, or the bank's online verification",
    ),
)
def running_balance(case: RuleView) -> Iterator[Result]:
    for statement in case.papers(BANK_STATEMENT):
        rows = [each for each in statement.rows if each.balance is not None]
        if len(rows) < 2:
            yield NotChecked(BilingualText("没有可连续核对的余额", "no balances to follow"))
            continue
        breaks = [
            (first, second)
            for first, second in zip(rows, rows[1:], strict=False)
            if _gap(first, second) != 0
        ]
        opening = case.get(OPENING_BALANCE, statement)
        start = (
            _from_opening(rows[0], opening.value) if opening and opening.field.raw else Decimal(0)
        )
        if len(breaks) > (1 - case.limit("readable_share")) * len(rows):
            yield _all_broken(case, statement, rows)
            continue
        if start and opening:
            evidence = (case.at_field(statement, opening.field), case.at_row(statement, rows[0]))
            say = BilingualText(
                "首笔余额与期初余额不连续",
                "the first balance does not follow from the opening balance",
            )
            yield Hit(
                say=say,
                evidence=evidence,
                difference=f"{start:.2f}",
                confidence=min(rows[0].confidence, opening.field.confidence),
            )
        for before, row in breaks[:20]:
            yield _break(case, statement, before, row)
        held = len(rows) - len(breaks) - bool(start)
        say = BilingualText(f"{held} 笔余额连续", f"{held} balances run on")
        yield Clear(say, (case.at_row(statement, rows[-1]),))


def _all_broken(case: RuleView, statement: Document, rows: Sequence[Transaction]) -> InDoubt:
    """A forger breaks a chain at a few rows; a reader that mistook columns or order breaks all of
    it.
    """
    say = BilingualText(
        "余额大面积不连续，可能排序或版式未能识别，需人工核对",
        "most balances do not follow: the order or layout may not be understood; check by eye",
    )
    return InDoubt(
        slip="whole_document",
        say=say,
        evidence=(case.at_row(statement, rows[0]),),
        severity=Severity.HIGH,
    )


def _break(case: RuleView, statement: Document, before: Transaction, row: Transaction) -> Hit:
    expected, observed, gap = _expected(before, row), row.balance or Decimal(0), _gap(before, row)
    say = BilingualText(
        f"{row.day} 的余额应为 {yuan(expected)}，实为 {yuan(observed)}，相差 {yuan(gap)}",
        (
            f"on {row.day} the balance should be {yuan(expected)}, it is {yuan(observed)}, "
            f"difference {yuan(gap)}"
        ),
    )
    evidence = (case.at_row(statement, row), case.at_row(statement, before))
    confidence = min(row.confidence, before.confidence)
    return Hit(
        say=say,
        evidence=evidence,
        expected=f"{expected:.2f}",
        observed=f"{observed:.2f}",
        difference=f"{gap:.2f}",
        confidence=confidence,
    )


def _expected(before: Transaction, row: Transaction) -> Decimal:
    return (before.balance or Decimal(0)) + row.credit - row.debit


def _gap(before: Transaction, row: Transaction) -> Decimal:
    return (row.balance or Decimal(0)) - _expected(before, row)


def _from_opening(row: Transaction, opening: Decimal) -> Decimal:
    return (row.balance or Decimal(0)) - (opening + row.credit - row.debit)

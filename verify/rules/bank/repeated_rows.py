"""The same transaction listed twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Transaction
from verify.case_file import RuleView
from verify.ledger.transaction_kinds import fee
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotChecked, Page, Result, rule


@rule(
    id="BNK08",
    title="No transaction is listed twice",
    title_zh="无重复列示的交易",
    severity="medium",
    group="repeated_rows",
    reads=(BANK_STATEMENT,),
    zh=Page(
        why="银行的流水号不会重复；复制一行来增加收入时，往往连流水号或到秒的时间一起复制。",
        example="同一流水号 250505001236 的 22 万元收入出现两次，余额不同。",
        innocent="同日两笔等额交易（流水号不同时不提示）；批量业务共用批次号；手续费。",
        ask="这两笔是否为同一交易？",
        paper="两笔交易的回单",
    ),
    en=Page(
        why=(
            "A bank's serial numbers do not repeat; those who copy a row to add income "
            "copy the number or the second with it."
        ),
        example=(
            "A receipt of 220,000 under serial 250505001236 stands twice with different balances."
        ),
        innocent=(
            "Two equal payments on a day (silent where serials differ); batches under one "
            "number; fees."
        ),
        ask="Are these two one transaction?",
        paper="The slips of both",
    ),
)
def repeated_rows(case: RuleView) -> Iterator[Result]:
    for statement in case.papers(BANK_STATEMENT):
        seen: dict[tuple[object, ...], list[Transaction]] = {}
        told_apart = False
        for row in statement.rows:
            mark = row.serial_number or row.time
            told_apart = told_apart or bool(mark)
            if mark and not fee(row) and max(row.debit, row.credit) >= case.limit("least_amount"):
                seen.setdefault(
                    (row.day, mark, row.debit, row.credit, row.counterparty_name), []
                ).append(row)
        twice = [
            rows
            for rows in seen.values()
            if len(rows) > 1
            and any(first.balance != second.balance for first, second in pairwise(rows))
        ]
        for rows in twice:
            say = BilingualText(
                f"{rows[0].day} 同一流水号或时间的同额交易列示了 {len(rows)} 次",
                (
                    f"on {rows[0].day} one transaction is listed {len(rows)} times under "
                    "one serial number or time"
                ),
            )
            yield Hit(
                say=say,
                evidence=tuple(case.at_row(statement, each) for each in rows),
                observed=rows[0].serial_number or rows[0].time,
                confidence=0.85,
            )
        if not told_apart:
            yield NotChecked(
                BilingualText(
                    "对账单没有流水号或时间", "the statement has no serial numbers or times"
                )
            )
        elif not twice:
            yield Clear(BilingualText("没有重复列示的交易", "no transaction is listed twice"))

"""Total assets equal liabilities and equity."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.balance_sheet import BALANCE_SHEET
from extractors.model import Amount
from verify.arithmetic.rounding import rounding
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Page, Result, rule


@rule(
    id="ARI01",
    title="Total assets equal liabilities and equity",
    title_zh="资产总计等于负债和所有者权益总计",
    severity="high",
    group="balance_sheet",
    reads=(BALANCE_SHEET,),
    proof=True,
    zh=Page(
        why="复式记账下资产总计必然等于负债与所有者权益之和，报表不平说明至少有一个数字不是账上的数字。",
        example="存货由 120 万改为 146 万，资产总计随之增加 26 万，而负债和所有者权益总计未变。",
        innocent="打字错误；报表软件导出时漏行；以万元列示时的四舍五入（已按列示单位放宽）。",
        ask="资产负债表两边不相等，差额来自哪个科目？",
        paper="加盖公章的科目余额表，或向税务机关报送的同期报表",
    ),
    en=Page(
        why=(
            "In double entry total assets equal liabilities and equity; a sheet that does "
            "not balance holds a figure that is not in the books."
        ),
        example=(
            "Inventory is raised from 1.20m to 1.46m and total assets with it, while "
            "liabilities and equity stay."
        ),
        innocent=(
            "A typing error; a line lost in an export; rounding when amounts are in 万元 "
            "(allowed for)."
        ),
        ask=(
            "The two sides of the balance sheet differ: which account does the difference "
            "come from?"
        ),
        paper="The trial balance under seal, or the statements as filed with the tax office",
    ),
)
def assets_equal_claims(case: RuleView) -> Iterator[Result]:
    for sheet in case.papers(BALANCE_SHEET):
        for column, zh, en in (("ending", "期末", "closing"), ("opening", "年初", "opening")):
            assets, claims = (
                sheet.lines[name].columns.get(column) if name in sheet.lines else None
                for name in ("资产总计", "负债和所有者权益总计")
            )
            debts, equity = (
                sheet.lines[name].columns.get(column) if name in sheet.lines else None
                for name in ("负债合计", "所有者权益合计")
            )
            sides: list[tuple[Amount, ...]] = [(claims,)] if claims else []
            if debts and equity:
                sides.append((debts, equity))
            for parts in sides if assets else []:
                assert assets is not None
                used = (assets, *parts)
                total = sum((part.value for part in parts), Decimal(0))
                what = BilingualText(
                    f"{zh}资产总计与负债和所有者权益",
                    f"{en} total assets and liabilities with equity",
                )
                evidence = tuple(case.at_amount(sheet, a) for a in used)
                yield case.compare(
                    what,
                    total,
                    assets.value,
                    rounding(used, case.limit("cents")),
                    evidence,
                    min(amount.confidence for amount in used),
                )

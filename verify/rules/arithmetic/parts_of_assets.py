"""Current and non-current parts add up to their totals."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.balance_sheet import BALANCE_SHEET
from extractors.model import Amount, Document
from verify.arithmetic.form_totals import CURRENT_ASSETS, DIVIDENDS, LONG_TERM_DEBTS, amount
from verify.arithmetic.rounding import rounding
from verify.case_file import RuleView
from verify.model import BilingualText
from verify.rule import Page, Result, rule

_TOTALS = (
    ("资产总计", ("流动资产合计", "非流动资产合计")),
    ("负债合计", ("流动负债合计", "非流动负债合计")),
)


@rule(
    id="ARI02",
    title="Parts of the balance sheet add up",
    title_zh="资产负债表分项合计勾稽",
    severity="medium",
    group="balance_sheet",
    reads=(BALANCE_SHEET,),
    zh=Page(
        why="流动与非流动之和等于总计，流动资产各项之和等于流动资产合计；只改一项而未改合计就会露出差额。",
        example="应收账款由 217 万改为 317 万，流动资产合计仍为 589 万。",
        innocent="报表增设了本系统不认识的行；“其中”行被单列；四舍五入。",
        ask="分项之和与合计不符，是否有未列示的科目？",
        paper="科目余额表",
    ),
    en=Page(
        why=(
            "Current and non-current parts add up to the totals, items to their subtotal; "
            "changing one item alone leaves a gap."
        ),
        example="Receivables change from 2.17m to 3.17m while current assets stay at 5.89m.",
        innocent="A line that is not known here; an 'of which' line on its own; rounding.",
        ask="The items do not add up to the subtotal: is an account not shown?",
        paper="The trial balance",
    ),
)
def parts_of_assets(case: RuleView) -> Iterator[Result]:
    for sheet in case.papers(BALANCE_SHEET):
        for column, zh, en in (("ending", "期末", "closing"), ("opening", "年初", "opening")):
            for total, parts in _TOTALS:
                whole, found = (
                    amount(sheet, total, column),
                    [a for part in parts if (a := amount(sheet, part, column))],
                )
                if (
                    whole
                    and found
                    and (len(found) == 2 or (total == "负债合计" and not _long_term(sheet, column)))
                ):
                    yield _sum(
                        case,
                        sheet,
                        BilingualText(f"{zh}{total}与分项之和", f"{en} {total} and its parts"),
                        whole,
                        found,
                    )
            whole, items = (
                amount(sheet, "流动资产合计", column),
                [a for name in CURRENT_ASSETS if (a := amount(sheet, name, column))],
            )
            if whole and len(items) >= 2:
                extra = [a for name in DIVIDENDS if (a := amount(sheet, name, column)) and a.value]
                gap = whole.value - sum((item.value for item in items), Decimal(0))
                listed = (
                    [*items, *extra]
                    if extra
                    and abs(gap - sum((entry.value for entry in extra), Decimal(0))) < abs(gap)
                    else items
                )
                yield _sum(
                    case,
                    sheet,
                    BilingualText(
                        f"{zh}流动资产合计与各项之和", f"{en} current assets and their items"
                    ),
                    whole,
                    listed,
                )


def _long_term(sheet: Document, column: str) -> bool:
    return any((found := amount(sheet, name, column)) and found.value for name in LONG_TERM_DEBTS)


def _sum(
    case: RuleView, sheet: Document, what: BilingualText, whole: Amount, parts: list[Amount]
) -> Result:
    evidence = tuple(
        case.at_amount(sheet, a) for a in (whole, *[part for part in parts if part.value][:6])
    )
    used = [whole, *parts]
    return case.compare(
        what,
        sum((part.value for part in parts), Decimal(0)),
        whole.value,
        rounding(used, case.limit("cents")),
        evidence,
        min(each.confidence for each in used),
    )

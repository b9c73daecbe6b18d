"""Who the customers are: how few, and whether all large ones changed within the period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.business_licence import BUSINESS_LICENCE
from extractors.documents.shareholder_register import SHAREHOLDER_REGISTER
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry, by_party, total, whole_months
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK13",
    title="Large customers last",
    title_zh="主要客户稳定性与集中度",
    severity="low",
    group="customers",
    reads=(BANK_STATEMENT, SHAREHOLDER_REGISTER, BUSINESS_LICENCE),
    needs=("bank_statement",),
    stands_on_all=(Part.ROWS, Part.PARTIES),
    zh=Page(
        why="主要客户在一年内全部换掉，或几乎只有一个客户，收入的真实性与可持续性都要另外核实；仅凭此点不说明材料不实。",
        example="上半年前五大客户与下半年前五大客户没有一家相同。",
        innocent="工程、项目制企业；为单一大厂配套；更换收款账户。",
        ask="主要客户为何更换？与最大客户的合作年限？",
        paper="主要客户合同与近两年发票汇总",
    ),
    en=Page(
        why=(
            "Where all large customers changed within a year, or almost one alone pays, "
            "revenue asks for another look; by itself this speaks of no false paper."
        ),
        example=(
            "Not one of the five largest customers of the first half is among those of the second."
        ),
        innocent=(
            "Projects and construction; a supplier of one large maker; another account for "
            "receipts."
        ),
        ask="Why did the customers change? Since when do you supply the largest?",
        paper="Contracts of main customers, invoice summaries of two years",
    ),
)
def customers(case: RuleView) -> Iterator[Result]:
    sales = [entry for entry in case.receipts().sales if entry.party]
    if len(whole_months(case.entries())) < case.limit("least_months") or len(sales) < case.limit(
        "least_receipts"
    ):
        yield NotApplicable(
            BilingualText("期间或回款太少，不作判断", "too short or too few receipts to judge")
        )
        return
    hits = [*_replaced(case, sales), *_one_alone(case, sales)]
    yield from hits
    if not hits:
        yield Clear(
            BilingualText("主要客户有延续，未过度集中", "large customers last and none is all")
        )


def _replaced(case: RuleView, sales: list[Entry]) -> Iterator[Hit]:
    first, last = case.entries()[0].row.day, case.entries()[-1].row.day
    middle = first + timedelta(days=(last - first).days // 2)
    early, late = (
        _top([entry for entry in sales if (entry.row.day <= middle) == side])
        for side in (True, False)
    )
    if len(early) < 3 or len(late) < 3 or set(early) & set(late):
        return
    say = BilingualText(
        f"前后两个半期的前 {len(early)} 大客户没有一家相同",
        (
            f"none of the {len(early)} largest customers of the first half is among those "
            "of the second"
        ),
    )
    shown = [
        max(es, key=lambda e: e.amount)
        for es in (*list(early.values())[:2], *list(late.values())[:2])
    ]
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in shown),
        observed="0",
        confidence=0.7,
    )


def _one_alone(case: RuleView, sales: list[Entry]) -> Iterator[Hit]:
    everything = total(entry.amount for entry in sales)
    rows = next(iter(_top(sales).values()))
    share = total(entry.amount for entry in rows) / everything
    if share <= case.limit("share"):
        return
    say = BilingualText(
        f"“{rows[0].row.counterparty_name}”一家占回款 {share:.0%}",
        f"“{rows[0].row.counterparty_name}” alone brings {share:.0%} of receipts",
    )
    evidence = tuple(case.at_entry(row) for row in sorted(rows, key=lambda e: -e.amount)[:3])
    yield Hit(
        say=say, evidence=evidence, observed=f"{share:.0%}", confidence=0.8, severity=Severity.INFO
    )


def _top(sales: list[Entry]) -> dict[str, list[Entry]]:
    groups = by_party(sales)
    return {
        p: groups[p]
        for p in sorted(groups, key=lambda p: (-total(entry.amount for entry in groups[p]), p))[:5]
    }

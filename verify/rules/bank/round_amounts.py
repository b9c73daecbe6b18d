"""Amounts that are round more often than invoices and taxes are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extractors.documents.bank_statement import BANK_STATEMENT
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import Entry
from verify.ledger.transaction_kinds import deposit_interest, overhead, tax
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK16",
    title="Amounts are not round throughout",
    title_zh="整数金额占比",
    severity="medium",
    group="made_up_rows",
    reads=(BANK_STATEMENT,),
    stands_on_all=(Part.ROWS,),
    zh=Page(
        why="货款按发票结算，多带零头；税款算到分。收付几乎全是整千，或税款都是整百，像是凭空写出来的。",
        example="239 笔收付全部是 5,000 元的整数倍。",
        innocent="分次付款、预付款常取整（占比一般不到一半）；房租、工资类固定支出（不计）。",
        ask="这些整数款项对应哪些发票或合同？",
        paper="对应的发票、合同与回单",
    ),
    en=Page(
        why=(
            "Payments follow invoices and end in odd cents, taxes are computed to the "
            "cent; rows that are nearly all round thousands, or taxes in round hundreds, "
            "look invented."
        ),
        example="All 239 amounts are multiples of 5,000.",
        innocent=(
            "Part and advance payments are often round (mostly less than half); rents and "
            "wages (not counted)."
        ),
        ask="To which invoices or contracts do these belong?",
        paper="The invoices, contracts and slips",
    ),
)
def round_amounts(case: RuleView) -> Iterator[Result]:
    trade = [
        entry
        for entry in case.entries()
        if not overhead(entry.row) and not deposit_interest(entry.row)
    ]
    taxes = [entry for entry in case.entries() if tax(entry.row)]
    hits = [*_thousands(case, trade), *_taxes(case, taxes)]
    yield from hits
    if not hits and len(trade) < case.limit("least_rows"):
        yield NotApplicable(BilingualText("明细太少，不作判断", "too few rows to judge"))
    elif not hits:
        yield Clear(BilingualText("整数金额占比正常", "the share of round amounts is usual"))


def _thousands(case: RuleView, rows: list[Entry]) -> Iterator[Hit]:
    even = [entry for entry in rows if entry.amount % 1000 == 0]
    if len(rows) < case.limit("least_rows") or len(even) < case.limit("low_share") * len(rows):
        return
    share = len(even) / len(rows)
    say = BilingualText(
        f"{len(rows)} 笔收付中 {len(even)} 笔（{share:.0%}）为整千金额",
        f"{len(even)} of {len(rows)} amounts ({share:.0%}) are round thousands",
    )
    severity = Severity.MEDIUM if share >= float(case.limit("share")) else Severity.LOW
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in even[:4]),
        observed=f"{share:.0%}",
        confidence=0.75,
        severity=severity,
    )


def _taxes(case: RuleView, taxes: list[Entry]) -> Iterator[Hit]:
    usual = Counter(entry.amount for entry in taxes).most_common(1)[0][1] if taxes else 0
    if usual * 2 > len(taxes):
        return  # a fixed amount a month: tax by assessment (定期定额)
    even = [entry for entry in taxes if entry.amount % 100 == 0]
    if len(even) < case.limit("least_taxes") or len(even) < case.limit("tax_share") * len(taxes):
        return
    say = BilingualText(
        f"{len(taxes)} 笔税款中 {len(even)} 笔为整百金额",
        f"{len(even)} of {len(taxes)} tax payments are round hundreds",
    )
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in even[:4]),
        observed=str(len(even)),
        confidence=0.8,
        severity=Severity.MEDIUM,
    )

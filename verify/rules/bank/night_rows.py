"""Business at night."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.bank_statement import BANK_STATEMENT
from verify.case_file import RuleView
from verify.ledger.transaction_kinds import deposit_interest, fee, loan_interest, tax
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK21",
    title="Business is done by day",
    title_zh="深夜交易集中",
    severity="low",
    group="row_dates",
    reads=(BANK_STATEMENT,),
    zh=Page(
        why="企业收付多在白天；大量货款集中在凌晨，可能是批量生成的时间或人为刷流水。",
        example="120 笔货款中 64 笔在 0 至 5 时。",
        innocent="电商平台、收单机构的自动结算；银行批量入账（利息、费用、税款不计）。",
        ask="凌晨的收付是什么业务？",
        paper="平台结算单、网银交易回单",
    ),
    en=Page(
        why=(
            "Firms pay by day; trade that gathers before dawn may bear times made in bulk, "
            "or be turnover made on purpose."
        ),
        example="64 of 120 trade rows between midnight and five.",
        innocent=(
            "Platforms and card acquirers settle by night; a bank's batches (interest, "
            "fees, taxes are not counted)."
        ),
        ask="What business is done at night?",
        paper="The platform's settlement, electronic slips",
    ),
)
def night_rows(case: RuleView) -> Iterator[Result]:
    rows = [
        entry
        for entry in case.entries()
        if entry.row.time
        and not (
            fee(entry.row)
            or tax(entry.row)
            or deposit_interest(entry.row)
            or loan_interest(entry.row)
        )
    ]
    real = [entry for entry in rows if entry.row.time[:8] not in ("00:00:00", "00:00")]
    if len(real) < case.limit("least_rows"):
        yield NotApplicable(BilingualText("流水没有交易时间", "the statements have no times"))
        return
    night = [entry for entry in real if entry.row.time[:2] in ("00", "01", "02", "03", "04")]
    if len(night) <= case.limit("share") * len(real):
        yield Clear(
            BilingualText(
                f"{len(real)} 笔中 {len(night)} 笔在凌晨",
                f"{len(night)} of {len(real)} rows before dawn",
            )
        )
        return
    say = BilingualText(
        f"{len(real)} 笔收付中 {len(night)} 笔在 0 至 5 时",
        f"{len(night)} of {len(real)} rows between midnight and five",
    )
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(entry) for entry in night[:4]),
        observed=f"{len(night) / len(real):.0%}",
        confidence=0.7,
    )

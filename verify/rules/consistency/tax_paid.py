"""VAT declared against taxes that left the account."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents import bank_statement, vat_return
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.transaction_kinds import tax
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="CON12",
    title="Declared tax was paid",
    title_zh="申报税款有缴纳记录",
    severity="medium",
    group="tax_paid",
    reads=(vat_return.VAT_RETURN, bank_statement.BANK_STATEMENT),
    cross=True,
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why="申报的应纳税额会从账户划缴国库；申报很多而账户几乎不缴税，申报表或对账单可能不实。",
        example="全年应纳增值税 62 万，账户缴税合计 3 万。",
        innocent="由其他账户缴税；次年一月缴纳上年十二月税款；留抵、减免或缓缴。",
        ask="申报的税款从哪个账户缴纳？",
        paper="电子缴款凭证、完税证明",
    ),
    en=Page(
        why=(
            "Tax that is declared leaves the account for the treasury; much declared and "
            "almost nothing paid casts doubt on one of the papers."
        ),
        example="620,000 of VAT for the year, 30,000 of tax paid.",
        innocent=(
            "Paid from another account; December's tax is paid in January; relief or deferral."
        ),
        ask="From which account was the tax paid?",
        paper="Electronic tax receipts, the certificate of tax paid",
    ),
)
def tax_paid(case: RuleView) -> Iterator[Result]:
    rows = [
        (document, row)
        for document in case.own_papers(bank_statement.BANK_STATEMENT)
        for row in document.rows
    ]
    if not rows:
        yield NotChecked(BilingualText("没有读到明细", "no rows were read"))
        return
    for declared in case.own_papers(vat_return.VAT_RETURN):
        end = case.get(vat_return.PERIOD_END, declared)
        due = (
            declared.lines["应纳税额"].columns.get("value")
            if "应纳税额" in declared.lines
            else None
        )
        if end is None or due is None:
            yield NotChecked(
                BilingualText("未读到应纳税额或期间", "tax due or period was not read")
            )
            continue
        year = [(document, row) for document, row in rows if row.day.year == end.value.year]
        covered = bool(year) and (
            max(row.day for _, row in year) - min(row.day for _, row in year)
        ).days >= case.limit("days")
        if not covered or end.value.month != 12 or due.value < case.limit("least_due"):
            yield NotApplicable(
                BilingualText(
                    "对账单未覆盖全年，或税额很小",
                    "the statement does not cover the year, or the tax is small",
                )
            )
            continue
        statements = {document.id: document for document, _ in year}.values()
        paid = sum((row.debit for _, row in year if tax(row)), Decimal(0))
        if paid >= due.value * case.limit("least_share"):
            yield Clear(BilingualText("缴税与申报大致相符", "tax paid is of the declared size"))
            continue
        say = BilingualText(
            f"全年应纳增值税 {yuan(due.value)}，账户缴纳各税合计 {yuan(paid)}",
            f"VAT due for the year {yuan(due.value)}, all taxes paid from the account {yuan(paid)}",
        )
        yield Hit(
            say=say,
            evidence=(
                case.at_amount(declared, due),
                *(case.at_file(document) for document in statements),
            ),
            expected=f"{due.value:.2f}",
            observed=f"{paid:.2f}",
            difference=f"{paid - due.value:.2f}",
            confidence=0.8,
        )

"""An operating account pays taxes, wages, insurance, fees, rent and power."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Transaction
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.accounts import whole_months
from verify.ledger.transaction_kinds import fee, own_transfer, social, tax, utility, wages
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

_SIGNS: tuple[tuple[str, str, Callable[[Transaction], bool]], ...] = (
    ("税款", "taxes", tax),
    ("工资", "wages", wages),
    ("社保", "social insurance", social),
    ("银行费用", "bank fees", fee),
    ("房租水电", "rent or power", utility),
)


@rule(
    id="PRA13",
    title="The account shows a working firm",
    title_zh="经营账户的日常支出",
    severity="high",
    group="made_up_rows",
    reads=(BANK_STATEMENT,),
    stands_on_all=(Part.HOLDER, Part.ROWS),
    zh=Page(
        why="真正经营的企业要缴税、发工资、缴社保、付手续费和房租水电；半年以上的流水只有货款进出，多半是编造的，或另有经营账户没有提交。",
        example="全年 239 笔全部是“货款”，没有一笔税款、工资或手续费。",
        innocent="基本户另开，本账户只做货款结算；工资由劳务公司代发；集团代缴。",
        ask="税款、工资、社保由哪个账户支付？请提供基本户流水。",
        paper="基本存款账户流水、开户许可证、完税与社保凭证",
    ),
    en=Page(
        why=(
            "A working firm pays taxes, wages, insurance, fees and rent; half a year of "
            "nothing but goods is invented, or another account was kept back."
        ),
        example="All 239 rows of a year are goods; not one tax, wage or fee.",
        innocent=(
            "The basic account is another one and this settles trade alone; wages paid by "
            "a service firm; paid by the group."
        ),
        ask="From which account are taxes, wages and insurance paid?",
        paper="The basic account's statement, tax and insurance receipts",
    ),
)
def signs_of_life(case: RuleView) -> Iterator[Result]:
    rows = case.entries()
    if len(whole_months(rows)) < case.limit("least_months") or len(rows) < case.limit("least_rows"):
        yield NotApplicable(
            BilingualText("流水期间太短或明细太少，不作判断", "too short or too few rows to judge")
        )
        return
    told = {entry.row.description for entry in rows}
    if len(told) < case.limit("least_summaries") and not any(entry.party for entry in rows):
        yield NotChecked(
            BilingualText(
                "流水摘要过于笼统且没有对方户名，无法辨认支出",
                "summaries are too general and no counterparty is named",
            )
        )
        return
    have = [(zh, en) for zh, en, is_kind in _SIGNS if any(is_kind(entry.row) for entry in rows)]
    lack = [(zh, en) for zh, en, is_kind in _SIGNS if not any(is_kind(entry.row) for entry in rows)]
    if len(have) >= case.limit("enough"):
        yield Clear(
            BilingualText(
                "有" + "、".join(zh for zh, _ in have),
                "there are " + ", ".join(en for _, en in have),
            )
        )
        return
    say = BilingualText(
        f"{len(rows)} 笔流水没有" + "、".join(zh for zh, _ in lack) + "支出",
        f"{len(rows)} rows and no " + ", ".join(en for _, en in lack),
    )
    # Money moved to another own account: that one may be where taxes and wages are paid.
    elsewhere = any(own_transfer(entry.row, case.applicant.name) for entry in rows)
    severity = (
        Severity.LOW if len(have) > 1 else Severity.MEDIUM if have or elsewhere else Severity.HIGH
    )
    papers = {row.document.id: row for row in rows}
    yield Hit(
        say=say,
        evidence=tuple(case.at_entry(paper) for paper in papers.values()),
        observed=str(len(have)),
        expected=f">= {case.limit('enough')}",
        confidence=0.85,
        severity=severity,
    )

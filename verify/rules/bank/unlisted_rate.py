"""The rate that interest payments share is a rate that a bank pays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Document
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.deposit_interest import (
    Settlement,
    daily_of,
    due_by_day,
    listed_rates,
    on_yuan_deposit,
    settlements,
    shared_level,
)
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="BNK24",
    title="The implied rate is one that banks pay",
    title_zh="隐含利率是银行会执行的利率",
    severity="high",
    group="interest",
    since="0.2",
    reads=(BANK_STATEMENT,),
    stands_on=(Part.ROWS,),
    zh=Page(
        why=(
            "删去部分明细、重算余额，再按比例改写利息，各季反推利率会一致，却落在一个谁也不执行的水平上。挂牌利率和协议利率都是整齐的数：0.05%、0.10%、"
            "0.15%、0.30%……"
        ),
        example="四个季度的利息都正好是按挂牌利率应付的 62.3%，即 0.0623% 与 0.0312%。",
        innocent="两段计息的协定存款；外资银行或农商行的自有挂牌利率（整齐的利率不提示）；税后或分户计息。",
        ask="账户执行的是什么利率？请提供协议或结息清单。",
        paper="开户行结息清单、协定存款协议",
    ),
    en=Page(
        why=(
            "Where rows were left out, balances computed anew and interest rewritten in "
            "proportion, all quarters imply one rate, yet at a level that nobody pays. "
            "Listed and agreed rates are plain numbers: 0.05 %, 0.10 %, 0.15 %, 0.30 %."
        ),
        example=(
            "The interest of all four quarters is just 62.3 % of what the listed rates "
            "give, that is 0.0623 % and 0.0312 %."
        ),
        innocent=(
            "Agreed deposits in two tiers; a bank's own list (plain rates are silent); "
            "interest reckoned on parts of the account."
        ),
        ask=(
            "Which rate applies to this account? Please show the agreement or the bank's "
            "interest note."
        ),
        paper="The bank's interest note, the agreed-deposit contract",
    ),
)
def unlisted_rate(case: RuleView) -> Iterator[Result]:
    checked = 0
    for statement in on_yuan_deposit(case.papers(BANK_STATEMENT)):
        paid = [
            settlement
            for settlement in settlements(statement)
            if settlement.row.credit >= case.limit("least_interest")
        ]
        if len(paid) >= 2:
            checked += 1
            yield _judged(case, statement, paid)
    if not checked:
        yield NotApplicable(
            BilingualText("不足两次可反推的结息", "fewer than two interest payments to reckon from")
        )


def _judged(case: RuleView, statement: Document, paid: Sequence[Settlement]) -> Result:
    rates = _shared_rates(case, statement, paid)
    if not rates:
        return Clear(
            BilingualText(
                "各次利率不成一个比例，见 BNK02", "the payments share no level, see BNK02"
            )
        )
    if all(_is_plain(case, rate) for rate in rates):
        return Clear(
            BilingualText(
                f"利率 {_shown(rates)} 是整齐的利率",
                f"{_shown(rates)} are rates as banks list them",
            )
        )
    lowest = min(rate for s in paid for rate in listed_rates(s.first, s.last))
    below = min(rates) < lowest * (1 - case.limit("listed"))
    say = BilingualText(
        f"{len(paid)} 次结息的隐含利率一致为 {_shown(rates)}，不是任何挂牌或协议利率的水平"
        + ("，且低于最低挂牌利率" if below else ""),
        (
            f"{len(paid)} interest payments imply {_shown(rates)} throughout, a level that "
            "no bank lists or agrees"
        )
        + (", below the lowest listed rate" if below else ""),
    )
    return Hit(
        say=say,
        evidence=tuple(case.at_row(statement, settlement.row) for settlement in paid[:4]),
        expected=f"{lowest:.4%}",
        observed=_shown(rates),
        confidence=0.85 * min(settlement.row.confidence for settlement in paid),
        severity=Severity.HIGH if below else Severity.MEDIUM,
    )


def _shared_rates(
    case: RuleView, statement: Document, paid: Sequence[Settlement]
) -> tuple[Decimal, ...]:
    """The yearly rates at which all payments were made: one throughout, or one share of the rates
    listed; empty where they share neither.
    """
    daily = daily_of(statement)
    if daily is None:
        return ()
    slack = case.limit("agree") + max(settlement.slack for settlement in paid)
    listed = [each for s in paid for each in listed_rates(s.first, s.last)]
    shares = [
        settlement.row.credit / due for settlement in paid if (due := due_by_day(daily, settlement))
    ]
    share = shared_level(shares, slack) if len(shares) == len(paid) else None
    if share is not None:
        near = abs(share - 1) <= case.limit("listed")
        return tuple(sorted({r if near else r * share for r in listed}))
    rate = shared_level([settlement.rate for settlement in paid], slack)
    return () if rate is None else (rate,)


def _is_plain(case: RuleView, rate: Decimal) -> bool:
    """Whether a rate is near a multiple of the finest step in which rates are listed or agreed."""
    steps = round(rate / case.limit("step"))
    return abs(rate - steps * case.limit("step")) <= rate * case.limit("off_step")


def _shown(rates: Sequence[Decimal]) -> str:
    return " / ".join(f"{rate:.4%}" for rate in rates)

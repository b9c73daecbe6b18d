"""Interest fits the balances shown to the cent, or is short by the interest on one amount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Document
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.deposit_interest import daily_of, on_yuan_deposit, settlements
from verify.ledger.interest_gap import (
    Gap,
    common_gap,
    has_one_rate,
    listed_gaps,
    own_rate_gaps,
    rounded,
)
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_PRECISE = 40  # a round sum tells something where the gap is known to a fortieth of its step


@rule(
    id="BNK25",
    title="Interest fits the balances to the cent",
    title_zh="利息与余额精确到分相符",
    severity="high",
    group="interest",
    since="0.2",
    reads=(BANK_STATEMENT,),
    stands_on=(Part.ROWS,),
    zh=Page(
        why="银行按积数计息，精确到分。把一笔收款改大、其后余额全部抬高，流水自身处处平衡，但银行付息用的是真实余额：之后每季的利息都恰好少了被抬高金额的利息。",
        example="2025 年三、四季度的利息，都恰好等于余额减去 50,000 元后的应计利息，此前的季度则分毫不差。",
        innocent="账户内有一笔固定金额不计息或另行计息；季中调整利率的日期与挂牌日不同（该季单独不作判断）；补结、冲正利息。",
        ask="银行计息为何不含这部分余额？请提供该季结息清单。",
        paper="开户行结息清单、开户行盖章的对账单",
    ),
    en=Page(
        why=(
            "Banks reckon interest on daily balances, to the cent. Where one receipt was "
            "raised and every later balance with it, all sums of the statement hold, but "
            "the bank paid on the true balances: each later payment is short by the "
            "interest on just the amount added."
        ),
        example=(
            "The interest of two quarters is exactly that on the balances less 50,000; the "
            "quarter before fits to the cent."
        ),
        innocent=(
            "A fixed sum in the account that earns no interest or earns it apart; a "
            "changed rate that the bank applied on another day (such a quarter is not "
            "judged alone); corrections of interest."
        ),
        ask=(
            "Why did the bank pay no interest on this part of the balance? Please show the "
            "interest note of the quarter."
        ),
        paper="The bank's interest note, a statement stamped by the bank",
    ),
)
def interest_to_the_cent(case: RuleView) -> Iterator[Result]:
    checked = False
    for statement in on_yuan_deposit(case.papers(BANK_STATEMENT)):
        daily = daily_of(statement)
        least = case.limit("least_interest")
        paid = [
            settlement
            for settlement in settlements(statement)
            if settlement.row.credit >= least and settlement.product > 0
        ]
        if daily is None or len(paid) < 2:
            continue
        checked = True
        listed = listed_gaps(daily, paid)
        if raised := common_gap(listed, case.limit("least_gap")):
            yield _raised(case, statement, raised)
            continue
        gaps = max(listed, own_rate_gaps(paid), key=_closed)
        yield _beside_exact_ones(case, statement, gaps)
    if not checked:
        yield NotApplicable(
            BilingualText("不足两次可核算的结息", "fewer than two interest payments to reckon with")
        )


def _closed(gaps: Sequence[Gap]) -> int:
    return sum(gap.is_closed for gap in gaps)


def _raised(case: RuleView, statement: Document, gaps: Sequence[Gap]) -> Hit:
    """Several payments that are short by the interest on one amount."""
    amount = rounded(min(gaps, key=lambda gap: gap.slack)).amount
    say = BilingualText(
        f"{len(gaps)} 次结息都恰好是余额减去 {yuan(amount)} 元后的应计利息，对账单余额比银行计息余额多出同一金额",
        (
            f"{len(gaps)} interest payments are exactly those on the balances less "
            f"{yuan(amount)}: the statement shows this much more than the bank paid on"
        ),
    )
    return _hit(case, statement, gaps, say, Severity.HIGH)


def _beside_exact_ones(case: RuleView, statement: Document, gaps: Sequence[Gap]) -> Result:
    """Payments that miss the balances where others of the account fit them to the cent."""
    if not _closed(gaps):
        return Clear(
            BilingualText(
                "各次结息与每日余额没有精确到分的关系，见 BNK02",
                "no payment fits the daily balances to the cent, see BNK02",
            )
        )
    least = case.limit("least_gap")
    short = [gap for gap in gaps if gap.amount >= least and has_one_rate(gap.payment)]
    if not short:
        return Clear(
            BilingualText(
                f"{_closed(gaps)} 次结息与余额精确到分相符",
                f"{_closed(gaps)} interest payments fit the balances to the cent",
            )
        )
    if alike := common_gap(short, least):
        return _raised(case, statement, alike)
    step = case.limit("round_sum")
    # A quarter in whose middle the sum was added is short by a part of it
    whole = [gap for gap in short if gap.slack * _PRECISE <= step and gap.is_multiple(step)]
    first = (whole or short)[0]
    amount = rounded(first).amount
    say = BilingualText(
        f"{first.payment.first} 至 {first.payment.last} 的利息相当于余额减去 {yuan(amount)} 元后计算，其他季度则精确到分相符",
        (
            f"the interest for {first.payment.first} to {first.payment.last} is that on the "
            f"balances less {yuan(amount)}, while another quarter fits to the cent"
        ),
    )
    return _hit(case, statement, [first], say, Severity.MEDIUM if whole else Severity.LOW)


def _hit(
    case: RuleView,
    statement: Document,
    gaps: Sequence[Gap],
    say: BilingualText,
    severity: Severity,
) -> Hit:
    first = gaps[0]
    shown = first.payment.average
    return Hit(
        say=say,
        evidence=tuple(case.at_row(statement, gap.payment.row) for gap in gaps[:4]),
        expected=f"{shown - first.amount:.2f}",
        observed=f"{shown:.2f}",
        difference=f"{first.amount:.2f}",
        confidence=0.9 * min(gap.payment.row.confidence for gap in gaps),
        severity=severity,
    )

"""The rate that interest payments imply is one rate, or changes when listed rates change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.model import Document
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.ledger.daily_balance import DailyBalance
from verify.ledger.deposit_interest import (
    HALF_CENT,
    LISTED,
    YEAR,
    Settlement,
    daily_of,
    due_by_day,
    on_yuan_deposit,
    settlements,
)
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_BASES = tuple(
    Decimal(b)
    for b in (
        50_000,
        100_000,
        200_000,
        300_000,
        500_000,
        1_000_000,
        2_000_000,
        3_000_000,
        5_000_000,
        10_000_000,
    )
)


@rule(
    id="BNK02",
    title="Implied interest rate is steady",
    title_zh="隐含利率稳定",
    severity="high",
    group="interest",
    reads=(BANK_STATEMENT,),
    stands_on=(Part.ROWS,),
    zh=Page(
        why="利息＝积数×利率÷360。由每季利息反推的利率应当不变，或只在挂牌利率调整日变化；余额被虚增的季度，反推利率会突然变低。",
        example="前两季反推利率 0.10%、0.05%，第三季只有 0.012%：银行按更小的余额付了利息。",
        innocent="协定存款两段利率（已拟合）；利率在季中调整（已分段计算）；补结、冲正利息。",
        ask="该季利息与余额不匹配，账户是否签有协定存款协议？",
        paper="协定存款协议、开户行结息清单",
    ),
    en=Page(
        why=(
            "Interest is the sum of daily balances times the rate over 360. The rate "
            "implied by each payment stays the same, or changes on days when listed rates "
            "change; where balances were inflated it drops."
        ),
        example=(
            "0.10 % and 0.05 % in two quarters, then 0.012 %: the bank paid on a smaller balance."
        ),
        innocent=(
            "Agreed deposits with two tiers (fitted); a rate that changed within the "
            "quarter (computed in parts); corrections of interest."
        ),
        ask="Interest and balance do not fit in this quarter: is there an agreed-deposit contract?",
        paper="The agreed-deposit contract, the bank's interest note",
    ),
)
def interest_rate(case: RuleView) -> Iterator[Result]:
    for statement in on_yuan_deposit(case.papers(BANK_STATEMENT)):
        paid = [
            settlement
            for settlement in settlements(statement)
            if settlement.row.credit >= case.limit("least_interest") and settlement.product > 0
        ]
        daily = daily_of(statement)
        if daily is None or not paid:
            yield NotApplicable(
                BilingualText(
                    "没有覆盖完整季度的结息", "no interest payment whose quarter is covered"
                )
            )
            continue
        for each in paid:
            if each.rate > case.limit("highest_rate"):
                yield _hit(
                    case,
                    statement,
                    each,
                    case.limit("highest_rate"),
                    BilingualText(
                        "隐含利率高于任何活期利率", "the implied rate is above any demand rate"
                    ),
                )
        if len(paid) < 2:
            yield Clear(
                BilingualText(f"隐含利率 {paid[0].rate:.4%}", f"implied rate {paid[0].rate:.4%}")
            )
            continue
        yield from _steady(case, statement, daily, paid)


def _steady(
    case: RuleView, statement: Document, daily: DailyBalance, paid: Sequence[Settlement]
) -> Iterator[Result]:
    """Clear when one way of paying explains all payments; else the payments that the best way does
    not explain.
    """
    share = case.limit("share")
    odd: list[Settlement] | None = None
    for model in (due_by_day, _listed_on_settlement, _constant):
        outliers = _outliers([(s, model(daily, s)) for s in paid], share)
        if odd is None or len(outliers) < len(odd):
            odd = outliers
    if odd and (
        _two_tier(daily, paid, share)
        or (len(paid) == 2 and abs(paid[0].rate - paid[1].rate) <= share * paid[0].rate)
    ):
        odd = []
    if not odd:
        yield Clear(
            BilingualText(
                f"{len(paid)} 次结息的隐含利率一致", f"{len(paid)} interest payments imply one rate"
            )
        )
        return
    others = [settlement.rate for settlement in paid if settlement not in odd]
    typical = sorted(others)[len(others) // 2] if others else paid[0].rate
    for each in odd:
        yield _hit(
            case,
            statement,
            each,
            typical,
            BilingualText(
                "隐含利率与其他季度不一致", "the implied rate differs from the other quarters"
            ),
        )


def _listed_on_settlement(daily: DailyBalance, s: Settlement) -> Decimal:
    rate = [row for day, row in LISTED if day <= s.last]
    return s.product * (rate[-1] if rate else LISTED[0][1]) / YEAR


def _constant(daily: DailyBalance, s: Settlement) -> Decimal:
    return s.product * LISTED[-1][1] / YEAR


def _outliers(pairs: Sequence[tuple[Settlement, Decimal]], share: Decimal) -> list[Settlement]:
    """Payments whose ratio to the model differs from the ratio that most share."""
    ratios = [
        (settlement, settlement.row.credit / due if due else Decimal(0))
        for settlement, due in pairs
    ]
    best: list[Settlement] = [s for s, _ in ratios]
    for _, middle in ratios:
        out = [
            settlement
            for settlement, r in ratios
            if abs(r - middle) > middle * (share + settlement.slack)
        ]
        if len(out) < len(best):
            best = out
    return best


def _two_tier(daily: DailyBalance, paid: Sequence[Settlement], share: Decimal) -> bool:
    """Whether a base amount at one rate and the rest at another explain at least three payments
    within rounding.
    """
    if len(paid) < 3:
        return False
    for base in _BASES:
        parts = [_parts(daily, s, base) for s in paid]
        (a1, b1), (a2, b2) = (
            parts[0],
            max(parts[1:], key=lambda p: abs(p[0] * parts[0][1] - p[1] * parts[0][0])),
        )
        second = parts.index((a2, b2))
        det = a1 * b2 - a2 * b1
        if not det:
            continue
        c1, c2 = paid[0].row.credit * YEAR, paid[second].row.credit * YEAR
        low, high = (c1 * b2 - c2 * b1) / det, (a1 * c2 - a2 * c1) / det
        fits = all(
            abs((low_days * low + high_days * high) / YEAR - settlement.row.credit)
            <= settlement.row.credit * share / 8 + HALF_CENT
            for (low_days, high_days), settlement in zip(parts, paid, strict=True)
        )
        if fits and 0 < low < high < Decimal("0.035"):
            return True
    return False


def _parts(daily: DailyBalance, s: Settlement, base: Decimal) -> tuple[Decimal, Decimal]:
    low = sum(
        (
            min(daily.on(date.fromordinal(document)), base)
            for document in range(s.first.toordinal(), s.last.toordinal() + 1)
        ),
        Decimal(0),
    )
    return low, s.product - low


def _hit(
    case: RuleView, statement: Document, s: Settlement, typical: Decimal, why: BilingualText
) -> Hit:
    say = BilingualText(
        f"{why.zh}：{s.first} 至 {s.last} 利息 {s.row.credit}，隐含利率 {s.rate:.4%}（参照 {typical:.4%}）",
        (
            f"{why.en}: {s.row.credit} for {s.first} to {s.last} implies {s.rate:.4%} "
            f"(compare {typical:.4%})"
        ),
    )
    return Hit(
        say=say,
        evidence=(case.at_row(statement, s.row),),
        expected=f"{typical:.4%}",
        observed=f"{s.rate:.4%}",
        confidence=0.9 * s.row.confidence,
    )

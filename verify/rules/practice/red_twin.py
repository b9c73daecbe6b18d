"""A red-letter invoice that cancels an invoice handed in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.documents.invoice import (
    BUYER_NAME,
    INVOICE,
    ISSUE_DATE,
    NUMBER,
    SELLER_NAME,
    STATE,
    TOTAL_AMOUNT,
)
from extractors.model import Document
from extractors.values.money import yuan
from extractors.values.party_name import same_party
from verify.arithmetic.assignment import assign
from verify.case_file import RuleView
from verify.context.facts import Fact, is_void, red_key
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="PRA09",
    title="Invoices were not cancelled by red letters",
    title_zh="发票被红字冲销",
    severity="high",
    group="invoice_cancelled",
    reads=(INVOICE,),
    cross=True,
    zh=Page(
        why="开票融资后再开红字发票冲掉，蓝字发票就不再代表应收账款；红字发票常常不提交，却会出现在购买方或以后的材料里；红字发票写明的蓝字号码、税务清单里的“已红冲”状态最为确凿。",
        example="申请人提交 3 月开给乙的发票 61 万；乙的材料里有 4 月同额的红字发票。",
        innocent="退货、折让的正常红冲并已一并提交（降级）；同额的另一笔交易被冲销。",
        ask="该发票是否已红冲？对应的应收账款是否还在？",
        paper="发票状态查验结果、红字信息表、退货单",
    ),
    en=Page(
        why=(
            "An invoice that was financed and then cancelled by a red-letter invoice "
            "stands for no receivable; the red one is seldom handed in but shows in the "
            "buyer's or later papers; the number that it names, or the state in the tax "
            "office's list, is the surest sign."
        ),
        example=(
            "The applicant hands in an invoice of 610,000 of March; the buyer's papers "
            "hold a red one of April over the same amount."
        ),
        innocent=(
            "A return or allowance cancelled in the usual way and handed in (lower); "
            "another sale of that amount was cancelled."
        ),
        ask="Was this invoice cancelled? Does the receivable exist?",
        paper=(
            "The invoice's state in the tax office's system, the red-letter form, the return note"
        ),
    ),
)
def red_twin(case: RuleView) -> Iterator[Result]:
    sales = [
        document
        for document in case.invoices()
        if (total := case.get(TOTAL_AMOUNT, document)) and total.value > 0
    ]
    reds = [
        document
        for document in case.invoices()
        if (total := case.get(TOTAL_AMOUNT, document)) and total.value < 0
    ]
    if not sales:
        yield NotApplicable(BilingualText("没有蓝字发票", "no invoice with a positive amount"))
        return
    own = assign(sales, reds, lambda a, b: _cancels(case, a, b))
    for i, j in own.items():
        field = reds[j].fields["total_amount"]
        yield _hit(case, sales[i], case.at_field(reds[j], field), Severity.LOW)
    open_sales = [sale for i, sale in enumerate(sales) if i not in own]
    hits = [*_by_number(case, open_sales), *_by_amount(case, sales, open_sales)]
    yield from hits
    if not own and not hits:
        yield Clear(
            BilingualText(
                "未见冲销所提交发票的红字发票", "no red-letter invoice cancels an invoice handed in"
            )
        )


def _by_number(case: RuleView, sales: Sequence[Document]) -> Iterator[Hit]:
    """Invoices whose own number a red-letter invoice names, or whose state says that they are void."""
    for sale in sales:
        number = case.get(NUMBER, sale)
        if number is None:
            continue
        told = case.context.others("cancelled", number.value, case.packet_id)
        listed = [
            (d, state)
            for d in case.papers(INVOICE)
            if (state := case.get(STATE, d)) and is_void(state.value)
            if (same := case.get(NUMBER, d)) and same.value == number.value
        ]
        if told:
            yield _hit(case, sale, told[0].evidence, Severity.HIGH)
        elif listed:
            paper, state = listed[0]
            yield _hit(case, sale, case.at_field(paper, state.field), Severity.MEDIUM)


def _by_amount(
    case: RuleView, every: Sequence[Document], sales: Sequence[Document]
) -> Iterator[Hit]:
    """Invoices over whose amount a later red-letter invoice between the same firms stands elsewhere."""
    free: dict[str, list[Fact]] = {}
    for sale in sales:
        key, day, number = red_key(sale), case.get(ISSUE_DATE, sale), case.get(NUMBER, sale)
        if number and case.context.others("cancelled", number.value, case.packet_id):
            continue
        facts = free.setdefault(key, list(case.context.others("red", key, case.packet_id)))
        later = next((f for f in facts if day and f.text >= day.value.isoformat()), None)
        if later is None:
            continue
        facts.remove(later)  # one red-letter invoice cancels one sale
        alike = sum(red_key(s) == key for s in every)
        yield _hit(case, sale, later.evidence, Severity.HIGH if alike == 1 else Severity.MEDIUM)


def _cancels(case: RuleView, sale: Document, red: Document) -> float | None:
    """Days between an invoice and a later red one over the same amount between the same firms."""
    one, two = (case.get(ISSUE_DATE, document) for document in (sale, red))
    amounts = [case.get(TOTAL_AMOUNT, document) for document in (sale, red)]
    if (
        one is None
        or two is None
        or two.value < one.value
        or amounts[0] is None
        or amounts[1] is None
        or amounts[0].value != -amounts[1].value
    ):
        return None
    for spec in (SELLER_NAME, BUYER_NAME):
        a, b = case.get(spec, sale), case.get(spec, red)
        if a is None or b is None or not same_party(a.value, b.value):
            return None
    return float((two.value - one.value).days) + 1.0


def _hit(case: RuleView, sale: Document, red: Evidence, severity: Severity) -> Hit:
    amount = sale.fields["total_amount"]
    shown = yuan(Decimal(amount.value))
    where = (
        BilingualText("本申请的材料中", "in this application")
        if red.packet == case.packet_id
        else BilingualText("另一申请的材料中", "in another application")
    )
    say = BilingualText(
        f"发票 {shown} 有同额红字发票（在{where.zh}）",
        f"a red-letter invoice over the same {shown} stands {where.en}",
    )
    return Hit(
        say=say,
        evidence=(case.at_field(sale, amount),),
        against=(red,),
        observed=amount.value,
        confidence=0.9,
        severity=severity,
    )

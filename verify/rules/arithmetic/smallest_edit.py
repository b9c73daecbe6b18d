"""The fewest figures whose change makes a paper add up again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.documents.balance_sheet import BALANCE_SHEET
from extractors.documents.bank_statement import BANK_STATEMENT
from extractors.documents.cash_flow_statement import CASH_FLOW_STATEMENT
from extractors.documents.income_statement import INCOME_STATEMENT
from extractors.documents.invoice import INVOICE
from extractors.model import Amount, Document, Field, Item, PrintedTotal, Transaction
from extractors.values.money import yuan
from verify.arithmetic.equations import PaperSums, paper_sums
from verify.arithmetic.smallest_edit import MOST_FOUND, Explanation, change_of_digits, least_edit
from verify.case_file import RuleView
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

# Documents whose figures are tied by sums, so that one edit can be told from another.
_TYPES = (BANK_STATEMENT, INVOICE, BALANCE_SHEET, INCOME_STATEMENT, CASH_FLOW_STATEMENT)
# The same fault as the rule of that paper finds: it counts once.
_FAULT = {
    "bank_statement": "statement_chain",
    "invoice": "invoice_arithmetic",
    "balance_sheet": "balance_sheet",
    "income_statement": "income_statement",
    "cash_flow_statement": "cash_flow",
}
_CHANGES = {
    "one_digit": ("只差一位数字", "one digit differs"),
    "digit_added": ("少了一位数字", "a digit is missing"),
    "digit_removed": ("多了一位数字", "a digit too many"),
    "swapped": ("相邻两位互换", "two digits are swapped"),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """An explanation in words."""

    say: BilingualText
    plain: bool  # every edit is a slip or trick of one digit
    observed: str
    expected: str


@rule(
    id="ARI21",
    title="Smallest edit that explains a break",
    title_zh="最小改动解释",
    severity="high",
    group="smallest_edit",
    reads=_TYPES,
    needs=(),
    zh=Page(
        why="勾稽断裂时，找出改回最少几个数字就能使全部勾稽恢复的方案：这几个数字就是最该核对的地方。",
        example="只要把 8 月 14 日的收入由 98,500.00 改回 9,850.00，全部余额与合计都恢复一致。",
        innocent="抄录或识别错误；银行的冲正以其他方式列示；打印缺行时，最小改动只指出缺口的位置。",
        ask="请核对所列数字的原始凭证。",
        paper="该笔交易的回单，或由出具方重新打印的原件",
    ),
    en=Page(
        why=(
            "Where sums break, the fewest figures that, changed back, make every sum of "
            "the paper hold again are the places to look at first."
        ),
        example=(
            "With the receipt of 14 August changed from 98,500.00 to 9,850.00 all balances "
            "and totals agree again."
        ),
        innocent=(
            "A slip in copying or reading; a reversal shown in another way; where rows are "
            "missing the edit points at the gap only."
        ),
        ask="Please compare the figures named with their source.",
        paper="The slip of the transaction, or the paper printed again by its issuer",
    ),
)
def smallest_edit(case: RuleView) -> Iterator[Result]:
    looked = False
    for kind in _TYPES:
        for document in case.papers(kind):
            sums = paper_sums(document)
            if sums.equations:
                looked = True
                yield _explained(case, document, sums)
    if not looked:
        yield NotApplicable(
            BilingualText("没有可勾稽的数字", "no figures that are tied to each other")
        )


def _explained(case: RuleView, document: Document, sums: PaperSums) -> Result:
    found = least_edit(
        sums.values, sums.equations, most=int(case.limit("most")), steps=int(case.limit("steps"))
    )
    if not found.broken:
        return Clear(BilingualText("各项勾稽成立，无需改动", "every sum holds"))
    if not found.explanations:
        zh = f"{found.broken} 处勾稽不成立，{case.limit('most')} 处以内的改动不能解释，可能有缺行、缺页或整体改动"
        en = (
            f"{found.broken} sums fail and no change of up to {case.limit('most')} figures "
            "explains them: rows or pages may be missing"
        )
        return NotChecked(BilingualText(zh, en))
    told = sorted(
        (_told(sums, explanation) for explanation in found.explanations[:12]),
        key=lambda t: not t.plain,
    )
    cells = sorted({c for explanation in found.explanations[:12] for c, _ in explanation.edits})
    confidence = min(sums.cells[cell].confidence for cell in cells)
    if confidence < float(case.shared("trust_floor")):
        return NotChecked(
            BilingualText(
                "所涉数字识别置信度不足，需重新读取",
                "the figures concerned were read doubtfully; read again",
            )
        )
    count = len(found.explanations[0].edits)
    shown = told[:3]
    many = len(found.explanations) > 1
    zh = f"改回 {count} 个数字即可恢复全部 {found.broken} 处勾稽：" + "；或 ".join(
        each.say.zh for each in shown
    )
    en = (
        f"changing {count} figure(s) back repairs all {found.broken} broken sum(s): "
        + "; or ".join(each.say.en for each in shown)
    )
    total = (
        str(len(found.explanations)) if len(found.explanations) < MOST_FOUND else f"{MOST_FOUND}+"
    )
    more = (
        BilingualText(
            f"（共有 {total} 种同样小的解释）", f" ({total} explanations are equally small)"
        )
        if many
        else BilingualText("", "")
    )
    unsure = (
        BilingualText("", "")
        if found.exact
        else BilingualText("（不保证没有更小的解释）", " (a smaller one is not ruled out)")
    )
    return Hit(
        say=BilingualText(zh + more.zh + unsure.zh, en + more.en + unsure.en),
        evidence=tuple(_at(case, document, sums, cell) for cell in cells[:8]),
        expected=shown[0].expected,
        observed=shown[0].observed,
        confidence=confidence * (0.95 if not many else 0.85),
        severity=Severity.HIGH
        if count <= 2 and len(found.explanations) <= case.limit("few")
        else Severity.MEDIUM,
        group=_FAULT[document.type],
    )


def _told(sums: PaperSums, explanation: Explanation) -> _Told:
    zh, en, kinds = [], [], []
    for cell, new in explanation.edits:
        old = sums.cells[cell]
        kind = change_of_digits(old.value, new)
        kinds.append(kind)
        note = _CHANGES.get(kind, ("", ""))
        shown = (yuan(_printed(old.place, old.value)), yuan(_printed(old.place, new)))
        zh.append(f"{old.name.zh} {shown[0]}→{shown[1]}" + (f"（{note[0]}）" if note[0] else ""))
        en.append(f"{old.name.en} {shown[0]} → {shown[1]}" + (f" ({note[1]})" if note[1] else ""))
    observed = " / ".join(
        f"{_printed(sums.cells[c].place, sums.cells[c].value):.2f}" for c, _ in explanation.edits
    )
    expected = " / ".join(
        f"{_printed(sums.cells[c].place, new):.2f}" for c, new in explanation.edits
    )
    return _Told(BilingualText("、".join(zh), ", ".join(en)), all(kinds), observed, expected)


def _printed(place: object, value: Decimal) -> Decimal:
    """As the paper prints it: money out of an account without its sign."""
    return abs(value) if isinstance(place, Transaction) and place.debit and value < 0 else value


def _at(case: RuleView, document: Document, sums: PaperSums, cell: int) -> Evidence:
    place = sums.cells[cell].place
    if isinstance(place, Field):
        return case.at_field(document, place)
    if isinstance(place, Amount):
        return case.at_amount(document, place)
    if isinstance(place, Item):
        return case.at_item(document, place)
    return (
        case.at_total(document, place)
        if isinstance(place, PrintedTotal)
        else case.at_row(document, place)
    )

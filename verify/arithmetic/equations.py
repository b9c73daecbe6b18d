"""A paper as cells and equations, for the search of the smallest edit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.documents import bank_statement, invoice
from extractors.documents.declare import FieldSpec
from extractors.documents.invoice_code import lacks_lines
from extractors.model import Amount, Document, Field, Item, PrintedTotal, ReadMethod, Transaction
from verify.arithmetic.form_totals import COLUMNS, line_sums
from verify.arithmetic.rounding import rounding
from verify.arithmetic.smallest_edit import Equation, holds
from verify.model import BilingualText

_ONE, _ZERO, _CENT = Decimal(1), Decimal(0), Decimal("0.01")
# Issuing systems accept a line's tax that differs by this much, in yuan, from amount times rate.
_LINE_TAX_ERROR = Decimal("0.06")
_UNITS: dict[Decimal | int, Decimal] = {1: _ONE, -1: -_ONE}
Place = Field | Amount | Transaction | Item | PrintedTotal


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed figure: what it is called (and of which row or line), its value, where it stands,
    and how surely it was read.
    """

    label: tuple[str, str]
    value: Decimal
    place: Place
    confidence: float
    number: int = 0

    @property
    def name(self) -> BilingualText:
        zh, en = self.label
        if not self.number:
            return BilingualText(zh, en)
        if isinstance(self.place, Transaction):
            return BilingualText(
                f"{self.place.day} 第 {self.number} 笔{zh}",
                f"{en} of row {self.number} ({self.place.day})",
            )
        return BilingualText(f"第 {self.number} 行{zh}", f"{en} of line {self.number}")


@dataclass(slots=True)
class PaperSums:
    """Cells of one paper and the equations that tie them."""

    cells: list[Cell] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)

    def cell(
        self,
        label: tuple[str, str],
        value: Decimal,
        place: Place,
        confidence: float,
        number: int = 0,
    ) -> int:
        self.cells.append(Cell(label, value, place, confidence, number))
        return len(self.cells) - 1

    def tie(self, slack: Decimal, *terms: tuple[int, Decimal | int]) -> None:
        self.equations.append(
            Equation(tuple((i, _UNITS.get(f) or Decimal(f)) for i, f in terms), slack)
        )

    @property
    def values(self) -> list[Decimal]:
        return [cell.value for cell in self.cells]


def sums_fail(document: Document) -> bool:
    """Whether a document has sums of its own and one of them does not hold."""
    sums = paper_sums(document)
    return bool(sums.equations) and not holds(sums.values, sums.equations)


def paper_sums(document: Document) -> PaperSums:
    """Empty for papers whose figures are not tied among themselves."""
    out = PaperSums()
    if document.type == bank_statement.BANK_STATEMENT.id:
        _statement(document, out)
    elif document.type == invoice.INVOICE.id:
        _invoice(document, out)
    else:
        _lines(document, out)
    return out


_CREDIT, _DEBIT, _BALANCE = ("收入金额", "credit"), ("支出金额", "debit"), ("余额", "balance")


def _statement(document: Document, out: PaperSums) -> None:
    """Balances row by row, printed opening and closing balance, printed totals and carried
    balances.
    """
    rows = [each for each in document.rows if each.balance is not None]
    if len(rows) < 2 or len(rows) != len(document.rows):
        return
    opening, closing = (
        bank_statement.OPENING_BALANCE.of(document),
        bank_statement.CLOSING_BALANCE.of(document),
    )
    moves, balances = [], []
    before = None
    if opening and opening.field.raw:
        before = out.cell(
            ("期初余额", "opening balance"), opening.value, opening.field, opening.field.confidence
        )
    for number, row in enumerate(rows, 1):
        side = _CREDIT if row.credit else _DEBIT
        moves.append(out.cell(side, row.credit - row.debit, row, row.confidence, number))
        balances.append(out.cell(_BALANCE, row.balance or _ZERO, row, row.confidence, number))
        if before is not None:
            out.tie(_ZERO, (balances[-1], 1), (before, -1), (moves[-1], -1))
        before = balances[-1]
    if closing and closing.field.at.method == ReadMethod.TEXT:
        last = out.cell(
            ("期末余额", "closing balance"), closing.value, closing.field, closing.field.confidence
        )
        out.tie(_ZERO, (last, 1), (balances[-1], -1))
    for total in document.totals:
        _total(rows, total, moves, balances, out)


def _total(
    rows: Sequence[Transaction],
    total: PrintedTotal,
    moves: list[int],
    balances: list[int],
    out: PaperSums,
) -> None:
    upto = min(total.after_row or len(rows), len(rows))
    if total.kind == "carried":
        if total.balance is not None and upto:
            printed = out.cell(("承前/过次余额", "carried balance"), total.balance, total, 0.95)
            out.tie(_ZERO, (printed, 1), (balances[upto - 1], -1))
        return
    if total.kind == "running_total" and (rows[0].day.month, rows[0].day.day) > (1, 10):
        return  # it counts rows that the statement does not show
    for sign, value, zh, en in (
        (-1, total.debit, "借方合计", "total debits"),
        (1, total.credit, "贷方合计", "total credits"),
    ):
        if value is None:
            continue
        spans = [
            [i for i in span if (rows[i].credit - rows[i].debit) * sign > 0]
            for span in stretches(rows[:upto])
        ]
        gaps = [
            abs(abs(value) - sum((abs(rows[i].credit - rows[i].debit) for i in span), _ZERO))
            for span in spans
        ]
        best = spans[gaps.index(min(gaps))]
        printed = out.cell((zh, en), abs(value), total, 0.95)
        out.tie(_ZERO, (printed, 1), *((moves[i], -sign) for i in best))


def stretches(rows: Sequence[Transaction]) -> Iterator[list[int]]:
    """Indexes of the rows that a total may be meant for: all so far, those of the last page, month,
    year or day.
    """
    yield list(range(len(rows)))
    if rows:
        last = rows[-1]
        yield [i for i, row in enumerate(rows) if row.page == last.page]
        yield [
            i
            for i, row in enumerate(rows)
            if (row.day.year, row.day.month) == (last.day.year, last.day.month)
        ]
        yield [i for i, row in enumerate(rows) if row.day.year == last.day.year]
        yield [i for i, row in enumerate(rows) if row.day == last.day]


_TOTALS: tuple[tuple[FieldSpec[Decimal], str, str], ...] = (
    (invoice.NET_AMOUNT, "合计金额", "net amount"),
    (invoice.TAX_AMOUNT, "合计税额", "tax amount"),
    (invoice.TOTAL_AMOUNT, "价税合计（小写）", "total in figures"),
)


def _is_reduced(document: Document, item: Item) -> bool:
    """Whether a line is taxed on a margin or at a reduced rate, so that its tax is less than amount
    times rate.
    """
    share = Decimal(item.rate[:-1]) / 100
    marked = invoice.TAX_METHOD.of(document) is not None
    return marked and item.tax is not None and abs(item.tax) <= abs(item.net * share)


def _invoice(document: Document, out: PaperSums) -> None:
    """Lines to totals, rate to tax, net and tax to total, capitals and QR code to the total."""
    found = {}
    for spec, zh, en in _TOTALS:
        reading = spec.of(document)
        if reading is None or not reading.field.raw:
            return
        found[spec.name] = out.cell(
            (zh, en), reading.value, reading.field, reading.field.confidence
        )
    net, tax, total = (found[s.name] for s, _, _ in _TOTALS)
    out.tie(_ZERO, (total, 1), (net, -1), (tax, -1))
    words = invoice.TOTAL_WORDS.of(document)
    if words:
        capitals = out.cell(
            ("价税合计（大写）", "total in words"), words.value, words.field, words.field.confidence
        )
        out.tie(_ZERO, (capitals, 1), (total, -1))
    if lacks_lines(document):
        return
    nets, taxes = [], []
    for number, item in enumerate(document.items, 1):
        nets.append(out.cell(("金额", "net"), item.net, item, item.confidence, number))
        if item.tax is not None:
            taxes.append(out.cell(("税额", "tax"), item.tax, item, item.confidence, number))
            if item.rate.endswith("%") and not _is_reduced(document, item):
                out.tie(_LINE_TAX_ERROR, (taxes[-1], 1), (nets[-1], -Decimal(item.rate[:-1]) / 100))
    if nets:
        out.tie(_ZERO, (net, 1), *((each, -1) for each in nets))
    if taxes and len(taxes) == len(nets):
        out.tie(_ZERO, (tax, 1), *((each, -1) for each in taxes))


def _lines(document: Document, out: PaperSums) -> None:
    """Sums of a statement's lines.

    A sum of many items counts where it holds in another column: else a line may be unknown here.
    """
    index: dict[tuple[str, str], int] = {}
    sums = list(line_sums(document))
    known = {s.total for s in sums if s.is_list and abs(s.gap) <= rounding(s.amounts, _CENT)}
    for each in sums:
        if each.is_list and each.total not in known:
            continue
        terms = []
        for name, sign, cell in (
            (each.total, 1, each.whole),
            *((n, -s, a) for n, s, a in each.parts),
        ):
            key = (name, each.column)
            if key not in index:
                zh, en = COLUMNS[each.column]
                index[key] = out.cell(
                    (f"{zh}{name}", f"{en} {name}"), cell.value, cell, cell.confidence
                )
            terms.append((index[key], sign))
        out.tie(rounding(each.amounts, _CENT), *terms)

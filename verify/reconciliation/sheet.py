"""What every figure of the table needs: the case's papers by year, and the comparison."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractors.model import Amount, Document
from verify.arithmetic.form_totals import amount
from verify.case_file import CaseFile
from verify.ledger.accounts import Entry, Month, month_of, months_between, total
from verify.ledger.receipts import REASONS
from verify.model import BilingualText, LeftOut, Reconciled, Source


@dataclass(frozen=True, slots=True)
class YearSheet:
    """One year of one case."""

    case: CaseFile
    year: int

    def papers(self, kind: str) -> Iterator[Document]:
        """Papers of a type whose period ends in the year; the last first, so that a yearly one
        comes before a monthly one.
        """
        found = [
            document
            for document in self.case.packet.of_type(kind)
            if "period_end" in document.fields
            and document.fields["period_end"].value[:4] == str(self.year)
            and self.case.is_own(document)
        ]
        return iter(sorted(found, key=lambda d: (d.fields["period_end"].value, d.id), reverse=True))

    def line(self, kind: str, name: str, column: str = "value") -> tuple[Document, Amount] | None:
        """A line of the year's last paper of a type."""
        for document in self.papers(kind):
            found = amount(document, name, column)
            if found is not None:
                return document, found
        return None

    def grown(self, name: str) -> Decimal:
        """How much a line of the balance sheet grew over the year; nothing where it is not printed."""
        now, before = (
            self.line("balance_sheet", name, "ending"),
            self.line("balance_sheet", name, "opening"),
        )
        return now[1].value - before[1].value if now and before else Decimal(0)

    @property
    def rows(self) -> list[Entry]:
        return [entry for entry in self.case.entries if entry.row.day.year == self.year]

    def note_of_months(self) -> BilingualText:
        """Which months of the year the statements cover, where they do not cover all."""
        have = {month_of(entry.row.day) for entry in self.rows}
        if not self.rows:
            return BilingualText("", "")
        wanted: list[Month] = months_between(
            self.rows[0].row.day.replace(month=1, day=1),
            self.rows[0].row.day.replace(month=12, day=1),
        )
        return (
            BilingualText("", "")
            if have >= set(wanted)
            else BilingualText(f"只覆盖 {len(have)} 个月", f"covers {len(have)} month(s) only")
        )


def source(name: str, value: Decimal, document: str = "", zh: str = "", en: str = "") -> Source:
    return Source(name=name, value=value, document=document, note=BilingualText(zh, en))


def of_rows(name: str, rows: Collection[Entry], zh: str = "", en: str = "") -> list[Source]:
    """The sum of some bank rows as one source; nothing without rows."""
    if not rows:
        return []
    first = next(iter(rows)).document.id
    count = len(rows)
    return [
        source(
            name,
            total(abs(entry.amount) for entry in rows),
            first,
            f"{zh}（{count} 笔）",
            f"{en} ({count} rows)".strip(),
        )
    ]


def left_out(amounts: Iterable[tuple[str, Decimal]]) -> tuple[LeftOut, ...]:
    return tuple(
        LeftOut(reason=key, value=value, why=BilingualText(*REASONS[key]))
        for key, value in amounts
        if value
    )


def reconciled(
    figure: BilingualText,
    sources: list[Source],
    tolerance: Decimal,
    compared: Collection[str],
    *,
    slack: Decimal = Decimal(0),
    without: tuple[LeftOut, ...] = (),
) -> Reconciled:
    """Agrees when the sums of all compared sources lie within the tolerance (a share of the
    largest, plus a slack in yuan).
    """
    values: dict[str, Decimal] = {}
    for each in sources:
        if each.name in compared:
            values[each.name] = values.get(each.name, Decimal(0)) + each.value
    outcome = "one_source"
    if len(values) >= 2:
        low, high = min(values.values()), max(values.values())
        outcome = (
            "agrees" if high - low <= tolerance * max(abs(low), abs(high)) + slack else "differs"
        )
    return Reconciled(
        figure=figure,
        sources=tuple(sources),
        tolerance=f"{tolerance:.0%}",
        outcome=outcome,
        left_out=without,
    )

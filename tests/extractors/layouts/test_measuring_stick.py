"""The measuring stick itself: what it calls right, wrong, in doubt and lost; and that its two
splits share nothing.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from document_layouts import ledger
from document_layouts.compare import Outcome, compare
from document_layouts.families import Job, jobs, make
from document_layouts.form_layout import FAMILIES, form_layouts
from document_layouts.specimen import Truth
from document_layouts.statement_layout import statement_layouts
from document_layouts.statements import statement
from document_layouts.wording import Mode, synonyms

from extractors.model import Box, Document, Failure, Field, FileReading, Provenance, Transaction

BOX = Box(0.0, 0.0, 1.0, 1.0)
LAYOUT = next(each for each in statement_layouts("development") if each.id == "icbc_company_print")
TRUTH = statement(LAYOUT, 1, "xlsx", rows=6).truth


def document(truth: Truth = TRUTH) -> Document:
    """A reading that gives all that is printed."""
    at = Provenance(page=1, box=BOX, method="text")
    rows = tuple(
        Transaction(
            day=row.day,
            debit=row.debit,
            credit=row.credit,
            balance=row.balance,
            counterparty_name=row.party,
            counterparty_account=row.account,
            page=1,
            box=BOX,
            confidence=0.99,
        )
        for row in truth.rows
    )
    fields = {
        name: Field(name=name, value=value, raw=value, confidence=0.97, at=at)
        for name, value in truth.fields.items()
    }
    return Document(
        type=truth.type, file="x", sha256="0" * 64, pages=(1,), fields=fields, rows=rows
    )


def outcome(read: Document) -> Outcome:
    reading = FileReading(
        file="x",
        sha256="0" * 64,
        size=1,
        kind="pdf",
        page_count=1,
        documents=(read,),
        failures=(),
    )
    return compare(reading, TRUTH)


def test_a_perfect_reading_has_no_fault() -> None:
    found = outcome(document())
    assert found.notes == []
    assert found.silent_faults == 0
    assert found.rows["right"] == 6


def test_a_missing_row_is_lost_unless_the_document_says_so() -> None:
    read = document()
    short = replace(read, rows=read.rows[:-1])
    assert outcome(short).rows["lost"] == 1
    assert outcome(short).silent_faults == 1
    said = outcome(replace(short, status="partial"))
    assert (said.rows["lost"], said.rows["doubted"], said.silent_faults) == (0, 1, 0)
    failure = Failure(code="rows_missing", zh="", en="")
    assert outcome(replace(short, failures=(failure,))).silent_faults == 0


def test_a_row_with_another_amount_is_invented_even_where_the_document_is_partial() -> None:
    read = document()
    row = replace(read.rows[2], debit=read.rows[2].debit + 1)
    other = replace(read, rows=(*read.rows[:2], row, *read.rows[3:]), status="partial")
    assert outcome(other).rows["invented"] == 1
    doubtful = replace(row, confidence=0.5)
    doubted = replace(other, rows=(*read.rows[:2], doubtful, *read.rows[3:]), status="read")
    assert outcome(doubted).silent_faults == 0
    assert outcome(doubted).rows["doubted"] == 1


def test_values_are_wrong_only_when_they_claim_to_be_sure() -> None:
    read = document()
    field = replace(read.fields["account_number"], value="1")
    assert outcome(replace(read, fields={"account_number": field})).values["wrong"] == 1
    unsure = replace(field, confidence=0.6)
    found = outcome(replace(read, fields={"account_number": unsure}))
    assert (found.values["wrong"], found.values["doubt"]) == (0, 1)


def test_parties_given_to_the_wrong_row_are_wrong() -> None:
    read = document()
    place = next(n for n, row in enumerate(TRUTH.rows) if row.party)
    row = replace(read.rows[place], counterparty_name="别家有限公司")
    changed = replace(read, rows=(*read.rows[:place], row, *read.rows[place + 1 :]))
    assert outcome(changed).parties["wrong"] == 1


def test_another_type_with_status_read_is_wrong() -> None:
    assert outcome(replace(document(), type="bank_slip")).wrong_type == 1
    assert outcome(replace(document(), type="bank_slip", status="partial")).wrong_type == 0


def test_the_ledger_behind_a_statement_runs_from_opening_to_closing() -> None:
    balance = Decimal(TRUTH.fields["opening_balance"])
    for row in TRUTH.rows:
        balance += row.credit - row.debit
        assert row.balance == balance
    assert TRUTH.fields["closing_balance"] == str(balance)


def test_there_are_at_least_forty_statement_layouts_and_ten_slips() -> None:
    splits = ("development", "measuring")
    assert sum(len(statement_layouts(split)) for split in splits) >= 40
    assert sum(len(form_layouts("bank_slip", split)) for split in splits) >= 10


def test_the_splits_share_no_layout_word_or_name() -> None:
    development, measuring = (
        {each.id for each in statement_layouts(split)}
        | {each.id for family in FAMILIES for each in form_layouts(family, split)}
        for split in ("development", "measuring")
    )
    assert not development & measuring
    for words in (ledger.CITIES, ledger.BRANDS, ledger.TRADES, ledger.PERSONS, ledger.TEXTS):
        assert not set(words["development"]) & set(words["measuring"])


@pytest.mark.parametrize("family", ["bank_statement", *FAMILIES])
def test_the_synonyms_of_measuring_are_held_out(family: str) -> None:
    for role, words in synonyms(family, "development").items():
        held_out = set(synonyms(family, "measuring")[role])
        assert held_out, role
        assert len(held_out & set(words)) <= (role == "day_of_month"), role


def test_a_job_makes_the_same_bytes_again() -> None:
    job: Job = jobs(split="measuring", seeds=[7000], modes=[Mode.REWORDED], forms=("text",))[0]
    assert make(job).data == make(job).data

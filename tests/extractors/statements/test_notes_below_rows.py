"""What stands below a statement's rows is no row, whatever dates and numbers it holds."""

from __future__ import annotations

from document_layouts.compare import compare
from document_layouts.families import Job, make

from extractors.intake.limits import Limits
from extractors.read import read_file


def test_a_time_of_printing_beside_a_page_number_is_no_row() -> None:
    job = Job(
        "printed", "furnished", "bank_statement", "text", "ahr_city_company", 9000, "unseen", 20
    )
    specimen = make(job)
    outcome = compare(read_file(specimen.name, specimen.data, Limits()), specimen.truth)
    assert outcome.rows["right"] == 20
    assert outcome.rows["invented"] == 0

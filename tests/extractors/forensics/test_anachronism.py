"""Fonts and programs newer than the file's own time of making."""

from __future__ import annotations

import forge_pdf as forge
import pytest
from conftest import honest_files

from extractors.intake.limits import Limits
from extractors.read import read_file


def _told(**info: str) -> list[str]:
    data = forge.noted_as(honest_files(7, "ruled.pdf")[1]["流水_ruled.pdf"], **info)
    return [
        s.detail
        for d in read_file("a.pdf", data, Limits()).documents
        for s in d.signals
        if s.kind == "anachronism"
    ]


@pytest.mark.parametrize(
    ("program", "year"),
    [
        ("LibreOffice 7.4", 2015),
        ("Microsoft® Word 2019", 2018),
        ("Microsoft: Print To PDF", 2015),
        ("Adobe Photoshop 21.0 (Windows)", 2018),
    ],
)
def test_a_program_of_later_years(program: str, year: int) -> None:
    assert _told(CreationDate="D:20120301120000+08'00'", Producer=program) == [
        f"made 2012-03-01; {program} of {year}"
    ]
    assert not _told(CreationDate=f"D:{year}0301120000+08'00'", Producer=program)


@pytest.mark.parametrize(
    "made", ["", "D:2012", "D:19700101000000Z", "D:20000101000000", "yesterday"]
)
def test_a_time_that_says_nothing(made: str) -> None:
    assert not _told(CreationDate=made, Producer="LibreOffice 7.4")

"""Who made a workbook, and the lasting mark in a PDF's XMP."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pikepdf
import pytest
from conftest import honest_files

from extractors.errors import UnsafeArchive
from extractors.forensics.pdf.origin import pdf_origin
from extractors.formats.pdf_file import PdfFile
from extractors.formats.spreadsheet import read_workbook


def _workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "x"
    book.properties.creator, book.properties.lastModifiedBy = "王会计", "李经理"
    book.save(out)
    return out.getvalue()


def test_a_workbook_tells_who_made_it_and_who_saved_it_last() -> None:
    assert read_workbook(_workbook(), "xlsx", max_cells=100).notes == {
        "Author": "王会计",
        "LastModifiedBy": "李经理",
    }


def test_properties_that_cannot_be_read_tell_nothing() -> None:
    whole = zipfile.ZipFile(io.BytesIO(_workbook()))
    for body in (b"<broken", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for name in whole.namelist():
                package.writestr(name, body if name == "docProps/core.xml" else whole.read(name))
        if body.startswith(b"<!DOCTYPE"):
            with pytest.raises(UnsafeArchive):
                read_workbook(out.getvalue(), "xlsx", max_cells=100)
        else:
            assert not read_workbook(out.getvalue(), "xlsx", max_cells=100).notes


def test_the_lasting_mark_of_a_pdf() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(honest_files(7, "ruled.pdf")[1]["营业执照.pdf"])) as pdf:
        with pdf.open_metadata() as meta:
            meta["xmpMM:DocumentID"] = "uuid:1234"
        pdf.save(out)
    with PdfFile(out.getvalue()) as file:
        assert [s.detail for s in pdf_origin(file) if s.kind == "xmp_document_id"] == ["uuid:1234"]

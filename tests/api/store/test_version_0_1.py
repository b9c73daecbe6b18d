"""What version 0.1 stored is read by this version: packets, corrections, judgements and reports.

`fixtures/version_0_1` holds three files with the packet and the report that version 0.1 made of
them. Its ids of documents hung on the place of a field.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from conftest import AS_OF, ROOT

from api.cases.carry_over import successor
from api.reports.html import report_html
from api.store.codec import packet_of
from extractors.correct import corrected
from extractors.intake.limits import Limits
from extractors.model import Box, Correction, Document, Packet
from extractors.read import assemble, read_file
from verify.context.context import context_of
from verify.pipeline import assess
from verify.policy import default_policy
from verify.report import report_json

KEPT = ROOT / "fixtures" / "version_0_1"
SECOND_SLIP = "923d20522d1b-424-0.291-1-bank_slip"
STATEMENT = "c13601c8005b-127-0.115-1-bank_statement"
LICENCE = "3b928d58cd26-538-0.114-1-business_licence"


def correction(document: str, field: str, value: str) -> Correction:
    return Correction(
        document=document, field=field, old="", value=value, by="usr_1", reason="misread"
    )


MADE = (
    correction(SECOND_SLIP, "purpose", "设备款"),
    correction(STATEMENT, "rows/3/credit", "1234.50"),
    correction(LICENCE, "legal_representative", "王建国"),
)


def stored_packet() -> Packet:
    return packet_of(gzip.decompress((KEPT / "packet.json.gz").read_bytes()))


def stored_report() -> dict[str, Any]:
    report: dict[str, Any] = json.loads(gzip.decompress((KEPT / "report.json.gz").read_bytes()))
    return report


def moved(value: Any) -> Any:
    """Return a copy in which every box stands elsewhere, as another engine would place it."""
    if isinstance(value, Box):
        return Box(value.left + 0.02, value.top + 0.03, value.right + 0.02, value.bottom + 0.03)
    if isinstance(value, tuple):
        return tuple(moved(each) for each in value)
    if isinstance(value, dict):
        return {key: moved(each) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: moved(getattr(value, f.name)) for f in fields(value)})
    return value


@pytest.fixture(scope="module")
def read_again() -> Packet:
    """The same files read by this version, every box moved."""
    names = sorted(path.name for path in KEPT.glob("*.pdf"))
    readings = [read_file(name, (KEPT / name).read_bytes(), Limits()) for name in names]
    return assemble("APP-OLD", [moved(reading) for reading in readings])


def of_serial(documents: Sequence[Document], serial: str) -> Document:
    return next(
        d
        for d in documents
        if "serial_number" in d.fields and d.fields["serial_number"].value == serial
    )


def check_corrections(packet: Packet) -> None:
    after = corrected(packet, MADE)
    assert after.failures == packet.failures
    serial = stored_packet().documents[1].fields["serial_number"].value
    changed = [d for d in after.of_type("bank_slip") if d.fields["purpose"].value == "设备款"]
    assert changed == [of_serial(after.documents, serial)]
    (statement,) = after.of_type("bank_statement")
    assert f"{statement.rows[3].credit}" == "1234.50"
    (licence,) = after.of_type("business_licence")
    assert licence.fields["legal_representative"].value == "王建国"


def test_corrections_of_version_0_1_find_their_place_in_the_stored_packet() -> None:
    check_corrections(stored_packet())


def test_they_find_it_too_when_the_files_are_read_again_and_every_box_moved(
    read_again: Packet,
) -> None:
    check_corrections(read_again)


def test_a_correction_that_has_no_place_any_more_is_a_failure_of_the_packet(
    read_again: Packet,
) -> None:
    gone = correction(SECOND_SLIP, "no_such_field", "1")
    elsewhere = correction("0" * 12 + "-424-0.291-1-bank_slip", "purpose", "设备款")
    after = corrected(read_again, [gone, elsewhere])
    lost = [f.code for f in after.failures if f not in read_again.failures]
    assert lost == ["correction_lost", "correction_lost"]


def test_judged_findings_are_the_same_findings_in_the_new_report(read_again: Packet) -> None:
    now = report_json(assess(read_again, context_of([read_again]), default_policy(), AS_OF))
    judged = stored_report()["findings"]
    followed = [successor(finding, now["findings"]) for finding in judged]
    assert [finding["rule"] for finding in judged] == ["ARI16", "CON23"]
    assert [found["rule"] for found in followed if found] == ["ARI16", "CON23"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_stored_report_is_still_shown(lang: str) -> None:
    page = report_html(stored_report(), {}, lang)
    assert "ARI16" in page
    assert "CON23" in page

"""Reports and documents of a packet as people see them: found, masked, drawn, corrected."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from api.errors import Problem
from api.http.authentication import Caller
from api.packets import repository
from api.packets.service import found
from api.reports.covering import cover_of
from api.reports.masking import masked
from api.runtime.lru_cache import Recent
from api.store.audit_chain import append_audit
from api.store.codec import load, packet_of
from api.store.database import takes_long
from api.store.organisation_settings import own_settings
from api.store.packet_tables import File, Report
from extractors.errors import ReadError
from extractors.sandbox.cover import Cover

if TYPE_CHECKING:
    from api.parts import Parts


def report_row(session: Session, packet_id: str, revision: int | None) -> Report:
    """The latest report of a packet, or that of a revision.

    Raises Problem "not_found" or "no_report".
    """
    found(session, packet_id)
    row = repository.report(session, packet_id, revision)
    if row is None:
        raise Problem("not_found" if revision is not None else "no_report")
    return row


_masked: Recent[str, str] = Recent(32)  # reports as masked text, about 0.1 MB each


def masked_text_of(session: Session, row: Report) -> str:
    """A report's JSON text with personal data masked.

    Reports never change and are read by many, so the last few are kept, by their ids.
    """
    if kept := _masked.get(row.id):
        return kept
    takes_long(session)
    with _masked.making(row.id):
        return _masked.get(row.id) or _masked.keep(
            row.id,
            json.dumps(masked(json.loads(row.body)), ensure_ascii=False, separators=(",", ":")),
        )


def report_text(
    wiring: Parts,
    session: Session,
    caller: Caller,
    packet_id: str,
    revision: int | None,
    reveal: str = "",
) -> str:
    """A report as JSON text, with personal data masked unless the caller may and says why he needs
    it.
    """
    row = report_row(session, packet_id, revision)
    return (
        row.body
        if revealed(wiring, session, caller, packet_id, reveal)
        else masked_text_of(session, row)
    )


def report_of(
    wiring: Parts,
    session: Session,
    caller: Caller,
    packet_id: str,
    revision: int | None,
    reveal: str = "",
) -> dict[str, Any]:
    """The same, parsed."""
    report: dict[str, Any] = json.loads(
        report_text(wiring, session, caller, packet_id, revision, reveal)
    )
    return report


def revealed(
    wiring: Parts,
    session: Session,
    caller: Caller,
    subject: str,
    reason: str,
    **place: str | int,
) -> bool:
    """Whether personal data is shown as it is; when for a reason, the audit is told first, with the
    document of a picture.

    Raises Problem "not_allowed".
    """
    if not own_settings(session).mask:
        return True
    if not reason:
        return False
    if "pii:reveal" not in caller.scopes:
        raise Problem("not_allowed")
    takes_long(session)
    with wiring.database.writing(caller.org, caller.mode) as own:
        told = {"reason": reason} | place
        append_audit(own, wiring.now(), caller.id, "personal_data.revealed", subject, told)
    return True


def covers_of(row: Report) -> dict[str, Cover]:
    """What is covered on pictures of each file of a report, by SHA-256."""
    report = json.loads(row.body)
    return {sha: cover_of(report, sha) for sha in {d["sha256"] for d in report["documents"]}}


def bytes_of(wiring: Parts, org: str, report: Mapping[str, Any]) -> dict[str, bytes]:
    """The files that a report's findings point into, by SHA-256."""
    pointed = {
        e["document"]
        for finding in report["findings"]
        for e in (*finding["evidence"], *finding["against"])
    }
    wanted = {document["sha256"] for document in report["documents"] if document["id"] in pointed}
    own = {file["sha256"] for file in report["inputs"]["files"]}
    return {sha: wiring.blobs.get(org, sha) for sha in sorted(wanted & own)}


def passwords_of(
    wiring: Parts,
    session: Session,
    packet_id: str,
    revision: int | None,
    report: Mapping[str, Any],
) -> dict[str, str]:
    """What opens the locked files of a report, the latest or that of a revision, by SHA-256.

    Raises Problem.
    """
    files = _files_of(session, packet_id, report_row(session, packet_id, revision))
    shas = (file["sha256"] for file in report["inputs"]["files"])
    return {sha: password for sha in shas if (password := _password(wiring, files, sha))}


def _files_of(session: Session, packet_id: str, row: Report) -> list[File]:
    """The files that a report was made from, as they were uploaded. Raises Problem "not_found"."""
    revision = repository.revision(session, packet_id, row.revision)
    if revision is None:
        raise Problem("not_found")
    return repository.files_by_id(session, revision.files)


@dataclass(frozen=True, slots=True)
class Drawable:
    """A document's file for a picture of it: its bytes, what opens it, and what is covered."""

    data: bytes
    password: str | None
    cover: Cover | None


def drawable(
    wiring: Parts,
    session: Session,
    caller: Caller,
    packet_id: str,
    document_id: str,
    number: int | None = None,
    reveal: str = "",
) -> Drawable:
    """A document's file in the latest report, or that of a revision. Numbers of persons are covered
    unless they are revealed for a reason. Raises Problem.
    """
    row = report_row(session, packet_id, number)
    report = json.loads(row.body)
    document = next((each for each in report["documents"] if each["id"] == document_id), None)
    files = _files_of(session, packet_id, row)
    if document is None:
        raise Problem("not_found")
    sha = document["sha256"]
    if sha not in {
        file["sha256"] for file in report["inputs"]["files"]
    }:  # an invoice that came inside another file has no pages of its own
        raise Problem("unreadable_page")
    shown = revealed(wiring, session, caller, packet_id, reveal, document=document_id)
    cover = None if shown else cover_of(report, sha)
    return Drawable(wiring.blobs.get(caller.org, sha), _password(wiring, files, sha), cover)


def _password(wiring: Parts, files: list[File], sha256: str) -> str | None:
    """The password of a file, or of the archive that it may have come in."""
    exact = [file for file in files if file.sha256 == sha256] or files
    return next((p for file in exact if (p := wiring.sealer.open(file.sealed_password))), None)


def checked_correction(
    wiring: Parts, org: str, parts: str, document_id: str, field: str, value: str
) -> tuple[str, str]:
    """Old and new value of a field in canonical form, read from the stored packet.

    Raises Problem.
    """
    try:
        found_values: tuple[str, str] = wiring.judging.call(
            canonical_of, load(wiring.blobs, org, parts), document_id, field, value
        )
    except ReadError as error:
        raise Problem("bad_correction", error.zh, error.en) from error
    return found_values


def canonical_of(packet: bytes, document_id: str, field: str, value: str) -> tuple[str, str]:
    """Runs in the judging child: the packet is large. Raises BadCorrection."""
    from extractors.correct import BadCorrection, canonical

    documents = packet_of(packet).documents
    document = next((each for each in documents if each.id == document_id), None)
    if document is None:
        raise BadCorrection(document_id)
    return canonical(document, field, value)

"""What a PDF's signatures tell: whether the signed bytes are intact, what came after them, and
which were taken out.

pyHanko's own verdict stays "valid" after an edit past the signature, so coverage is worked out from
the ranges. The value is taken from the gap between the ranges: a dictionary without /Type in an
encrypted file would be decrypted, and another value may be named.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pikepdf

from extractors.forensics.pdf.after_signing import AfterSigning, Found
from extractors.forensics.pdf.form_fields import (
    Held,
    bytes_of_gap,
    fields_of,
    gap_of,
    signatures_of,
)
from extractors.forensics.pdf.signed_bytes import Verdict, check_signature
from extractors.formats.pdf_file import PdfFile
from extractors.formats.pdf_streams import UNREAD
from extractors.model import Signal

_RANGE = re.compile(rb"/ByteRange\s*\[([\d\s]*)\]")
_MOST_SIGNATURES = 100  # signatures whose value is checked; each costs one digest of the file
_MOST_REVISIONS = 12  # signed revisions that are opened in search of a signature that is gone
_TELLING = ("signer", "issuer", "time", "trusted", "said", "why")
_BLANK = b"\0\r\n\t "
_LINE_ENDS = (b"\n", b"\r\n", b"\r")  # what mail and copy programs drop from a file's end
_KINDS = {
    Verdict.BYTES_CHANGED: ("broken", "the signed bytes were changed"),
    Verdict.VALUE_UNFIT: ("unfit", "the signature value fits neither the bytes nor the key"),
    Verdict.NO_SIGNATURE: ("no_value", "the contents are no signature that can be read"),
    Verdict.UNKNOWN_ALGORITHM: ("unknown_algorithm", "algorithm unknown"),
    Verdict.UNCHECKED: ("unchecked", "not checked"),
}


def pdf_signatures(file: PdfFile) -> list[Signal]:
    """One signal a signature, signature_<what>, with the field, why, and who signed: "Sig1: content
    of page 1; signer …; issuer …".
    """
    data = file.data
    marks = (b"/ByteRange", b"SigFlags", b"/DSS", b"/Sig", b"/ObjStm")
    if not any(mark in data for mark in marks):
        return []
    try:
        found, traces = signatures_of(file.qpdf), list(_traces(file.qpdf))
        encrypted = file.qpdf.is_encrypted
    except UNREAD as error:
        return _unread(data, error)
    held = [s for s in found if s.name]
    gone = _taken_out(data, found) if _RANGE.search(data) else []
    after = AfterSigning(data, file.password or "")
    in_order = sorted(held, key=_end)[:_MOST_SIGNATURES]
    out = [_one(data, s, after, encrypted) for s in in_order]
    out += [] if held else traces
    if not gone:
        out += [
            _signal("orphaned", s, "no field holds it")
            for s in found
            if not s.name and any(s.ranges)
        ]
    if not (out or gone) and _RANGE.search(data):
        return [Signal(kind="signature_unread", detail="no field or dictionary for the byte range")]
    return out + gone


def _end(held: Held) -> int:
    return sum(held.ranges[-2:])


def _signal(kind: str, held: Held, why: str, facts: Mapping[str, str] | None = None) -> Signal:
    told = "; ".join(
        f"{key} {value}"
        for key, value in (facts or {"said": held.said}).items()
        if value and key in _TELLING
    )
    return Signal(
        kind=f"signature_{kind}",
        detail=f"{held.name or '?'}: {why}" + (f"; {told}" if told else ""),
    )


def _traces(pdf: pikepdf.Pdf) -> Iterator[Signal]:
    """What a signature leaves behind in the file's structure; they tell something only where none
    is left.
    """
    form, rights = pdf.Root.get("/AcroForm"), pdf.Root.get("/Perms")
    flags = form.get("/SigFlags", 0) if isinstance(form, pikepdf.Dictionary) else 0
    if isinstance(flags, int) and flags & 1 and not list(fields_of(pdf)):
        yield Signal(kind="signature_flag_left", detail=f"SigFlags {flags}")
    if "/DSS" in pdf.Root:
        yield Signal(kind="signature_evidence_left", detail="DSS")
    if isinstance(rights, pikepdf.Dictionary) and "/DocMDP" in rights:
        yield Signal(kind="signature_evidence_left", detail="DocMDP")


def _unread(data: bytes, error: Exception) -> list[Signal]:
    """Say which signatures the last revision that can be read holds, where the file as a whole
    cannot be.
    """
    lost = [
        _signal("unreadable_after", s, "what was appended after signing cannot be read")
        for ranges in _stated_ranges(data)
        for s in _held_then(data, ranges)
    ]
    if lost or not _RANGE.search(data):
        return lost
    return [Signal(kind="signature_unread", detail=type(error).__name__)]


def _stated_ranges(data: bytes) -> list[tuple[int, ...]]:
    """Byte ranges of revisions that ended before the file does."""
    out = []
    for match in list(_RANGE.finditer(data))[:_MOST_REVISIONS]:
        ranges = tuple(int(number) for number in match[1].split())
        if gap_of(data, ranges) is not None and _sum_of(ranges) < len(data):
            out.append(ranges)
    return out


def _sum_of(ranges: Sequence[int]) -> int:
    return ranges[2] + ranges[3]


def _held_then(data: bytes, ranges: tuple[int, ...]) -> list[Held]:
    """Signatures with these ranges that the form of the revision held which they cover."""
    try:
        with pikepdf.open(
            io.BytesIO(data[: _sum_of(ranges)]), suppress_warnings=True, attempt_recovery=False
        ) as pdf:
            found = signatures_of(pdf)
            return [s for s in found if s.name and s.ranges == ranges and not s.lacks]
    except UNREAD:
        return []


def _taken_out(data: bytes, found: Sequence[Held]) -> list[Signal]:
    """Signatures that an earlier revision's form held and that the file's form holds no longer; a
    field signed anew is told apart.
    """
    held = {s.ranges for s in found if s.name and not s.lacks}
    whole = {s.name for s in found if not s.lacks}
    out = []
    for ranges in _stated_ranges(data):
        if ranges in held:
            continue
        for then in _held_then(data, ranges):
            if then.name in whole:
                out.append(_signal("replaced", then, "signed anew"))
            else:
                out.append(_signal("removed", then, "held by an earlier revision"))
    return out


def _one(data: bytes, held: Held, after: AfterSigning, encrypted: bool) -> Signal:
    """Coverage, integrity, then what came after."""
    if held.is_placeholder:
        return _signal("empty", held, "a place for a signature whose value is blank")
    if held.lacks:
        return _signal("hollow", held, f"the signature lacks {' and '.join(held.lacks)}")
    gap = gap_of(data, held.ranges)
    if gap is None:
        return _displaced(data, held)
    value = bytes_of_gap(gap)
    if value != held.contents and not encrypted:
        return _displaced(data, held)
    signed = replace(held, contents=value)
    lost = _sum_of(held.ranges) - len(data)
    if lost > 0:
        return _cut_short(data, signed, lost)
    verdict, facts = check_signature(_covered(data, held.ranges), signed)
    if verdict is not Verdict.HOLDS:
        return _signal(*_split(_KINDS[verdict], held), facts)
    return _signal(*_split(_came_after(data, held, after), held), facts)


def _came_after(data: bytes, held: Held, after: AfterSigning) -> Found:
    end = _sum_of(held.ranges)
    if not data[end:].strip(_BLANK):
        return "intact", "whole file"
    return after.of(held, end)


def _displaced(data: bytes, held: Held) -> Signal:
    """Ranges that do not enclose the signature: it covers a part, or another program saved the file
    and moved every object.
    """
    verdict, facts = check_signature(_covered(data, held.ranges), held)
    if verdict in (Verdict.BYTES_CHANGED, Verdict.VALUE_UNFIT):
        return _signal("rewritten", held, "the file was saved anew", facts)
    return _signal("partial", held, f"covers {list(held.ranges)} of {len(data)} bytes", facts)


def _cut_short(data: bytes, held: Held, lost: int) -> Signal:
    """A file shorter than its signature says: a lost line end is told from lost content."""
    for line_end in _LINE_ENDS:
        verdict, facts = check_signature(_covered(data + line_end, held.ranges), held)
        if len(line_end) == lost and verdict is Verdict.HOLDS:
            return _signal("lost_line_end", held, "the line end was cut off the file", facts)
    return _signal("cut_short", held, f"{lost} signed bytes were cut off the end of the file")


def _covered(data: bytes, ranges: Sequence[int]) -> bytes:
    pairs = zip(ranges[::2], ranges[1::2], strict=True)
    return b"".join(data[start : start + length] for start, length in pairs)


def _split(kind: Found, held: Held) -> tuple[str, Held, str]:
    return kind[0], held, kind[1]

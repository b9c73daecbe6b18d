"""What a PDF's signatures tell: whether the signed bytes are intact, what came after them, and which were taken out.

pyHanko's own verdict stays "valid" after an edit past the signature, so coverage is worked out from the ranges, what came after
from pyHanko's difference analysis, and where that objects, from a comparison that tells a page's content from notes laid on it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence

import pikepdf

from extractors.forensics.pdf.form_fields import UNREAD, Held, fields_of, gap_of, signatures_of
from extractors.forensics.pdf.object_digest import Digest
from extractors.forensics.pdf.signed_bytes import signed_bytes
from extractors.formats.pdf_file import PdfFile
from extractors.model import Signal

_RANGE = re.compile(rb"/ByteRange\s*\[([\d\s]*)\]")
_NOTES = frozenset(
    {"/Text", "/Popup", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Link", "/Caret"}
)  # these hide nothing below
_MOST_TAIL, _MOST_SIGNATURES = 16 * 2**20, 12


def pdf_signatures(file: PdfFile) -> list[Signal]:
    """One signal a signature, signature_<what>, with the field, why, and who signed: "Sig1: content of page 1; signer …; issuer …"."""
    data = file.data
    if (
        b"/ByteRange" not in data
        and b"SigFlags" not in data
        and b"/DSS" not in data
        and b"/ObjStm" not in data
    ):
        return []
    try:
        found, traces = signatures_of(file.qpdf), list(_traces(file.qpdf))
    except UNREAD as error:
        return (
            [Signal(kind="signature_unread", detail=type(error).__name__)]
            if _RANGE.search(data)
            else []
        )
    held = [s for s in found if s.name]
    gone = _taken_out(data, found) if _RANGE.search(data) else []
    out = [_one(data, s) for s in held[:_MOST_SIGNATURES]]
    out += [] if held else traces
    if not gone:
        out += [
            _signal("orphaned", s, "no field holds it")
            for s in found
            if not s.name and any(s.ranges)
        ]
    return out + gone


def _signal(kind: str, held: Held, why: str, facts: Mapping[str, str] | None = None) -> Signal:
    told = "; ".join(
        f"{k} {v}"
        for k, v in (facts or {"said": held.said}).items()
        if v and k in ("signer", "issuer", "time", "trusted", "said")
    )
    return Signal(
        kind=f"signature_{kind}",
        detail=f"{held.name or '?'}: {why}" + (f"; {told}" if told else ""),
    )


def _traces(pdf: pikepdf.Pdf) -> Iterator[Signal]:
    """What a signature leaves behind in the file's structure; they tell something only where none is left."""
    form, rights = pdf.Root.get("/AcroForm"), pdf.Root.get("/Perms")
    flags = form.get("/SigFlags", 0) if isinstance(form, pikepdf.Dictionary) else 0
    if isinstance(flags, int) and flags & 1 and not list(fields_of(pdf)):
        yield Signal(kind="signature_flag_left", detail=f"SigFlags {flags}")
    if "/DSS" in pdf.Root:
        yield Signal(kind="signature_evidence_left", detail="DSS")
    if isinstance(rights, pikepdf.Dictionary) and "/DocMDP" in rights:
        yield Signal(kind="signature_evidence_left", detail="DocMDP")


def _taken_out(data: bytes, found: Sequence[Held]) -> list[Signal]:
    """Signatures that an earlier revision's form held and that the file's form holds no longer; a field signed anew is told apart."""
    held = {s.ranges for s in found if s.name}
    out = []
    for match in list(_RANGE.finditer(data))[:_MOST_SIGNATURES]:
        ranges = tuple(int(n) for n in match[1].split())
        if (
            len(ranges) != 4
            or ranges in held
            or not any(ranges)
            or ranges[2] + ranges[3] >= len(data)
            or gap_of(data, ranges) is None
        ):
            continue
        try:
            with pikepdf.open(
                io.BytesIO(data[: ranges[2] + ranges[3]]),
                suppress_warnings=True,
                attempt_recovery=False,
            ) as pdf:
                then = [s for s in signatures_of(pdf) if s.name and s.ranges == ranges]
        except UNREAD:
            continue
        for s in then:
            again = any(n.name == s.name for n in found)
            out.append(
                _signal(
                    "replaced" if again else "removed",
                    s,
                    "signed anew" if again else "held by an earlier revision",
                )
            )
    return out


def _one(data: bytes, held: Held) -> Signal:
    """Coverage, integrity, then what came after."""
    if held.is_empty:
        return _signal("empty", held, "prepared and never signed")
    gap, facts = gap_of(data, held.ranges), signed_bytes(data, held)
    if facts.get("intact") == "no":
        # Ranges that no longer point at the signature: saved anew by another program, which moved every object.
        kind = (
            ("rewritten", "the file was saved anew")
            if gap is None
            else ("broken", "the signed bytes were changed")
        )
        return _signal(*_split(kind, held), facts)
    if gap is None or _bytes_of(gap) != held.contents:
        return _signal("partial", held, f"covers {list(held.ranges)} of {len(data)} bytes", facts)
    end = held.ranges[2] + held.ranges[3]
    kind = (
        ("intact", "whole file") if not data[end:].strip(b"\0\r\n\t ") else _after(data, end, held)
    )
    if "intact" not in facts and kind[0] in ("intact", "extended", "annotated"):
        kind = ("unchecked", facts.get("error", ""))
    return _signal(*_split(kind, held), facts)


def _split(kind: tuple[str, str], held: Held) -> tuple[str, Held, str]:
    return kind[0], held, kind[1]


def _bytes_of(gap: bytes) -> bytes:
    digits = re.sub(rb"[<>\s\x00]", b"", gap).decode()
    return bytes.fromhex(digits + "0" * (len(digits) % 2))


def _after(data: bytes, end: int, held: Held) -> tuple[str, str]:
    """What the revisions after a signature did."""
    mark = data.rfind(b"%%EOF", max(0, end - 4096), end)
    if mark < 0 or any(
        line.strip() and not line.lstrip().startswith(b"%")
        for line in data[mark + 5 : end].splitlines()
    ):
        return "partial", "ends within a revision"
    level, allowed = _difference(data, held.name) if len(data) - end <= _MOST_TAIL else ("", None)
    if allowed:
        return "extended", level
    if level in ("LTA_UPDATES", "FORM_FILLING"):
        return "forbidden_change", level
    return _compared(data[:end], data, held, level)


def _difference(data: bytes, name: str) -> tuple[str, bool | None]:
    """pyHanko's level of what came after, and whether the signature allows it; None where it cannot read the file."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DiffResult
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation import EmbeddedPdfSignature

    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.encrypted:
            reader.decrypt(b"")
        for full, _, ref in enumerate_sig_fields(reader, filled_status=True, with_name=name):
            embedded = EmbeddedPdfSignature(reader, ref, full)
            embedded.compute_integrity_info()  # type: ignore[no-untyped-call]  # pyHanko leaves it untyped
            told = embedded.summarise_integrity_info()
            result = embedded.diff_result
            return (
                result.modification_level.name
                if isinstance(result, DiffResult)
                else f"OTHER: {result}"[:200]
            ), told["docmdp_ok"]
    except (PdfError, *UNREAD, AssertionError, NotImplementedError) as error:
        return f"unread: {type(error).__name__}", None
    return "unread: field", None


def _compared(before: bytes, now: bytes, held: Held, level: str) -> tuple[str, str]:
    """Page content, other structure, or only notes: what differs between the signed revision and the file."""
    try:
        with (
            pikepdf.open(io.BytesIO(before), suppress_warnings=True) as old,
            pikepdf.open(io.BytesIO(now), suppress_warnings=True) as new,
        ):
            was, current = Digest(old), Digest(new)
            if len(old.pages) != len(new.pages):
                return "changed_pages", f"{len(old.pages)} → {len(new.pages)} pages"
            pairs = zip(old.pages, new.pages, strict=True)
            pages = [
                n
                for n, (a, b) in enumerate(pairs, 1)
                if not was.page(a.obj).items() <= current.page(b.obj).items()
            ]
            if pages:
                return "changed_pages", f"content of page {', '.join(map(str, pages[:10]))}"
            if was.rest() != current.rest():
                return "changed_other", "structure outside the pages"
            added = {kind for kind, _ in Digest(new).notes() - Digest(old).notes()}
    except UNREAD as error:
        return "unchecked", f"comparison: {type(error).__name__}"
    return _notes_after(added, held, level)


def _notes_after(kinds: set[str], held: Held, level: str) -> tuple[str, str]:
    """Annotations that came or changed after a signature, the pages' own content being the same."""
    told = " ".join(sorted(kinds))
    if not kinds:
        return "extended", "objects replaced by equal ones"
    if held.permissions == 1 or (held.permissions == 2 and kinds != {"/Signature"}):
        return "forbidden_change", f"permission {held.permissions}: {told}"
    if kinds - _NOTES - {"/Widget", "/Signature"}:
        return "drawn_over", told
    if "/Widget" in kinds or (
        "/Signature" in kinds and "appearance" in level
    ):  # pyHanko names what it refuses
        return "form_changed", told
    return ("added", told) if "/Signature" in kinds else ("annotated", told)

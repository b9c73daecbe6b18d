"""What the revisions after a PDF signature did to the file.

pyHanko's difference analysis says whether the signature allows what came after. The pages of the
signed revision and of the file are compared as well, whatever it allows, by digests that tell a
page's content from notes laid on it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf

from extractors.forensics.pdf.added_notes import NOTES, cover_words
from extractors.forensics.pdf.form_fields import Held
from extractors.forensics.pdf.object_digest import Digest
from extractors.formats.pdf_streams import UNREAD

_MOST_TAIL = (
    16 * 2**20
)  # bytes after a signature that pyHanko is asked about; it takes seconds beyond
_GOOD = frozenset({"extended", "annotated", "added"})

_UNLISTED = re.compile(rb"\b\d+ \d+ obj\b")  # readers that rebuild the table take these up

Found = tuple[str, str]  # kind and why


@dataclass(slots=True)
class AfterSigning:
    """Compares the signed revisions of a file with its present state, and the pages at most once
    where nothing changed.

    A revision holds all that earlier ones hold. Where the pages are still those of the earliest
    signed revision, they are those of every later one, so that a later signature that sets no terms
    of its own is not compared again.
    """

    data: bytes
    password: str = ""
    _all_good: Found | None = field(default=None, init=False)

    def of(self, held: Held, end: int) -> Found:
        """Say what came after a signature; ask in the order of the signatures' ends."""
        if self._all_good and held.permissions is None:
            return self._all_good
        found = self._compare(held, end)
        if found[0] in _GOOD and self._all_good is None:
            self._all_good = found
        return found

    def _compare(self, held: Held, end: int) -> Found:
        data = self.data
        mark = data.rfind(b"%%EOF", max(0, end - 4096), end)
        if mark < 0 or _has_more_than_comments(data[mark + 5 : end].splitlines()):
            return "partial", "ends within a revision"
        if _UNLISTED.search(data, end) and b"startxref" not in data[end:]:
            return "unlisted_after", "objects that no table lists"
        level, allowed = "", None
        if len(data) - end <= _MOST_TAIL:
            level, allowed = _difference(data, held.name, self.password)
        kind, why = _compared(data[:end], data, held, level, self.password)
        if kind == "changed_pages":
            return kind, why
        if allowed:
            return "extended", level
        if level in ("LTA_UPDATES", "FORM_FILLING"):
            return "forbidden_change", level
        return kind, why


def _has_more_than_comments(lines: Sequence[bytes]) -> bool:
    return any(line.strip() and not line.lstrip().startswith(b"%") for line in lines)


def _difference(data: bytes, name: str, password: str) -> tuple[str, bool | None]:
    """pyHanko's level of what came after, and whether the signature allows it; None where it cannot
    read the file.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import DiffResult
    from pyhanko.sign.fields import enumerate_sig_fields
    from pyhanko.sign.validation import EmbeddedPdfSignature

    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.encrypted:
            reader.decrypt(password.encode())
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


def _compared(before: bytes, now: bytes, held: Held, level: str, password: str) -> Found:
    """Page content, other structure, or only notes: what differs between the signed revision and
    the file.
    """
    try:
        with (
            pikepdf.open(io.BytesIO(before), password=password, suppress_warnings=True) as old,
            pikepdf.open(io.BytesIO(now), password=password, suppress_warnings=True) as new,
        ):
            was, current = Digest(old), Digest(new)
            if len(old.pages) != len(new.pages):
                return "changed_pages", f"{len(old.pages)} → {len(new.pages)} pages"
            pairs = zip(old.pages, new.pages, strict=True)
            pages = [
                n
                for n, (first, pair) in enumerate(pairs, 1)
                if not was.page(first.obj).items() <= current.page(pair.obj).items()
            ]
            if pages:
                return "changed_pages", f"content of page {', '.join(map(str, pages[:10]))}"
            if was.rest() != current.rest():
                return "changed_other", "structure outside the pages"
            added = {kind for kind, _ in Digest(new).notes() - Digest(old).notes()}
            drawn = added - NOTES - {"/Widget"}
            covers = bool(drawn) and cover_words(before, old, new, password)
    except UNREAD as error:
        return "unreadable_after", f"comparison: {type(error).__name__}"
    return _notes_after(added, covers, held, level)


def _notes_after(kinds: set[str], covers: bool, held: Held, level: str) -> Found:
    """Annotations that came or changed after a signature, the pages' own content being the same;
    whether those that draw text, stamps or lines lie over words.
    """
    told = " ".join(sorted(kinds))
    if not kinds:
        return "extended", "objects replaced by equal ones"
    if held.permissions == 1 or (held.permissions == 2 and kinds != {"/Signature"}):
        return "forbidden_change", f"permission {held.permissions}: {told}"
    if covers:
        return "drawn_over", told
    if "/Widget" in kinds or (
        "/Signature" in kinds and "appearance" in level
    ):  # pyHanko names what it refuses
        return "form_changed", told
    if kinds - NOTES - {"/Widget", "/Signature"}:
        return "noted", told
    return ("added", told) if "/Signature" in kinds else ("annotated", told)

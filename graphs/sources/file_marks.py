"""What a file notes of its own making that may tie it to files of other firms: author, camera,
lasting marks, times.
"""

from __future__ import annotations

import re

from extractors.documents.registry import type_of
from extractors.model import Document
from extractors.values.timestamp import Timestamp, parse_timestamp

_KINDS = {
    "author": ("metadata_author", "metadata_lastmodifiedby"),
    "serial": ("metadata_serial",),
    "xmp_id": ("xmp_document_id",),
}
_NOBODY = re.compile(
    r"(?i)^.{0,10}(?:admin(?:istrator)?|user|owner|unknown|anonymous|root|guest|lenovo|dell|huawei|用户|管理员|china tax|wps|office|apache poi"
    r"|openpyxl|scanner|canon|ricoh|konica|epson|xerox|打印|扫描).{0,20}$|^.{0,2}$"
)


def noted(document: Document, kind: str) -> str:
    """A note of the file itself: author (of a workbook also who saved it last), serial (of a
    camera), xmp_id, file_id.

    A PDF's lasting mark counts together with the second in which the file was made: some programs
    work marks out from next to nothing.
    """
    if kind != "file_id":
        return next(
            (
                text
                for name in _KINDS[kind]
                if (text := told(document, name)) and not names_nobody(text)
            ),
            "",
        )
    mark, made = told(document, "file_id"), time_of(document, "creationdate")
    known = (
        made is not None
        and made.digits == 6
        and (made.at.hour, made.at.minute, made.at.second) != (0, 0, 0)
    )
    return f"{mark} {made.at:%Y%m%d%H%M%S}" if mark and made and known else ""


def names_nobody(text: str) -> bool:
    """Whether a note is what programs write when nobody says a name, or the name of a program or
    device type.
    """
    return bool(_NOBODY.match(text))


def time_of(document: Document, kind: str) -> Timestamp | None:
    """When a file says that it was made (creationdate) or changed (moddate); None where it says no
    time.
    """
    return parse_timestamp(told(document, f"metadata_{kind}"))


def told(document: Document, kind: str) -> str:
    """The detail of a file's first signal of a kind, or an empty string."""
    return next((signal.detail.strip() for signal in document.signals if signal.kind == kind), "")


def names_its_system(document: Document) -> bool:
    """Return whether an issuer's system wrote the file, so that its notes are the same for all
    customers.
    """
    kind = type_of(document)
    return kind is not None and kind.system_issued

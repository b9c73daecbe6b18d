"""Names that a firm bore before, as its papers tell them: licence and register (曾用名), notices of
change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.documents import business_licence as licence
from extractors.documents import name_change_notice as notice
from extractors.documents import shareholder_register as register
from extractors.model import Document
from extractors.values.party_name import is_company
from graphs.model import Place
from graphs.resolve.same_party import Renamed

_TOLD = (
    (licence.NAME, licence.FORMER_NAME),
    (register.COMPANY, register.FORMER_NAME),
    (notice.NEW_NAME, notice.OLD_NAME),
)


def former_names(document: Document, packet: str = "") -> Iterator[Renamed]:
    """Each former name of a firm that a paper tells, with its place."""
    for latest, former in _TOLD:
        name, before = latest.of(document), former.of(document)
        if name and before:
            at = before.field.at
            place = Place(
                packet=packet,
                file=document.file,
                document=document.id,
                page=at.page,
                box=at.box,
                text=before.field.raw,
            )
            yield from (
                Renamed(each, name.value, (place,))
                for each in re.split(r"[;；、,，]", before.value)
                if is_company(each)
            )

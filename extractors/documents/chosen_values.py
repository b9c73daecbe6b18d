"""From a joint choice to the parts of a document: fields, open alternatives, and what is in doubt."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.documents.declare import DocumentType
from extractors.documents.missing import values_in_doubt
from extractors.documents.parts import Parts
from extractors.keyvalue.reading import SURE, KeyValueReading


def put_choice(
    reading: KeyValueReading, kind: DocumentType, parts: Parts, open_roles: Sequence[str] = ()
) -> None:
    """Put the chosen values into `parts`; keep the alternatives of what is in doubt.

    `open_roles` keep theirs always: a slip's numbers are settled by the packet's statement.
    """
    for found in reading.fields():
        parts.put(found)
    needed = {each for key in kind.required for each in key.split("|")}
    for name in sorted(needed | set(open_roles)):
        others = reading.alternatives(name, always=name in open_roles)
        if others:
            parts.alternatives[name] = others
    doubtful = [
        name
        for name, chosen in reading.chosen.items()
        if chosen.confidence < SURE and name in needed
    ]
    failure = values_in_doubt(kind, doubtful, reading.pages[0].number if reading.pages else 1)
    if failure is not None:
        parts.failures.append(failure)

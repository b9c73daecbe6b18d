"""The words of a report in one language: titles, labels and outcomes of what its JSON names by
keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.reports.labels import BAND, COLUMN, LIST, METHOD, OUTCOME, SEVERITY, WORDS
from extractors.documents.registry import document_types
from verify.model import BilingualText


class Wording:
    """Words in `lang` (zh or en).

    A key that this version does not know, of an older or newer report, is shown as it stands.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.words = {key: self._one(value) for key, value in WORDS.items()}
        self.bands = {key: self._one(value) for key, value in BAND.items()}
        self.severities = {key: self._one(value) for key, value in SEVERITY.items()}
        self.outcomes = {key: self._one(value) for key, value in OUTCOME.items()}
        self.methods = {key: self._one(value) for key, value in METHOD.items()}
        self._columns = {key: self._one(value) for key, value in COLUMN.items()}
        self._lists = {key: self._one(value) for key, value in LIST.items()}
        self._types = document_types()

    def _one(self, text: BilingualText) -> str:
        return text.zh if self.lang == "zh" else text.en

    def say(self, text: Mapping[str, str]) -> str:
        """The sentence of a {"zh", "en"} pair."""
        return text[self.lang]

    def failure(self, failure: Mapping[str, Any]) -> str:
        return str(failure["message_zh" if self.lang == "zh" else "message"])

    def word(self, key: str) -> str:
        return self.words.get(key, key)

    def kind(self, type_id: str) -> str:
        """The title of a document type."""
        known = self._types.get(type_id)
        return (
            self._one(BilingualText(known.title_zh, known.title))
            if known
            else self.words["unknown"]
        )

    def field(self, type_id: str, name: str) -> str:
        """The label of a field; `items.2.name` names a value within a list."""
        listed, *rest = name.split(".")
        if rest:
            return " ".join(
                self._lists.get(part, part.replace("_", " ")) for part in (listed, *rest)
            )
        known = self._types.get(type_id)
        spec = known.specs.get(name) if known else None
        if spec is None:
            return name.replace("_", " ")
        return spec.label_zh if self.lang == "zh" else spec.label

    def line(self, name: str, column: str) -> str:
        """The label of a cell of a statement's line."""
        return f"{name} ({self.column(column)})"

    def column(self, column: str) -> str:
        return self._columns.get(column, column)

"""The labels of a kind of document: which role a printed label names, and how surely."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from extractors.keyvalue.label_similarity import plain_label, similarity

OTHER = "other"  # labels of things that no field holds; they keep their values from other roles
KNOWN = 0.8  # similarity from which a text counts as a label
_RIVAL = 1.5  # how hard a better fit to another role counts against a role
_EXACT = 0.97  # likeness from which a label is another role's own
_OWNED = 0.3  # times the fit of a label that is exactly another role's
_LONGEST = 18  # characters of a label; longer texts are values or sentences


class Vocabulary:
    """Labels by role.

    `weaker` names labels that point to the role less surely (`weaker_weight`).
    """

    weaker_weight = 0.5

    def __init__(
        self, roles: Mapping[str, Sequence[str]], weaker: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._labels: list[tuple[str, str, float]] = []
        for weight, words in ((1.0, roles), (self.weaker_weight, weaker or {})):
            for role, labels in words.items():
                self._labels += [(role, label, weight) for label in labels]
        self._exact: dict[str, dict[str, float]] = {}
        for role, label, weight in reversed(self._labels):
            self._exact.setdefault(plain_label(label), {})[role] = weight
        self.pattern = _pattern(tuple(label for _, label, _ in self._labels))
        self._known = lru_cache(maxsize=5_000)(self._likeness_by_role)
        self._is_label = lru_cache(maxsize=5_000)(self._resembles)

    def by_role(self, text: str) -> dict[str, float]:
        """Return how near a label comes to each role, weights of weaker labels included."""
        return self._known(plain_label(text))

    def fit(self, text: str, role: str) -> float:
        """Return how surely a label names a role rather than another one."""
        found = self.by_role(text)
        own = found.get(role, 0.0)
        rival = max((v for other, v in found.items() if other != role), default=0.0)
        owned = _OWNED if rival >= _EXACT > own else 1.0
        return owned * max(0.0, own - _RIVAL * max(0.0, rival - own))

    def best(self, text: str) -> tuple[str, float]:
        """Return the role that a label names best, and how near it comes."""
        found = self.by_role(text)
        if not found:
            return "", 0.0
        role = max(found, key=lambda each: found[each])
        return role, found[role]

    def knows(self, text: str) -> bool:
        """Return whether a text is a label, by its words alone."""
        return self._is_label(plain_label(text))

    def _resembles(self, plain: str) -> bool:
        return 0 < len(plain) <= _LONGEST and self._nearest(plain) >= KNOWN

    def _nearest(self, plain: str) -> float:
        return max((similarity(plain, label) for _, label, _ in self._labels), default=0.0)

    def _likeness_by_role(self, plain: str) -> dict[str, float]:
        found: dict[str, float] = {}
        if len(plain) > 2 * _LONGEST:
            return found
        for role, label, weight in self._labels:
            worth = weight * similarity(plain, label)
            if worth > found.get(role, 0.0):
                found[role] = worth
        # A label that is known as it stands weighs what it is known for, not what it resembles:
        # 回单流水号 is no 流水号.
        return found | self._exact.get(plain, {})


_NUMERALS = "零壹贰叁肆伍陆柒捌玖"


@lru_cache(maxsize=64)
def _pattern(labels: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of known labels at the start of a word, before a space, a sum or the end."""
    plain = sorted({plain_label(x) for x in labels if x}, key=len, reverse=True)
    spaced = (r"\s*".join(re.escape(c) for c in label) for label in plain)
    before = r"(?:^|(?<=[\s,;|]))"
    after = rf"(?=\s*$|[\s:¥(]|人民币|RMB|CNY|\d|[{_NUMERALS}])"
    closed = r"(?<=[)])"
    return re.compile(f"{before}({'|'.join(spaced)})(?:{after}|{closed})", re.IGNORECASE)

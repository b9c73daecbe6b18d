"""The verdict in one sentence: the weightiest causes of a score with their amounts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from extractors.values.money import yuan
from verify.model import BilingualText, Contribution, Finding, Score

# Causes that the sentence names: a reader keeps three in mind and looks up the rest below it.
NAMED_CAUSES = 3

_AMOUNT = re.compile(r"\d[\d,]*\.\d{2}")


def verdict(score: Score, findings: Sequence[Finding]) -> BilingualText:
    """Return the weightiest causes in one sentence, or why the band is what it is where there are
    none.
    """
    by_fingerprint = {f.fingerprint: f for f in findings}
    causes = _causes(score.contributions, by_fingerprint)
    if not causes:
        return score.reason
    named = [_named(parts[0], by_fingerprint) for parts in causes[:NAMED_CAUSES]]
    zh = "；".join(text.zh for text in named)
    en = "; ".join(text.en for text in named)
    more = len(causes) - len(named)
    if more == 0:
        return BilingualText(f"{zh}。", f"{en}.")
    return BilingualText(f"{zh}；另有 {more} 类疑点。", f"{en}; and {more} more.")


def _causes(
    contributions: Sequence[Contribution], by_fingerprint: Mapping[str, Finding]
) -> list[list[Contribution]]:
    """The contributions of findings by cause, the weightiest cause and contribution first.

    A floor or a cap of the scale names findings too, but is no cause of its own.
    """
    by_group: dict[str, list[Contribution]] = {}
    for part in contributions:
        first = by_fingerprint.get(part.findings[0]) if part.findings else None
        if first is not None and first.rule == part.rule:
            by_group.setdefault(part.group, []).append(part)
    for parts in by_group.values():
        parts.sort(key=lambda part: -part.points)
    weights = {
        group: sum((part.points for part in parts), Decimal(0)) for group, parts in by_group.items()
    }
    return [by_group[group] for group in sorted(by_group, key=lambda group: -weights[group])]


def _named(part: Contribution, by_fingerprint: Mapping[str, Finding]) -> BilingualText:
    """A cause by its weightiest finding, with the amount at issue where its message names none."""
    sentence = BilingualText(part.sentence.zh.rstrip("。"), part.sentence.en.rstrip("."))
    finding = by_fingerprint.get(part.findings[0])
    difference = finding.difference if finding else ""
    if not _AMOUNT.fullmatch(difference) or _AMOUNT.search(sentence.zh):
        return sentence
    amount = yuan(Decimal(difference))
    return BilingualText(f"{sentence.zh}（相差 {amount} 元）", f"{sentence.en} (by {amount} yuan)")

"""Which of a slip's texts says what the payment was for: 用途 before 附言, before 摘要, before
备注.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.keyvalue.candidates import NEXT_WORDS, Candidate, Link
from extractors.keyvalue.label_similarity import plain_label

# From the label that always states the purpose to the one that does so where no better is printed.
_RANKS = (
    re.compile(r"用途|PURPOSE", re.IGNORECASE),
    re.compile(r"附言"),
    re.compile(r"摘要"),
    re.compile(r"备注|说明|REMARK", re.IGNORECASE),
)
_LAST = len(_RANKS) - 1
_LOWER_RANK = -3.0  # in log-odds: a better label on the slip has a value of its own
# Log-odds of a remark where no better label has a value: it may say anything, so it stays in doubt.
_ONLY_REMARK = 0.3
_FITS = 0.3  # fit of a label from which it names a purpose at all


def rank_purposes(found: list[Candidate]) -> None:
    """Adjust the odds of a slip's purposes by the labels that they stand behind."""
    ranked = [(each, rank) for each in found if (rank := _rank(each)) is not None]
    if not ranked:
        return
    best = min(rank for _, rank in ranked)
    for candidate, rank in ranked:
        if rank > best:
            candidate.odds += _LOWER_RANK
        elif rank == _LAST and _is_beside(candidate.links):
            candidate.odds = _ONLY_REMARK
    found.sort(key=lambda each: -each.odds)


def _rank(candidate: Candidate) -> int | None:
    """Return the rank of the label that holds a text; None where no such label does."""
    if candidate.label_fit < _FITS or candidate.piece.label or not candidate.links:
        return None
    label = plain_label(_nearest(candidate.links).label.text)
    ranks = [rank for rank, pattern in enumerate(_RANKS) if pattern.search(label)]
    return ranks[0] if ranks else None


def _nearest(links: Sequence[Link]) -> Link:
    return max(links, key=lambda link: link.strength)


def _is_beside(links: Sequence[Link]) -> bool:
    """Return whether a text stands beside its label; below an empty remark stands small print."""
    return _nearest(links).strength >= NEXT_WORDS

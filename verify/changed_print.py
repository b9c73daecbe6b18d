"""Print on a picture that several observers say stands apart: which word, which observers, and what
each measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extractors.model import Box, Document, Signal
from verify.model import BilingualText

# What each observer sees, and whether it looks at the print itself; none carries a finding alone.
OBSERVERS: Mapping[str, tuple[BilingualText, bool]] = {
    "sharper_print": (
        BilingualText(
            "字迹边缘比同页其他字迹清晰", "its edges are sharper than the page's other print"
        ),
        True,
    ),
    "other_shape": (
        BilingualText(
            "数字字形与同页其他数字不同",
            "its digits have another shape than the page's other digits",
        ),
        True,
    ),
    "compressed_apart": (
        BilingualText(
            "压缩痕迹与同页其他文字不同", "it was compressed fewer times than the page around it"
        ),
        True,
    ),
    "other_ground": (
        BilingualText("底色与周围纸面不同", "the paper under it differs from the paper around it"),
        False,
    ),
    "copied_digit": (
        BilingualText(
            "其中一个数字与同行另一数字逐点相同",
            "one of its digits is the same as another of its line, point by point",
        ),
        False,
    ),
    "off_column": (
        BilingualText(
            "未与同列内容对齐", "it does not begin where the other values of its column begin"
        ),
        False,
    ),
}


@dataclass(frozen=True, slots=True)
class Apart:
    """A word that stands apart, by the observers that say so."""

    word: str
    page: int
    box: Box
    signals: tuple[Signal, ...]

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(signal.kind for signal in self.signals)

    @property
    def agreed(self) -> bool:
        """Whether two observers agree that hardly share a cause: two that look at the print itself,
        or edges and place.

        Ground and alike digits have too many everyday causes (folds, shade, a coarse scan) to make
        up for a second look at the print.
        """
        looks = {kind for kind in self.kinds if OBSERVERS[kind][1]}
        return len(looks) >= 2 or {"sharper_print", "off_column"} <= self.kinds

    @property
    def told(self) -> BilingualText:
        """What the observers say, with their measures."""
        seen = {signal.kind: signal.detail.rpartition(": ")[2] for signal in self.signals}
        zh = "；".join(OBSERVERS[key][0].zh for key in OBSERVERS if key in seen)
        en = "; ".join(f"{OBSERVERS[key][0].en} ({seen[key]})" for key in OBSERVERS if key in seen)
        return BilingualText(zh, en)


def words_apart(document: Document) -> Iterator[Apart]:
    """Every word of a paper that an observer of pictures names."""
    found: dict[tuple[str, int, tuple[float, ...]], list[Signal]] = {}
    for signal in document.signals:
        if signal.kind in OBSERVERS:
            word = signal.detail.rpartition(": ")[0]
            found.setdefault((word, signal.page, tuple(signal.box.as_list())), []).append(signal)
    for (word, page, _), signals in found.items():
        yield Apart(word, page, signals[0].box, tuple(signals))

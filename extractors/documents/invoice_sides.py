"""Whose a label of an invoice is, the buyer's or the seller's."""

from __future__ import annotations

import re

from extractors.layout.labels import Candidate, Form, Label


def near(form: Form, label: Label) -> list[Candidate]:
    """Values that stand right of a label or in its text."""
    return [c for c in form.candidates(label) if c.confidence >= 0.95]


def sides(form: Form, labels: list[Label]) -> list[tuple[str, Label]]:
    """The first labels of a kind with "buyer" or "seller": by the vertical mark 购/销 beside them, else by place, the buyer first."""
    labels = labels[:4]
    marks = [
        (w.cx, w.mid, "buyer" if "购" in w.text else "seller")
        for w in form.page.words
        if re.search(r"购(?!物)|销", w.text) and len(w.text) <= 8
    ]
    out: list[tuple[str, Label]] = []
    for label in labels:
        word = label.word
        left = [
            (abs(y - word.mid) + 0.3 * (word.x0 - x), side)
            for x, y, side in marks
            if x < word.x0 + 4 and abs(y - word.mid) < 5 * word.height
        ]
        if left:
            out.append((min(left)[1], label))
    if {side for side, _ in out} == {"buyer", "seller"} or (len(labels) == 1 and out):
        return out
    if not labels:
        return []
    first, *others = [label.word for label in labels[:2]]
    beside = bool(others) and abs(others[0].mid - first.mid) < first.height
    ordered = sorted(labels[:2], key=lambda x: x.word.x0 if beside else x.word.mid)
    return list(zip(("buyer", "seller"), ordered, strict=False))

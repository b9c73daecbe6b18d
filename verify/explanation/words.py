"""Words that explanations share."""

from __future__ import annotations

from collections.abc import Sequence

from verify.model import BilingualText

BANDS = {
    "high": BilingualText("高", "high"),
    "medium": BilingualText("中", "medium"),
    "low": BilingualText("低", "low"),
    "not_verified": BilingualText("未核实", "not verified"),
}
# A sentence names no more than a listener keeps in mind.
_NAMED = 3


def listed(names: Sequence[str]) -> BilingualText:
    """Return a few names as a list, and that there are more."""
    shown, more = names[:_NAMED], len(names) > _NAMED
    zh = "、".join(shown) + (" 等" if more else "")
    en = ", ".join(shown) + (", …" if more else "")
    return BilingualText(zh, en)

"""Layouts that the reader does not read rightly yet, with the reason. The list only ever shrinks.

A line that is not needed any more shows as XPASS: `pytest -rX tests/extractors/layouts`.
"""

from __future__ import annotations

# What a layout printed as it is does not give: (layout, form) to the reason.
NOT_WHOLE: dict[tuple[str, str], str] = {
    (
        "charter_article",
        "text",
    ): "a short name before the colon of a title is taken for a label, and no company is read",
}

# What is wrong at high confidence or lost in silence under one of the properties: (property,
# layout).
NOT_HONEST: dict[tuple[str, str], str] = {}

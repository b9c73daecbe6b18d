"""Layouts that the reader does not read rightly yet, with the reason. The list only ever shrinks.

A line that is not needed any more shows as XPASS: `pytest -rX tests/extractors/layouts`.
"""

from __future__ import annotations

# What a layout printed as it is does not give: (layout, form) to the reason.
NOT_WHOLE: dict[tuple[str, str], str] = {
    (
        "boc_personal_flow",
        "text",
    ): "another account is taken for the holder's: 借记卡号 is not known",
}

# What is wrong at high confidence or lost in silence under one of the properties: (property,
# layout).
NOT_HONEST: dict[tuple[str, str], str] = {
    (
        "unknown words",
        "bocom_personal_stars",
    ): "without a known heading the days of two columns are mixed",
    (
        "unknown words",
        "boc_company_bilingual",
    ): "without a known heading the holder is taken for the other side",
    ("shuffled", "ccb_company_detail"): "a day of a second date column is taken for an account",
    ("removal", "boc_personal_flow"): "another account is taken for the holder's",
    ("removal", "ccb_personal_print"): "a row that the chain lacks is not noticed",
    ("removal", "cmb_personal_bilingual"): "a row that the chain lacks is not noticed",
    ("removal", "icbc_company_print"): "the stamp's text is read with the party's name",
    ("removal", "icbc_personal_history"): "a word for no party is read as a name",
}

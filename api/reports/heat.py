"""Heat maps of pages that a finding names by their print: for the eye alone, drawn in the sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.reports.crops import NONE, NOTHING
from api.reports.labels import HEAT_MAPS
from extractors.sandbox.cover import Cover
from extractors.sandbox.parent import Sandbox

_FAMILY = "PIC"  # rules about the print of pictures
_MOST_PAGES = 8  # a report
_WHOLE = 0.9  # of a page's height: such a finding is about the picture and has no place to look at


def heat_maps_of(
    report: Mapping[str, Any],
    data: Mapping[str, bytes],
    sandbox: Sandbox,
    passwords: Mapping[str, str] = NONE,
    covers: Mapping[str, Cover] = NOTHING,
) -> dict[str, dict[str, str]]:
    """PNG pictures (base64) by a finding's fingerprint and kind of map; a page is drawn once.

    `data`, `passwords` and `covers` as for `crops_of`.
    """
    hashes = {document["id"]: document["sha256"] for document in report["documents"]}
    drawn: dict[tuple[str, int], dict[str, str]] = {}
    out: dict[str, dict[str, str]] = {}
    for finding in report["findings"]:
        for place in finding["evidence"][:1] if finding["rule"].startswith(_FAMILY) else ():
            page = hashes.get(place["document"], ""), place["page"]
            if page[0] not in data or place["box"][3] - place["box"][1] >= _WHOLE:
                continue
            if page not in drawn and len(drawn) < _MOST_PAGES:
                password, cover = passwords.get(page[0]), covers.get(page[0])
                drawn[page] = sandbox.heat_maps(
                    data[page[0]], page[1], list(HEAT_MAPS), password, cover=cover
                )
            out[finding["fingerprint"]] = drawn.get(page, {})
    return out

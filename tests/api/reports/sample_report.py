"""A report with findings of a forged packet, made once, with pictures of its evidence; and the same
with other texts.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from functools import cache
from typing import Any

from conftest import honest_files, read_packet, report_on
from make_packets import FORGERIES
from PIL import Image

from api.reports.crops import crops_of
from extractors.sandbox.parent import Sandbox
from verify.report import report_json

PAYLOADS = (
    '=HYPERLINK("http://x","y")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "{=1+1}",
    "=cmd|'/c calc'!A0",
    " =1+1",
    "\ufeff=1+1",
    "http://x.invalid/",
    "mailto:x@x.invalid",
    "internal:'A'!A1",
    "00123",
    "1e5",
    "_x003D_1+1",
    "'=1+1",
    "\x01\x0b\x1f\ufffe=1+1",
    "\ud800=1+1",
)


@cache
def forged() -> tuple[dict[str, Any], dict[str, bytes]]:
    """The report's JSON, and pictures of its evidence by place."""
    firm, files = honest_files(7, "ruled.pdf")
    files = dict(files)
    FORGERIES["slip_raised"](firm, files)
    report = report_json(report_on(read_packet(files)))
    with Sandbox(jobs=1) as sandbox:
        crops = crops_of(
            report, {hashlib.sha256(d).hexdigest(): d for d in files.values()}, sandbox
        )
    return report, crops


_KEYS = frozenset(
    {
        "schema",
        "as_of",
        "band",
        "severity",
        "outcome",
        "document",
        "id",
        "sha256",
        "kind",
        "value",
        "debit",
        "credit",
        "balance",
    }
)


def with_texts(report: Any, text: Callable[[str], str], name: str = "") -> Any:
    """A report of which every text is another, keys of its format and amounts apart."""
    if isinstance(report, dict):
        return {
            k: v if k in _KEYS or k == "lines" else with_texts(v, text, k)
            for k, v in report.items()
        }
    if isinstance(report, list):
        return [with_texts(v, text, name) for v in report]
    return text(report) if isinstance(report, str) else report


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "white").save(out, "PNG")
    return out.getvalue()

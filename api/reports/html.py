"""A report as one self-contained HTML file, in Chinese or English: no script, no outside address."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from api.reports.labels import HEAT_MAPS
from api.reports.view import view_of


@cache
def _template() -> Template:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


def report_html(
    report: Mapping[str, Any],
    crops: Mapping[str, bytes],
    lang: str,
    heat: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """A report (huoyan.report/1 JSON) as HTML with pictures of its evidence (see `crops_of`) and
    heat maps (see `heat_maps_of`).
    """
    heat_words = {kind: text.zh if lang == "zh" else text.en for kind, text in HEAT_MAPS.items()}
    pictures = {key: base64.b64encode(png).decode() for key, png in crops.items()}
    return _template().render(
        report=view_of(report, pictures, lang),
        pictures=pictures,
        heat=heat or {},
        heat_words=heat_words,
    )

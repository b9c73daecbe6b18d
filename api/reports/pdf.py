"""A report as PDF, A4, in Chinese or English, set by Typst: the same bytes for the same report."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from api.reports.errors import FormError, NoChineseFont
from api.reports.view import view_of

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_FONTS = {  # of Chinese fonts without serifs: file and family, the best known first
    "wqy-microhei.ttc": "WenQuanYi Micro Hei",
    "NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "NotoSansCJKsc-Regular.otf": "Noto Sans CJK SC",
}


def report_pdf(
    report: Mapping[str, Any],
    crops: Mapping[str, bytes],
    lang: str,
    filing: Mapping[str, Any] | None = None,
) -> bytes:
    """A report (huoyan.report/1 JSON) as PDF with pictures of its evidence (see `crops_of`), and
    with what people said and decided (see `filing_of`).

    Raises NoChineseFont where the machine has none, FormError where Typst refuses.
    """
    try:
        return _set(report, crops, lang, filing)
    except typst.TypstError as error:
        if not crops:
            raise FormError(str(error)) from error
    # A picture comes from a process that opened a stranger's file: one that cannot be decoded must
    # not cost the report.
    try:
        return _set(report, {}, lang, filing, pictures_failed=True)
    except typst.TypstError as error:
        raise FormError(str(error)) from error


def _set(
    report: Mapping[str, Any],
    crops: Mapping[str, bytes],
    lang: str,
    filing: Mapping[str, Any] | None,
    pictures_failed: bool = False,
) -> bytes:
    """Texts reach the template as a JSON file, pictures as files: nothing of a paper is ever Typst
    source.

    Typst reads within one folder of our own and no package is named, so that it opens no other file
    and no network.
    """
    file, family = chinese_font()
    names = {key: f"{number}.png" for number, key in enumerate(crops)}
    view = view_of(report, names, lang) | {
        "pictures": names,
        "pictures_failed": pictures_failed,
        "filing": filing,
        "font": family,
    }
    day = datetime.fromisoformat(view["as_of"]).replace(tzinfo=UTC)
    with tempfile.TemporaryDirectory(prefix="huoyan-pdf-") as folder:
        root = Path(folder)
        (root / "report.typ").write_bytes(_TEMPLATE.read_bytes())
        (root / "report.json").write_text(
            json.dumps(view, ensure_ascii=False), encoding="utf-8", errors="replace"
        )
        for key, name in names.items():
            (root / name).write_bytes(crops[key])
        compiler = typst.Compiler(
            root / "report.typ",
            root=root,
            font_paths=fonts_in(file.parent),
            ignore_system_fonts=True,
        )
        made = compiler.compile(format="pdf", timestamp=day)
    assert isinstance(made, bytes)
    return made


@cache
def fonts_in(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def chinese_font() -> tuple[Path, str]:
    """File and family of the first Chinese font known here. Raises NoChineseFont."""
    shared = os.environ.get("XDG_DATA_DIRS") or os.pathsep.join(("/usr/local/share", "/usr/share"))
    own = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    folders = tuple(Path(base) / "fonts" for base in (own, *shared.split(os.pathsep)))
    found = _font_in(folders)
    if found is None:
        raise NoChineseFont
    return found


@cache
def _font_in(folders: tuple[Path, ...]) -> tuple[Path, str] | None:
    for name, family in _FONTS.items():
        for folder in folders:
            for file in sorted(folder.rglob(name)):
                return file, family
    return None

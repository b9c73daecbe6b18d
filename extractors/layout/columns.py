"""Tables by their header: which column means what, and the words of each row and column, ruled or
not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from extractors.layout.column_edges import part_columns
from extractors.layout.lines import Cells, TextLine, cells_of, lines_of
from extractors.layout.page import Page, Word
from extractors.layout.table import Column, Header, Row
from extractors.layout.table_rows import rows_below
from extractors.values.glyphs import squeeze

__all__ = ["Column", "Header", "Row", "find_header", "part_columns", "role_of", "rows_below"]

Roles = Mapping[str, re.Pattern[str]]


def role_of(text: str, roles: Roles) -> str:
    """The role whose pattern the header text matches as a whole, brackets and units dropped; else
    an empty string.
    """
    whole = squeeze(text).lower()
    if not whole or len(whole) > 30:
        return ""
    plain = re.sub(r"[(（][^()（）]*[)）]|[¥*:：]|单位|人民币", "", whole) or whole
    for role, pattern in roles.items():
        if pattern.fullmatch(plain) or pattern.fullmatch(whole):
            return role
    return ""


_AMOUNT = re.compile(r"\d\.\d\d(?!\d)")


def find_header(
    page: Page, roles: Roles, accept: Callable[[set[str]], bool], after: float = -1.0
) -> Header | None:
    """The first line (or pair of lines) below `after` whose texts name enough columns."""
    cells = cells_of(page) if not page.is_sheet else None
    lines = [x for x in lines_of(page, cells) if x.top > after]
    limit = 60 if page.is_sheet else len(lines)
    for index, line in enumerate(lines[:limit]):
        if _AMOUNT.search(line.text):
            continue  # a line with amounts is no header
        single = _columns([line], roles, cells)
        best, used = (single, [line]) if _hits(single) >= 2 else (None, [line])
        if (
            index + 1 < len(lines)
            and _hits(single) >= 1
            and lines[index + 1].top - line.bottom < 1.5 * (line.bottom - line.top)
        ):
            double = _columns([line, lines[index + 1]], roles, cells)
            if _hits(double) > (_hits(best) if best else 1):
                best, used = double, [line, lines[index + 1]]
        if best and accept({c.role for c in best if c.role}):
            header = Header(best, min(x.top for x in used), max(x.bottom for x in used))
            part_columns(page, header)
            return header
    return None


def _hits(columns: list[Column]) -> int:
    return len({column.role for column in columns if column.role})


def _columns(lines: list[TextLine], roles: Roles, cells: Cells | None) -> list[Column]:
    """Header pieces: texts between gaps; over two lines, pieces that stand above each other are
    joined.
    """
    pieces = [piece for line in lines for piece in _pieces(line, roles)]
    if len(lines) == 1:
        return [
            Column(role_of(piece.text, roles), piece.x0, piece.x1, piece.text)
            for piece in sorted(pieces, key=lambda p: p.x0)
        ]
    upper, lower = _pieces(lines[0], roles), _pieces(lines[1], roles)
    columns = []
    for low in lower:
        above = [u for u in upper if u.x0 < low.x1 and u.x1 > low.x0]
        text = "".join(u.text for u in above) + low.text
        role = role_of(low.text, roles) or role_of(text, roles)
        columns.append(
            Column(
                role,
                min(
                    [
                        low.x0,
                        *(u.x0 for u in above if len(above) == 1 and not role_of(low.text, roles)),
                    ]
                ),
                low.x1,
                text,
            )
        )
    lone = [u for u in upper if not any(u.x0 < low.x1 and u.x1 > low.x0 for low in lower)]
    columns += [Column(role_of(u.text, roles), u.x0, u.x1, u.text) for u in lone]
    return sorted(columns, key=lambda c: c.x0)


def _pieces(line: TextLine, roles: Roles) -> list[Word]:
    """A header line cut at tabs, and within a piece at spaces where the parts are roles by
    themselves.
    """
    pieces, start = [], 0
    for chunk in line.text.split("\t"):
        end = start + len(chunk)
        if chunk.strip() and not role_of(chunk, roles) and " " in chunk.strip():
            at = start
            for part in chunk.split(" "):
                if part:
                    pieces.append(line.span(at, at + len(part)))
                at += len(part) + 1
        elif chunk.strip():
            pieces.append(line.span(start, end))
        start = end + 1
    return _glue_letters(pieces, roles)


def _glue_letters(pieces: list[Word], roles: Roles) -> list[Word]:
    """Joins letter-spaced header texts (摘 要) that were cut apart."""
    out: list[Word] = []
    for piece in pieces:
        if (
            out
            and not role_of(piece.text, roles)
            and not role_of(out[-1].text, roles)
            and len(piece.text) <= 2
        ):
            joined = Word(
                out[-1].text + piece.text,
                out[-1].x0,
                min(out[-1].top, piece.top),
                piece.x1,
                max(out[-1].bottom, piece.bottom),
            )
            if role_of(joined.text, roles):
                out[-1] = joined
                continue
        out.append(piece)
    return out

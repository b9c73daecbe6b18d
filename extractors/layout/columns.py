"""Tables by their header: which column means what, and the words of each row and column, ruled or not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from extractors.layout.lines import Cells, TextLine, cells_of, join_words, lines_of
from extractors.layout.page import Page, Word
from extractors.values.glyphs import squeeze

Roles = Mapping[str, re.Pattern[str]]


@dataclass(slots=True)
class Column:
    role: str
    x0: float
    x1: float
    text: str


@dataclass(slots=True)
class Header:
    """Columns from left to right with the separators between them; `top` and `bottom` of the header itself."""

    columns: list[Column]
    top: float
    bottom: float
    separators: list[float] = field(default_factory=list)
    ruled: bool = False

    @property
    def roles(self) -> set[str]:
        return {c.role for c in self.columns if c.role}


@dataclass(slots=True)
class Row:
    """One row: words by column index."""

    page: Page
    cells: dict[int, list[Word]]

    @property
    def words(self) -> list[Word]:
        return [w for cell in self.cells.values() for w in cell]

    def text(self, index: int) -> str:
        return join_words(self.cells.get(index, []))

    @property
    def whole(self) -> str:
        return "".join(squeeze(join_words(self.cells[i])) for i in sorted(self.cells))


def role_of(text: str, roles: Roles) -> str:
    """The role whose pattern the header text matches as a whole, brackets and units dropped; else an empty string."""
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
    return len({c.role for c in columns if c.role})


def _columns(lines: list[TextLine], roles: Roles, cells: Cells | None) -> list[Column]:
    """Header pieces: texts between gaps; over two lines, pieces that stand above each other are joined."""
    pieces = [piece for line in lines for piece in _pieces(line, roles)]
    if len(lines) == 1:
        return [
            Column(role_of(p.text, roles), p.x0, p.x1, p.text)
            for p in sorted(pieces, key=lambda p: p.x0)
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
    """A header line cut at tabs, and within a piece at spaces where the parts are roles by themselves."""
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


def part_columns(page: Page, header: Header, until: float = float("inf")) -> None:
    """Sets a header's separators: by rules that pass it, else by the words below it down to `until`."""
    middle = (header.top + header.bottom) / 2
    drawn_rules = [] if page.is_sheet else cells_of(page).vertical
    rules = sorted(r[0] for r in drawn_rules if r[1] - 2 <= middle + 2 and r[2] + 2 >= middle - 2)
    if page.is_sheet:
        header.separators = [
            (a.x1 + b.x0) / 2 for a, b in zip(header.columns, header.columns[1:], strict=False)
        ]
        header.ruled = True
        return
    inner = []
    for left, right in zip(header.columns, header.columns[1:], strict=False):
        between = [x for x in rules if left.x1 - 3 <= x <= right.x0 + 3]
        inner.append(between[0] if between else None)
    header.ruled = all(x is not None for x in inner)
    if header.ruled:
        header.separators = [x for x in inner if x is not None]
        return
    body = _data_lines([w for w in page.words if header.bottom - 1 < w.top and w.mid < until])
    drawn = separators_by_content(header.columns, body)
    header.separators = [x if x is not None else drawn[i] for i, x in enumerate(inner)]


_NUMBER_ROLES = frozenset(
    [
        "debit",
        "credit",
        "amount",
        "balance",
        "net",
        "tax",
        "unit_price",
        "quantity",
        "ending",
        "opening",
        "value",
        "month",
        "prior",
    ]
)
_SHORT_ROLES = frozenset(["rate", "share", "unit", "flag", "index", "line_no"])
_MONEY = re.compile(r"^[-+(]?[¥$]?[-+]?\d[\d,]*\.\d+[)]?$")
_SOFT_EDGE = 1.6  # points by which the edges of a word read from a picture may be off
_STRAY = 0.08  # share of the lines in which a text that was not parted from the amount before it may stand
_MIXED = 0.3  # share of the narrower of two runs by which they overlap where they are one column
_MISFIT, _SHARED = 200.0, 100.0


@dataclass(slots=True)
class _Cluster:
    """A run of x in which words of the body stand, the share of them that are amounts, and their number."""

    x0: float
    x1: float
    money: float
    words: int


def separators_by_content(columns: list[Column], body: list[Word]) -> list[float]:
    """Where columns part when no rule says so: runs of words are matched to header texts in order.

    A run may stand right or left of its header; what it holds decides with its place, so that right-aligned amounts
    under left-aligned headers find their own column.
    """
    clusters = _clusters(body)
    owner = _match(clusters, columns) if clusters else []
    spans = [(c.x0, c.x1) for c in columns]
    for index in range(len(columns)):
        own = [clusters[k] for k, o in enumerate(owner) if o == index]
        if own:
            spans[index] = (min(c.x0 for c in own), max(c.x1 for c in own))
    out = []
    for index in range(len(columns) - 1):
        left = max(x1 for _, x1 in spans[: index + 1])
        right = min(x0 for x0, _ in spans[index + 1 :])
        out.append((left + right) / 2)
    return [max(out[: i + 1]) for i in range(len(out))]


def _clusters(body: list[Word]) -> list[_Cluster]:
    """Runs of x with words, left to right. On a picture amounts and texts are looked at apart, since their edges are soft and may touch."""
    lines = len({round(w.mid) for w in body})
    if not any(w.glyphs for w in body):
        return _runs(body, 0.03 * lines)
    amounts = [w for w in body if _MONEY.match(w.text)]
    texts = [w for w in body if not _MONEY.match(w.text)]
    out: list[_Cluster] = []
    for run in sorted(
        [*_runs(amounts, 0.03 * lines), *_runs(texts, _STRAY * lines)], key=lambda c: c.x0
    ):
        last = out[-1] if out else None
        if last and last.x1 - run.x0 > _MIXED * min(last.x1 - last.x0, run.x1 - run.x0):
            out[-1] = _Cluster(
                last.x0,
                max(last.x1, run.x1),
                (last.money * last.words + run.money * run.words) / (last.words + run.words),
                last.words + run.words,
            )
        else:
            out.append(run)
    return out


def _runs(body: list[Word], fewest: float) -> list[_Cluster]:
    """Runs of x in which more than `fewest` words stand above each other."""
    if not body:
        return []
    start = int(min(w.x0 for w in body))
    steps = np.zeros(int(max(w.x1 for w in body)) - start + 3, dtype=np.int32)
    for word in body:
        slack = _SOFT_EDGE if word.glyphs and word.x1 - word.x0 > 3 * _SOFT_EDGE else 0.0
        steps[int(word.x0 + slack) - start] += 1
        steps[int(np.ceil(word.x1 - slack)) - start] -= 1
    filled = np.cumsum(steps) > fewest
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    out = []
    for a, b in zip((edges[::2] + start).tolist(), (edges[1::2] + start).tolist(), strict=True):
        own = [w for w in body if a - 1 <= w.cx <= b + 1]
        if own:
            out.append(
                _Cluster(a, b, sum(bool(_MONEY.match(w.text)) for w in own) / len(own), len(own))
            )
    return out


def _data_lines(body: list[Word]) -> list[Word]:
    """Words on lines that hold an amount, where there are some: titles and footers say nothing about columns."""
    lines: dict[int, list[Word]] = {}
    for word in body:
        lines.setdefault(round(word.mid / 3), []).append(word)
    data = [
        w for words in lines.values() if any(_MONEY.match(w.text) for w in words) for w in words
    ]
    return data or body


def _cost(cluster: _Cluster, column: Column) -> float:
    distance = max(column.x0 - cluster.x1, cluster.x0 - column.x1, 0.0)
    if column.role in _NUMBER_ROLES and column.role != "quantity" and cluster.money < 0.3:
        distance += _MISFIT
    if (
        cluster.money > 0.7
        and column.role
        and column.role not in _NUMBER_ROLES
        and column.role != "share"
    ):
        distance += _MISFIT
    if column.role in _SHORT_ROLES and cluster.x1 - cluster.x0 > 90:
        distance += _MISFIT / 4
    return distance


def _match(clusters: list[_Cluster], columns: list[Column]) -> list[int]:
    """Column of each cluster, in order, at least total cost; several clusters may share a column of text."""
    best: list[list[float]] = []
    came: list[list[int]] = []
    for k, cluster in enumerate(clusters):
        row, back = [], []
        for index, column in enumerate(columns):
            own = _cost(cluster, column)
            if k == 0:
                row.append(own)
                back.append(-1)
                continue
            share = (_SHARED if cluster.money > 0.5 else 0.0) + max(
                cluster.x0 - clusters[k - 1].x1, 0.0
            )
            options = [(best[-1][j] + (share if j == index else 0.0), j) for j in range(index + 1)]
            value, j = min(options)
            row.append(own + value)
            back.append(j)
        best.append(row)
        came.append(back)
    index = min(range(len(columns)), key=lambda i: best[-1][i])
    out = [index]
    for back in came[:0:-1]:
        index = back[index]
        out.append(index)
    return out[::-1]


def rows_below(
    page: Page,
    header: Header,
    is_anchor: Callable[[dict[int, list[Word]]], bool],
    until: float = float("inf"),
) -> list[Row]:
    """Rows under a header, top to bottom. A row holds one anchor line; lines without one belong to the nearest row."""
    body = [w for w in page.words if w.mid > header.bottom - 1 and w.mid < until]
    if page.is_sheet:
        sheet: dict[float, list[Word]] = {}
        for word in body:
            sheet.setdefault(word.top, []).append(word)
        return [Row(page, _split(sheet[key], header)) for key in sorted(sheet)]
    table_left = header.columns[0].x0
    rules = sorted(
        y
        for y, a, b in cells_of(page).horizontal
        if b - a > 0.5 * (header.columns[-1].x1 - table_left)
    )
    rows: list[Row] = []
    for band in _bands(body, rules):
        rows.extend(_rows_of_band(page, header, band, is_anchor))
    return rows


def _bands(body: list[Word], rules: list[float]) -> list[list[Word]]:
    if not rules:
        return [body]
    bands: dict[int, list[Word]] = {}
    edges = rules
    for word in body:
        bands.setdefault(bisect_left(edges, word.mid), []).append(word)
    return [bands[key] for key in sorted(bands)]


def _rows_of_band(
    page: Page, header: Header, band: list[Word], is_anchor: Callable[[dict[int, list[Word]]], bool]
) -> list[Row]:
    lines = lines_of(Page(page.number, page.width, page.height, band))
    split = [_split(line.words, header) for line in lines]
    anchors = [i for i, cells in enumerate(split) if is_anchor(cells)]
    if len(anchors) <= 1 and header.ruled and len(lines) <= 6:
        return [Row(page, _merge(split))] if split else []
    if not anchors:
        return [Row(page, cells) for cells in split]
    owner: dict[int, list[int]] = {a: [a] for a in anchors}
    loose: list[Row] = []
    for index, line in enumerate(lines):
        if index in owner:
            continue
        nearest = min(anchors, key=lambda a: abs(lines[a].mid - line.mid))
        size = line.bottom - line.top
        if abs(lines[nearest].mid - line.mid) < 2.2 * size * max(
            1, abs(nearest - index)
        ) and not _total_like(split[index]):
            owner[nearest].append(index)
        else:
            loose.append(Row(page, split[index]))
    rows = [Row(page, _merge([split[i] for i in sorted(own)])) for own in owner.values()]
    return sorted([*rows, *loose], key=lambda r: min(w.top for w in r.words))


def _total_like(cells: dict[int, list[Word]]) -> bool:
    text = "".join(squeeze(join_words(cells[i])) for i in sorted(cells))
    return bool(
        re.search(r"合计|小计|总计|累计|承前|过次|期初|期末|余额|共\d+[笔页]|第\d+页|打印|页", text)
    )


def _merge(parts: list[dict[int, list[Word]]]) -> dict[int, list[Word]]:
    merged: dict[int, list[Word]] = {}
    for part in parts:
        for index, words in part.items():
            merged.setdefault(index, []).extend(words)
    return merged


def _split(words: list[Word], header: Header) -> dict[int, list[Word]]:
    cells: dict[int, list[Word]] = {}
    for word in words:
        cells.setdefault(bisect_left(header.separators, word.cx), []).append(word)
    return cells

"""Where the columns of a table part: at its rules, else where the words below its header stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from extractors.layout.lines import cells_of
from extractors.layout.page import Page, Word
from extractors.layout.table import Column, Header


def part_columns(page: Page, header: Header, until: float = float("inf")) -> None:
    """Sets a header's separators: by rules that pass it, else by the words below it down to
    `until`.
    """
    middle = (header.top + header.bottom) / 2
    drawn_rules = [] if page.is_sheet else cells_of(page).vertical
    rules = sorted(
        rule[0] for rule in drawn_rules if rule[1] - 2 <= middle + 2 and rule[2] + 2 >= middle - 2
    )
    if page.is_sheet:
        header.separators = [
            (first.x1 + band.x0) / 2
            for first, band in zip(header.columns, header.columns[1:], strict=False)
        ]
        header.ruled = True
        return
    inner = []
    for left, right in zip(header.columns, header.columns[1:], strict=False):
        between = [rule for rule in rules if left.x1 - 3 <= rule <= right.x0 + 3]
        inner.append(between[0] if between else None)
    header.ruled = all(x is not None for x in inner)
    if header.ruled:
        header.separators = [x for x in inner if x is not None]
        return
    body = _data_lines(
        [word for word in page.words if header.bottom - 1 < word.top and word.mid < until]
    )
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
# Share of the lines in which a text that was not parted from the amount before it may stand
_STRAY = 0.08
_MIXED = 0.3  # share of the narrower of two runs by which they overlap where they are one column
_MISFIT, _SHARED = 200.0, 100.0


@dataclass(slots=True)
class _Cluster:
    """A run of x in which words of the body stand, the share of them that are amounts, and their
    number.
    """

    x0: float
    x1: float
    money: float
    words: int


def separators_by_content(columns: list[Column], body: list[Word]) -> list[float]:
    """Where columns part when no rule says so: runs of words are matched to header texts in order.

    A run may stand right or left of its header; what it holds decides with its place, so that
    right-aligned amounts under left-aligned headers find their own column.
    """
    clusters = _clusters(body)
    owner = _match(clusters, columns) if clusters else []
    spans = [(column.x0, column.x1) for column in columns]
    for index in range(len(columns)):
        own = [clusters[key] for key, o in enumerate(owner) if o == index]
        if own:
            spans[index] = (min(c.x0 for c in own), max(c.x1 for c in own))
    out = []
    for index in range(len(columns) - 1):
        left = max(x1 for _, x1 in spans[: index + 1])
        right = min(x0 for x0, _ in spans[index + 1 :])
        out.append((left + right) / 2)
    return [max(out[: i + 1]) for i in range(len(out))]


def column_runs(body: list[Word]) -> list[tuple[float, float]]:
    """Runs of x in which the words of a table's rows stand, left to right."""
    return [(run.x0, run.x1) for run in _clusters(body)]


def _clusters(body: list[Word]) -> list[_Cluster]:
    """Runs of x with words, left to right.

    On a picture amounts and texts are looked at apart, since their edges are soft and may touch.
    """
    lines = len({round(word.mid) for word in body})
    if not any(word.glyphs for word in body):
        return _runs(body, 0.03 * lines)
    amounts = [word for word in body if _MONEY.match(word.text)]
    texts = [word for word in body if not _MONEY.match(word.text)]
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
    start = int(min(each.x0 for each in body))
    steps = np.zeros(int(max(each.x1 for each in body)) - start + 3, dtype=np.int32)
    for word in body:
        slack = _SOFT_EDGE if word.glyphs and word.x1 - word.x0 > 3 * _SOFT_EDGE else 0.0
        steps[int(word.x0 + slack) - start] += 1
        steps[int(np.ceil(word.x1 - slack)) - start] -= 1
    filled = np.cumsum(steps) > fewest
    edges = np.flatnonzero(np.diff(np.concatenate(([False], filled, [False])).astype(np.int8)))
    out = []
    for first, second in zip(
        (edges[::2] + start).tolist(), (edges[1::2] + start).tolist(), strict=True
    ):
        own = [each for each in body if first - 1 <= each.cx <= second + 1]
        if own:
            out.append(
                _Cluster(
                    first,
                    second,
                    sum(bool(_MONEY.match(each.text)) for each in own) / len(own),
                    len(own),
                )
            )
    return out


def _data_lines(body: list[Word]) -> list[Word]:
    """Words on lines that hold an amount, where there are some: titles and footers say nothing
    about columns.
    """
    lines: dict[int, list[Word]] = {}
    for word in body:
        lines.setdefault(round(word.mid / 3), []).append(word)
    data = [
        each
        for words in lines.values()
        if any(_MONEY.match(each.text) for each in words)
        for each in words
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
    """Column of each cluster, in order, at least total cost; several clusters may share a column of
    text.
    """
    best: list[list[float]] = []
    came: list[list[int]] = []
    for key, cluster in enumerate(clusters):
        row, back = [], []
        for index, column in enumerate(columns):
            own = _cost(cluster, column)
            if key == 0:
                row.append(own)
                back.append(-1)
                continue
            share = (_SHARED if cluster.money > 0.5 else 0.0) + max(
                cluster.x0 - clusters[key - 1].x1, 0.0
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

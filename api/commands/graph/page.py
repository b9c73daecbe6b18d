"""One neighbourhood as a self-contained page: a drawing (SVG) and the same as a table.

No script, no network.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from math import hypot

from api.commands.graph.answers import amount_text
from api.commands.graph.sentences import RELATION_WORDS
from graphs.model import Entity, PartyGraph, Relation

# Guarantees first: they are what the page is read for, so they are drawn on top and listed first.
_COLOURS = {
    "guarantees": "#c0392b",
    "holds_shares": "#2471a3",
    "represents": "#7d6608",
    "has_interest": "#5d6d7e",
    "pays": "#1e8449",
    "invoices": "#7d3c98",
    "has_contact": "#839192",
}
_CONTACTS: Mapping[str, tuple[str, str]] = {
    "phone": ("电话", "telephone"),
    "email": ("邮箱", "e-mail"),
    "account": ("账号", "account"),
    "address": ("地址", "address"),
    "author": ("文件作者", "author of files"),
    "device": ("拍摄设备", "camera"),
    "file": ("同源文件", "marks of one file"),
}
_WIDE, _HIGH = 1400, 1000
_ROUNDS = 60  # of the layout: more moves little
_LONG_NAME = 18  # characters of a name that a drawing holds
_MOST_LABELS = 60  # relations up to which amounts stand beside the lines
_WAN = 10_000


def picture(graph: PartyGraph, centre: str, zh: bool = True, left_out: int = 0) -> str:
    """HTML of a graph of up to some hundred entities, its centre marked.

    `left_out` entities are told and not drawn.
    """
    at = _layout(graph, centre)
    order = {kind: place for place, kind in enumerate(_COLOURS)}
    relations = sorted(graph.relations, key=lambda r: (order.get(r.kind, 99), r.source, r.target))
    title = _shown(graph.entities[centre], zh)
    notice = ""
    if left_out:
        notice = (
            f"图中另有 {left_out} 个主体未画出；命令的 --json 输出列出全部。"
            if zh
            else f"{left_out} more entities are not drawn; the command's --json lists all."
        )
    used = [kind for kind in _COLOURS if graph.of_kind(kind)]
    legend = " ".join(
        f'<span style="color:{_COLOURS[kind]}">━▶ {escape(_word(kind, zh))}</span>' for kind in used
    )
    shapes = "□ 企业　○ 个人　◇ 联系方式" if zh else "□ company  ○ person  ◇ contact"
    heads = ("主体", "关系", "对方", "金额、比例", "合同", "期限", "出处") if zh else ("from", "relation", "to", "amount, share", "contract", "term", "evidence")  # fmt: skip
    return _PAGE.format(
        lang="zh" if zh else "en",
        title=escape(title),
        notice=escape(notice),
        legend=f"{legend} <span>{shapes}</span>",
        wide=_WIDE,
        high=_HIGH,
        lines="".join(_lines(list(reversed(relations)), at, zh)),
        nodes="".join(_node(graph.entities[e], at[e], e == centre, zh) for e in sorted(at)),
        heads="".join(f"<th>{head}</th>" for head in heads),
        rows="".join(_row(graph, relation, zh) for relation in relations),
    )


def _word(kind: str, zh: bool) -> str:
    words = RELATION_WORDS.get(kind, (kind, kind))
    return words[0 if zh else 1]


def _shown(entity: Entity, zh: bool) -> str:
    """A name for people: of marks of files what they are, never the mark itself."""
    if entity.kind in ("file", "device"):
        digest = hashlib.sha256(entity.id.encode()).hexdigest()[:4].upper()
        return f"{_CONTACTS[entity.kind][0 if zh else 1]} {digest}"
    return entity.name


def _layout(graph: PartyGraph, centre: str) -> dict[str, tuple[int, int]]:
    import networkx as nx

    drawn = nx.Graph((relation.source, relation.target) for relation in graph.relations)
    drawn.add_nodes_from(graph.entities)
    if len(drawn) == 1:
        return {centre: (_WIDE // 2, _HIGH // 2)}
    spread = 2.2 / max(len(drawn), 1) ** 0.5
    places = nx.spring_layout(drawn, seed=1, k=spread, iterations=_ROUNDS)
    return {
        entity: (round((x + 1.15) / 2.3 * _WIDE), round((y + 1.1) / 2.2 * _HIGH))
        for entity, (x, y) in places.items()
    }


def _lines(relations: Sequence[Relation], at: Mapping[str, tuple[int, int]], zh: bool) -> list[str]:
    """One line for each pair and kind, with the sum of its amounts."""
    sums: dict[tuple[str, str, str], list[Relation]] = {}
    for relation in relations:
        sums.setdefault((relation.kind, relation.source, relation.target), []).append(relation)
    label = len(sums) <= _MOST_LABELS
    return [
        _line(kind, at[source], at[target], _sum_text(own, zh) if label else "")
        for (kind, source, target), own in sums.items()
        if source != target
    ]


def _sum_text(relations: Sequence[Relation], zh: bool) -> str:
    amounts = [relation.amount for relation in relations if relation.amount is not None]
    if amounts:
        total = sum(amounts)
        shown = f"{total / _WAN:,.2f}".rstrip("0").rstrip(".")
        return f"{shown} 万元" if zh else f"{total:,.0f}"
    return amount_text(relations[0])


def _line(kind: str, start: tuple[int, int], end: tuple[int, int], label: str) -> str:
    colour = _COLOURS.get(kind, "#555555")
    (x0, y0), (x1, y1) = start, end
    # Bent, so that both directions show.
    x, y = (x0 + x1) / 2 + (y1 - y0) * 0.08, (y0 + y1) / 2 - (x1 - x0) * 0.08
    wide = 3 if kind == "guarantees" else 1.5
    line = f'<path d="M{x0} {y0} Q{x:.0f} {y:.0f} {x1} {y1}" stroke="{colour}" fill="none" stroke-width="{wide}" marker-end="url(#{kind})"/>'
    if not label or hypot(x1 - x0, y1 - y0) < 60:
        return line
    return f'{line}<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" text-anchor="middle" class="amount">{escape(label)}</text>'


def _node(entity: Entity, at: tuple[int, int], is_centre: bool, zh: bool) -> str:
    x, y = at
    look = f'fill="{"#fdebd0" if is_centre else "#eef3f8"}" stroke="#333333" stroke-width="2"'
    if entity.kind == "company":
        shape = f'<rect x="{x - 9}" y="{y - 9}" width="18" height="18" {look}/>'
    elif entity.kind == "person":
        shape = f'<circle cx="{x}" cy="{y}" r="9" {look}/>'
    else:
        shape = f'<path d="M{x} {y - 9}L{x + 9} {y}L{x} {y + 9}L{x - 9} {y}z" {look}/>'
    name = _shown(entity, zh)
    short = name if len(name) <= _LONG_NAME else name[: _LONG_NAME - 1] + "…"
    return f'<g><title>{escape(name)}</title>{shape}<text x="{x}" y="{y - 14}" text-anchor="middle">{escape(short)}</text></g>'


def _row(graph: PartyGraph, relation: Relation, zh: bool) -> str:
    term = ""
    if relation.start or relation.end:
        start = relation.start.isoformat() if relation.start else ""
        end = relation.end.isoformat() if relation.end else ""
        term = f"{start} – {end}"
    of_row = relation.places and relation.contract == relation.places[0].document
    cells = (
        _shown(graph.entities[relation.source], zh),
        _word(relation.kind, zh),
        _shown(graph.entities[relation.target], zh),
        amount_text(relation),
        "" if of_row else relation.contract,
        term,
        "; ".join(place.shown() for place in relation.places),
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


_MARKERS = "".join(
    f'<marker id="{kind}" viewBox="0 0 10 10" refX="19" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto">'
    f'<path d="M0 0L10 5L0 10z" fill="{colour}"/></marker>'
    for kind, colour in _COLOURS.items()
)
_PAGE = (
    """<!doctype html><html lang="{lang}"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body{{font:14px sans-serif;margin:24px}}svg{{width:100%;height:auto;border:1px solid #ccc}}text{{font-size:13px}}.amount{{font-size:12px}}
.notice{{color:#a04000;font-weight:bold}}
table{{border-collapse:collapse;margin-top:16px}}td,th{{border:1px solid #ccc;padding:4px 8px;text-align:left}}</style>
<h1>{title}</h1><p>{legend}</p><p class="notice">{notice}</p>
<svg viewBox="0 0 {wide} {high}" role="img" aria-label="{title}"><defs>"""
    + _MARKERS
    + """</defs>{lines}{nodes}</svg>
<table><tr>{heads}</tr>{rows}</table></html>
"""
)

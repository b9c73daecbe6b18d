"""One neighbourhood as a self-contained page: a drawing (SVG) and the same as a table. No script, no network."""

from __future__ import annotations

from html import escape

from graphs.model import PartyGraph

_COLOURS = {
    "guarantees": "#c0392b",
    "holds_shares": "#2471a3",
    "represents": "#7d6608",
    "pays": "#1e8449",
    "invoices": "#7d3c98",
    "has_contact": "#839192",
}
_WORDS = {
    "guarantees": "担保 guarantees",
    "holds_shares": "持股 holds shares",
    "represents": "任法定代表人 represents",
    "pays": "付款 pays",
    "invoices": "开票 invoices",
    "has_contact": "联系方式 has contact",
}
_WIDE, _HIGH = 1200, 800


def picture(graph: PartyGraph, title: str) -> str:
    """HTML of a graph of up to some hundred entities."""
    import networkx as nx

    drawn = nx.Graph((r.source, r.target) for r in graph.relations)
    drawn.add_nodes_from(graph.entities)
    places = nx.spring_layout(drawn, seed=1, k=2.2 / max(len(drawn), 1) ** 0.5, iterations=120)
    at = {
        e: (round((x + 1.15) / 2.3 * _WIDE), round((y + 1.15) / 2.3 * _HIGH))
        for e, (x, y) in places.items()
    }
    lines = "".join(
        _line(kind, at[a], at[b])
        for kind, a, b in dict.fromkeys((r.kind, r.source, r.target) for r in graph.relations)
    )
    nodes = "".join(
        _node(graph.name(e), graph.entities[e].kind, *at[e]) for e in sorted(graph.entities)
    )
    legend = "".join(
        f'<span style="color:{c}">■ {escape(_WORDS[k])}</span> ' for k, c in _COLOURS.items()
    )
    rows = "".join(
        f"<tr><td>{escape(graph.name(r.source))}</td><td>{escape(_WORDS.get(r.kind, r.kind))}</td><td>{escape(graph.name(r.target))}</td>"
        f"<td>{'' if r.amount is None else f'{r.amount:,.2f}'}{'' if r.share is None else f'{r.share:f} %'}</td>"
        f"<td>{escape('; '.join(f'{p.file} p{p.page}' for p in r.places))}</td></tr>"
        for r in graph.relations
    )
    return _PAGE.format(
        title=escape(title),
        wide=_WIDE,
        high=_HIGH,
        lines=lines,
        nodes=nodes,
        legend=legend,
        rows=rows,
    )


def _line(kind: str, start: tuple[int, int], end: tuple[int, int]) -> str:
    colour = _COLOURS.get(kind, "#555555")
    (x0, y0), (x1, y1) = start, end
    middle = (
        (x0 + x1) / 2 + (y1 - y0) * 0.08,
        (y0 + y1) / 2 - (x1 - x0) * 0.08,
    )  # bent, so that both directions show
    return f'<path d="M{x0} {y0} Q{middle[0]:.0f} {middle[1]:.0f} {x1} {y1}" stroke="{colour}" fill="none" stroke-width="2" marker-end="url(#end)"/>'


def _node(name: str, kind: str, x: int, y: int) -> str:
    shape = f'<circle cx="{x}" cy="{y}" r="9" fill="#ffffff" stroke="#333333" stroke-width="2"/>'
    if kind == "company":
        shape = f'<rect x="{x - 9}" y="{y - 9}" width="18" height="18" fill="#eef3f8" stroke="#333333" stroke-width="2"/>'
    return f'{shape}<text x="{x}" y="{y - 14}" text-anchor="middle">{escape(name)}</text>'


_PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>body{{font:14px sans-serif;margin:24px}}svg{{width:100%;height:auto;border:1px solid #ccc}}text{{font-size:13px}}
table{{border-collapse:collapse;margin-top:16px}}td,th{{border:1px solid #ccc;padding:4px 8px;text-align:left}}</style>
<h1>{title}</h1><p>{legend}</p>
<svg viewBox="0 0 {wide} {high}" role="img" aria-label="{title}"><defs><marker id="end" viewBox="0 0 10 10" refX="19" refY="5" markerWidth="7"
markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="#333333"/></marker></defs>{lines}{nodes}</svg>
<table><tr><th>主体 source</th><th>关系 relation</th><th>对方 target</th><th>金额、比例 amount, share</th><th>出处 evidence</th></tr>{rows}</table></html>
"""

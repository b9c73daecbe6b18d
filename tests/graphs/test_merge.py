"""Graphs of single packets joined are the graph of all packets at once."""

from __future__ import annotations

import json
import random

from graph_papers import guarantee, invoice, paper, register
from party_graphs import build

from extractors.model import Document, Packet
from graphs.formats.json_graph import graph_json, graph_of
from graphs.merge import joined
from graphs.model import PartyGraph

FIRMS = [f"第{n}号有限公司" for n in "一二三四五六"]
CODES = ["9151010760181590XB", "91610113170759087H", "91310000607341298J"]


def packets(seed: int) -> list[Packet]:
    """Packets that name the same firms, contracts and invoices, some under one code or a former
    name.
    """
    rng = random.Random(seed)
    return [
        Packet(
            id=f"P{n}",
            documents=tuple(some_paper(rng) for _ in range(rng.randrange(1, 6))),
            files=(),
        )
        for n in range(4)
    ]


def some_paper(rng: random.Random) -> Document:
    one, other = rng.sample(FIRMS, 2)
    kind = rng.randrange(6)
    if kind == 0:
        return guarantee(rng.randrange(3), FIRMS[0], FIRMS[1])
    if kind == 1:
        return guarantee(10 + rng.randrange(50), one, other)
    if kind == 2:
        return register(
            100 + rng.randrange(50), one, rng.choice(["", "13812345678"]), 张三=60, **{other: 40}
        )
    if kind == 3:
        return invoice(200 + rng.randrange(3), one, other, "2025-03-01")
    if kind == 4:
        fields = {
            "payer_name": one,
            "payer_account": f"44022001090012345{rng.randrange(4)}",
            "payee_name": other,
        }
        return paper("bank_slip", 400 + rng.randrange(50), fields)
    return paper(
        "name_change_notice",
        300,
        {"new_name": one, "old_name": f"旧{one}", "uscc": CODES[FIRMS.index(one) % 3]},
    )


def plain(graph: PartyGraph) -> object:
    relations = graph_json(graph)["relations"]
    for relation in relations:
        relation["places"].sort(key=json.dumps)
    return {e.id: sorted(e.names) for e in graph.entities.values()}, sorted(
        json.dumps(r, sort_keys=True) for r in relations
    )


def test_joined_parts_are_the_whole() -> None:
    for seed in range(60):
        own = packets(seed)
        parts = [
            graph_of(json.loads(json.dumps(graph_json(build([p], unrelated=True))))) for p in own
        ]
        assert plain(joined(parts)) == plain(build(own)), seed
    assert joined([]) == PartyGraph({}, ())

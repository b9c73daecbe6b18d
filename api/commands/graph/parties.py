"""huoyan graph contacts, control, same, path, neighbours: parties and what ties them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import progress, write
from api.commands.graph.answers import answer, is_zh, relation_lines, relation_row, show
from api.commands.graph.days import ALL_DAYS, DayOrAll, live_on
from api.commands.graph.files import GraphFile, Json, Lang, find, load
from api.commands.graph.sentences import kind_text
from graphs.model import RelationKind

if TYPE_CHECKING:
    from graphs.model import PartyGraph

_BY = {
    "code": ("同一代码", "one code"),
    "former_name": ("曾用名", "former name"),
    "told": ("人工认定", "a person's word"),
}
MOST_DRAWN = 300  # entities of a page; beyond it a drawing shows nothing


def contacts(
    file: GraphFile,
    common: Annotated[
        int, typer.Option(min=3, help="Firms from which on a shared contact says nothing.")
    ] = 12,
    as_of: DayOrAll = ALL_DAYS,
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Firms that share telephone, e-mail, address, account or maker of files, weightiest first."""
    from graphs.measures.shared_contact import shared_contacts

    zh = is_zh(lang)
    graph, _, _ = live_on(load(file), as_of)
    with progress("比对联系方式 / comparing contacts"):
        found = shared_contacts(graph, common)
    answer(graph, found, {}, as_json, zh)


def control(
    file: GraphFile,
    firm: Annotated[
        str, typer.Argument(help="Name or id of a firm; without it every group is listed.")
    ] = "",
    as_of: DayOrAll = "",
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Who controls whom; of one firm who owns it through all paths, and which firms stand under the
    same hand.
    """
    from graphs.measures.common_controller import common_controllers
    from graphs.measures.common_owner import firms_under_one_hand
    from graphs.measures.control import control_groups, holdings, owners_of, self_owned

    zh = is_zh(lang)
    graph, left_out, day = live_on(load(file), as_of)
    if not firm:
        groups = (*control_groups(graph), *common_controllers(graph), *self_owned(graph))
        answer(graph, groups, {"as_of": day, "not_live": left_out}, as_json, zh)
        return
    asked = find(graph, firm)
    owners = [
        {"owner": graph.name(owner.owner), "share": f"{owner.share:f}"}
        for owner in owners_of(asked, graph)
    ]
    kin = [
        {
            "hand": graph.name(pattern.members[0]),
            "firm": graph.name(pattern.members[-1]),
            **pattern.figures,
        }
        for pattern in firms_under_one_hand(asked, graph, holdings(graph))
    ]
    told = [
        relation
        for relation in graph.of_kind(RelationKind.HAS_INTEREST)
        if relation.target == asked
    ]
    told += [
        relation for relation in graph.of_kind(RelationKind.HOLDS_SHARES) if relation.target == asked and (relation.share is None or relation.share_most is not None)
    ]  # fmt: skip
    lines = [f"{owner['share']:>10} %  {owner['owner']}" for owner in owners]
    same_hand = "同一控制" if zh else "one hand"
    lines += [
        f"{same_hand}: {k['firm']} ← {k['hand']} ({k['by']} {k.get('other_share', '')})"
        for k in kin
    ]
    lines += relation_lines(graph, told, zh)
    loops = [pattern for pattern in self_owned(graph) if asked in pattern.members]
    if loops:
        names = "、".join(graph.names(loops[0].members))
        lines.append(f"循环持股，无外部股东：{names}" if zh else f"owned by itself: {names}")
    shown = {
        "owners": owners,
        "under_one_hand": kin,
        "other_interests": [
            relation_row(graph, relation) | {"mode": relation.mode} for relation in told
        ],
        "self_owned": [list(graph.names(pattern.members)) for pattern in loops],
        "as_of": day,
    }
    show(shown, as_json, lines)


def same(file: GraphFile, lang: Lang = "zh", as_json: Json = False) -> None:
    """Spellings that were joined, homonyms kept apart, and names that may be one party, each with
    why; `--told` on build or import joins or keeps apart.
    """
    from graphs.resolve.near_names import near_names

    zh = is_zh(lang)
    graph = load(file)
    related: dict[str, set[str]] = {}
    for relation in graph.relations:
        related.setdefault(relation.source, set()).add(relation.target)
        related.setdefault(relation.target, set()).add(relation.source)
    with progress("比对名称 / comparing names"):
        links = near_names(
            graph.entities, {key: frozenset(value) for key, value in related.items()}
        )
    rows = [
        {
            "one": graph.name(link.one),
            "other": graph.name(link.other),
            "ids": [link.one, link.other],
            "decision": link.decision,
            "why": list(link.why),
        }
        for link in links
    ]
    joined = [
        {
            "one": join.one,
            "other": join.other,
            "by": join.by,
            "what": join.what,
            "evidence": [place.shown() for place in join.places],
        }
        for entity in graph.entities.values()
        for join in entity.joins
    ]
    show({"joined": joined, "links": rows}, as_json, _same_lines(graph, joined, rows, zh))


def _same_lines(
    graph: PartyGraph,
    joined: Sequence[Mapping[str, object]],
    rows: Sequence[Mapping[str, object]],
    zh: bool,
) -> list[str]:
    lines = []
    for join in joined:
        why = _BY[str(join["by"])][0 if zh else 1]
        label = "已合并" if zh else "joined"
        places = "; ".join(map(str, join["evidence"])) if isinstance(join["evidence"], list) else ""
        lines.append(f"{label}  {join['one']} = {join['other']}: {why} {join['what']} {places}".rstrip())  # fmt: skip
    for row in rows:
        why_list = row["why"] if isinstance(row["why"], list) else []
        ids = row["ids"] if isinstance(row["ids"], list) else []
        lines.append(
f"{row['decision']!s:<9} {row['one']} / {row['other']}: "
f"{'; '.join(map(str, why_list))} ({' | '.join(map(str, ids))})"
)  # fmt: skip
    return lines


def path(
    file: GraphFile,
    start: str,
    end: str,
    as_of: DayOrAll = ALL_DAYS,
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """The shortest way between two parties, whatever the direction of its relations."""
    from graphs.neighbourhood import shortest_path

    zh = is_zh(lang)
    graph, _, _ = live_on(load(file), as_of)
    steps = shortest_path(graph, find(graph, start), find(graph, end))
    if steps is None:
        show({"path": None}, as_json, ["没有联系" if zh else "not connected"])
        raise typer.Exit(1)
    show(
        {"path": [relation_row(graph, relation) for relation in steps]},
        as_json,
        relation_lines(graph, steps, zh),
    )


def neighbours(
    file: GraphFile,
    party: str,
    hops: Annotated[int, typer.Option(min=1, max=4)] = 1,
    html_file: Annotated[
        Path | None,
        typer.Option(
            "--html", help="A picture of the neighbourhood, one file that needs no network."
        ),
    ] = None,
    as_of: DayOrAll = ALL_DAYS,
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Everything within some steps of a party."""
    from graphs.neighbourhood import drawn_around, neighbourhood

    zh = is_zh(lang)
    graph, _, _ = live_on(load(file), as_of)
    middle = find(graph, party)
    near = neighbourhood(graph, [middle], hops)
    if html_file:
        from api.commands.graph.page import picture

        drawn = drawn_around(near, middle, MOST_DRAWN)
        left_out = len(near.entities) - len(drawn.entities)
        write(html_file, picture(drawn, middle, zh, left_out))
    show(
        {"relations": [relation_row(near, relation) for relation in near.relations]},
        as_json,
        relation_lines(near, near.relations, zh),
    )


__all__ = ["contacts", "control", "kind_text", "neighbours", "path", "same"]

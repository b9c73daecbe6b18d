"""How the commands answer: sentences for people in Chinese or English, JSON for programs, evidence
with packet, file, page and box in both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import typer

from api.commands.console import wrong
from api.commands.graph.files import told_json
from api.commands.graph.sentences import figures_text, kind_text, sentence

if TYPE_CHECKING:
    from graphs.model import PartyGraph, Pattern, Place, Relation

MOST_EVIDENCE = 6  # places that a line for people names; JSON names all
MOST_LINES = 200  # patterns or relations told to people; JSON tells all


def is_zh(lang: str) -> bool:
    """Ends with exit code 2 for a language that there is not."""
    if lang not in ("zh", "en"):
        wrong("--lang: zh / en")
    return lang == "zh"


def place_json(place: Place) -> dict[str, Any]:
    return {
        "packet": place.packet,
        "file": place.file,
        "document": place.document,
        "page": place.page,
        "box": place.box.as_list(),
    }


def pattern_row(graph: PartyGraph, pattern: Pattern) -> dict[str, Any]:
    """A pattern for programs: kind, members by name and id, figures, sentences, and each relation
    with its evidence.
    """
    return {
        "kind": pattern.kind,
        "members": list(graph.names(pattern.members)),
        **pattern.figures,
        "ids": list(pattern.members),
        "zh": sentence(pattern, graph, True),
        "en": sentence(pattern, graph, False),
        "evidence": [
            place_json(place) for relation in pattern.relations for place in relation.places
        ],
    }


def pattern_lines(graph: PartyGraph, patterns: Sequence[Pattern], zh: bool) -> list[str]:
    """Each pattern as a sentence, its figures, and where it stands."""
    lines = []
    for pattern in patterns[:MOST_LINES]:
        lines.append(sentence(pattern, graph, zh))
        if pattern.figures and (told := figures_text(pattern.figures, zh)):
            lines.append(f"    {told}")
        if shown := evidence_text(pattern.relations, zh):
            lines.append(f"    {shown}")
    return [*lines, *_left_out(len(patterns), zh)]


def _left_out(count: int, zh: bool) -> list[str]:
    more = count - MOST_LINES
    if more <= 0:
        return []
    return [f"……另有 {more} 项，--json 全部列出" if zh else f"… {more} more; --json lists all"]


def evidence_text(relations: Sequence[Relation], zh: bool) -> str:
    """Places of relations in one line."""
    shown = list(
        dict.fromkeys(place.shown() for relation in relations for place in relation.places)
    )
    if not shown:
        return ""
    told = "; ".join(shown[:MOST_EVIDENCE])
    more = len(shown) - MOST_EVIDENCE
    label = "出处" if zh else "evidence"
    return f"{label} {told}" + (f" +{more}" if more > 0 else "")


def relation_row(graph: PartyGraph, relation: Relation) -> dict[str, Any]:
    """A relation for programs."""
    return {
        "source": graph.name(relation.source),
        "kind": relation.kind,
        "target": graph.name(relation.target),
        "amount": amount_text(relation),
        "start": relation.start.isoformat() if relation.start else "",
        "end": relation.end.isoformat() if relation.end else "",
        "contract": relation.contract,
        "evidence": [place_json(place) for place in relation.places],
    }


def amount_text(relation: Relation) -> str:
    """Amount in yuan, or share in percent; a range where a source tells one."""
    if relation.amount is not None:
        return f"{relation.amount:.2f}"
    if relation.share is None:
        return ""
    if relation.share_most is not None:
        return f"{relation.share:f}–{relation.share_most:f} %"
    return f"{relation.share:f} %"


def relation_lines(graph: PartyGraph, relations: Sequence[Relation], zh: bool) -> list[str]:
    lines = []
    for relation in relations[:MOST_LINES]:
        source, target = graph.name(relation.source), graph.name(relation.target)
        told = f"{source} —{kind_text(relation.kind, zh)}→ {target}  {amount_text(relation)}"
        lines.append(f"{told.rstrip()}  {evidence_text([relation], zh)}".rstrip())
    return [*lines, *_left_out(len(relations), zh)]


def answer(
    graph: PartyGraph,
    patterns: Sequence[Pattern],
    more: Mapping[str, Any],
    as_json: bool,
    zh: bool,
    notes: Sequence[str] = (),
) -> None:
    """Patterns with what their list is complete to."""
    if as_json:
        _stream(graph, patterns, more)
    else:
        show({}, False, [*pattern_lines(graph, patterns, zh), *notes])


def _stream(graph: PartyGraph, patterns: Sequence[Pattern], more: Mapping[str, Any]) -> None:
    """One object, written pattern by pattern: an answer of hundreds of thousands is never whole in
    memory.
    """
    typer.echo('{\n"patterns": [', nl=False)
    for number, pattern in enumerate(patterns):
        row = json.dumps(pattern_row(graph, pattern), ensure_ascii=False)
        typer.echo(f"{',' if number else ''}\n{row}", nl=False)
    rest = [
        f",\n{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in more.items()
    ]
    typer.echo("\n]" + "".join(rest) + "\n}")


def show(told: Mapping[str, Any], as_json: bool, lines: Sequence[str]) -> None:
    typer.echo(told_json(told) if as_json else "\n".join(lines))

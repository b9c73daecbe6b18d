"""huoyan graph: build a graph from packets or import it, then ask it: circles, rings, contacts, control, stress, cut, path, neighbours, export."""

from __future__ import annotations

import csv
import json
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.console import progress, tracked, write, wrong
from api.commands.read_folder import read_folder

if TYPE_CHECKING:
    from graphs.model import PartyGraph, Pattern
    from graphs.resolve.same_party import Told

graph_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Who guarantees, owns and controls whom."
)
GraphFile = Annotated[
    Path, typer.Argument(help="A graph written by `huoyan graph build` or `import`.")
]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Out = Annotated[Path, typer.Option("--out", help="Where the graph is written.")]
Words = Annotated[
    Path | None,
    typer.Option(
        "--told", help="CSV of a person's words on names: same,A,B or apart,A,B, one a line."
    ),
]

_BY = {
    "code": "同一信用代码 / one credit code",
    "former_name": "曾用名 / former name",
    "told": "人工认定 / a person's word",
}


@graph_app.command()
def build(
    folder: Annotated[Path, typer.Argument(help="Each sub-folder or zip is a packet.")],
    out: Out,
    told: Words = None,
    jobs: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Reads packets and writes the graph that their papers prove."""
    from graphs.build import build as linked

    words = _words(told)
    _save(linked([r.packet for r in read_folder(folder, jobs)], words, payments=True), out)


@graph_app.command("import")
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="CSV or xlsx of guarantees, shareholders or firms, FollowTheMoney (JSON lines), BODS (JSON)."
        ),
    ],
    out: Out,
    told: Words = None,
) -> None:
    """Writes the graph of other systems' files; several files become one graph."""
    from graphs.merge import merged
    from graphs.registers.foreign import NotAGraph, imported

    graphs, words = [], _words(told)
    for file in tracked(files, "导入 / importing"):
        try:
            graphs.append(imported(file.name, file.read_bytes()))
        except NotAGraph as error:
            wrong(f"{file}: 无法导入，未找到：{error.zh} / cannot import, looked for: {error.en}")
        except OSError as error:
            wrong(f"{file}: 无法读取 / cannot be read: {error}")
    _save(merged(graphs, words), out)


@graph_app.command()
def circles(
    file: GraphFile, longest: Annotated[int, typer.Option(min=3, max=60)] = 8, as_json: Json = False
) -> None:
    """Mutual guarantees, circles, joint groups, chains, firms that guarantee many; what the list is complete to."""
    from graphs.measures.guarantee_chain import guarantee_chains
    from graphs.measures.guarantee_circle import guarantee_circles
    from graphs.measures.joint_group import joint_groups
    from graphs.measures.mutual_guarantee import mutual_guarantees
    from graphs.measures.star_guarantor import star_guarantors

    graph = _load(file)
    with progress("查找担保圈 / looking for circles") as done:
        found = guarantee_circles(graph, longest, threads=2, each=done)
    measures = (joint_groups, guarantee_chains, star_guarantors)
    others = [measure(graph) for measure in tracked(measures, "担保结构 / structures")]
    patterns = (*mutual_guarantees(graph), *found.patterns, *(p for own in others for p in own))
    complete = {
        "complete_to_length": found.complete_to_length,
        "limited_roots": list(graph.names(found.limited_roots)),
        "uncovered": found.uncovered,
    }
    _answer(graph, patterns, complete, as_json)


@graph_app.command()
def rings(
    file: GraphFile,
    days: Annotated[
        int, typer.Option(min=1, help="All invoices of a ring lie within so many days.")
    ] = 90,
    share: Annotated[
        float, typer.Option(min=0, max=1, help="How far an amount may differ from the one before.")
    ] = 0.05,
    as_json: Json = False,
) -> None:
    """Invoices of about one amount that run round three or more firms."""
    from graphs.measures.invoice_ring import invoice_rings

    graph = _load(file)
    with progress("查找环开发票 / looking for rings"):
        found = invoice_rings(graph, days=days, share=share)
    _answer(graph, found.patterns, {"limited": found.cut}, as_json)


@graph_app.command()
def contacts(
    file: GraphFile,
    common: Annotated[
        int, typer.Option(min=3, help="Firms from which on a shared contact says nothing.")
    ] = 12,
    as_json: Json = False,
) -> None:
    """Firms that share telephone, e-mail, address, account or maker of files, weightiest first."""
    from graphs.measures.shared_contact import shared_contacts

    graph = _load(file)
    with progress("比对联系方式 / comparing contacts"):
        found = shared_contacts(graph, common)
    _answer(graph, found, {}, as_json)


@graph_app.command()
def control(
    file: GraphFile,
    firm: Annotated[
        str, typer.Argument(help="Name or id of a firm; without it every group is listed.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Who controls whom; of one firm who owns it through all paths, and which firms stand under the same hand."""
    from graphs.measures.common_owner import firms_under_one_hand
    from graphs.measures.control import control_groups, holdings, owners_of, self_owned

    graph = _load(file)
    if not firm:
        _answer(graph, (*control_groups(graph), *self_owned(graph)), {}, as_json)
        return
    asked = _find(graph, firm)
    owners = [
        {"owner": graph.name(o.owner), "share": f"{o.share:f}"} for o in owners_of(asked, graph)
    ]
    kin = [
        {"hand": graph.name(p.members[0]), "firm": graph.name(p.members[-1]), **p.figures}
        for p in firms_under_one_hand(asked, graph, holdings(graph))
    ]
    lines = [f"{o['share']:>10} %  {o['owner']}" for o in owners]
    lines += [
        f"同一控制 / one hand: {k['firm']} ← {k['hand']} ({k['by']} {k.get('other_share', '')})"
        for k in kin
    ]
    _print({"owners": owners, "under_one_hand": kin}, as_json, lines)


@graph_app.command()
def stress(
    file: GraphFile,
    firm: Annotated[str, typer.Argument(help="The firm that fails.")],
    capacity: Annotated[
        str, typer.Option(help="What a firm can pay, in yuan, where its net assets are not known.")
    ] = "0",
    loss: Annotated[
        float,
        typer.Option(min=0, max=1, help="Share of a guaranteed debt that the debtor cannot pay."),
    ] = 1.0,
    as_json: Json = False,
) -> None:
    """Which firms fail with one, in which round. A firm can pay its net assets where the graph knows them."""
    from graphs.measures.contagion import contracts_of, spread

    graph = _load(file)
    try:
        each = Decimal(capacity)
    except InvalidOperation:
        wrong(f"--capacity: 需要金额 / an amount: {capacity}")
    known = {e.id: max(e.worth.value, Decimal(0)) for e in graph.entities.values() if e.worth}
    found = spread(
        [_find(graph, firm)],
        contracts_of(graph),
        dict.fromkeys(graph.entities, each) | known,
        Decimal(str(loss)),
    )
    rounds = [list(graph.names(r)) for r in found.rounds]
    calls = {graph.name(f): f"{v:.2f}" for f, v in sorted(found.calls.items())}
    own = {graph.name(f): f"{known[f]:.2f}" for f in sorted(found.calls) if f in known}
    _print(
        {"rounds": rounds, "calls": calls, "net_assets": own},
        as_json,
        [f"{n}: {'、'.join(r)}" for n, r in enumerate(rounds)],
    )


@graph_app.command()
def cut(
    file: GraphFile, longest: Annotated[int, typer.Option(min=3, max=12)] = 8, as_json: Json = False
) -> None:
    """The cheapest guarantees to release so that no circle found is left."""
    from graphs.measures.circle_cut import circle_cut
    from graphs.measures.guarantee_circle import guarantee_circles

    graph = _load(file)
    with progress("查找担保圈 / looking for circles") as done:
        found = guarantee_circles(graph, longest, each=done)
    weight: dict[tuple[str, str], float] = {}
    for relation in graph.of_kind("guarantees"):
        key = (relation.source, relation.target)
        weight[key] = weight.get(key, 0.0) + float(relation.amount or 1)
    with progress("求解 / solving"):
        best = circle_cut([p.members for p in found.patterns], weight)
    edges = [
        {"guarantor": graph.name(a), "debtor": graph.name(b), "amount": weight.get((a, b), 0.0)}
        for a, b in best.edges
    ]
    told = {
        "release": edges,
        "weight": best.weight,
        "lower_bound": best.bound,
        "optimal": best.is_optimal,
        "circles": len(found.patterns),
    }
    _print(told, as_json, [f"{e['guarantor']} → {e['debtor']}  {e['amount']:,.2f}" for e in edges])


@graph_app.command()
def same(file: GraphFile, as_json: Json = False) -> None:
    """Spellings that were joined, and those that may be one party, each with why; `--told` on build or import joins or keeps apart."""
    from graphs.resolve.near_names import near_names

    graph = _load(file)
    related: dict[str, set[str]] = {}
    for relation in graph.relations:
        related.setdefault(relation.source, set()).add(relation.target)
        related.setdefault(relation.target, set()).add(relation.source)
    with progress("比对名称 / comparing names"):
        links = near_names(graph.entities, {k: frozenset(v) for k, v in related.items()})
    rows = [
        {
            "one": graph.name(x.one),
            "other": graph.name(x.other),
            "decision": x.decision,
            "why": list(x.why),
        }
        for x in links
    ]
    joined = [
        {
            "one": j.one,
            "other": j.other,
            "by": j.by,
            "what": j.what,
            "evidence": [f"{p.packet}/{p.file} p{p.page}" for p in j.places],
        }
        for e in graph.entities.values()
        for j in e.joins
    ]
    lines = [
        f"joined    {j['one']} = {j['other']}: {_BY[str(j['by'])]} {j['what']}" for j in joined
    ]
    lines += [
        f"{x.decision:<9} {graph.name(x.one)} / {graph.name(x.other)}: {'; '.join(x.why)}"
        for x in links
    ]
    _print({"joined": joined, "links": rows}, as_json, lines)


@graph_app.command()
def path(file: GraphFile, start: str, end: str, as_json: Json = False) -> None:
    """The shortest way between two parties, whatever the direction of its relations."""
    from graphs.neighbourhood import shortest_path

    graph = _load(file)
    steps = shortest_path(graph, _find(graph, start), _find(graph, end))
    if steps is None:
        _print({"path": None}, as_json, ["没有联系 / not connected"])
        raise typer.Exit(1)
    shown = [
        {"source": graph.name(r.source), "kind": r.kind, "target": graph.name(r.target)}
        for r in steps
    ]
    _print({"path": shown}, as_json, [f"{s['source']} —{s['kind']}→ {s['target']}" for s in shown])


@graph_app.command()
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
    as_json: Json = False,
) -> None:
    """Everything within some steps of a party."""
    from graphs.neighbourhood import neighbourhood

    graph = _load(file)
    middle = _find(graph, party)
    near = neighbourhood(graph, [middle], hops)
    if html_file:
        from api.commands.graph_page import picture

        write(html_file, picture(near, graph.name(middle)))
    _print(
        {"relations": [_plain(graph, r) for r in near.relations]},
        as_json,
        [" ".join(map(str, _plain(graph, r).values())) for r in near.relations],
    )


@graph_app.command()
def export(
    file: GraphFile,
    form: Annotated[str, typer.Option("--format", help="graphml, gexf, csv or ftm.")] = "csv",
) -> None:
    """Writes the graph in another form to standard output."""
    from graphs.formats.exchange import FORMS
    from graphs.formats.exchange import export as exported

    if form not in FORMS:
        wrong(f"--format: {' / '.join(FORMS)}")
    sys.stdout.write(exported(_load(file), form))


def _plain(graph: PartyGraph, relation: Any) -> dict[str, str]:
    amount = "" if relation.amount is None else f"{relation.amount:.2f}"
    share = "" if relation.share is None else f"{relation.share:f} %"
    where = "; ".join(f"{p.file} p{p.page}" for p in relation.places)
    return {
        "source": graph.name(relation.source),
        "kind": relation.kind,
        "target": graph.name(relation.target),
        "amount": amount or share,
        "evidence": where,
    }


def _answer(
    graph: PartyGraph, patterns: tuple[Pattern, ...], more: dict[str, Any], as_json: bool
) -> None:
    rows = [
        {"kind": p.kind, "members": list(graph.names(p.members)), **p.figures} for p in patterns
    ]
    lines = [
        f"{r['kind']:<18} {' → '.join(r['members'])}  {' '.join(f'{k}={v}' for k, v in r.items() if k not in ('kind', 'members'))}"
        for r in rows
    ]
    _print({"patterns": rows} | more, as_json, [*lines, *(f"{k}: {v}" for k, v in more.items())])


def _print(told: dict[str, Any], as_json: bool, lines: list[str]) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, indent=1) if as_json else "\n".join(lines))


def _load(file: Path) -> PartyGraph:
    from graphs.formats.json_graph import graph_of

    try:
        return graph_of(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        wrong(
            f"{file}: 不是图文件，请先运行 huoyan graph build 或 import / no graph; run huoyan graph build or import first ({error})"
        )


def _find(graph: PartyGraph, name: str) -> str:
    """The entity of an id, or of a name under any spelling."""
    from extractors.values.party_name import folded_name

    if name in graph.entities:
        return name
    same = [
        e.id
        for e in graph.entities.values()
        if folded_name(name) in {folded_name(n) for n in e.names}
    ]
    if len(same) != 1:
        wrong(
            f"图中没有这一主体 / no such party in the graph: {name}"
            if not same
            else f"名称不唯一，请用编号 / several, give an id: {', '.join(same)}"
        )
    return same[0]


def _words(file: Path | None) -> list[Told]:
    """A person's words on names. Ends with exit code 2 for a line that is none."""
    from graphs.resolve.same_party import Told

    kinds = {"same": True, "同一": True, "apart": False, "不同": False}
    words = []
    try:
        lines = file.read_text("utf-8-sig").splitlines() if file else []
    except (OSError, UnicodeDecodeError) as error:
        wrong(f"--told: {error}")
    for number, cells in enumerate(csv.reader(lines), 1):
        row = [cell.strip() for cell in cells]
        if any(row):
            if len(row) != 3 or row[0] not in kinds or not all(row):
                wrong(
                    f"{file}:{number}: 应为 same,甲,乙 或 apart,甲,乙 / expected same,A,B or apart,A,B"
                )
            words.append(Told(row[1], row[2], kinds[row[0]]))
    return words


def _save(graph: PartyGraph, out: Path) -> None:
    from graphs.formats.json_graph import graph_json

    write(out, json.dumps(graph_json(graph), ensure_ascii=False))
    typer.echo(
        f"{len(graph.entities)} 主体 / entities, {len(graph.relations)} 关系 / relations → {out}",
        err=True,
    )

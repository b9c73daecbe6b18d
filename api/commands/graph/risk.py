"""huoyan graph stress, cut, maturities: what a failure costs, what to release, what ends when."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.console import progress, wrong
from api.commands.graph.answers import (
    evidence_text,
    is_zh,
    pattern_row,
    place_json,
    relation_row,
    show,
)
from api.commands.graph.days import ALL_DAYS, DayOrAll, chosen_day, live_on
from api.commands.graph.files import GraphFile, Json, Lang, amount_option, find, load
from api.commands.graph.sentences import sentence
from api.commands.graph.structures import Longest, found_circles
from graphs.model import RelationKind

if TYPE_CHECKING:
    from graphs.measures.stress import Stress, StressTest
    from graphs.model import PartyGraph

_RUNGS = {
    "ended": ("已到期", "ended"),
    "within_30": ("30 天内", "within 30 days"),
    "within_90": ("31–90 天", "31 to 90 days"),
    "within_180": ("91–180 天", "91 to 180 days"),
    "within_365": ("181–365 天", "181 to 365 days"),
    "later": ("一年以后", "later"),
    "no_end": ("无到期日", "no end known"),
}


def stress(
    file: GraphFile,
    companies: Annotated[
        list[str] | None, typer.Argument(help="The companies that fail together.")
    ] = None,
    capacity: Annotated[
        str, typer.Option(help="What a firm can pay, in yuan, where its net assets are not known.")
    ] = "0",
    loss: Annotated[
        float,
        typer.Option(min=0, max=1, help="Share of a guaranteed debt that the debtor cannot pay."),
    ] = 1.0,
    every: Annotated[
        bool, typer.Option("--all", help="Rank every debtor by what its failure brings down.")
    ] = False,
    customers_of: Annotated[
        str, typer.Option("--customers-of", help="The largest customers of a company fail.")
    ] = "",
    sector: Annotated[
        str, typer.Option("--sector", help="All companies whose name holds these words fail.")
    ] = "",
    most: Annotated[int, typer.Option(min=1, help="How many --all and --customers-of take.")] = 20,
    as_of: DayOrAll = "",
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Which companies fail with others, in which round, and what the bank loses.

    A company can pay its net assets where the graph knows them.
    """
    from graphs.measures.stress import StressTest

    zh = is_zh(lang)
    graph, left_out, day = live_on(load(file), as_of)
    otherwise = amount_option("--capacity", capacity)
    test = StressTest(graph, otherwise=otherwise, loss=Decimal(str(loss)))
    if every:
        _rank(graph, test, most, as_json, zh)
        return
    start = [find(graph, name) for name in companies or []]
    if customers_of:
        start += _customers(graph, find(graph, customers_of), most)
    if sector:
        start += [
            entity.id
            for entity in graph.entities.values()
            if entity.kind == "company" and sector in entity.name
        ]
    if not start:
        wrong(
"给出违约企业、--all、--sector 或 --customers-of / name companies, --all, --sector or "
"--customers-of"
)  # fmt: skip
    found = test.of(list(dict.fromkeys(start)))
    told = _stress_json(graph, test, found, start) | {"as_of": day, "not_live": left_out}
    show(told, as_json, _stress_lines(graph, found, told, zh))


def _customers(graph: PartyGraph, seller: str, most: int) -> list[str]:
    bought: dict[str, Decimal] = {}
    for relation in graph.of_kind(RelationKind.INVOICES):
        if relation.source == seller:
            bought[relation.target] = bought.get(relation.target, Decimal(0)) + (
                relation.amount or Decimal(0)
            )
    return sorted(bought, key=lambda buyer: (-bought[buyer], buyer))[:most]


def _stress_json(
    graph: PartyGraph, test: StressTest, found: Stress, start: list[str]
) -> dict[str, Any]:
    certain = found.certain
    other = _other_reckonings(graph, test, start)
    return {
        "rounds": [list(graph.names(ring)) for ring in certain.rounds],
        "calls": {graph.name(f): f"{value:.2f}" for f, value in sorted(certain.calls.items())},
        "net_assets": {
            graph.name(f): f"{test.known[f]:.2f}" for f in sorted(certain.calls) if f in test.known
        },
        "shortfall": f"{certain.shortfall:.2f}",
        "bank_loss": {
            "at_least": f"{certain.bank_loss:.2f}",
            "at_most": f"{certain.bank_loss:.2f}" if found.loss_is_bounded else None,
        },
        "may_fail_too": list(graph.names(found.uncertain)),
        "guarantees_without_amount_called": found.unknown_called,
        "means_unknown": list(graph.names(found.capacity_unknown)),
        "other_reckonings": other,
    }


def _other_reckonings(graph: PartyGraph, test: StressTest, start: list[str]) -> dict[str, Any]:
    """DebtRank, and Eisenberg–Noe clearing of recourse where all guarantees are called; for graphs
    that a matrix holds.
    """
    from graphs.measures.stress import debt_rank_of, recourse_clearing

    distress, beyond = debt_rank_of(graph, test.capacity, start)
    unpaid = recourse_clearing(graph, test.capacity)
    return {
        "debt_rank": f"{beyond:.6f}",
        "distress": {graph.name(c): f"{h:.4f}" for c, h in sorted(distress.items()) if h > 0},
        "eisenberg_noe_unpaid": None
        if unpaid is None
        else {
            graph.name(c): f"{value:.2f}" for c, value in sorted(unpaid.items()) if value >= 0.005
        },
    }


def _stress_lines(graph: PartyGraph, found: Stress, told: dict[str, Any], zh: bool) -> list[str]:
    lines = [f"{n}: {'、'.join(names)}" for n, names in enumerate(told["rounds"])]
    for name, amount in told["calls"].items():
        own = told["net_assets"].get(name)
        means = own if own is not None else ("未知" if zh else "unknown")
        lines.append(
            f"{name} 代偿 {amount} 元，净资产 {means}"
            if zh
            else f"{name} is called for {amount} yuan, net assets {means}"
        )
    least, most = told["bank_loss"]["at_least"], told["bank_loss"]["at_most"]
    upper = most or ("无上限：有金额未知的担保" if zh else "no limit: some amounts are unknown")
    lines.append(
        f"银行损失：至少 {least} 元，至多 {upper}"
        if zh
        else f"loss of the bank: at least {least} yuan, at most {upper}"
    )
    if found.unknown_called:
        also = "、".join(told["may_fail_too"])
        lines.append(
            f"{found.unknown_called} 笔被追索的担保没有金额；金额足够大时还会违约：{also or '无'}"
            if zh
            else (
                f"{found.unknown_called} called guarantees have no amount; if large enough "
                f"these fail too: {also or 'none'}"
            )
        )
    rank = told["other_reckonings"]["debt_rank"]
    lines.append(f"DebtRank {rank}")
    return lines


def _rank(graph: PartyGraph, test: StressTest, most: int, as_json: bool, zh: bool) -> None:
    with progress("逐户推算 / each debtor in turn"):
        found = test.ranking(most)
    rows = [
        {
            "company": graph.name(company),
            "fail": len(spread.failed) - 1,
            "rounds": len(spread.rounds) - 1,
            "bank_loss": f"{spread.bank_loss:.2f}",
            "failed": list(graph.names(spread.failed[1:])),
        }
        for company, spread in found
    ]
    lines = [_rank_line(row, zh) for row in rows]
    if test.unknown:
        lines.append(
            f"{test.unknown} 笔担保没有金额，未计入"
            if zh
            else f"{test.unknown} guarantees without an amount are not counted"
        )
    show({"ranking": rows, "guarantees_without_amount": test.unknown}, as_json, lines)


def _rank_line(row: dict[str, Any], zh: bool) -> str:
    if zh:
        return f"{row['company']}：连带 {row['fail']} 家，{row['rounds']} 轮，银行损失至少 {row['bank_loss']} 元"
    return (
        f"{row['company']}: {row['fail']} fail with it in {row['rounds']} rounds, the bank "
        f"loses at least {row['bank_loss']} yuan"
    )


def cut(
    file: GraphFile,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", help="GUARANTOR>DEBTOR: a guarantee that is not to be released."),
    ] = None,
    as_of: DayOrAll = "",
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """The cheapest guarantees to release so that no circle, mutual pair or group is left, with what
    each release means for its debtor.
    """
    from graphs.measures.release import plan_release

    zh = is_zh(lang)
    graph, left_out, day = live_on(load(file), as_of)
    kept = [_edge(graph, text) for text in keep or []]
    with progress("求解 / solving"):
        plan = plan_release(graph, kept)
    rows = [
        {
            "guarantor": graph.name(each.edge[0]),
            "debtor": graph.name(each.edge[1]),
            "amount": float(each.amount),
            "amounts_unknown": each.unknown,
            "contracts": list(each.contracts),
            "debtor_keeps": {"guarantees": each.left, "amount": f"{each.left_amount:.2f}"},
            "evidence": [
                place_json(place) for relation in each.relations for place in relation.places
            ],
        }
        for each in plan.releases
    ]
    told = {
        "release": rows,
        "weight": float(plan.amount),
        "lower_bound": plan.cut.bound,
        "optimal": plan.cut.is_optimal,
        "feasible": plan.is_feasible,
        "complete_to_length": "all",
        "cores": plan.cut.parts,
        "mutual_pairs": len(plan.cut.forced),
        "amounts_unknown": plan.unknown,
        "alternative": [
            {"guarantor": graph.name(first), "debtor": graph.name(second)}
            for first, second in plan.alternative
        ],
        "as_of": day,
        "not_live": left_out,
    }
    show(told, as_json, _cut_lines(graph, plan, told, zh))


def _edge(graph: PartyGraph, text: str) -> tuple[str, str]:
    guarantor, arrow, debtor = text.replace("→", ">").partition(">")
    if not arrow:
        wrong(f"--keep: 应为 保证人>债务人 / expected GUARANTOR>DEBTOR: {text}")
    return find(graph, guarantor.strip()), find(graph, debtor.strip())


def _cut_lines(graph: PartyGraph, plan: Any, told: dict[str, Any], zh: bool) -> list[str]:
    if not plan.is_feasible:
        return [
            "保留的担保本身构成循环，无法全部解除"
            if zh
            else "the guarantees to keep form a circle by themselves"
        ]
    if not plan.releases:
        return ["没有循环、互保或联保，无需解除" if zh else "no circle, mutual pair or group: nothing to release"]  # fmt: skip
    lines = []
    for each in plan.releases:
        names = f"{graph.name(each.edge[0])} → {graph.name(each.edge[1])}"
        amount = f"{each.amount:,.2f}"
        if each.unknown:
            amount += f" +{each.unknown} ?"
        lines.append(
            (
                f"解除 {names}  {amount} 元；{graph.name(each.edge[1])} 尚余 {each.left} 笔担保、"
                f"{each.left_amount:,.2f} 元"
            )
            if zh
            else (
                f"release {names}  {amount} yuan; {graph.name(each.edge[1])} keeps "
                f"{each.left} guarantees over {each.left_amount:,.2f}"
            )
        )
        lines.append(f"    {evidence_text(each.relations, zh)}")
    best = told["optimal"]
    if zh:
        lines.append(f"解除后不再有任何长度的循环、互保或联保；{plan.cut.parts} 个核心，{len(plan.cut.forced)} 对互保；" + ("为最低成本" if best else f"下界 {plan.cut.bound:,.2f} 元，未证明最低"))  # fmt: skip
        if plan.unknown:
            lines.append(f"{plan.unknown} 笔担保金额未知，按已知最大金额计价")
        if plan.alternative:
            shown = "；".join(
                f"{graph.name(first)} → {graph.name(second)}"
                for first, second in plan.alternative[:10]
            )
            lines.append(f"备选方案：{shown}")
        return lines
    lines.append("no circle of any length, mutual pair or group is left; " + ("the cheapest" if best else f"no cheaper than {plan.cut.bound:,.2f} is possible, not proven the cheapest"))  # fmt: skip
    if plan.unknown:
        lines.append(f"{plan.unknown} guarantees without an amount are priced as the largest known")
    if plan.alternative:
        shown = "; ".join(
            f"{graph.name(first)} → {graph.name(second)}" for first, second in plan.alternative[:10]
        )
        lines.append(f"alternative: {shown}")
    return lines


def maturities(
    file: GraphFile,
    longest: Longest = 8,
    as_of: DayOrAll = "",
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Which guarantees end when, and which circles then end by themselves."""
    from graphs.measures.maturity import maturity_ladder

    zh = is_zh(lang)
    whole = load(file)
    day = chosen_day("" if as_of == ALL_DAYS else as_of)
    assert day is not None
    found = found_circles(whole.as_of(day), longest)
    rungs = maturity_ladder(whole, day, found.patterns)
    rows = [
        {
            "due": rung.name,
            "from": rung.first.isoformat() if rung.first else None,
            "to": rung.last.isoformat() if rung.last else None,
            "guarantees": len(rung.guarantees),
            "amount": f"{rung.amount:.2f}",
            "amounts_unknown": rung.unknown,
            "relations": [relation_row(whole, relation) for relation in rung.guarantees],
            "circles_that_end": [pattern_row(whole, circle) for circle in rung.circles],
        }
        for rung in rungs
    ]
    lines = []
    for rung in rungs:
        name = _RUNGS.get(rung.name, (rung.name, rung.name))[0 if zh else 1]
        unknown = f" +{rung.unknown} ?" if rung.unknown else ""
        lines.append(
            f"{name}：{len(rung.guarantees)} 笔，{rung.amount:,.2f} 元{unknown}"
            if zh
            else f"{name}: {len(rung.guarantees)} guarantees, {rung.amount:,.2f} yuan{unknown}"
        )
        lines += [f"    {sentence(circle, whole, zh)}（{circle.figures.get('ends_on', '—')}）" for circle in rung.circles[:20]]  # fmt: skip
    show({"as_of": day.isoformat(), "ladder": rows}, as_json, lines)

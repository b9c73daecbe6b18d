"""huoyan graph circles, communities, check, rings, flows: structures of guarantees, invoices and
payments.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.console import progress, tracked
from api.commands.graph.answers import answer, is_zh
from api.commands.graph.days import ALL_DAYS, DayOrAll, chosen_day, live_on
from api.commands.graph.files import GraphFile, Json, Lang, amount_option, load
from graphs.model import RelationKind

if TYPE_CHECKING:
    from graphs.measures.guarantee_circle import Circles
    from graphs.model import PartyGraph

Longest = Annotated[
    int, typer.Option(min=3, max=60, help="Companies of the longest circle looked for.")
]
Budget = Annotated[
    int | None,
    typer.Option(min=1, help="Steps that the search from one company may take; more is slower."),
]
Star = Annotated[int, typer.Option(min=2, help="Companies from which on one is a star.")]
SMALL = 12  # companies up to which a list of circles is always complete
_WHOLE = 10**9  # steps; more than the circles of so few companies take
MOST_LISTED = 20_000  # circles told one by one, the shortest first; all are counted


def circles(
    file: GraphFile,
    longest: Longest = 8,
    budget: Budget = None,
    star: Star = 5,
    as_of: DayOrAll = "",
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Mutual guarantees, circles, joint groups, chains, stars of guarantors and borrowers; what the
    list is complete to.
    """
    from graphs.measures.guarantee_chain import guarantee_chains
    from graphs.measures.joint_group import joint_groups
    from graphs.measures.mutual_guarantee import mutual_guarantees
    from graphs.measures.star_guarantor import star_borrowers, star_guarantors

    zh = is_zh(lang)
    graph, left_out, day = live_on(load(file), as_of)
    found = found_circles(graph, longest, budget)
    patterns = [*mutual_guarantees(graph), *found.patterns, *found.witnessed]
    for measure in tracked((joint_groups, guarantee_chains), "担保结构 / structures"):
        patterns += measure(graph)
    patterns += [*star_guarantors(graph, star), *star_borrowers(graph, star)]
    told = {**complete(graph, found, longest), "as_of": day, "not_live": left_out}
    answer(graph, patterns, told, as_json, zh, _complete_lines(told, found, zh))


def found_circles(graph: PartyGraph, longest: int, budget: int | None = None) -> Circles:
    """Circles with a bar of progress; of few companies always all."""
    from graphs.measures.guarantee_circle import guarantee_circles

    companies = len(graph.ends(RelationKind.GUARANTEES).ids)
    few = budget is None and companies <= SMALL
    if few:
        found = guarantee_circles(graph, max(longest, companies), most=MOST_LISTED)
        if not found.limited_roots:
            return found
    with progress("查找担保圈 / looking for circles") as done:
        return guarantee_circles(
            graph,
            longest,
            threads=2,
            each=done,
            budget=_WHOLE if few else budget,
            most=MOST_LISTED,
        )


def complete(graph: PartyGraph, found: Circles, longest: int) -> dict[str, Any]:
    """What a list of circles is complete to."""
    return {
        "complete_to_length": found.complete_to_length,
        "asked_length": longest,
        "limited_roots": list(graph.names(found.limited_roots)),
        "uncovered": found.uncovered,
        "witnesses": len(found.witnessed),
        "longer_parts": len(found.longer_parts),
        "circles": {str(length): count for length, count in found.counts},
        "circles_not_listed": found.unlisted,
    }


def _complete_lines(told: dict[str, Any], found: Circles, zh: bool) -> list[str]:
    lines = []
    length, limited = told["complete_to_length"], told["limited_roots"]
    if zh:
        lines.append(f"循环担保清单在 {length} 家以内完整" + (f"；以下主体仅搜索到较短长度（可用 --budget 加大）：{'、'.join(limited[:10])}" if limited else ""))  # fmt: skip
        if found.witnessed:
            lines.append(
f"另列出 {len(found.witnessed)} 个见证循环：清单未覆盖的担保各有一个最短循环；仍有 {found.uncovered} "
"笔担保未覆盖"
)  # fmt: skip
        if found.longer_parts:
            lines.append(
f"另有 {len(found.longer_parts)} 组企业的担保首尾相接，但循环长于 {told['asked_length']} 家；可用 "
"--longest 加长"
)  # fmt: skip
        if found.unlisted:
            lines.append(
                f"共 {sum(told['circles'].values())} 个循环，逐一列出最短的 {len(found.patterns)} 个"
            )
        lines.append(_live_line(told, True))
        return lines
    lines.append(f"the list of circles is complete to {length} companies" + (f"; from these the search was shorter (give --budget): {', '.join(limited[:10])}" if limited else ""))  # fmt: skip
    if found.witnessed:
        lines.append(
f"{len(found.witnessed)} witness circles besides: the shortest through each "
f"guarantee that no listed circle covers; {found.uncovered} guarantees are left "
"uncovered"
)  # fmt: skip
    if found.longer_parts:
        lines.append(
f"{len(found.longer_parts)} more groups of companies whose guarantees come back "
f"in circles of more than {told['asked_length']}; give --longest"
)  # fmt: skip
    if found.unlisted:
        lines.append(
            f"{sum(told['circles'].values())} circles in all; the shortest "
            f"{len(found.patterns)} are listed"
        )
    lines.append(_live_line(told, False))
    return lines


def _live_line(told: dict[str, Any], zh: bool) -> str:
    if told["as_of"] == ALL_DAYS:
        return "未按日期筛选" if zh else "relations of all days"
    if zh:
        return f"截至 {told['as_of']}；未生效、已到期或已被替换的关系 {told['not_live']} 笔未计入（--as-of all 计入）"
    return (
        f"as of {told['as_of']}; {told['not_live']} relations that had ended, not begun or "
        "been replaced are left out (--as-of all counts them)"
    )


def communities(
    file: GraphFile,
    longest: Longest = 8,
    members: Annotated[int, typer.Option(min=2, help="Least number of companies.")] = 2,
    exposure: Annotated[str, typer.Option(help="Least sum of guarantees, in yuan.")] = "0",
    star: Star = 5,
    as_of: DayOrAll = "",
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Guarantee circles as a committee decides on them: cores, mutual pairs, stars, exposure,
    outside support, share of the portfolio, trend.
    """
    from graphs.measures.community import Limits, guarantee_communities

    zh = is_zh(lang)
    graph, left_out, day = live_on(load(file), as_of)
    found = found_circles(graph, longest)
    limits = Limits(members, amount_option("--exposure", exposure), star)
    patterns = guarantee_communities(graph, chosen_day(as_of), found.patterns, limits)
    told = {**complete(graph, found, longest), "as_of": day, "not_live": left_out}
    answer(graph, patterns, told, as_json, zh, _complete_lines(told, found, zh))


def check(
    file: GraphFile,
    new: Annotated[Path, typer.Argument(help="The application's guarantees: a table or graph.")],
    longest: Longest = 8,
    as_of: DayOrAll = "",
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Which circles and mutual pairs the guarantees of a new application would close with the
    portfolio, and what the answer is complete to.
    """
    from graphs.measures.application_check import Portfolio

    zh = is_zh(lang)
    known, _, day = live_on(load(file), as_of)
    application, _, _ = live_on(load(new), as_of)
    portfolio = Portfolio(known)
    found = portfolio.closed_by(application, longest)
    told = {"complete_to_length": found.complete_to_length, "more": found.more, "as_of": day}
    notes = (
        f"在 {found.complete_to_length} 家以内完整；另有 {found.more} 个未列出"
        if zh
        else f"complete to {found.complete_to_length} companies; {found.more} more not listed"
    )
    answer(found.graph, found.patterns, told, as_json, zh, [notes])


def rings(
    file: GraphFile,
    days: Annotated[
        int, typer.Option(min=1, help="All invoices of a ring lie within so many days.")
    ] = 90,
    share: Annotated[
        float, typer.Option(min=0, max=1, help="How far an amount may differ from the one before.")
    ] = 0.05,
    as_of: DayOrAll = ALL_DAYS,
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Invoices of about one amount that run round three or more firms."""
    from graphs.measures.invoice_ring import invoice_rings

    zh = is_zh(lang)
    graph, _, _ = live_on(load(file), as_of)
    with progress("查找环开发票 / looking for rings"):
        found = invoice_rings(graph, days=days, share=share)
    answer(graph, found.patterns, {"limited": found.cut}, as_json, zh, _limited(found.cut, zh))


def flows(
    file: GraphFile,
    days: Annotated[int, typer.Option(min=1, help="The money is home within so many days.")] = 7,
    hops: Annotated[int, typer.Option(min=3, max=12, help="Payments at most.")] = 7,
    share: Annotated[
        float, typer.Option(min=0, max=1, help="How far an amount may differ from the one before.")
    ] = 0.05,
    as_of: DayOrAll = ALL_DAYS,
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Payments of about one amount that come home through other companies within days."""
    from graphs.measures.circular_flow import circular_flows, transfers_of

    zh = is_zh(lang)
    graph, _, _ = live_on(load(file), as_of)
    moved, undated = transfers_of(graph)
    with progress("查找资金回流 / looking for money that comes home"):
        found = circular_flows(moved, hops=hops, days=days, share=share)
    told = {"limited": found.cut, "payments": len(moved), "without_day_or_amount": undated}
    notes = _limited(found.cut, zh)
    if undated:
        notes.append(
            f"{undated} 笔付款没有日期或金额，未参与"
            if zh
            else f"{undated} payments without a day or an amount were left out"
        )
    answer(graph, found.patterns, told, as_json, zh, notes)


def _limited(cut: int, zh: bool) -> list[str]:
    if not cut:
        return []
    return [
        f"{cut} 个起点的路径过多，清单可能不全"
        if zh
        else f"{cut} beginnings had too many ways: the list may lack some"
    ]

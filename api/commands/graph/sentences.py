"""What a pattern of the graph means, as one sentence in Chinese or English, with its figures in
words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graphs.model import PartyGraph, Pattern

MOST_NAMES = 12  # named in a sentence; the rest is counted

RELATION_WORDS: Mapping[str, tuple[str, str]] = {
    "guarantees": ("担保", "guarantees"),
    "holds_shares": ("持股", "holds shares of"),
    "represents": ("任法定代表人", "represents"),
    "has_interest": ("享有其他权益", "has another interest in"),
    "pays": ("付款给", "pays"),
    "invoices": ("开票给", "invoices"),
    "has_contact": ("联系方式", "has contact"),
    "shares_contact": ("共用联系方式", "shares a contact with"),
}
_FIGURES: Mapping[str, tuple[str, str]] = {
    "external_support": ("圈外担保（元）", "support from outside (yuan)"),
    "live": ("是否同时有效", "live on one day"),
    "amount": ("最小一环金额（元）", "least step (yuan)"),
    "length": ("家数", "companies"),
    "circles": ("内含循环数", "circles within"),
    "debtors": ("被担保企业数", "debtors"),
    "guarantors": ("担保人数", "guarantors"),
    "depth": ("层数", "steps"),
    "ends_on": ("最早解除日", "ends by itself on"),
    "amounts_unknown": ("金额未知的担保", "guarantees without an amount"),
    "weight": ("权重", "weight"),
    "contacts": ("联系方式", "contacts"),
    "companies": ("企业数", "companies"),
    "guarantees": ("担保笔数", "guarantees"),
    "exposure": ("担保总额（元）", "guaranteed in all (yuan)"),
    "share_of_portfolio": ("占全部担保 %", "% of all guarantees"),
    "cores": ("核心数", "cores"),
    "largest_core": ("最大核心家数", "companies in the largest core"),
    "shell": ("最高 k 壳层", "highest k-shell"),
    "mutual_pairs": ("互保对数", "mutual pairs"),
    "circles_found": ("循环担保数", "circles found"),
    "star_guarantors": ("多头担保人", "star guarantors"),
    "star_borrowers": ("多人担保的借款人", "star borrowers"),
    "new_in_last_year": ("近一年新增笔数", "new in the last year"),
    "new_in_year_before": ("再前一年新增笔数", "new in the year before"),
    "days": ("天数", "days"),
    "firms": ("家数", "companies"),
    "largest": ("最大一笔（元）", "largest (yuan)"),
    "order": ("先后", "order"),
    "first": ("首笔", "first"),
    "last": ("末笔", "last"),
    "hops": ("笔数", "payments"),
    "identity": ("主体依据", "identity rests on"),
}
_VALUES: Mapping[str, tuple[str, str]] = {
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "in_time": ("依次", "in order of time"),
    "same_day": ("部分同日", "some on one day"),
    "mixed": ("先后不一", "not in order"),
    "known": ("先后明确", "known"),
    "name": ("仅姓名相同", "the name alone"),
}


def sentence(pattern: Pattern, graph: PartyGraph, zh: bool) -> str:
    """Who stands how to whom. Arrows stand only where each member does something to the next."""
    make = _SENTENCES.get(pattern.kind)
    if make is None:
        return _listed(graph.names(pattern.members), zh)
    return make(pattern, list(graph.names(pattern.members)), zh)


def figures_text(figures: Mapping[str, str], zh: bool) -> str:
    """Figures in words; those that a sentence tells already are left out."""
    shown = []
    for name, value in figures.items():
        if name in ("basis", "by", "debtor"):
            continue
        words = _FIGURES.get(name)
        told = _VALUES.get(value, (value, value))[0 if zh else 1]
        shown.append(f"{words[0 if zh else 1] if words else name} {told}")
    return ("；" if zh else "; ").join(shown)


def kind_text(kind: str, zh: bool) -> str:
    words = RELATION_WORDS.get(kind)
    return words[0 if zh else 1] if words else kind


def _listed(names: Sequence[str], zh: bool) -> str:
    shown = ("、" if zh else ", ").join(names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    if more <= 0:
        return shown
    return f"{shown}等 {len(names)} 家" if zh else f"{shown} and {more} more"


def _circle(pattern: Pattern, names: list[str], zh: bool) -> str:
    way = " → ".join((*names, names[0]))
    return (
        f"循环担保（{len(names)} 家）：{way}"
        if zh
        else f"guarantee circle of {len(names)} companies: {way}"
    )


def _mutual(pattern: Pattern, names: list[str], zh: bool) -> str:
    return (
        f"互保：{names[0]} 与 {names[1]} 互相担保"
        if zh
        else f"mutual guarantee: {names[0]} and {names[1]} guarantee each other"
    )


def _group(pattern: Pattern, names: list[str], zh: bool) -> str:
    told = _listed(names, zh)
    if pattern.figures.get("basis") == "contract":
        debtor = pattern.figures.get("debtor", "")
        return (
            f"联保：{told} 在同一合同下共同为 {debtor} 担保"
            if zh
            else f"joint group: {told} guarantee {debtor} under one contract"
        )
    return f"联保：{told} 两两互相担保" if zh else f"joint group: {told} all guarantee each other"


def _chain(pattern: Pattern, names: list[str], zh: bool) -> str:
    way = " → ".join(names)
    return f"担保链：{way}" if zh else f"guarantee chain: {way}"


def _star(pattern: Pattern, names: list[str], zh: bool) -> str:
    told = _listed(names[1:], zh)
    return (
        f"多头担保：{names[0]} 为 {len(names) - 1} 家担保：{told}"
        if zh
        else f"star guarantor: {names[0]} guarantees {len(names) - 1} companies: {told}"
    )


def _star_borrower(pattern: Pattern, names: list[str], zh: bool) -> str:
    told = _listed(names[1:], zh)
    return (
        f"多人担保：{names[0]} 由 {len(names) - 1} 家担保：{told}"
        if zh
        else f"star borrower: {names[0]} is guaranteed by {len(names) - 1} companies: {told}"
    )


def _community(pattern: Pattern, names: list[str], zh: bool) -> str:
    told = _listed(names, zh)
    return f"担保圈：{told}" if zh else f"guarantee community: {told}"


def _controlled(pattern: Pattern, names: list[str], zh: bool) -> str:
    told = _listed(names[1:], zh)
    return f"控制：{names[0]} 控制 {told}" if zh else f"control: {names[0]} controls {told}"


def _one_hand(pattern: Pattern, names: list[str], zh: bool) -> str:
    by_shares = pattern.figures.get("by") == "shares"
    told = _listed(names[1:], zh)
    if zh:
        return f"同一控制：{told} 均由 {names[0]} {'持股控制' if by_shares else '任法定代表人'}"
    how = "holds" if by_shares else "represents"
    return f"one hand: {names[0]} {how} {told}"


def _self_owned(pattern: Pattern, names: list[str], zh: bool) -> str:
    told = _listed(names, zh)
    return f"循环持股：{told} 互相持有全部股权" if zh else f"{told} hold all of each other"


def _flow(pattern: Pattern, names: list[str], zh: bool) -> str:
    way = " → ".join((*names, names[0]))
    return f"资金回流：{way}" if zh else f"money that comes home: {way}"


def _ring(pattern: Pattern, names: list[str], zh: bool) -> str:
    way = " → ".join((*names, names[0]))
    return f"环开发票：{way}" if zh else f"ring of invoices: {way}"


def _contact(pattern: Pattern, names: list[str], zh: bool) -> str:
    told = _listed(names, zh)
    return f"共用联系方式：{told}" if zh else f"shared contact: {told}"


_SENTENCES: Mapping[str, Callable[[Pattern, list[str], bool], str]] = {
    "guarantee_circle": _circle,
    "mutual_guarantee": _mutual,
    "joint_group": _group,
    "guarantee_chain": _chain,
    "star_guarantor": _star,
    "star_borrower": _star_borrower,
    "guarantee_community": _community,
    "control_group": _controlled,
    "common_controller": _one_hand,
    "self_owned": _self_owned,
    "circular_flow": _flow,
    "invoice_ring": _ring,
    "shared_contact": _contact,
}

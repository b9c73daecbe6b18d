"""A difference of two reports in words, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from api.reports.labels import BAND, METHOD, OUTCOME, SEVERITY
from api.reports.view import points_text
from api.reports.wording import Wording
from verify.model import BilingualText

Json = Mapping[str, Any]


def sentences(told: Json) -> list[dict[str, str]]:
    """The sentences of a huoyan.report-diff/1, weightiest first; one that says so where nothing
    differs.
    """
    out = [
        *_risk(told["risk"]),
        *_findings(told["findings"]),
        *_values(told),
        *_documents(told["documents"]),
        *_checks(told["checks"]),
    ]
    out += _inputs(told["inputs"])
    return [
        s.as_dict()
        for s in out or [BilingualText("两份报告没有差异。", "The two reports do not differ.")]
    ]


def _risk(risk: Json) -> Iterator[BilingualText]:
    before, after = risk["before"], risk["after"]
    old, new = points_text(before["score"]), points_text(after["score"])
    if old != new:
        yield BilingualText(
            f"风险评分由 {old} 变为 {new}。", f"The risk score went from {old} to {new}."
        )
    if before["band"] != after["band"]:
        one, other = BAND[before["band"]], BAND[after["band"]]
        yield BilingualText(
            f"风险档由「{one.zh}」变为「{other.zh}」。",
            f"The band went from “{one.en}” to “{other.en}”.",
        )
    if before["coverage"] != after["coverage"]:
        shares = f"{before['coverage']:.1%}", f"{after['coverage']:.1%}"
        yield BilingualText(
            f"核查覆盖率由 {shares[0]} 变为 {shares[1]}。",
            f"The coverage went from {shares[0]} to {shares[1]}.",
        )


def _findings(findings: Json) -> Iterator[BilingualText]:
    for f in findings["new"]:
        severity, message = SEVERITY[f["severity"]], f["message"]
        yield BilingualText(
            f"新增疑点（{severity.zh}，{f['rule']}）：{message['zh']}",
            f"A new finding ({severity.en} severity, {f['rule']}): {message['en']}",
        )
    for f in findings["gone"]:
        severity, message = SEVERITY[f["severity"]], f["message"]
        yield BilingualText(
            f"疑点消失（{severity.zh}，{f['rule']}）：{message['zh']}",
            f"A finding is gone ({severity.en} severity, {f['rule']}): {message['en']}",
        )
    for f in findings["changed"]:
        yield BilingualText(
            f"疑点有变化（{f['rule']}）：{f['message']['zh']}",
            f"A finding changed ({f['rule']}): {f['message']['en']}",
        )


def _values(told: Json) -> Iterator[BilingualText]:
    tongues = {lang: Wording(lang) for lang in ("zh", "en")}

    def label(change: Json, lang: str) -> str:
        name, _, column = change["path"].rpartition("/")
        return (
            tongues[lang].line(name, column)
            if name
            else tongues[lang].field(change["type"], change["path"])
        )

    for change in told["values"]:
        one, other = _state(change["before"]), _state(change["after"])
        yield BilingualText(
            f"{change['file']}「{label(change, 'zh')}」由 {one.zh} 变为 {other.zh}。",
            f"{change['file']}, {label(change, 'en')}: from {one.en} to {other.en}.",
        )
    for rows in told["rows"]:
        less, more = len(rows["removed"]), len(rows["added"])
        yield BilingualText(
            f"{rows['file']} 的交易明细：{less} 笔不再出现，{more} 笔新出现。",
            f"Transactions of {rows['file']}: {less} no longer there, {more} new.",
        )


def _state(state: Json | None) -> BilingualText:
    if state is None:
        return BilingualText("（无）", "(none)")
    method = METHOD.get(state["method"])
    if method is None:
        return BilingualText(state["value"], state["value"])
    return BilingualText(f"{state['value']}（{method.zh}）", f"{state['value']} ({method.en})")


def _documents(documents: Json) -> Iterator[BilingualText]:
    tongues = {lang: Wording(lang) for lang in ("zh", "en")}
    for verb, listed in (
        (BilingualText("新增材料", "A new paper"), documents["added"]),
        (BilingualText("减少材料", "A paper is gone"), documents["removed"]),
    ):
        for d in listed:
            yield BilingualText(
                f"{verb.zh}：{d['file']}（{tongues['zh'].kind(d['type'])}）",
                f"{verb.en}: {d['file']} ({tongues['en'].kind(d['type'])})",
            )


def _checks(checks: list[Json]) -> Iterator[BilingualText]:
    none = BilingualText("无", "none")
    for check in checks:
        one, other = OUTCOME.get(check["before"], none), OUTCOME.get(check["after"], none)
        yield BilingualText(
            f"核查项 {check['rule']} {check['title']['zh']}：由「{one.zh}」变为「{other.zh}」。",
            f"Check {check['rule']}, {check['title']['en']}: from “{one.en}” to “{other.en}”.",
        )


def _inputs(inputs: list[Json]) -> Iterator[BilingualText]:
    names = {
        "as_of": BilingualText("核查日", "the date of judgement"),
        "policy_version": BilingualText("评分政策版本", "the version of the policy"),
        "context_sha256": BilingualText(
            "比对背景（其他申请与登记信息）", "the context (other applications and registers)"
        ),
        "corrections": BilingualText("人工更正", "corrections by reviewers"),
        "manual_checks": BilingualText("在别处完成的核查", "checks made elsewhere"),
    }
    for change in inputs:
        kind, _, name = change["name"].partition(":")
        what = (
            BilingualText(f"文件 {name}", f"the file {name}")
            if kind == "file"
            else BilingualText(f"引擎 {name}", f"the engine {name}")
        )
        what = names.get(change["name"], what)
        plain = all(
            isinstance(change[side], str) and len(change[side]) < 40 for side in ("before", "after")
        )
        values = (
            (
                f"：由 {change['before']} 变为 {change['after']}",
                f": from {change['before']} to {change['after']}",
            )
            if plain
            else ("", "")
        )
        yield BilingualText(
            f"输入有变化：{what.zh}{values[0]}。", f"An input changed: {what.en}{values[1]}."
        )

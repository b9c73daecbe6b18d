"""Runs rules over a case file.

A rule that fails is an error, never a pass, and stops no other rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.documents.registry import document_types
from verify.case_file import CaseFile, RuleView
from verify.doubt.examine import examined
from verify.doubt.parts import is_readable
from verify.model import BilingualText, Doubt, Finding, Outcome, RuleRun, Severity
from verify.rule import Clear, Hit, InDoubt, NotApplicable, NotChecked, Result, Rule

_ORDER = {s: i for i, s in enumerate(Severity)}


def run(case: CaseFile, rules: Iterable[Rule]) -> tuple[RuleRun, ...]:
    """One run per rule, in the order given."""
    return tuple(_run(case, rule) for rule in rules)


def _run(case: CaseFile, rule: Rule) -> RuleRun:
    missing = tuple(
        t
        for t in rule.needs
        if not any(is_readable(document) for document in case.packet.of_type(t))
    )
    if missing:
        zh = "、".join(document_types()[t].title_zh for t in missing)
        en = ", ".join(document_types()[t].title for t in missing)
        return RuleRun(
            rule=rule.id,
            outcome=Outcome.NOT_APPLICABLE,
            reason=BilingualText(f"缺少材料：{zh}", f"missing: {en}"),
            missing=missing,
        )
    try:
        results = examined(case, rule, list(rule.check(RuleView(case, rule))))
    except Exception as error:  # noqa: BLE001 - whatever a rule raises must become an error outcome
        return RuleRun(
            rule=rule.id,
            outcome=Outcome.ERROR,
            reason=BilingualText(f"规则执行出错：{error!r}", f"the rule failed: {error!r}"),
        )
    return _summary(rule, results)


def _summary(rule: Rule, results: Sequence[Result]) -> RuleRun:
    hits = [result for result in results if isinstance(result, Hit)]
    doubts = tuple(_doubt(rule, result) for result in results if isinstance(result, InDoubt))
    holds = tuple(
        dict.fromkeys(
            entry.document
            for result in results
            if isinstance(result, Clear)
            for entry in result.rests_on
        )
    )
    if hits:
        findings = tuple(_finding(rule, hit) for hit in hits)
        return RuleRun(
            rule=rule.id,
            outcome=Outcome.HIT,
            reason=BilingualText(f"{len(hits)} 处疑点", f"{len(hits)} finding(s)"),
            findings=findings,
            doubts=doubts,
            holds_for=holds,
        )
    if doubts:
        return RuleRun(
            rule=rule.id,
            outcome=Outcome.READING_IN_DOUBT,
            reason=doubts[0].say,
            doubts=doubts,
            holds_for=holds,
        )
    for kind, outcome in (
        (NotChecked, Outcome.NOT_CHECKED),
        (Clear, Outcome.CLEAR),
        (NotApplicable, Outcome.NOT_APPLICABLE),
    ):
        said = [result.say for result in results if isinstance(result, kind)]
        if said:
            more = (
                BilingualText(f"（共 {len(said)} 项）", f" ({len(said)} checks)")
                if len(said) > 1
                else BilingualText("", "")
            )
            return RuleRun(
                rule=rule.id,
                outcome=outcome,
                reason=BilingualText(said[0].zh + more.zh, said[0].en + more.en),
                holds_for=holds,
            )
    return RuleRun(
        rule=rule.id,
        outcome=Outcome.NOT_APPLICABLE,
        reason=BilingualText("材料中没有可核对的内容", "nothing in the papers to check"),
    )


def _doubt(rule: Rule, result: InDoubt) -> Doubt:
    return Doubt(
        rule=rule.id,
        slip=result.slip,
        severity=result.severity,
        say=result.say,
        evidence=result.evidence,
        documents=tuple(dict.fromkeys(entry.document for entry in result.evidence)),
    )


def _finding(rule: Rule, hit: Hit) -> Finding:
    severity = hit.severity or rule.severity
    if _ORDER[severity] > _ORDER[rule.severity]:
        raise ValueError(f"{rule.file}: a hit may not be more severe than its rule")
    return Finding(
        rule=rule.id,
        severity=severity,
        confidence=round(min(hit.confidence, 1.0), 3),
        message=_with_tables(hit),
        expected=hit.expected,
        observed=hit.observed,
        difference=hit.difference,
        question=BilingualText(rule.zh.ask, rule.en.ask),
        paper_to_ask_for=BilingualText(rule.zh.paper, rule.en.paper),
        innocent_explanations=BilingualText(rule.zh.innocent, rule.en.innocent),
        evidence=hit.evidence,
        against=hit.against,
        group=hit.group or rule.group,
        proof=rule.proof and severity is Severity.HIGH,
        cross=rule.cross,
    )


def _with_tables(hit: Hit) -> BilingualText:
    """The message, and which rows of imported tables the finding rests on: no paper of any
    application says it.
    """
    rows: dict[str, list[int]] = {}
    for place in (*hit.evidence, *hit.against):
        if place.is_of_table and place.page not in rows.setdefault(place.file, []):
            rows[place.file].append(place.page)
    if not rows:
        return hit.say
    zh = "、".join(
        f"“{file}”第 {'、'.join(map(str, sorted(own)))} 行" for file, own in rows.items()
    )
    en = ", ".join(
        f"row {', '.join(map(str, sorted(own)))} of “{file}”" for file, own in rows.items()
    )
    return BilingualText(
        f"{hit.say.zh}（依据含导入表{zh}）", f"{hit.say.en} (rests on an imported table too: {en})"
    )

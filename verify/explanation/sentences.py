"""Three sentences that a loan officer can read aloud: the verdict, where it points, what is open."""

from __future__ import annotations

from collections.abc import Sequence

from verify.explanation.words import BANDS, listed
from verify.model import BilingualText, Finding, Outcome, RuleRun, Score, Severity

_WEIGHTY = (Severity.HIGH, Severity.MEDIUM)
_WAITING = (Outcome.NOT_CHECKED, Outcome.READING_IN_DOUBT, Outcome.ERROR)


def sentences(
    findings: Sequence[Finding], runs: Sequence[RuleRun], score: Score
) -> tuple[BilingualText, ...]:
    return _verdict(findings, score), _direction(findings, runs), _open(runs, score)


def _verdict(findings: Sequence[Finding], score: Score) -> BilingualText:
    band = BANDS[score.band]
    high = sum(f.severity is Severity.HIGH for f in findings)
    medium = sum(f.severity is Severity.MEDIUM for f in findings)
    return BilingualText(
        f"本笔申请材料综合评分 {score.value} 分（满分 100，越高疑点越多），风险等级{band.zh}，"
        f"其中高等级疑点 {high} 项、中等级疑点 {medium} 项。",
        f"The papers score {score.value} of 100, where more is worse; the band is {band.en}, "
        f"with {high} finding(s) of severity high and {medium} of severity medium.",
    )


def _direction(findings: Sequence[Finding], runs: Sequence[RuleRun]) -> BilingualText:
    """Where the weightiest finding points and what to ask first; else how much agreed."""
    worst = next((f for f in findings if f.severity in _WEIGHTY), None)
    if worst is None:
        clear = sum(run.outcome is Outcome.CLEAR for run in runs)
        return BilingualText(
            f"已完成的 {clear} 项核查中，各材料相互印证，未见需要解释的重大矛盾。",
            f"In {clear} checks the papers agreed; nothing weighty needs an answer.",
        )
    files = listed(list(dict.fromkeys(f"“{e.file}”" for e in worst.evidence)))
    return BilingualText(
        f"最重的一项指向{files.zh}：{worst.message.zh}；请先核实：{worst.question.zh}",
        f"The weightiest points to {files.en}: {worst.message.en}; ask first: {worst.question.en}",
    )


def _open(runs: Sequence[RuleRun], score: Score) -> BilingualText:
    waiting = sum(run.outcome in _WAITING for run in runs)
    share = f"{score.coverage:.0%}"
    if score.not_low is not None:
        return BilingualText(
            f"适用的核查完成了 {share}，{score.not_low.zh}。",
            f"{share} of the checks that apply were made; {score.not_low.en}.",
        )
    return BilingualText(
        f"适用的核查完成了 {share}，另有 {waiting} 项因材料或识别原因未能核查。",
        f"{share} of the checks that apply were made; {waiting} could not be made for lack of "
        "papers or of a sure reading.",
    )

"""A report as a table in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.reports.labels import BAND, OUTCOME, SEVERITY, WORDS
from verify.model import BilingualText, Outcome, Report

_COLOUR = {
    "high": "bold red",
    "medium": "yellow",
    "low": "green",
    "not_verified": "magenta",
    "info": "dim",
}


def show(report: Report, lang: str) -> None:
    """Score, findings, what was not checked, papers that were not read, what to ask for next."""
    console = Console()
    word = {key: value.zh if lang == "zh" else value.en for key, value in WORDS.items()}
    score = report.score
    head = Text.assemble(
        (f"{report.applicant_name or report.packet.id}\n", "bold"),
        f"{word['score']} {score.value}  ",
        (_say(BAND[score.band], lang), _COLOUR[score.band]),
        f"  {word['coverage']} {score.coverage:.0%}  {word['as_of']} {report.as_of}\n",
        (_say(score.reason, lang), "dim"),
    )
    console.print(head)
    if report.findings:
        table = Table(title=word["findings"], show_lines=True)
        for column in ("severity", "rule", "finding", "evidence"):
            table.add_column(word[column], overflow="fold")
        for finding in report.findings:
            places = "\n".join(
                f"{evidence.file} p{evidence.page}" for evidence in finding.evidence[:3]
            )
            table.add_row(
                Text(_say(SEVERITY[finding.severity], lang), _COLOUR[finding.severity]),
                finding.rule,
                Text(_say(finding.message, lang)),
                Text(places),
            )
        console.print(table)
    counts = {o: sum(run.outcome is o for run in report.runs) for o in Outcome}
    console.print("  ".join(f"{_say(OUTCOME[o], lang)} {n}" for o, n in counts.items() if n))
    for document in report.packet.documents:
        for failure in document.failures:
            console.print(
                Text(
                    (
                        f"! {document.file} p{failure.page}: "
                        f"{failure.zh if lang == 'zh' else failure.en}"
                    ),
                    "magenta",
                )
            )
    for failure in report.packet.failures:
        console.print(
            Text(f"! {failure.file}: {failure.zh if lang == 'zh' else failure.en}", "magenta")
        )
    for paper in report.next_papers:
        console.print(Text(f"→ {_say(paper.why, lang)}", "cyan"))


def show_batch(reports: Sequence[Report]) -> None:
    """One line a packet."""
    table = Table()
    for column in ("packet", "applicant", "score", "band", "coverage", "findings"):
        table.add_column(column)
    for report in reports:
        score = report.score
        table.add_row(
            report.packet.id,
            Text(report.applicant_name),
            f"{score.value}",
            Text(score.band, _COLOUR[score.band]),
            f"{score.coverage:.0%}",
            str(len(report.findings)),
        )
    Console(stderr=True).print(table)


def _say(text: BilingualText, lang: str) -> str:
    return text.zh if lang == "zh" else text.en

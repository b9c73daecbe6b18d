"""A report as one self-contained HTML file, in Chinese or English: no script, no outside address."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from api.words import BAND, OUTCOME, SEVERITY, WORDS
from extractors.documents.registry import document_types
from extractors.intake.sandbox import Sandbox
from extractors.model import Box
from extractors.values.money import yuan
from verify.model import Evidence, Finding, Outcome, Report, Say
from verify.registry import rules

_SHOWN = 3  # pictures a finding


@cache
def _template() -> Template:
    folder = Path(__file__).parent / "templates"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=select_autoescape(["html"]), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("report.html")


def html_report(report: Report, data: Mapping[str, bytes], sandbox: Sandbox, lang: str, password: str | None = None) -> str:
    """The report as HTML. `data` holds the files' bytes by SHA-256, for pictures of the evidence, drawn in the sandbox."""
    pictures = _pictures(report, data, sandbox, password)

    def say(text: Say) -> str:
        return text.zh if lang == "zh" else text.en

    titles = {r.id: say(Say(r.title_zh, r.title)) for r in rules()}
    kinds = {k: say(Say(t.title_zh, t.title)) for k, t in document_types().items()} | {"unknown": say(WORDS["unknown"])}
    labels = {(k, n): s.label_zh if lang == "zh" else n.replace("_", " ") for k, t in document_types().items() for n, s in t.specs.items()}
    return _template().render(
        lang="zh-CN" if lang == "zh" else "en",
        zh=lang == "zh",
        report=report,
        say=say,
        yuan=yuan,
        pictures=pictures,
        titles=titles,
        kinds=kinds,
        labels=labels,
        words={k: say(v) for k, v in WORDS.items()},
        bands={k: say(v) for k, v in BAND.items()},
        severities={k: say(v) for k, v in SEVERITY.items()},
        outcomes={k: say(v) for k, v in OUTCOME.items()},
        waterfall=_waterfall(report),
        open_runs=[r for r in report.runs if r.outcome in (Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE, Outcome.ERROR)],
    )


def _waterfall(report: Report) -> list[dict[str, Any]]:
    """Bars from left to right: where each contribution starts and how long it is, in percent of the scale."""
    bars, start = [], 0.0
    for part in report.score.contributions:
        points = float(part.points)
        bars.append(
            {
                "part": part,
                "left": min(start, start + points),
                "width": abs(points),
                "minus": points < 0,
                "link": part.findings[0] if part.findings else "",
            }
        )
        start += points
    return bars


def _pictures(report: Report, data: Mapping[str, bytes], sandbox: Sandbox, password: str | None) -> dict[str, list[tuple[Evidence, str | None]]]:
    """For each finding its first places with a picture of each, where the paper has pages that can be drawn."""
    kinds = {d.id: d.sha256 for d in report.packet.documents}
    drawable = {f.sha256 for f in report.packet.files if f.kind in ("pdf", "ofd") or f.kind.startswith("picture")}
    wanted: dict[str, list[tuple[Finding, Evidence]]] = {}
    for finding in report.findings:
        for evidence in (*finding.evidence[:_SHOWN], *finding.against[:_SHOWN]):
            sha = kinds.get(evidence.document, "")
            if sha in drawable and sha in data and evidence.box.bottom - evidence.box.top < 0.9:
                wanted.setdefault(sha, []).append((finding, evidence))
    drawn: dict[tuple[str, str, int, tuple[float, ...]], str | None] = {}
    for sha, places in sorted(wanted.items()):
        boxes: list[tuple[int, Box]] = [(e.page, e.box) for _, e in places]
        for (_, evidence), picture in zip(places, sandbox.crops(data[sha], boxes, password), strict=True):
            drawn[_key(evidence)] = picture
    return {f.fingerprint: [(e, drawn.get(_key(e))) for e in (*f.evidence, *f.against)] for f in report.findings}


def _key(evidence: Evidence) -> tuple[str, str, int, tuple[float, ...]]:
    return evidence.document, evidence.text, evidence.page, tuple(evidence.box.as_list())

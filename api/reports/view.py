"""What every form of a report shows, prepared once: a report's JSON as plain texts in one language."""

from __future__ import annotations

from collections.abc import Container, Mapping
from decimal import Decimal
from typing import Any

from api.reports.crops import place_key
from api.reports.values import Held, cells_of, fields_of
from api.reports.wording import Wording
from extractors.values.money import yuan

_OPEN = ("reading_in_doubt", "not_checked", "not_applicable", "error")
_SEVERITIES = ("high", "medium", "low", "info")


def view_of(report: Mapping[str, Any], pictures: Container[str], lang: str) -> dict[str, Any]:
    """Texts and bars of a report (huoyan.report/1) in `lang`; a place names its picture where
    `pictures` holds one (see `place_key`).
    """
    wording = Wording(lang)
    application = report["application"]
    return {
        "lang": lang,
        "words": wording.words,
        "name": application["applicant"]["name"] or application["id"],
        "id": application["id"],
        "uscc": application["applicant"]["uscc"],
        "as_of": application["as_of"],
        "risk": _risk(report["risk"], wording),
        "explanation": _explanation(report.get("explanation") or {}, wording),
        "findings": [
            finding for s in _SEVERITIES for finding in _findings(report, s, pictures, wording)
        ],
        "next": [wording.say(n["why"]) for n in report["next_papers"]],
        "reconciliation": [_reconciled(r, wording) for r in report["reconciliation"]],
        "unread": _unread(report, wording),
        "checks": _checks(report, wording),
        "outcomes": [
            {"word": w, "count": sum(check["outcome"] == o for check in report["checks"])}
            for o, w in wording.outcomes.items()
        ],
        "documents": [_document(document, wording) for document in report["documents"]],
        "inputs": _inputs(report),
    }


def points_text(points: float) -> str:
    """Points as people read them: 40, 12.5."""
    return f"{Decimal(str(points)).normalize():f}"


def money(text: str) -> str:
    return yuan(Decimal(text))


def _risk(risk: Mapping[str, Any], wording: Wording) -> dict[str, Any]:
    return {
        "score": points_text(risk["score"]),
        "band": risk["band"],
        "band_word": wording.bands.get(risk["band"], risk["band"]),
        "coverage": f"{risk['coverage']:.0%}",
        "reason": wording.say(risk.get("verdict") or risk["reason"]),
        "policy_version": risk["policy_version"],
        "interval": _interval(risk),
        "waterfall": _waterfall(risk["contributions"], wording),
    }


def _interval(risk: Mapping[str, Any]) -> str:
    """The score's interval, or an empty text for a report of a version that told none."""
    edges = risk.get("interval")
    return "–".join(points_text(edge) for edge in edges) if edges else ""


def _explanation(told: Mapping[str, Any], wording: Wording) -> dict[str, list[str]]:
    """The sentences to read aloud; nothing for a report of a version that told none."""
    useful = [
        f"{wording.say(paper['paper'])}：{wording.say(paper['why'])}"
        if wording.lang == "zh"
        else f"{wording.say(paper['paper'])}: {wording.say(paper['why'])}"
        for paper in told.get("useful_papers", ())
    ]
    return {
        "sentences": [wording.say(sentence) for sentence in told.get("sentences", ())],
        "would_be": [wording.say(c["say"]) for c in told.get("counterfactuals", ())],
        "useful": useful,
    }


def _waterfall(contributions: list[dict[str, Any]], wording: Wording) -> list[dict[str, Any]]:
    """Bars from left to right: where each contribution starts and how long it is, in percent of the
    scale.
    """
    bars, start = [], Decimal(0)
    for part in contributions:
        points = Decimal(str(part["points"]))
        bars.append(
            {
                "rule": part["rule"],
                "sentence": wording.say(part["sentence"]),
                "points": f"{points:+.1f}",
                "left": float(max(Decimal(0), min(start, start + points))),
                "width": float(abs(points)),
                "minus": points < 0,
                "link": part["findings"][0] if part["findings"] else "",
            }
        )
        start += points
    return bars


def _findings(
    report: Mapping[str, Any], severity: str, pictures: Container[str], wording: Wording
) -> list[dict[str, Any]]:
    titles = {check["rule"]: wording.say(check["title"]) for check in report["checks"]}
    own = report["application"]["id"]
    return [
        {
            "fingerprint": finding["fingerprint"],
            "rule": finding["rule"],
            "title": titles.get(finding["rule"], ""),
            "severity": severity,
            "severity_word": wording.severities[severity],
            "confidence": f"{finding['confidence']:.2f}",
            "message": wording.say(finding["message"]),
            "expected": finding["expected"],
            "observed": finding["observed"],
            "difference": finding["difference"],
            "innocent": wording.say(finding["innocent_explanations"]),
            "question": wording.say(finding["question"]),
            "paper": wording.say(finding["paper_to_ask_for"]),
            "places": [
                _place(p, side == "against", own, pictures, wording)
                for side in ("evidence", "against")
                for p in finding[side]
            ],
        }
        for finding in report["findings"]
        if finding["severity"] == severity
    ]


def _place(
    place: Mapping[str, Any], against: bool, own: str, pictures: Container[str], wording: Wording
) -> dict[str, Any]:
    key = place_key(place)
    return {
        "file": place["file"],
        "page": wording.words["at_page" if place["packet"] else "at_row"].format(place["page"]),
        "text": place["text"],
        "packet": "" if place["packet"] == own else place["packet"],
        "against": against,
        "picture": key if key in pictures else "",
    }


def _reconciled(figure: Mapping[str, Any], wording: Wording) -> dict[str, Any]:
    rows = [
        {
            "source": wording.word(source["name"]),
            "value": money(source["value"]),
            "note": wording.say(source["note"]),
            "left_out": False,
        }
        for source in figure["sources"]
    ]
    rows += [
        {
            "source": wording.words["left_out"],
            "value": money(x["value"]),
            "note": wording.say(x["why"]),
            "left_out": True,
        }
        for x in figure["left_out"]
    ]
    return {
        "title": wording.say(figure["title"]),
        "tolerance": figure["tolerance"],
        "outcome": figure["outcome"],
        "outcome_word": wording.word(figure["outcome"]),
        "rows": rows,
    }


def _unread(report: Mapping[str, Any], wording: Wording) -> list[dict[str, Any]]:
    """Pages and files that were not read, with what to do next."""
    pages = [
        {"file": document["file"], "page": failure["page"], "why": wording.failure(failure)}
        for document in report["documents"]
        for failure in document["failures"]
    ]
    return pages + [
        {"file": failure["file"], "page": 0, "why": wording.failure(failure)}
        for failure in report["failures"]
    ]


def _checks(report: Mapping[str, Any], wording: Wording) -> list[dict[str, Any]]:
    return [
        {
            "rule": check["rule"],
            "title": wording.say(check["title"]),
            "outcome": check["outcome"],
            "outcome_word": wording.outcomes.get(check["outcome"], check["outcome"]),
            "reason": wording.say(check["reason_text"]),
            "open": check["outcome"] in _OPEN,
            "look_at": _look_at(check, wording),
        }
        for check in report["checks"]
    ]


def _look_at(check: Mapping[str, Any], wording: Wording) -> list[str]:
    """Where the reading is in doubt: files and pages, each once.

    Reports of older versions have no doubts.
    """
    places = [
        f"{place['file']} {wording.words['at_page'].format(place['page'])}"
        for doubt in check.get("doubts", ())
        for place in doubt["evidence"]
    ]
    return list(dict.fromkeys(places))


def _document(document: Mapping[str, Any], wording: Wording) -> dict[str, Any]:
    held = [
        _held(each, wording.field(document["type"], each.name), each.value, wording)
        for each in fields_of(document)
    ]
    held += [
        _held(each, wording.line(each.name, each.column), money(each.value), wording)
        for each in cells_of(document)
    ]
    return {
        "kind": wording.kind(document["type"]),
        "file": document["file"],
        "pages": ", ".join(map(str, document["pages"])),
        "status": wording.word(document["status"]),
        "rows": len(document["rows"]),
        "held": held,
    }


def _held(held: Held, label: str, value: str, wording: Wording) -> dict[str, Any]:
    confidence = "" if held.confidence is None else f"{held.confidence:.2f}"
    method = wording.methods.get(held.method, held.method)
    return {
        "label": label,
        "value": value,
        "raw": held.raw,
        "page": held.page,
        "confidence": confidence,
        "method": method,
    }


def _inputs(report: Mapping[str, Any]) -> dict[str, Any]:
    inputs = report["inputs"]
    return {
        "schema": report["schema"],
        "context": inputs["context_sha256"],
        "policy_version": report["risk"]["policy_version"],
        "files": [
            {"file": file["file"], "sha256": file["sha256"], "size": f"{file['size']:,}"}
            for file in inputs["files"]
        ],
        "engines": [{"name": n, "version": v} for n, v in sorted(report["engines"].items())],
        "corrections": len(inputs["corrections"]),
        "manual_checks": [
            f"{check['what']} · {check['result']} · {check['date']} · {check['by']}"
            for check in inputs["manual_checks"]
        ],
    }

"""What differs between two revisions of a report: huoyan.report-diff/1 (see `difference`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from api.reports.difference import SCHEMA, ReportDifference
from api.reports.difference_words import sentences
from api.reports.errors import NotComparable
from api.reports.values import Held, cells_of, fields_of

Json = Mapping[str, Any]
_TOLD = ("fingerprint", "rule", "severity", "confidence", "message", "expected", "observed")
_MAY_CHANGE = (
    "severity",
    "confidence",
    "message",
    "difference",
    "question",
    "paper_to_ask_for",
    "innocent_explanations",
    "group",
    "proof",
)
_NOT_OF_A_ROW = ("page", "box")


def compare(before: Json, after: Json) -> dict[str, Any]:
    """The difference of two reports (huoyan.report/1 JSON) of one application.

    Timings are left aside. Raises NotComparable.
    """
    if before["application"]["id"] != after["application"]["id"]:
        raise NotComparable
    told = {
        "schema": SCHEMA,
        "application": after["application"]["id"],
        "risk": _risk(before["risk"], after["risk"]),
        "findings": _findings(before, after),
        "values": _values(before, after),
        "rows": _rows(before, after),
        "contributions": _contributions(before, after),
        "documents": _documents(before, after),
        "checks": _checks(before, after),
        "inputs": _inputs(before, after),
    }
    whole = ReportDifference.model_validate(told | {"sentences": sentences(told)})
    return whole.model_dump(mode="json", by_alias=True)


def _less(after: float | None, before: float | None) -> float:
    return float(Decimal(str(after or 0)) - Decimal(str(before or 0)))


def _risk(before: Json, after: Json) -> dict[str, Any]:
    names = ("score", "band", "coverage", "policy_version")
    sides = {
        side: {name: risk[name] for name in names}
        for side, risk in (("before", before), ("after", after))
    }
    return sides | {"points": _less(after["score"], before["score"])}


def _findings(before: Json, after: Json) -> dict[str, Any]:
    old, new = (
        {finding["fingerprint"]: finding for finding in report["findings"]}
        for report in (before, after)
    )
    changed = []
    for fingerprint in old.keys() & new.keys():
        one, other = old[fingerprint], new[fingerprint]
        parts = {name: (one[name], other[name]) for name in _MAY_CHANGE if one[name] != other[name]}
        if parts:
            changed.append(
                {
                    "fingerprint": fingerprint,
                    "rule": other["rule"],
                    "message": other["message"],
                    "changed": parts,
                }
            )
    return {
        "gone": [{name: f[name] for name in _TOLD} for key, f in old.items() if key not in new],
        "new": [{name: f[name] for name in _TOLD} for key, f in new.items() if key not in old],
        "changed": sorted(changed, key=lambda c: (c["rule"], c["fingerprint"])),
    }


def _both(before: Json, after: Json) -> Iterable[tuple[Json, Json]]:
    """The documents that both reports hold."""
    old = {document["id"]: document for document in before["documents"]}
    return [
        (old[document["id"]], document) for document in after["documents"] if document["id"] in old
    ]


def _state(held: Held | None) -> dict[str, Any] | None:
    return (
        None
        if held is None
        else {
            "value": held.value,
            "raw": held.raw,
            "method": held.method,
            "confidence": held.confidence,
        }
    )


def _values(before: Json, after: Json) -> list[dict[str, Any]]:
    """Fields and cells of which value, printed text or method changed."""
    out = []
    for one, other in _both(before, after):
        old, new = (
            {held.path: held for held in (*fields_of(d), *cells_of(d))} for d in (one, other)
        )
        for path in dict.fromkeys((*old, *new)):
            states = _state(old.get(path)), _state(new.get(path))
            if states[0] != states[1]:
                place = {
                    "document": other["id"],
                    "file": other["file"],
                    "type": other["type"],
                    "path": path,
                }
                out.append(place | {"before": states[0], "after": states[1]})
    return out


def _rows(before: Json, after: Json) -> list[dict[str, Any]]:
    """Transactions that one of the reports alone holds, however they are ordered."""
    out = []
    for one, other in _both(before, after):
        old, new = (
            Counter(
                tuple((key, value) for key, value in row.items() if key not in _NOT_OF_A_ROW)
                for row in d["rows"]
            )
            for d in (one, other)
        )
        if old != new:
            removed, added = ([dict(r) for r in left.elements()] for left in (old - new, new - old))
            out.append(
                {"document": other["id"], "file": other["file"], "removed": removed, "added": added}
            )
    return out


def _contributions(before: Json, after: Json) -> list[dict[str, Any]]:
    old, new = (
        {
            (contribution["rule"], contribution["group"]): contribution
            for contribution in report["risk"]["contributions"]
        }
        for report in (before, after)
    )
    out = []
    for key in dict.fromkeys((*old, *new)):
        points = [side[key]["points"] if key in side else None for side in (old, new)]
        if points[0] != points[1]:
            told = {
                "rule": key[0],
                "group": key[1],
                "sentence": (new.get(key) or old[key])["sentence"],
            }
            out.append(
                told
                | {"before": points[0], "after": points[1], "points": _less(points[1], points[0])}
            )
    return out


def _documents(before: Json, after: Json) -> dict[str, Any]:
    old, new = (
        {document["id"]: document for document in report["documents"]} for report in (before, after)
    )

    def only(mine: dict[str, Json], others: dict[str, Json]) -> list[dict[str, Any]]:
        return [
            {name: d[name] for name in ("id", "file", "type", "sha256")}
            for key, d in mine.items()
            if key not in others
        ]

    return {"added": only(new, old), "removed": only(old, new)}


def _checks(before: Json, after: Json) -> list[dict[str, Any]]:
    old, new = ({check["rule"]: check for check in report["checks"]} for report in (before, after))
    out = []
    for rule in dict.fromkeys((*old, *new)):
        outcomes = [side[rule]["outcome"] if rule in side else None for side in (old, new)]
        if outcomes[0] != outcomes[1]:
            out.append(
                {
                    "rule": rule,
                    "title": (new.get(rule) or old[rule])["title"],
                    "before": outcomes[0],
                    "after": outcomes[1],
                }
            )
    return out


def _inputs(before: Json, after: Json) -> list[dict[str, Any]]:
    """What the reports were made from, where it differs: the reason of all other differences."""
    old, new = _made_from(before), _made_from(after)
    return [
        {"name": name, "before": old.get(name), "after": new.get(name)}
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    ]


def _made_from(report: Json) -> dict[str, Any]:
    inputs = report["inputs"]
    files: dict[str, list[str]] = {}
    for file in inputs["files"]:
        files.setdefault(f"file:{file['file']}", []).append(file["sha256"])
    return {
        "as_of": report["application"]["as_of"],
        "policy_version": report["risk"]["policy_version"],
        "context_sha256": inputs["context_sha256"],
        "corrections": inputs["corrections"],
        "manual_checks": inputs["manual_checks"],
        **{name: sorted(hashes) for name, hashes in files.items()},
        **{f"engine:{name}": version for name, version in report["engines"].items()},
    }

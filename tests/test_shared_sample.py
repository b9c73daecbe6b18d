"""The sample portfolio and single papers, where they lie beside the repository."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from conftest import SHARED, read_packet, report_on

from verify.model import Severity

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not (SHARED / "forgeries" / "truth.json").exists(), reason="no sample beside the repository"
    ),
]


def _single() -> list[dict[str, object]]:
    path = SHARED / "forgeries" / "truth.json"
    return (
        [t for t in json.loads(path.read_text("utf-8")) if str(t["file"]).endswith(".pdf")][::4]
        if path.exists()
        else []
    )


@pytest.mark.parametrize("truth", _single(), ids=lambda t: str(t["file"]))
def test_single_papers(truth: dict[str, object]) -> None:
    report = report_on(
        read_packet({str(truth["file"]): (SHARED / "forgeries" / str(truth["file"])).read_bytes()})
    )
    named = [f for f in report.findings if f.severity in (Severity.MEDIUM, Severity.HIGH)]
    assert bool(named) == (truth["label"] == "changed")


@pytest.mark.parametrize("number", [2, 12])
def test_pictures_of_a_packet(number: int) -> None:
    name = f"APP-{number:04d}"
    truth = json.loads((SHARED / "portfolio/truth" / f"{name}.json").read_text("utf-8"))
    wanted = [
        d
        for d in truth["documents"]
        if d["form"] in ("scan", "photo") and d["file"] not in {a["file"] for a in truth["attacks"]}
    ]
    packet = read_packet(
        {d["file"]: (SHARED / "portfolio/packets" / name / d["file"]).read_bytes() for d in wanted}
    )
    for each in wanted:
        document = next(d for d in packet.documents if d.file == each["file"])
        assert document.type == each["type"]
        for part, column in (("ending", "ending"), ("opening", "opening"), ("lines", "value")):
            for line, value in (each.get(part) or {}).items():
                amount = (
                    document.lines[line].columns.get(column)
                    or document.lines[line].columns["ending"]
                )
                assert amount.value == Decimal(value)


@pytest.mark.parametrize("number", [1, 4, 11])
def test_text_papers_of_a_packet(number: int) -> None:
    name = f"APP-{number:04d}"
    truth = json.loads((SHARED / "portfolio/truth" / f"{name}.json").read_text("utf-8"))
    files = {
        d["file"]: (SHARED / "portfolio/packets" / name / d["file"]).read_bytes()
        for d in truth["documents"]
        if d["form"] in ("pdf", "xlsx")
    }
    packet = read_packet(files)
    for wanted in truth["documents"]:
        if (
            wanted["file"] not in files
            or wanted.get("hidden")
            or wanted["file"] in {a["file"] for a in truth["attacks"]}
        ):
            continue
        document = next(d for d in packet.documents if d.file == wanted["file"])
        assert document.type == wanted["type"]
        if "row_values" in wanted:
            assert [[r.day.isoformat(), r.debit, r.credit, r.balance] for r in document.rows] == [
                [v[0], *(Decimal(x) for x in v[1:4])] for v in wanted["row_values"]
            ]


def test_real_files_never_raise() -> None:
    from extractors.intake.limits import Limits
    from extractors.read import read_file

    for folder in ("pdf_damaged", "pdf_odd", "einvoice_pdf", "images_odd"):
        for path in [p for p in sorted((SHARED / "real" / folder).iterdir()) if p.is_file()][::6]:
            assert read_file(path.name, path.read_bytes(), Limits()).documents

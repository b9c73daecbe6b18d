"""The PDF of a report: complete in both languages, the same bytes each time, and texts of papers
are never Typst source.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from sample_report import forged, png, with_texts

from api.reports.errors import FormError, NoChineseFont
from api.reports.labels import SEVERITY
from api.reports.pdf import report_pdf

INJECTIONS = (
    '#read("/etc/passwd")',
    '#eval("1+1")',
    '#image("/etc/hostname")]#panic()[',
    '#import "@preview/x:0.1.0"',
    "$ x^2 $",
    "*stark* _schief_ `roh`",
    "= Titel",
    "<marke> @marke",
    '"; panic() //',
    "\\u{41} \\ #",
    "/* ] } )",
)


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return (
        "\n".join(page.get_textpage().get_text_range() for page in document)
        .replace("\u200b", "")
        .replace("\ufffe", "")
    )


def _joined(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pdf_holds_the_report(lang: str) -> None:
    report, crops = forged()
    assert crops
    pdf = report_pdf(report, crops, lang)
    assert pdf == report_pdf(report, crops, lang)
    text = _joined(_text(pdf))
    told = report["explanation"]
    said = [*told["sentences"], *(c["say"] for c in told["counterfactuals"])]
    said += [p["paper"] for p in told["useful_papers"]]
    assert said and all(_joined(sentence[lang]) in text for sentence in said)
    for finding in report["findings"]:
        for part in ("message", "question", "paper_to_ask_for", "innocent_explanations"):
            assert _joined(finding[part][lang]) in text
        assert finding["observed"] in text
        assert _joined(getattr(SEVERITY[finding["severity"]], lang)) in text
    for check in report["checks"]:
        assert (check["rule"] in text) or check["outcome"] in ("clear", "hit")
    for figure in report["reconciliation"]:
        assert _joined(figure["title"][lang]) in text
    assert all(f["sha256"] in text for f in report["inputs"]["files"])
    assert report["risk"]["policy_version"] in text and report["inputs"]["context_sha256"] in text
    document = pypdfium2.PdfDocument(pdf)
    pages = len(document)
    assert all(
        (f"第{n}页，共{pages}页" if lang == "zh" else f"Page{n}of{pages}") in text
        for n in range(1, pages + 1)
    )
    assert document.get_metadata_value("CreationDate").startswith("D:20260131")
    pictures = sum(
        1
        for page in document
        for thing in page.get_objects()
        if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    )
    assert pictures >= len(crops)


@pytest.mark.parametrize("payload", INJECTIONS)
def test_a_text_is_never_source(payload: str) -> None:
    report, _ = forged()
    pdf = report_pdf(with_texts(report, lambda _: payload), {}, "en")
    text = _joined(_text(pdf))
    assert text.count(_joined(payload)) > 50 and "root:x:" not in text
    assert b"/Launch" not in pdf and b"/JavaScript" not in pdf and b"/URI" not in pdf


def test_odd_characters_are_survived() -> None:
    report, _ = forged()
    for odd in ("\0\x01\x1f", "\ud800", "\u202eabc", "長" * 3000, "x" * 3000, ""):
        assert report_pdf(with_texts(report, lambda _, odd=odd: odd), {}, "zh").startswith(b"%PDF")


def test_a_picture_that_cannot_be_decoded_costs_no_report() -> None:
    report, crops = forged()
    broken = png()[:-20] + b"\0" * 20
    text = _text(report_pdf(report, crops | {next(iter(crops)): broken}, "en"))
    assert "Pictures of the evidence could not be set here" in text


def test_without_a_chinese_font_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    report, crops = forged()
    with pytest.raises(NoChineseFont) as raised:
        report_pdf(report, crops, "zh")
    assert (
        isinstance(raised.value, FormError)
        and raised.value.code == "no_chinese_font"
        and "fonts-wqy-microhei" in raised.value.zh
    )


def test_a_report_of_a_version_that_explained_nothing_is_still_printed() -> None:
    report, crops = forged()
    risk = {k: v for k, v in report["risk"].items() if k != "interval"}
    old = {k: v for k, v in report.items() if k != "explanation"} | {"risk": risk}
    assert report_pdf(old, crops, "zh").startswith(b"%PDF")

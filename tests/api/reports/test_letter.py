"""The letter asks for all that a report leaves open, in words of the applicant, in both languages."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree

import pypdfium2
import pytest
from running_service import Service

from api.reports.letter import Letter, asked_of, letter_docx, letter_pdf

LETTER = Letter(
    company="甲公司 & <乙>",
    reference="APP-1",
    day=date(2026, 1, 31),
    lang="zh",
    questions=("请说明 <回单> 金额。", '#read("/etc/passwd")'),
    papers=("对账单原件",),
)


def _pdf_text(data: bytes) -> str:
    pages = pypdfium2.PdfDocument(data)
    return "".join("".join(p.get_textpage().get_text_range() for p in pages).split())


def _docx_text(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        root = ElementTree.fromstring(package.read("word/document.xml"))
    return "".join("".join(root.itertext()).split())


@pytest.mark.parametrize(("make", "text"), [(letter_pdf, _pdf_text), (letter_docx, _docx_text)])
def test_texts_stay_texts_and_the_bytes_are_the_same(
    make: Callable[[Letter], bytes], text: Callable[[bytes], str]
) -> None:
    made = make(LETTER)
    assert made == make(LETTER)
    said = text(made)
    for part in ("甲公司&<乙>", "APP-1", "请说明<回单>金额", "#read(", "对账单原件", "2026-01-31"):
        assert part in said, part


def _finding(number: str, question: str, paper: str) -> dict[str, object]:
    return {
        "fingerprint": number,
        "question": {"zh": question, "en": question},
        "paper_to_ask_for": {"zh": paper, "en": paper},
    }


def test_each_question_is_asked_once_and_false_alarms_ask_nothing() -> None:
    report = {
        "findings": [
            _finding("1", "问甲", "原件"),
            _finding("2", "问甲", "原件"),
            _finding("3", "问乙", ""),
        ],
        "next_papers": [{"type": "x", "why": {"zh": "纳税申报表", "en": "returns"}}],
    }
    assert asked_of(report, {"3"}, "zh") == (["问甲"], ["原件", "纳税申报表"])


def test_from_a_report_to_the_letter(
    service: Service, altered: Callable[[], dict[str, bytes]]
) -> None:
    files = {name: data for name, data in altered().items() if name in ("回单.pdf", "营业执照.pdf")}
    packet = service.verified("函-0001", files)
    asked = service.client.get(f"/v1/packets/{packet}/request", params={"lang": "en"}).json()
    assert asked["questions"]
    body = asked | {"lang": "en"}
    answer = service.client.post(f"/v1/packets/{packet}/request.docx", json=body)
    assert answer.status_code == 200
    said = _docx_text(answer.content)
    assert "".join(asked["questions"][0].split()) in said
    report = service.client.get(f"/v1/packets/{packet}/report").json()
    assert not any(f["rule"] in said for f in report["findings"])

"""The letter that asks an applicant for answers and papers: all questions of a report in one place,
in words that an applicant understands, as Word or PDF.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import typst

from api.reports.errors import FormError
from api.reports.pdf import chinese_font, fonts_in

_TEMPLATE = Path(__file__).parent / "templates" / "letter.typ"
# Fixed, so that the same letter gives the same bytes.
_ZIP_TIME = (2020, 1, 1, 0, 0, 0)

_WORDS = {
    "zh": {
        "title": "关于补充贷款申请材料的函",
        "to": "致：{}",
        "about": "贵司贷款申请（编号 {}）正在核查。为完成核查，请就以下问题书面说明，并提供所列材料。",
        "questions": "一、请说明的问题",
        "papers": "二、请提供的材料",
        "none": "无",
        "end": "请在收到本函后尽快回复。如有疑问，请与经办客户经理联系。",
        "sign": "（盖章）",
    },
    "en": {
        "title": "Request for answers and papers",
        "to": "To: {}",
        "about": "Your loan application (number {}) is being verified. To complete it, please answer the questions below in writing and provide the papers listed.",
        "questions": "1. Questions",
        "papers": "2. Papers",
        "none": "None",
        "end": "Please reply soon after you receive this letter. Your client manager answers any question.",
        "sign": "(Seal)",
    },
}


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says. Its lines can be edited before it is made."""

    company: str
    reference: str
    day: date
    lang: str
    questions: tuple[str, ...]
    papers: tuple[str, ...]


def asked_of(
    report: Mapping[str, Any], dismissed: Collection[str], lang: str
) -> tuple[list[str], list[str]]:
    """The questions and the papers of a report, each once; findings that were judged false alarms
    ask for nothing.
    """
    open_findings = [f for f in report["findings"] if f["fingerprint"] not in dismissed]
    questions = _once(f["question"][lang] for f in open_findings)
    papers = _once(
        [
            *(f["paper_to_ask_for"][lang] for f in open_findings),
            *(paper["why"][lang] for paper in report["next_papers"]),
        ]
    )
    return questions, papers


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _lines(letter: Letter) -> dict[str, Any]:
    words = _WORDS[letter.lang]
    return {
        "title": words["title"],
        "to": words["to"].format(letter.company),
        "about": words["about"].format(letter.reference),
        "parts": [
            {"head": words["questions"], "lines": list(letter.questions) or [words["none"]]},
            {"head": words["papers"], "lines": list(letter.papers) or [words["none"]]},
        ],
        "end": words["end"],
        "sign": words["sign"],
        "day": letter.day.isoformat(),
        "lang": letter.lang,
    }


def letter_pdf(letter: Letter) -> bytes:
    """The letter as PDF. Texts reach the template as data, never as Typst source.

    Raises NoChineseFont, or FormError where Typst refuses.
    """
    file, family = chinese_font()
    with tempfile.TemporaryDirectory(prefix="huoyan-letter-") as folder:
        root = Path(folder)
        (root / "letter.typ").write_bytes(_TEMPLATE.read_bytes())
        data = json.dumps(_lines(letter) | {"font": family}, ensure_ascii=False)
        (root / "letter.json").write_text(data, encoding="utf-8", errors="replace")
        compiler = typst.Compiler(
            root / "letter.typ",
            root=root,
            font_paths=fonts_in(file.parent),
            ignore_system_fonts=True,
        )
        day = datetime(letter.day.year, letter.day.month, letter.day.day, tzinfo=UTC)
        try:
            made = compiler.compile(format="pdf", timestamp=day)
        except typst.TypstError as error:
            raise FormError(str(error)) from error
    assert isinstance(made, bytes)
    return made


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def letter_docx(letter: Letter) -> bytes:
    """The letter as a Word document (ECMA-376, transitional), to be edited further."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", _document(_lines(letter))),
        ):
            package.writestr(zipfile.ZipInfo(name, _ZIP_TIME), text)
    return out.getvalue()


def _document(lines: Mapping[str, Any]) -> str:
    paragraphs = [
        _paragraph(lines["title"], size=32, align="center", strong=True),
        _paragraph(lines["to"]),
        _paragraph(lines["about"]),
    ]
    for part in lines["parts"]:
        paragraphs.append(_paragraph(part["head"], strong=True))
        paragraphs += _numbered(part["lines"])
    paragraphs += [
        _paragraph(lines["end"]),
        _paragraph(lines["sign"], align="right"),
        _paragraph(lines["day"], align="right"),
    ]
    body = "".join(paragraphs)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>"
    )


def _numbered(lines: Sequence[str]) -> list[str]:
    return [_paragraph(f"{number}. {line}") for number, line in enumerate(lines, 1)]


def _paragraph(text: str, size: int = 22, align: str = "left", strong: bool = False) -> str:
    """One paragraph; `size` in half points."""
    bold = "<w:b/>" if strong else ""
    return (
        f'<w:p><w:pPr><w:spacing w:after="120"/><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr>'
        f'<w:rFonts w:eastAsia="宋体"/>{bold}<w:sz w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )

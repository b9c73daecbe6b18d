"""Text that lies is read from the picture; text that tells the truth is taken as it stands,
whichever way it runs.
"""

from __future__ import annotations

import io
from pathlib import Path

import lying_text as lying
import pytest
from conftest import SHARED
from paper import font
from reportlab.pdfgen.canvas import Canvas

from extractors.decode import decode
from extractors.formats.opened_file import OpenedFile
from extractors.formats.pdf import read_pdf
from extractors.formats.spreadsheet import read_csv
from extractors.formats.text_layer import reads_alike
from extractors.intake.limits import Limits
from extractors.layout.lines import lines_of
from extractors.layout.page import Page, Raw, Word
from extractors.read import read_file
from extractors.values.glyphs import unified

LINES = (
    "营业执照",
    "统一社会信用代码：91330108MA2H3KXQ7U",
    "名称：青岚机电设备有限公司",
    "法定代表人：沈知秋",
    "注册资本：壹佰万元整",
    "成立日期：2019年04月18日",
    "住所：杭州市滨江区江南大道88号",
    "登记机关：市场监督管理局",
)
PAGE = lying.page(LINES)


def _raw(data: bytes) -> Raw:
    with OpenedFile("pdf", data) as file:
        return decode(file, Limits())


def _text(page: Page) -> list[str]:
    return [line.text for line in lines_of(page)]


@pytest.mark.parametrize(
    "data",
    [lying.without_maps(PAGE), lying.with_shifted_maps(PAGE, 7), lying.with_private_codes(PAGE)],
    ids=["no map", "a shifted map", "private codes"],
)
def test_a_text_layer_that_lies_is_read_from_the_picture(data: bytes) -> None:
    raw = _raw(data)
    assert "text_layer_set_aside" in {s.kind for s in raw.signals}
    assert raw.pages[0].scan is not None
    assert _text(raw.pages[0])[:3] == [line.replace("：", ":") for line in LINES[:3]]


@pytest.mark.parametrize(
    "data",
    [PAGE, lying.locked(PAGE), lying.cropped(PAGE, (0, 200, 595, 842)), lying.cropped(PAGE, (0, 200, 595, 842), 2)],
    ids=["plain", "locked for an owner", "cropped", "in units of its own"],
)  # fmt: skip
def test_text_that_tells_the_truth_is_taken_as_it_stands(data: bytes) -> None:
    raw = _raw(data)
    assert raw.pages[0].scan is None
    assert not [s for s in raw.signals if s.kind == "text_layer_set_aside"]
    assert _text(raw.pages[0])[2] == "名称:青岚机电设备有限公司"


def test_letters_that_lost_their_codes_are_seen_among_digits_that_kept_them() -> None:
    def page(*texts: str) -> Page:
        words = [Word(text, 50, 20 * at, 200, 20 * at + 10) for at, text in enumerate(texts)]
        return Page(number=1, width=600, height=800, words=words)

    figures = [f"2025-01-{day:02d} {day * 1234567.89:,.2f}" for day in range(1, 20)]
    shown = page("银行对账单", "交易日期", "余额", *figures)
    assert reads_alike(page("银行对账单", "交易日期", "余额", *figures), [shown])
    assert not reads_alike(page("ÄÅÇÉÑ", "Öáàâ", "ìî", *figures), [shown])
    assert reads_alike(page(*figures), [page(*figures)])


def test_an_amount_that_touches_the_next_cell_is_a_word_of_its_own() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont(font(), 9)
    texts = (
        "329,859.41郑州宏图印刷有限公司",
        "金额1,000.00元整",
        "1,000.00元整",
        "本金500.00及利息",
    )
    for at, text in enumerate(texts):
        canvas.drawString(60, 700 - 20 * at, text)
    canvas.save()
    assert [word.text for word in _raw(buffer.getvalue()).pages[0].words] == [
        "329,859.41",
        "郑州宏图印刷有限公司",
        *texts[1:],
    ]


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("shown", [0, 90, 180, 270])
def test_text_is_read_whichever_way_it_runs(angle: int, shown: int) -> None:
    page = read_pdf(lying.shown_turned(lying.page(LINES, angle=angle), shown), max_pages=1).pages[0]
    assert _text(page) == [line.replace("：", ":") for line in LINES]
    assert page.turned == (shown - angle) % 360


def test_a_place_on_a_turned_page_is_told_as_a_viewer_shows_it() -> None:
    """Shown on its side, a page's first line stands at its right edge."""
    page = read_pdf(lying.shown_turned(PAGE, 90), max_pages=1).pages[0]
    box = page.box_of([lines_of(page)[0].words[0]])
    assert box.left > 0.5
    assert box.bottom - box.top > box.right - box.left


def test_values_typed_into_a_form_are_part_of_the_page() -> None:
    page = read_pdf(lying.form(LINES[:2], {"total": "11,300.00"}), max_pages=1).pages[0]
    assert "11,300.00" in [word.text for word in page.words]


def test_hidden_fields_and_empty_boxes_are_not() -> None:
    page = read_pdf(lying.form(LINES[:2], {"total": "99.00"}, flags=2), max_pages=1).pages[0]
    assert "99.00" not in [word.text for word in page.words]


def test_radicals_in_a_table_are_folded_too() -> None:
    body = "户名,⾦额,⽇期\n青岚⾦属,1.00,2025-01-01\n".encode()
    words = [word.text for word in read_csv(body, max_cells=100).pages[0].words]
    assert words[:4] == ["户名", "金额", "日期", "青岚金属"]


def test_radicals_and_compatibility_characters_are_the_characters_that_they_draw() -> None:
    assert unified("⾦额 ⽔泵 ⻓江 厂⻔ \uf9de") == "金额 水泵 长江 厂门 吏"
    assert unified("（Ａ）１２") == "（Ａ）１２"


@pytest.mark.skipif(not SHARED.exists(), reason="no sample beside the repository")
@pytest.mark.parametrize("name", ["f04_rotate90.pdf", "f05_no_tounicode.pdf"])
def test_invoices_of_public_bug_reports(name: str) -> None:
    data = Path(SHARED / "cases" / name).read_bytes()
    (document,) = read_file(name, data, Limits()).documents
    assert document.type == "invoice"
    assert document.fields["total_amount"].value == "11300.00"
    assert document.fields["seller_name"].value == "青岚机电设备有限公司"

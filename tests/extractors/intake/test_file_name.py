"""Names that a terminal would obey, or that show another name than they are, are cleaned where
files come in.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import ReadError
from extractors.gather import gather
from extractors.intake.archive import Budget, members
from extractors.intake.file_name import LONGEST_NAME, clean_name
from extractors.intake.limits import Limits
from extractors.sandbox.parent import Sandbox

# As published attacks write them: terminal escapes (CWE-150), right-to-left overrides (CWE-451,
# "RLO" of mail attachments), invisible marks, ends of lines for forged lines of a log (CWE-117).
HOSTILE = {
    "\x1b[2J\x1b[H流水.pdf": "[2J[H流水.pdf",
    "\x1b]0;标题\x07发票.pdf": "]0;标题发票.pdf",
    "\x9b31m红.pdf": "31m红.pdf",
    "流水\u202efdp.exe": "流水fdp.exe",
    "\u2066合同\u2069.pdf": "合同.pdf",
    "\u200f\u061c执照.pdf": "执照.pdf",
    "合\u200b同\ufeff.pdf": "合同.pdf",
    "a\nlevel=error b.pdf": "alevel=error b.pdf",
    "a\r\nb.pdf": "ab.pdf",
    "a\u2028b\u2029.pdf": "ab.pdf",
    "a\x00.pdf": "a.pdf",
    "\ud800半.pdf": "半.pdf",
    "银行\u3000流水.pdf": "银行 流水.pdf",
    "\x08\x7f": "file",
    "   ": "file",
}
HONEST = (
    "2025年1-6月 银行流水（工行）.pdf",
    "营业执照-副本.jpg",
    "𠮷野家合同.pdf",
    "Überweisung №7.xlsx",
    "增值税发票_0001.ofd",
    "张䶮.pdf",
)


@pytest.mark.parametrize(("name", "cleaned"), HOSTILE.items())
def test_hostile_names(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


@pytest.mark.parametrize("name", HONEST)
def test_honest_names_are_kept(name: str) -> None:
    assert clean_name(name) == name


@given(st.text(st.characters(codec=None, categories=None), max_size=600))
def test_what_is_cleaned_is_safe_and_stays_as_it_is(name: str) -> None:
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= LONGEST_NAME
    assert not {unicodedata.category(c) for c in cleaned} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert clean_name(cleaned).strip() == cleaned.strip()
    assert cleaned.encode()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, name in enumerate(names):
            archive.writestr(zipfile.ZipInfo(name), f"内容 {number}")
    return out.getvalue()


def inside(data: bytes) -> list[str]:
    limits = Limits()
    return [name for name, _ in members("a.zip", data, limits, Budget(limits))]


def test_members_of_archives_within_archives_are_cleaned() -> None:
    inner = zipped("\x1b[31m甲.txt", "乙\u202etxt.exe")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("夹\u2067/套.zip", inner)
        archive.writestr("丙\n.txt", "c")
    assert inside(out.getvalue()) == ["夹/套.zip/[31m甲.txt", "夹/套.zip/乙txt.exe", "丙.txt"]


def test_no_member_is_lost_where_names_become_equal() -> None:
    assert inside(zipped("甲.txt", "甲\u200b.txt", "\u202e甲.txt")) == ["甲.txt"] * 3


def test_a_mark_does_not_make_a_file_one_that_is_left_aside() -> None:
    assert len(inside(zipped("\u202e.流水.txt"))) == 1


def test_a_member_without_a_name_is_read_or_refused() -> None:
    try:
        found = inside(zipped(""))
    except ReadError:
        return
    assert len(found) == 1
    assert found[0].isprintable()


def test_files_of_a_folder_are_cleaned(tmp_path: Path) -> None:
    for name in ("\x1b[31m甲.txt", "乙\u202e.txt"):
        (tmp_path / name).write_text("内容", "utf-8")
    with Sandbox(jobs=1) as sandbox:
        gathered = gather([tmp_path], sandbox)
    assert sorted(name for name, _ in gathered.files) == ["[31m甲.txt", "乙.txt"]

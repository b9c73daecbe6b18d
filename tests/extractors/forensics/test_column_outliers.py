"""A figure that another hand set in a column is told; one that a seal's words cross is not."""

from __future__ import annotations

import pytest
from document_layouts.page_furniture import draw_stamp
from paper import Paper

from extractors.intake.limits import Limits
from extractors.read import read_file

_EDGES = (60, 160, 320, 440, 540)
_SIZE = 6.5


def _statement(*, other_size: float = 0.0, seal_off: float | None = None) -> list[str]:
    """What is told of a column of twelve balances: one in another size, or the last one crossed by
    a seal whose words stand so many points off its line."""
    paper = Paper()
    paper.title("账户明细")
    rows = [
        [f"2025-03-{n:02d}", "货款", f"{1000 + n}.50", f"{90000 + 137 * n:,}.25"]
        for n in range(1, 13)
    ]
    if other_size:
        rows[7][3] = ""
    heads = ("交易日期", "摘要", "贷方发生额", "余额")
    paper.table(_EDGES, heads, rows, right=(2, 3), ruled="none", size=_SIZE, step=13)
    last = paper.y + 13
    if other_size:
        paper.text(_EDGES[4] - 3, "91,096.25", other_size, y=last + 4 * 13, align="right")
    if seal_off is not None:
        draw_stamp(paper, "对账专用章", _EDGES[4] - 16, last + seal_off)
    reading = read_file("流水.pdf", paper.bytes(), Limits())
    return [s.detail for d in reading.documents for s in d.signals if s.kind == "set_apart"]


@pytest.mark.parametrize("off", [-14.0, -12.0, 0.5, 3.0, 4.5, 6.0])
def test_a_seal_over_the_last_row_is_not_told(off: float) -> None:
    assert not _statement(seal_off=off)


def test_a_figure_of_another_size_is_told() -> None:
    assert any("size 8" in detail for detail in _statement(other_size=8.0))

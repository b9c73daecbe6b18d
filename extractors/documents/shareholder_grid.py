"""A shareholder table as rows and columns, and how it follows from ruled cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.layout.lines import Cells, cells_of, join_words
from extractors.layout.page import Page, Word
from extractors.values.glyphs import squeeze, tidy
from extractors.values.party_name import is_company
from extractors.values.person_name import is_person

PERSON = re.compile(r"^[\u4e00-\u9fff]{2,4}$|^[\u4e00-\u9fff]+·[\u4e00-\u9fff·]+$")
NOT_A_NAME = re.compile(
    r"^(?:货币|实物|现金|知识产权|土地使用权|身份证|居民身份证|营业执照|自然人|法人|企业法人|境内自然人|中国|男|女|股东|是|否)$"
)
_FIGURE = r"(?:人民币|RMB|CNY)?[¥]?-?[\d,]+(?:\.\d+)?"
NUMBER = re.compile(rf"^{_FIGURE}(?:%|万元|万股|元|万|股)?$|^\d{{1,6}}/\d{{1,6}}$")
_LATIN = re.compile(r"^[A-Za-z][A-Za-z .,'&-]{3,}$")
_BRACKET_BEHIND = re.compile(r"[(（][^()（）]{2,8}[)）]$")
_ORDINAL = re.compile(r"^(?:股东|出资人|投资人|发起人)[一二三四五六七八九十\d甲乙丙丁戊]{1,2}$")
_PAPER_BEHIND = re.compile(
    r"[ (（\[/]*(?:(?:居民)?身份证(?:件)?(?:号码?)?|证件号码?|统一社会信用代码|信用代码|注册号|证照号码?|ID)?[:： ]*"
    r"[(（]?\d[\dA-Z*]{10,19}[)）\]]?\s*$"
)
_NO_HOLDER = re.compile(r"^\d|[:：。；;]|\d\.\d|元/|^(?:以上|说明|注|备注|提示|本)")
_UNLIKELY_NAME = 0.3  # two to four Chinese characters that begin with no surname
TOTAL = re.compile(r"^(?:合计|总计|小计|共计|total|sum)", re.IGNORECASE)


@dataclass(slots=True)
class Table:
    """Texts by row and column, the heading of each column, and where each row stands."""

    page: Page
    headings: list[str]
    rows: list[list[str]]
    words: list[list[Word]]
    totals: list[list[str]] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0


def looks_like_name(text: str) -> float:
    """Return how surely a text is the name of a shareholder: a company, a person, or neither."""
    plain = squeeze(holder_name(text))
    if NOT_A_NAME.match(plain) or TOTAL.match(plain) or _ORDINAL.match(plain):
        return 0.0
    if is_company(plain) or is_company(_BRACKET_BEHIND.sub("", plain)):
        return 2.0
    if PERSON.match(plain):
        return 1.0 if is_person(plain) else _UNLIKELY_NAME
    return 1.0 if _LATIN.match(text.strip()) else 0.0


def holder_name(text: str) -> str:
    """Return a shareholder's name without the number of a paper behind or below it."""
    return _PAPER_BEHIND.sub("", tidy(text)).strip(" ,，;；:：/") or tidy(text)


def ruled_tables(page: Page) -> Iterator[Table]:
    """Yield the tables that ruling lines draw: the cells below each row of headings."""
    if page.is_sheet:
        return
    cells = cells_of(page)
    texts = {i: tidy(join_words(cells.members(i))) for i in range(len(cells.boxes))}
    named = [i for i, text in texts.items() if _is_name_heading(text)]
    named = named or _over_names(cells, texts)
    for head in sorted(named, key=lambda i: cells.boxes[i][1]):
        table = _below_heading(page, cells, texts, head)
        if table is not None and table.rows:
            yield table


def _over_names(cells: Cells, texts: dict[int, str]) -> list[int]:
    """Return the cells under which names of shareholders stand, where no heading says it."""
    heads = []
    for index, box in enumerate(cells.boxes):
        if looks_like_name(texts[index]) >= 1.0 or not texts[index]:
            continue
        below = [
            other
            for other, b in enumerate(cells.boxes)
            if abs(b[0] - box[0]) < 2 and abs(b[2] - box[2]) < 2 and abs(b[1] - box[3]) < 2
        ]
        if any(looks_like_name(texts[other]) >= 1.0 for other in below):
            heads.append(index)
    return heads


def _is_name_heading(text: str) -> bool:
    plain = squeeze(text)
    return len(plain) <= 16 and bool(re.search(r"股东|出资人|投资人|发起人|姓名|名称", plain))


def _below_heading(page: Page, cells: Cells, texts: dict[int, str], head: int) -> Table | None:
    left, top, right, bottom = cells.boxes[head]
    heads = [
        i
        for i, box in enumerate(cells.boxes)
        if box[1] >= top - 2 and box[3] <= bottom + 2 and box[3] > top
    ]
    edges = sorted({(cells.boxes[i][0], cells.boxes[i][2]) for i in heads})
    columns = [
        edge for edge in edges if not any(_inside(other, edge) for other in edges if other != edge)
    ]
    if len(columns) < 2:
        return None
    table = Table(
        page, [_heading(cells, texts, heads, column) for column in columns], [], [], top=top
    )
    table.bottom = bottom
    in_column = [
        i
        for i, box in enumerate(cells.boxes)
        if box[1] >= bottom - 2 and _overlaps(box, (left, right))
    ]
    for anchor in sorted(in_column, key=lambda i: cells.boxes[i][1]):
        band = cells.boxes[anchor]
        row, words = _row_of(cells, texts, columns, (band[1], band[3]))
        add_row(table, row, words, columns.index(_column_of(columns, (left, right))))
        table.bottom = max(table.bottom, band[3])
    return table


def _inside(inner: tuple[float, float], outer: tuple[float, float]) -> bool:
    return inner[0] >= outer[0] - 2 and inner[1] <= outer[1] + 2 and inner != outer


def _column_of(
    columns: Sequence[tuple[float, float]], span: tuple[float, float]
) -> tuple[float, float]:
    return max(columns, key=lambda c: min(c[1], span[1]) - max(c[0], span[0]))


def _overlaps(box: tuple[float, float, float, float], span: tuple[float, float]) -> bool:
    return min(box[2], span[1]) - max(box[0], span[0]) > 0.5 * (span[1] - span[0])


def _heading(
    cells: Cells, texts: dict[int, str], heads: Sequence[int], column: tuple[float, float]
) -> str:
    """Return the texts of a column's heading cells from top to bottom: 认缴 over 出资额."""
    middle = (column[0] + column[1]) / 2
    over = [i for i in heads if cells.boxes[i][0] < middle < cells.boxes[i][2]]
    return "".join(squeeze(texts[i]) for i in sorted(over, key=lambda i: cells.boxes[i][1]))


def _row_of(
    cells: Cells,
    texts: dict[int, str],
    columns: Sequence[tuple[float, float]],
    band: tuple[float, float],
) -> tuple[list[str], list[Word]]:
    middle = (band[0] + band[1]) / 2
    row, words = [], []
    for left, right in columns:
        at = (left + right) / 2
        inside = [
            i
            for i, box in enumerate(cells.boxes)
            if box[0] < at < box[2] and box[1] - 1 <= middle <= box[3] + 1
        ]
        row.append(texts[inside[0]] if inside else "")
        words += cells.members(inside[0]) if inside else []
    return row, words


def _is_notice(text: str) -> bool:
    """Return whether a text cannot be a shareholder's name: a note, a clause, a price."""
    plain = squeeze(text)
    return bool(_NO_HOLDER.search(plain)) and not is_company(plain)


def add_row(table: Table, row: list[str], words: list[Word], name: int) -> None:
    """Put a row where it belongs: totals, shareholders, or nowhere when it has no name or number."""
    first = next((squeeze(t) for t in row if t.strip()), "")
    if TOTAL.match(first) or TOTAL.match(squeeze(row[name])):
        table.totals.append(row)
    elif (
        row[name].strip()
        and not _is_notice(row[name])
        and any(NUMBER.match(squeeze(t)) for t in row)
    ):
        table.rows.append(row)
        table.words.append(words)

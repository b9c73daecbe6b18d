"""What became of every row of an imported file: read, dropped and why, values not read, columns
used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from graphs.model import PartyGraph

SHOWN_CHARACTERS = 20  # of a cell that a message names
SHOWN_ROWS = 5  # rows that a message names; the count tells the rest


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something of a file is not in the graph, or stands there otherwise than in the file.

    `is_loss`: something is missing from the graph.
    """

    code: str
    zh: str
    en: str
    is_loss: bool = True


_REASONS = (
    Reason(
        "party_missing",
        "缺少担保人（股东）或债务人（企业），未导入",
        "rows lack one of the two parties; fill in the name",
    ),
    Reason(
        "amount_not_read",
        "金额无法识别，按金额未知导入；请改为数字",
        "amounts could not be read and count as unknown; write them in figures",
    ),
    Reason(
        "amount_negative",
        "金额为负，按金额未知导入；请核对",
        "negative amounts count as unknown; check them",
    ),
    Reason(
        "share_not_read",
        "持股比例无法识别；请写成百分数（如 60%）",
        "shares could not be read; write them as percent, such as 60%",
    ),
    Reason(
        "share_unit_unknown",
        "持股比例均不大于 1，无法判断是小数还是百分数；请写成 60%，或使用 --share-unit",
        "no share exceeds 1: fractions or percent? write 60%, or give --share-unit",
    ),
    Reason(
        "date_not_read",
        "日期无法识别，按未知导入；请写成 2026-01-31",
        "dates could not be read and count as unknown; write 2026-01-31",
    ),
    Reason(
        "dates_reversed",
        "到期日早于起始日；请核对",
        "the end lies before the start; check both dates",
        is_loss=False,
    ),
    Reason(
        "currency_without_rate",
        "外币金额未折算，按金额未知导入；请使用 --rate 币种=汇率",
        "amounts in another currency count as unknown; give --rate CURRENCY=RATE",
    ),
    Reason(
        "code_not_valid",
        "统一社会信用代码校验不通过，未用于识别主体；请核对",
        "codes whose check character does not hold identify nobody; check them",
    ),
    Reason(
        "codes_of_one_name",
        "同一名称对应多个有效代码，已按不同主体处理；请核对",
        "one name bears several valid codes and is kept as several parties; check it",
        is_loss=False,
    ),
    Reason(
        "homonym_without_code",
        "名称对应多个代码而本行没有代码，单独列为一个主体；请补充代码",
        "the name is that of several parties and the row bears no code; add the code",
    ),
    Reason(
        "cells_beyond_head",
        "超出表头的单元格未导入",
        "cells beyond the head row were not read",
    ),
    Reason(
        "unclosed_quote",
        "引号没有成对，按普通字符读取；请核对该行",
        "a quotation mark is not closed; it was read as a plain character; check the row",
    ),
    Reason(
        "undecoded_bytes",
        "有无法解码的字符；请另存为 UTF-8 或指定 --encoding",
        "characters could not be decoded; save as UTF-8 or give --encoding",
    ),
    Reason(
        "control_characters",
        "控制字符已去除；请核对名称",
        "control characters were taken out; check the names",
        is_loss=False,
    ),
    Reason(
        "cell_too_long",
        "单元格过长（多于 1000 个字符），该行未导入",
        "rows with a cell of more than 1,000 characters were not read",
    ),
    Reason(
        "number_mangled",
        "编号已被表格软件改写（科学计数或超过 15 位），请将该列设为文本后重新导出",
        (
"numbers were changed by the spreadsheet program; format the column as text "
"and export again"
),
    ),
    Reason(
        "sheet_not_read",
        "工作表没有可识别的表头，未导入",
        "sheets without a head row that is known were not read",
    ),
    Reason(
        "kind_unknown",
        "关系种类未知，未导入；请写担保、持股、开票或付款",
        (
"relations of a kind that is not known were not read; write guarantees, "
"holds_shares, invoices or pays"
),
    ),
    Reason(
        "link_unknown",
        "来源文件的联系未说明是担保，未导入",
        "links that do not say that they are guarantees were not read",
    ),
    Reason(
        "end_unknown",
        "关系的一端不在文件中，未导入",
        "relations with an end that the file does not hold were not read",
    ),
    Reason("owner_not_told", "声明未披露权益人", "statements that name no interested party"),
    Reason(
        "entity_without_name",
        "主体没有名称，以编号代替",
        "parties without a name go by their id",
        is_loss=False,
    ),
    Reason("line_not_read", "该行不是 JSON 对象，未导入", "lines that are no JSON object"),
    Reason("no_rows", "表头之后没有数据", "no row follows the head row"),
    Reason("total_row", "合计行，未作为关系导入", "rows of totals", is_loss=False),
    Reason("blank_row", "空行", "blank rows", is_loss=False),
    Reason(
        "repeated_row", "内容完全相同的行，均已导入；请核对是否重复登记", "rows repeated exactly; all are kept: are they registered twice", is_loss=False
    ),
    Reason("self_guarantee", "担保人与债务人相同", "guarantor and debtor are one party", is_loss=False),
    Reason("amount_missing", "没有金额，按金额未知导入", "rows without an amount", is_loss=False),
    Reason("merged_cells", "合并单元格已按首格内容填充", "merged cells were filled with their first cell", is_loss=False),
    Reason("serial_dates", "数字日期按电子表格日期序号读取", "numbers were read as spreadsheet dates", is_loss=False),
    Reason("share_as_fraction", "持股比例按小数读取（0.6 即 60%）", "shares were read as fractions: 0.6 is 60 %", is_loss=False),
    Reason("column_not_used", "该列未使用", "columns that were not used", is_loss=False),
    Reason("edited_elsewhere", "可见列与备份列不一致，以可见列为准", "values changed in another program were taken", is_loss=False),
)  # fmt: skip
REASONS: Mapping[str, Reason] = {reason.code: reason for reason in _REASONS}


@dataclass(frozen=True, slots=True)
class Noted:
    """How often a reason applied, and where first: rows, or names of columns and sheets."""

    reason: Reason
    count: int
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of one file."""

    file: str
    form: str
    rows: int
    relations: int
    columns: tuple[tuple[str, str], ...]  # column as printed, what it was read as
    noted: tuple[Noted, ...]

    @property
    def lost_something(self) -> bool:
        return any(noted.reason.is_loss for noted in self.noted)


@dataclass
class Notes:
    """Collects reasons while a file is read."""

    columns: list[tuple[str, str]] = field(default_factory=list)
    rows: int = 0
    form: str = ""
    _counts: dict[str, int] = field(default_factory=dict)
    _where: dict[str, list[str]] = field(default_factory=dict)

    def add(self, code: str, where: object = "", count: int = 1) -> None:
        """Raises KeyError for a code that is not declared."""
        reason = REASONS[code]
        self._counts[reason.code] = self._counts.get(reason.code, 0) + count
        places = self._where.setdefault(reason.code, [])
        if len(places) < SHOWN_ROWS and str(where):
            places.append(str(where))

    def add_all(self, code: str, where: Sequence[object]) -> None:
        """A reason that applies at many places, in their order."""
        if not len(where):
            return
        for place in where[:SHOWN_ROWS]:
            self.add(code, place)
        self._counts[code] += max(0, len(where) - SHOWN_ROWS)

    def report(self, file: str, relations: int) -> ImportReport:
        noted = tuple(
            Noted(REASONS[code], count, tuple(self._where[code]))
            for code, count in sorted(self._counts.items(), key=lambda item: _weight(item[0]))
        )
        return ImportReport(file, self.form, self.rows, relations, tuple(self.columns), noted)


def _weight(code: str) -> tuple[bool, str]:
    """Losses first."""
    return not REASONS[code].is_loss, code


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person says about a file that it does not say itself."""

    encoding: str = ""
    delimiter: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)  # head as printed: what it is
    share_unit: str = ""  # percent | fraction
    rates: Mapping[str, Decimal] = field(default_factory=dict)  # yuan for one unit of a currency


@dataclass(frozen=True, slots=True)
class Imported:
    """The graph of a file and what became of its rows."""

    graph: PartyGraph
    report: ImportReport

    def renamed(self, file: str) -> Imported:
        return replace(self, report=replace(self.report, file=file))


class NotAGraph(ValueError):
    """The file holds nothing that is known here; the message, in both languages, says what was
    looked for.
    """

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en

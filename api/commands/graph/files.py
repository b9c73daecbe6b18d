"""Graphs read and written by the commands: stored graphs, and any file that can be imported, read
at once.
"""

from __future__ import annotations

import csv
import gc
import json
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from api.commands.console import write, wrong

if TYPE_CHECKING:
    from graphs.model import PartyGraph
    from graphs.registers.import_report import Imported, ImportOptions, ImportReport
    from graphs.resolve.same_party import Told

LOST = 3  # exit code: something of a file is not in the graph
GraphFile = Annotated[
    Path,
    typer.Argument(
        help="A graph written by `huoyan graph build` or `import`, or any file that import reads."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Out = Annotated[Path, typer.Option("--out", help="Where the graph is written.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Relations live on this day alone."),
]
Lang = Annotated[str, typer.Option("--lang", help="zh or en.")]
Words = Annotated[
    Path | None,
    typer.Option(
        "--told",
        help=(
            "CSV of a person's words on names: same,A,B or apart,A,B, one a line; "
            "name@code or name@application where one name is several parties."
        ),
    ),
]
_KINDS = {"same": True, "同一": True, "apart": False, "不同": False}


def load(file: Path, as_of: datetime | None = None) -> PartyGraph:
    """A stored graph, or what a file of another form holds; ends with exit code 2 for any other
    file.

    What was lost of another form is told on standard error.
    """
    # A graph is many small objects without cycles: collecting them again and again is half of the
    # time
    gc.disable()
    graph = _loaded(file)
    return graph.as_of(as_of.date()) if as_of else graph


def _loaded(file: Path) -> PartyGraph:
    from graphs.formats.json_graph import SCHEMA, graph_of_text

    data = _bytes(file)
    if SCHEMA.encode() in data[:200]:
        try:
            return graph_of_text(data)
        except (ValueError, KeyError, TypeError, ArithmeticError, AttributeError) as error:
            _no_graph(file, str(error))
    found = read_file(file, None, data)
    tell_report(found.report)
    return found.graph


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        _no_graph(file, error.strerror or str(error))


def _no_graph(file: Path, why: str) -> NoReturn:
    wrong(
        f"{file}: 不是图文件，请先运行 huoyan graph build 或 import / no graph; run huoyan graph "
        f"build or import first ({why})"
    )


def read_file(file: Path, options: ImportOptions | None, data: bytes | None = None) -> Imported:
    """A file of another system; ends with exit code 2 where it holds no graph."""
    from graphs.registers.foreign import read_foreign
    from graphs.registers.import_report import NotAGraph

    try:
        return read_foreign(file.name, file.read_bytes() if data is None else data, options)
    except NotAGraph as error:
        wrong(f"{file}: 无法导入，未找到：{error.zh} / cannot import, looked for: {error.en}")
    except OSError as error:
        wrong(f"{file}: 无法读取 / cannot be read: {error}")


def save(graph: PartyGraph, out: Path) -> None:
    from graphs.formats.json_graph import graph_text

    write(out, graph_text(graph))
    typer.echo(
        f"{len(graph.entities)} 主体 / entities, {len(graph.relations)} 关系 / relations → {out}",
        err=True,
    )


def tell_report(report: ImportReport) -> None:
    """What became of a file's rows, on standard error."""
    typer.echo(
        (
            f"{report.file}: {report.form}，读取 {report.rows} 行，{report.relations} 条关系 / "
            f"{report.rows} rows read, {report.relations} relations"
        ),
        err=True,
    )
    for noted in report.noted:
        mark = "✗" if noted.reason.is_loss else "·"
        where = f"（{'; '.join(noted.where)}{' …' if noted.count > len(noted.where) else ''}）"
        shown = where if noted.where else ""
        typer.echo(
            (
                f"  {mark} {noted.count} × {noted.reason.code} {shown}: {noted.reason.zh} / "
                f"{noted.reason.en}"
            ),
            err=True,
        )


def report_json(report: ImportReport) -> dict[str, object]:
    """A report as the commands and the service tell it."""
    return {
        "file": report.file,
        "form": report.form,
        "rows": report.rows,
        "relations": report.relations,
        "columns": [{"head": head, "read_as": column} for head, column in report.columns],
        "noted": [
            {
                "code": noted.reason.code,
                "count": noted.count,
                "where": list(noted.where),
                "loss": noted.reason.is_loss,
                "zh": noted.reason.zh,
                "en": noted.reason.en,
            }
            for noted in report.noted
        ],
        "lost": report.lost_something,
    }


def find(graph: PartyGraph, name: str) -> str:
    """The entity of an id, of a code, or of a name under any spelling.

    Ends with exit code 2 for none or several.
    """
    from extractors.values.party_name import folded_name

    if name in graph.entities:
        return name
    sought = folded_name(name)
    same = [
        entity.id
        for entity in graph.entities.values()
        if entity.code == name or sought in entity.keys
    ]
    if not same:
        wrong(f"图中没有这一主体 / no such party in the graph: {name}")
    if len(same) > 1:
        wrong(f"名称不唯一，请用编号 / several, give an id: {', '.join(same)}")
    return same[0]


def told_words(file: Path | None) -> list[Told]:
    """A person's word on names. Ends with exit code 2 for a line that is none."""
    from graphs.resolve.same_party import Told

    try:
        lines = file.read_text("utf-8-sig").splitlines() if file else []
    except (OSError, UnicodeDecodeError) as error:
        wrong(f"--told: {error}")
    words = []
    for number, cells in enumerate(csv.reader(lines), 1):
        row = [cell.strip() for cell in cells]
        if not any(row):
            continue
        if len(row) != 3 or row[0] not in _KINDS or not all(row):
            wrong(
                f"{file}:{number}: 应为 same,甲,乙 或 apart,甲,乙 / expected same,A,B or apart,A,B"
            )
        words.append(Told(row[1], row[2], _KINDS[row[0]]))
    return words


def unheard(words: Sequence[Told], graph: PartyGraph) -> list[str]:
    """Names in a person's words that no party bears: nothing came of those words."""
    from extractors.values.party_name import folded_name

    known = {
        folded_name(name)
        for entity in graph.entities.values()
        for name in (*entity.names, entity.id, entity.code)
    }
    known.discard("")
    named = [name for word in words for name in (word.one, word.other)]
    return [
        name
        for name in dict.fromkeys(named)
        if folded_name(name) not in known and folded_name(name.rpartition("@")[0]) not in known
    ]


def amount_option(option: str, text: str) -> Decimal:
    """An amount of an option; ends with exit code 2 for any other text."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        wrong(f"{option}: 需要金额 / an amount: {text}")
    if not value.is_finite() or value < 0:
        wrong(f"{option}: 需要非负金额 / an amount of 0 or more: {text}")
    return value


def told_json(told: object) -> str:
    """JSON with each member of an object, and each item of a list in it, on a line of its own: the
    fast writer does not indent.
    """
    if not isinstance(told, dict):
        return json.dumps(told, ensure_ascii=False)
    return "{\n" + ",\n".join(_member(name, value) for name, value in told.items()) + "\n}"


def _member(name: str, value: object) -> str:
    if isinstance(value, list) and value:
        items = ",\n".join(json.dumps(item, ensure_ascii=False) for item in value)
        return f"{json.dumps(name)}: [\n{items}\n]"
    return f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"

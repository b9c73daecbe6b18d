"""huoyan graph build, import, export, declared: where graphs come from and go to."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import tracked, wrong
from api.commands.graph.answers import amount_text, is_zh, relation_row, show
from api.commands.graph.files import (
    LOST,
    AsOf,
    GraphFile,
    Json,
    Lang,
    Out,
    Words,
    amount_option,
    find,
    load,
    read_file,
    report_json,
    save,
    tell_report,
    told_json,
    told_words,
    unheard,
)
from api.commands.graph.sentences import kind_text
from api.commands.read_folder import read_folder

if TYPE_CHECKING:
    from graphs.measures.declared import Compared
    from graphs.registers.import_report import ImportOptions


def build(
    folder: Annotated[Path, typer.Argument(help="Each sub-folder or zip is a packet.")],
    out: Out,
    told: Words = None,
    jobs: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Reads packets and writes the graph that their papers prove."""
    from graphs.build import build as linked
    from verify.policy import default_policy

    packets = [reading.packet for reading in read_folder(folder, jobs)]
    floor = default_policy().trust_floor
    save(linked(packets, told_words(told), floor=floor, payments=True), out)


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help=(
                "Tables (text with any delimiter, xlsx, xls) of guarantees, loans, "
                "shareholders, companies, payments or invoices; our own exports, GraphML, "
                "GEXF, FollowTheMoney (JSON lines), BODS (JSON)."
            )
        ),
    ],
    out: Annotated[Path | None, typer.Option("--out", help="Where the graph is written.")] = None,
    told: Words = None,
    column: Annotated[
        list[str] | None,
        typer.Option(
            "--column",
            help=(
                "HEAD=MEANING, such as 担保方=source; meanings: source, target, source_code, "
                "target_code, amount, share, start, end, contract, mode, kind, currency."
            ),
        ),
    ] = None,
    encoding: Annotated[str, typer.Option(help="Such as utf-16, gb18030, big5, cp1252.")] = "",
    delimiter: Annotated[str, typer.Option(help="One character; `tab` for a tab.")] = "",
    share_unit: Annotated[
        str, typer.Option(help="percent or fraction: how shares of at most 1 are meant.")
    ] = "",
    rate: Annotated[
        list[str] | None,
        typer.Option("--rate", help="CURRENCY=YUAN for one unit, such as USD=7.1."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write what became of every row, as JSON.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell what would be read, and write no graph.")
    ] = False,
) -> None:
    """Writes the graph of other systems' files; several files become one graph.

    Ends with exit code 3 where anything of a file is not in it.
    """
    from api.commands.console import write
    from graphs.merge import merged

    if out is None and not dry_run:
        wrong("需要 --out 或 --dry-run / give --out or --dry-run")
    words, options = told_words(told), _options(column, encoding, delimiter, share_unit, rate)
    found = [read_file(file, options) for file in tracked(files, "导入 / importing")]
    for each in found:
        tell_report(each.report)
    if report is not None:
        write(report, told_json([report_json(each.report) for each in found]))
    graph = merged([each.graph for each in found], words)
    names = unheard(words, graph)
    if names:
        typer.echo(f"--told: 图中没有 / not in the graph: {'、'.join(names)}", err=True)
    if out is not None and not dry_run:
        save(graph, out)
    if names or any(each.report.lost_something for each in found):
        raise typer.Exit(LOST)


def _options(
    column: list[str] | None,
    encoding: str,
    delimiter: str,
    share_unit: str,
    rate: list[str] | None,
) -> ImportOptions:
    """Ends with exit code 2 for an option that says nothing."""
    from graphs.registers.columns import COLUMNS
    from graphs.registers.import_report import ImportOptions

    columns = dict(_pair("--column", text) for text in column or [])
    for meaning in columns.values():
        if meaning not in COLUMNS:
            wrong(f"--column: {meaning}: {' '.join(COLUMNS)}")
    if share_unit not in ("", "percent", "fraction"):
        wrong("--share-unit: percent / fraction")
    rates: dict[str, Decimal] = {}
    for currency, text in (_pair("--rate", each) for each in rate or []):
        rates[currency.upper()] = amount_option("--rate", text)
    mark = "\t" if delimiter == "tab" else delimiter
    if len(mark) > 1:
        wrong("--delimiter: 一个字符或 tab / one character or tab")
    return ImportOptions(encoding, mark, columns, share_unit, rates)


def _pair(option: str, text: str) -> tuple[str, str]:
    name, equals, value = text.rpartition("=")
    if not equals or not name.strip() or not value.strip():
        wrong(f"{option}: 应为 名称=值 / expected NAME=VALUE: {text}")
    return name.strip(), value.strip()


def export(
    file: GraphFile,
    form: Annotated[str, typer.Option("--format", help="graphml, gexf, csv, ftm or json.")] = "csv",
    out: Annotated[
        Path | None, typer.Option("--out", help="A file; standard output without it.")
    ] = None,
    as_of: AsOf = None,
) -> None:
    """Writes the graph in another form, which `import` reads again as the same graph."""
    from api.commands.console import write
    from graphs.formats.exchange import FORMS
    from graphs.formats.exchange import export as exported
    from graphs.formats.json_graph import graph_text

    if form not in (*FORMS, "json"):
        wrong(f"--format: {' / '.join((*FORMS, 'json'))}")
    graph = load(file, as_of)
    text = graph_text(graph) if form == "json" else exported(graph, form)
    if out is None:
        sys.stdout.write(text)
    else:
        write(out, text)


def declared(
    file: GraphFile,
    told: Annotated[
        Path,
        typer.Argument(help="What the applicant declared: a table or graph of the same kinds."),
    ],
    company: Annotated[
        str, typer.Argument(help="Name or id of the applicant; all that is declared without it.")
    ] = "",
    as_of: AsOf = None,
    lang: Lang = "zh",
    as_json: Json = False,
) -> None:
    """Related parties, guarantees and holdings that were declared, beside what papers, tables and
    registers show.
    """
    from graphs.measures.declared import compared

    zh = is_zh(lang)
    found = compared(load(told, as_of), load(file, as_of))
    if company:
        found = found.around(find(found.graph, company))
    shown = {
        "agree": [relation_row(found.graph, relation) for relation in found.agree],
        "differ": [
            {
                "declared": relation_row(found.graph, first),
                "shown": relation_row(found.graph, second),
            }
            for first, second in found.differ
        ],
        "declared_only": [relation_row(found.graph, relation) for relation in found.declared_only],
        "not_declared": [relation_row(found.graph, relation) for relation in found.not_declared],
    }
    show(shown, as_json, _declared_lines(found, zh))


def _declared_lines(found: Compared, zh: bool) -> list[str]:
    names = found.graph.name
    lines = []
    for label, relations in (
        ("未申报 / not declared", found.not_declared),
        ("仅见于申报 / declared only", found.declared_only),
        ("一致 / agree", found.agree),
    ):
        for relation in relations:
            where = "; ".join(place.shown() for place in relation.places[:3])
            told = (
                f"{names(relation.source)} —{kind_text(relation.kind, zh)}→ "
                f"{names(relation.target)} {amount_text(relation)}"
            )
            lines.append(f"{label}: {told}  {where}")
    for first, second in found.differ:
        ends = f"{names(first.source)} —{kind_text(first.kind, zh)}→ {names(first.target)}"
        values = f"申报 / declared {amount_text(first)}，显示 / shown {amount_text(second)}"
        lines.append(f"不一致 / differ: {ends}: {values}")
    return lines

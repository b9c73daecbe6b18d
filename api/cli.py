"""The command line: huoyan verify, batch, serve, doctor, rules, graph, audit.

Imports stand within the commands: the readers start while the rest is loaded, and small commands
load little.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.audit import audit_app
from api.commands.console import progress, readers, require_isolation, write, wrong
from api.commands.graph import graph_app
from api.commands.read_folder import read_folder
from api.commands.service import add_service_commands
from api.runtime.business_day import day_in_china

if TYPE_CHECKING:
    from verify.model import Report

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="火眼 Huoyan: checks whether the papers of a loan application tell the truth.",
)
app.add_typer(graph_app, name="graph")
app.add_typer(audit_app, name="audit")
add_service_commands(app)
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Judge as of this day (default: today)."),
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, max=64, help="Files read at a time.")]
Lang = Annotated[str, typer.Option("--lang", help="zh or en.")]


def main() -> None:
    """Entry point of `python -m api.cli`."""
    app()


def _day(as_of: datetime | None) -> date:
    return as_of.date() if as_of else day_in_china(datetime.now(UTC))


@app.command()
def verify(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or zips of one application.")],
    json_file: Annotated[
        Path | None,
        typer.Option("--json", help="Write the report as JSON here ('-' for standard output)."),
    ] = None,
    html_file: Annotated[
        Path | None, typer.Option("--html", help="Write the report as one HTML file here.")
    ] = None,
    pdf_file: Annotated[
        Path | None, typer.Option("--pdf", help="Write the report as PDF here.")
    ] = None,
    as_of: AsOf = None,
    lang: Lang = "zh",
    fail_on: Annotated[
        float | None,
        typer.Option("--fail-on", min=0, max=100, help="Exit with 1 from this score on."),
    ] = None,
    jobs: Jobs = 2,
    password: Annotated[
        str | None, typer.Option("--password", help="Password of encrypted files.")
    ] = None,
) -> None:
    """Checks one application: all PATHS together are its packet."""
    if lang not in ("zh", "en"):
        wrong("--lang: zh / en")
    with readers(jobs) as sandbox:
        from api.commands.printed_report import PrintedReport
        from api.commands.verify_files import judge_one, read_packet
        from extractors.gather import gather
        from extractors.intake.file_name import clean_name
        from verify.report import report_json

        try:
            gathered = gather(paths, sandbox, password)
        except FileNotFoundError as error:
            wrong(f"找不到文件 / no such file: {error}")
        if not gathered.files and not gathered.failures:
            wrong("没有可读取的文件 / no files to read")
        read = read_packet(clean_name(paths[0].resolve().stem), gathered, sandbox, password)
        report = judge_one(read, _day(as_of))
        told = report_json(report)
        printed = PrintedReport(told, read.data, sandbox, password)
        if html_file:
            write(html_file, printed.html(lang))
        if pdf_file:
            write(pdf_file, printed.pdf(lang))
    if json_file:
        write(json_file, json.dumps(told, ensure_ascii=False, indent=1))
    if str(json_file) != "-":
        from api.commands.report_table import show

        show(report, lang)
    raise typer.Exit(exit_code([report], fail_on))


@app.command()
def batch(
    folder: Annotated[Path, typer.Argument(help="Each sub-folder or zip is a packet.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the reports.")],
    as_of: AsOf = None,
    jobs: Jobs = 2,
    resume: Annotated[
        bool, typer.Option("--resume", help="Read again only packets whose reading is not kept.")
    ] = False,
    password: Annotated[
        str | None, typer.Option("--password", help="Password of encrypted files.")
    ] = None,
) -> None:
    """Checks many applications, each alone and against the others."""
    out.mkdir(parents=True, exist_ok=True)
    reads = read_folder(folder, jobs, out=out, resume=resume, password=password)
    from api.commands.verify_files import judge_all
    from verify.report import report_json

    with progress("核对 / judging") as done:
        reports, context = judge_all(reads, _day(as_of), done)
    from verify.portfolio import portfolio_json

    for report in reports:
        write(
            out / f"{report.packet.id}.json",
            json.dumps(report_json(report), ensure_ascii=False, indent=1),
        )
    write(
        out / "portfolio.json",
        json.dumps(portfolio_json(reports, context), ensure_ascii=False, indent=1),
    )
    from api.commands.report_table import show_batch

    show_batch(reports)
    raise typer.Exit(exit_code(reports, None))


@app.command()
def doctor() -> None:
    """Says what this machine gives (isolation level, versions) and what is wrong with the settings.

    Ends with 2 where something would keep the service from starting.
    """
    from api.commands.settings_check import checked_settings, started_faults
    from api.runtime.engine_versions import engines
    from extractors.sandbox.isolation import HIGHEST, LEVELS, found, in_container
    from verify.policy import default_policy

    level, why = found()
    typer.echo(f"isolation level: L{level} ({LEVELS[level][0]} / {LEVELS[level][1]})")
    if level < HIGHEST:
        typer.echo(f"not L{HIGHEST}: {why}")
    typer.echo(f"container: {'yes' if in_container() else 'no'}")
    for name, text in engines().items():
        typer.echo(f"{name}: {text}")
    typer.echo(f"policy: {default_policy().version}")
    settings, faults = checked_settings()
    if settings is not None:
        faults += started_faults(settings)
    typer.echo("settings: " + ("ok" if not faults else "设置有误 / not right"))
    for fault in faults:
        typer.echo(fault, err=True)
    require_isolation()
    if faults:
        raise typer.Exit(2)


@app.command()
def rules(
    lang: Lang = "zh",
    rule: Annotated[str | None, typer.Argument(help="Show this rule's page.")] = None,
) -> None:
    """Lists the rules, or shows one rule's page."""
    from verify.docs import rule_page
    from verify.registry import rules as all_rules

    for each in all_rules():
        if rule is None:
            typer.echo(
                f"{each.id}  {each.severity:<7} {each.title_zh if lang == 'zh' else each.title}"
            )
        elif each.id == rule.upper():
            typer.echo(rule_page(each))
            return
    if rule is not None:
        wrong(f"没有这条规则 / no such rule: {rule}")


def exit_code(reports: list[Report], fail_on: float | None) -> int:
    """1 when a score is at or above the limit, else 3 when something was not read or not verified,
    else 0.
    """
    from verify.doubt.parts import is_readable
    from verify.policy import default_policy

    edge = fail_on if fail_on is not None else float(default_policy().bands["high"])
    if any(float(report.score.value) >= edge for report in reports):
        return 1
    unread = any(
        report.packet.failures or any(file.failures for file in report.packet.files)
        for report in reports
    )
    unread = unread or any(
        not is_readable(document) for report in reports for document in report.packet.documents
    )
    return 3 if unread or any(report.score.band == "not_verified" for report in reports) else 0


if __name__ == "__main__":
    main()

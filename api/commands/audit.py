"""huoyan audit: export and verify.

Verifying files needs neither the database nor the service's key.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import wrong

if TYPE_CHECKING:
    from api.audit.verify import Verdict

audit_app = typer.Typer(
    no_args_is_help=True, help="The audit: who did what, in a chain that shows every change."
)
Checkpoints = Annotated[
    Path | None, typer.Option("--checkpoints", help="The file of signed checkpoints.")
]


@audit_app.command("verify")
def verify_command(
    file: Annotated[
        Path | None,
        typer.Argument(help="An exported chain; the database of the service if left out."),
    ] = None,
    checkpoints: Checkpoints = None,
    key: Annotated[
        str,
        typer.Option(
            "--key",
            help="The public key (hex) that must have signed, as /v1/audit/verify tells it.",
        ),
    ] = "",
) -> None:
    """Says whether nothing was changed, removed or put in. Exit code 1 where something was."""
    if file is None:
        raise typer.Exit(0 if _database_is_whole() else 1)
    from api.audit.files import read_checkpoints, verify_files

    chain, signed = _bytes(file), _bytes(checkpoints) if checkpoints else None
    found = verify_files(chain, signed, key)
    _tell(file.name, found)
    if signed is None:
        typer.echo(
            (
                "未提供检查点：末尾被截去或整链重写无法发现 / no checkpoints given: an end cut off or a chain "
                "written anew is not seen"
            ),
            err=True,
        )
    elif found.whole and not key:
        typer.echo(
            f"签名公钥，请核对 / signed by, compare: {read_checkpoints(signed).key}", err=True
        )
    raise typer.Exit(0 if found.whole else 1)


@audit_app.command("export")
def export_command(
    out: Annotated[Path, typer.Option("--out", help="File for the chain, a JSON object a line.")],
    checkpoints: Annotated[
        Path,
        typer.Option("--checkpoints", help="File for the signed checkpoints; keep it elsewhere."),
    ],
    organisation: Annotated[
        str,
        typer.Option(
            "--organisation", help="Name of the organisation; needed where there are several."
        ),
    ] = "",
) -> None:
    """Writes an organisation's chain, its end signed."""
    from api.audit.service import exported
    from api.commands.starting import wired

    wiring = wired()
    known = _organisations(wiring.database)
    chosen = [i for i, name in known if name == organisation or not organisation]
    if len(chosen) != 1:
        wrong(
            "请用 --organisation 指定机构 / name one with --organisation: "
            + ", ".join(n for _, n in known)
        )
    for place, lines in zip((out, checkpoints), exported(wiring, chosen[0]), strict=True):
        try:
            with place.open("wb") as handle:
                handle.writelines(lines)
        except OSError as error:
            wrong(f"无法写入 / cannot write {place}: {error.strerror}")
    wiring.close()


def _database_is_whole() -> bool:
    from api.audit.service import verified
    from api.commands.starting import wired

    wiring, whole = wired(), True
    for org, name in _organisations(wiring.database):
        with wiring.database.reading(org) as session:
            found = verified(wiring, session, org)
        _tell(name, found)
        whole &= found.whole
    wiring.close()
    return whole


def _organisations(database: object) -> list[tuple[str, str]]:
    from sqlalchemy import select

    from api.store.database import EVERY, Database
    from api.store.people_tables import Organisation

    assert isinstance(database, Database)
    with database.reading(EVERY) as session:
        return [
            (i, n)
            for i, n in session.execute(
                select(Organisation.id, Organisation.name).order_by(Organisation.name)
            )
        ]


def _tell(name: str, found: Verdict) -> None:
    from api.audit.verify import WORDS

    zh, en = WORDS[found.code]
    place = (
        f"第 {found.first_bad} 条 / row {found.first_bad}: " if found.first_bad is not None else ""
    )
    typer.echo(
        f"{name}: {place}{zh} {en} ({found.rows} 条 / rows; 检查点至 / checkpoint up to {found.covered})"
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        wrong(f"无法读取 / cannot read {path}: {error.strerror}")

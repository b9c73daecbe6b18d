"""huoyan backup, huoyan restore."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.console import wrong

Folder = Annotated[Path, typer.Argument(help="The backup's folder.")]


def backup(folder: Folder) -> None:
    """Writes database, blobs and key into a new folder, while the service runs.

    It holds personal data and the key: guard it.
    """
    from api.commands.starting import wired
    from api.operation.backup import BackupError, back_up

    wiring = wired()
    try:
        told = back_up(wiring, folder)
    except BackupError as error:
        wrong(str(error))
    wiring.close()
    typer.echo(
        f"{folder}: {sum(told['rows'].values())} 行 / rows, {len(told['blobs'])} 个文件 / blobs"
    )


def restore(folder: Folder) -> None:
    """Brings a backup into an empty data folder and database (HUOYAN_DATA, HUOYAN_DATABASE_URL) and
    verifies it.
    """
    from api.commands.starting import settings_or_end
    from api.operation.backup import BackupError
    from api.operation.backup import restore as bring
    from api.wiring import wire

    try:
        told = bring(settings_or_end(), folder, wire)
    except BackupError as error:
        wrong(str(error))
    typer.echo(
        f"已恢复并核对 / restored and verified: {sum(told['rows'].values())} 行 / rows, "
        f"{len(told['blobs'])} 个文件 / blobs"
    )

"""Readings of a batch kept beside its reports, so that --resume reads a packet once."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from api.commands.verify_files import Read
from api.store.codec import packet_schema
from extractors.gather import Gathered


def _place(out: Path, name: str) -> Path:
    return out / ".readings" / f"{name}.json"


def _key(gathered: Gathered) -> str:
    """Changes when a file, a recorded check or the reader's version does."""
    parts = [
        version("huoyan"),
        *(f"{name}:{hashlib.sha256(b).hexdigest()}" for name, b in gathered.files),
        *(repr(check) for check in gathered.checks),
    ]
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()


def keep(out: Path, name: str, gathered: Gathered, read: Read) -> None:
    """Stores a reading; written whole or not at all."""
    place = _place(out, name)
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(".part")
    draft.write_text(
        json.dumps(
            {
                "key": _key(gathered),
                "seconds": read.seconds,
                "packet": json.loads(packet_schema().dump_json(read.packet)),
            },
            ensure_ascii=False,
        ),
        encoding="utf-8",
    )
    draft.replace(place)


def kept(out: Path, name: str, gathered: Gathered) -> Read | None:
    """The stored reading of the same files by the same version, or None."""
    try:
        stored = json.loads(_place(out, name).read_text("utf-8"))
        if stored["key"] != _key(gathered):
            return None
        return Read(packet_schema().validate_python(stored["packet"]), {}, float(stored["seconds"]))
    except (OSError, ValueError, KeyError, ValidationError):
        return None

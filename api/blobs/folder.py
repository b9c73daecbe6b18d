"""Blobs as files of a folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from api.blobs.errors import LostBlob


class FolderBlobs:
    """Blobs as files: written beside their place, synced, then renamed; the folder is synced too.

    What need not last is not synced.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True, exist_ok=True)

    def _place(self, org: str, digest: str) -> Path:
        return self._root / org / digest[:2] / digest

    def put(self, org: str, data: bytes, *, lasting: bool = True) -> str:
        digest = hashlib.sha256(data).hexdigest()
        place = self._place(org, digest)
        if place.exists() and place.stat().st_size == len(data):
            os.utime(place)
            return digest
        self._write(place, data, lasting)
        return digest

    @staticmethod
    def _write(place: Path, data: bytes, lasting: bool = True) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=place.parent)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                if lasting:
                    os.fsync(out.fileno())
            os.replace(draft, place)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        if lasting:
            _sync(place.parent)

    def get(self, org: str, digest: str) -> bytes:
        try:
            data = self._place(org, digest).read_bytes()
        except FileNotFoundError as error:
            raise LostBlob(digest) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise LostBlob(digest)
        return data

    def delete(self, org: str, digest: str) -> None:
        self._place(org, digest).unlink(missing_ok=True)

    def digests(self, org: str, idle_seconds: float = 0) -> Iterator[str]:
        for path in sorted((self._root / org).glob("??/*")):
            if len(path.name) == 64 and time.time() - path.stat().st_mtime >= idle_seconds:
                yield path.name

    def upload_address(
        self, org: str, upload: str, sha256: str, size: int, seconds: int
    ) -> tuple[str, dict[str, str]]:
        return "", {}

    def _waiting(self, org: str, upload: str) -> Path:
        return self._root / org / "uploads" / upload

    def receive(self, org: str, upload: str, data: bytes) -> None:
        self._write(self._waiting(org, upload), data)

    def arrived(self, org: str, upload: str, most: int) -> bytes | None:
        try:
            with self._waiting(org, upload).open("rb") as kept:
                return kept.read(most)
        except FileNotFoundError:
            return None

    def drop_upload(self, org: str, upload: str) -> None:
        self._waiting(org, upload).unlink(missing_ok=True)

    def sweep_uploads(self, org: str, idle_seconds: float) -> None:
        for path in self._waiting(org, "").glob("*"):
            if time.time() - path.stat().st_mtime >= idle_seconds:
                path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

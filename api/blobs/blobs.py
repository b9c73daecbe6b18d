"""Blobs in a folder or an S3-compatible store, addressed by SHA-256 within an organisation.

A blob is written whole or not at all, and is checked against its digest when read. Equal files of two organisations are kept
twice, so that nobody learns from a quick answer that another organisation has the same file.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit


class LostBlob(RuntimeError):
    """A blob is missing or is not what its digest says: storage is damaged."""


class StoreAway(OSError):
    """The store of blobs is not reached or refuses to serve."""


class Blobs(Protocol):
    """A store of blobs. Keys are SHA-256 in hex."""

    def put(self, org: str, data: bytes, *, lasting: bool = True) -> str:
        """Keeps the bytes and returns their digest. Keeping the same bytes again changes nothing. What is not `lasting` a power cut may take."""
        ...

    def get(self, org: str, digest: str) -> bytes:
        """The bytes. Raises LostBlob when they are missing or changed."""
        ...

    def delete(self, org: str, digest: str) -> None:
        """Forgets the bytes; nothing happens when there are none."""
        ...

    def digests(self, org: str, idle_seconds: float = 0) -> Iterator[str]:
        """Digests kept for an organisation that were last put so long ago; one put just now may be named by a row that is yet to be committed."""
        ...

    def upload_address(
        self, org: str, upload: str, sha256: str, size: int, seconds: int
    ) -> tuple[str, dict[str, str]]:
        """Where just these bytes can be PUT past the service, for so long, and with which headers; empty where the service itself takes them and puts them."""
        ...

    def receive(self, org: str, upload: str, data: bytes) -> None:
        """Keeps beside the blobs what was put to the service's own address of an upload."""
        ...

    def arrived(self, org: str, upload: str, most: int) -> bytes | None:
        """What was put to an upload's address, not compared with what was to come and cut off after so many bytes; None when nothing was."""
        ...

    def drop_upload(self, org: str, upload: str) -> None:
        """Forgets what was put to an upload's address, once it is kept as a blob."""
        ...

    def sweep_uploads(self, org: str, idle_seconds: float) -> None:
        """Forgets what was put so long ago and never taken."""
        ...


def open_blobs(place: str | Path, endpoint: str = "") -> Blobs:
    """A folder, or s3://bucket/prefix where the extra `s3` is installed."""
    parts = urlsplit(str(place))
    if parts.scheme == "s3":
        from api.blobs.s3 import S3Blobs

        return S3Blobs(parts.netloc, parts.path.strip("/"), endpoint)
    return FolderBlobs(Path(place))


class FolderBlobs:
    """Blobs as files: written beside their place, synced, then renamed; the folder is synced too. What need not last is not synced."""

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

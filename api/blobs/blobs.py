"""Blobs in a folder or an S3-compatible store, addressed by SHA-256 within an organisation.

A blob is written whole or not at all, and is checked against its digest when read. Equal files of
two organisations are kept twice, so that nobody learns from a quick answer that another
organisation has the same file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class Blobs(Protocol):
    """A store of blobs. Keys are SHA-256 in hex."""

    def put(self, org: str, data: bytes, *, lasting: bool = True) -> str:
        """Keeps the bytes and returns their digest.

        Keeping the same bytes again changes nothing. What is not `lasting` a power cut may take.
        """
        ...

    def get(self, org: str, digest: str) -> bytes:
        """The bytes. Raises LostBlob when they are missing or changed."""
        ...

    def delete(self, org: str, digest: str) -> None:
        """Forgets the bytes; nothing happens when there are none."""
        ...

    def digests(self, org: str, idle_seconds: float = 0) -> Iterator[str]:
        """Digests kept for an organisation that were last put so long ago; one put just now may be
        named by a row that is yet to be committed.
        """
        ...

    def upload_address(
        self, org: str, upload: str, sha256: str, size: int, seconds: int
    ) -> tuple[str, dict[str, str]]:
        """Where just these bytes can be PUT past the service, for so long, and with which headers;
        empty where the service itself takes them and puts them.
        """
        ...

    def receive(self, org: str, upload: str, data: bytes) -> None:
        """Keeps beside the blobs what was put to the service's own address of an upload."""
        ...

    def arrived(self, org: str, upload: str, most: int) -> bytes | None:
        """What was put to an upload's address, not compared with what was to come and cut off after
        so many bytes; None when nothing was.
        """
        ...

    def drop_upload(self, org: str, upload: str) -> None:
        """Forgets what was put to an upload's address, once it is kept as a blob."""
        ...

    def sweep_uploads(self, org: str, idle_seconds: float) -> None:
        """Forgets what was put so long ago and never taken."""
        ...

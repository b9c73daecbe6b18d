"""Readings and packets as they are stored: JSON, compressed, in blobs.

The schemas are built once a process, when first needed.
"""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from api.blobs.blobs import Blobs

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from extractors.model import FileReading, Packet


@cache
def packet_schema() -> TypeAdapter[Packet]:
    """Packets to JSON and back."""
    from pydantic import TypeAdapter

    from extractors.model import Packet

    return TypeAdapter(Packet)


@cache
def reading_schema() -> TypeAdapter[FileReading]:
    """Readings of files to JSON and back."""
    from pydantic import TypeAdapter

    from extractors.model import FileReading

    return TypeAdapter(FileReading)


def keep(blobs: Blobs, org: str, body: bytes, *, lasting: bool = True) -> str:
    """Keeps bytes compressed, with no time in them, so that the same bytes give the same blob.

    Returns its digest.
    """
    return blobs.put(org, gzip.compress(body, compresslevel=3, mtime=0), lasting=lasting)


def load(blobs: Blobs, org: str, digest: str) -> bytes:
    """The bytes that were kept. Raises LostBlob."""
    return gzip.decompress(blobs.get(org, digest))


def packet_of(body: bytes) -> Packet:
    """Return a packet as it was kept; version 0.1 kept documents without their ordinals."""
    from extractors.read import numbered

    packet = packet_schema().validate_json(body)
    return replace(packet, documents=numbered(packet.documents))

"""Opening the store of blobs that the settings name."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from api.blobs.blobs import Blobs
from api.blobs.folder import FolderBlobs


def open_blobs(place: str | Path, endpoint: str = "") -> Blobs:
    """A folder, or s3://bucket/prefix where the extra `s3` is installed."""
    parts = urlsplit(str(place))
    if parts.scheme == "s3":
        from api.blobs.s3 import S3Blobs

        return S3Blobs(parts.netloc, parts.path.strip("/"), endpoint)
    return FolderBlobs(Path(place))

"""What is wrong with stored blobs or their store."""

from __future__ import annotations


class LostBlob(RuntimeError):
    """A blob is missing or is not what its digest says: storage is damaged."""


class StoreAway(OSError):
    """The store of blobs is not reached or refuses to serve."""

"""Blobs in an S3-compatible store, by boto3 (the extra `s3`); credentials come from the
environment, as boto3 reads them.
"""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from api.blobs.errors import LostBlob, StoreAway

_UPLOADS = "uploads"


class S3Blobs:
    """Blobs as objects prefix/organisation/digest; what is uploaded past the service waits in
    prefix/organisation/uploads.
    """

    def __init__(self, bucket: str, prefix: str, endpoint: str = "") -> None:
        import boto3
        from botocore.config import Config

        # Checksums beyond those that are asked for are not known to every compatible store.
        config = Config(
            signature_version="s3v4",
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        self._client: Any = boto3.client("s3", endpoint_url=endpoint or None, config=config)
        self._bucket, self._prefix = bucket, prefix

    def _key(self, org: str, *names: str) -> str:
        return "/".join((*filter(None, (self._prefix, org)), *names))

    def put(self, org: str, data: bytes, *, lasting: bool = True) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self._write(self._key(org, digest), data)
        return digest

    def _write(self, key: str, data: bytes) -> None:
        with _reached():
            self._client.put_object(Bucket=self._bucket, Key=key, Body=data)

    def get(self, org: str, digest: str) -> bytes:
        data = self._read(self._key(org, digest))
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            raise LostBlob(digest)
        return data

    def _read(self, key: str, most: int | None = None) -> bytes | None:
        """The bytes of an object, no more than `most` of them; None when there is none."""
        try:
            with _reached():
                body = self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
                data: bytes = body.read() if most is None else body.read(most)
                return data
        except FileNotFoundError:
            return None

    def delete(self, org: str, digest: str) -> None:
        with _reached():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(org, digest))

    def digests(self, org: str, idle_seconds: float = 0) -> Iterator[str]:
        for name in self._names(self._key(org, ""), idle_seconds):
            if len(name) == 64:
                yield name

    def _names(self, folder: str, idle_seconds: float) -> Iterator[str]:
        """Names of the objects in a folder itself that were last put so long ago."""
        with _reached():
            for page in self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self._bucket, Prefix=folder, Delimiter="/"
            ):
                for each in page.get("Contents", ()):
                    if time.time() - each["LastModified"].timestamp() >= idle_seconds:
                        yield each["Key"].removeprefix(folder)

    def upload_address(
        self, org: str, upload: str, sha256: str, size: int, seconds: int
    ) -> tuple[str, dict[str, str]]:
        checksum = base64.b64encode(bytes.fromhex(sha256)).decode()
        asked = {
            "Bucket": self._bucket,
            "Key": self._key(org, _UPLOADS, upload),
            "ContentLength": size,
            "ChecksumSHA256": checksum,
        }
        address: str = self._client.generate_presigned_url(
            "put_object", Params=asked, ExpiresIn=seconds
        )
        return address, {"x-amz-checksum-sha256": checksum}

    def receive(self, org: str, upload: str, data: bytes) -> None:
        self._write(self._key(org, _UPLOADS, upload), data)

    def arrived(self, org: str, upload: str, most: int) -> bytes | None:
        return self._read(self._key(org, _UPLOADS, upload), most)

    def drop_upload(self, org: str, upload: str) -> None:
        self.delete(org, f"{_UPLOADS}/{upload}")

    def sweep_uploads(self, org: str, idle_seconds: float) -> None:
        for name in self._names(self._key(org, _UPLOADS, ""), idle_seconds):
            self.drop_upload(org, name)


@contextmanager
def _reached() -> Iterator[None]:
    """Raises FileNotFoundError for an object that is not there, and StoreAway for whatever else the
    store or the way to it refuses.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            raise FileNotFoundError from error
        raise StoreAway(error.response["Error"]["Code"]) from error
    except BotoCoreError as error:
        raise StoreAway(type(error).__name__) from error

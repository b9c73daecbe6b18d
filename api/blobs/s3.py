"""Blobs in an S3-compatible store, by boto3 (the extra `s3`); credentials come from the environment, as boto3 reads them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from typing import Any

from api.blobs.blobs import LostBlob


class S3Blobs:
    """Blobs as objects prefix/organisation/digest."""

    def __init__(self, bucket: str, prefix: str, endpoint: str = "") -> None:
        import boto3

        self._client: Any = boto3.client("s3", endpoint_url=endpoint or None)
        self._bucket, self._prefix = bucket, prefix

    def _key(self, org: str, digest: str) -> str:
        return "/".join(filter(None, (self._prefix, org, digest)))

    def put(self, org: str, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        self._client.put_object(Bucket=self._bucket, Key=self._key(org, digest), Body=data)
        return digest

    def get(self, org: str, digest: str) -> bytes:
        from botocore.exceptions import ClientError

        try:
            data: bytes = self._client.get_object(Bucket=self._bucket, Key=self._key(org, digest))["Body"].read()
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                raise LostBlob(digest) from error
            raise
        if hashlib.sha256(data).hexdigest() != digest:
            raise LostBlob(digest)
        return data

    def delete(self, org: str, digest: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=self._key(org, digest))

    def digests(self, org: str, idle_seconds: float = 0) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._key(org, ""))
        for page in pages:
            for each in page.get("Contents", ()):
                if time.time() - each["LastModified"].timestamp() >= idle_seconds:
                    yield each["Key"].rsplit("/", 1)[-1]

"""ETag and If-None-Match of what is read: who has the answer already is told so, and gets no body."""

from __future__ import annotations

import hashlib
from typing import Final

from fastapi import Request, Response

_OK: Final = 200
_NOT_MODIFIED: Final = 304
_KEPT: Final = ("etag", "cache-control", "content-location", "date", "vary")


def unchanged(request: Request, response: Response) -> Response:
    """Return 304 in place of an answer that the caller has; else the answer with its ETag."""
    if request.method != "GET" or response.status_code != _OK:
        return response
    body = getattr(response, "body", None)
    tag = response.headers.get("etag")
    if tag is None and body:
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        response.headers["etag"] = tag
    known = request.headers.get("if-none-match", "")
    if tag is None or tag not in _tags(known):
        return response
    kept = {name: value for name, value in response.headers.items() if name in _KEPT}
    return Response(status_code=_NOT_MODIFIED, headers=kept)


def _tags(header: str) -> set[str]:
    """The tags of a header; a weak one counts like a strong one (RFC 9110, section 13.1.2)."""
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}

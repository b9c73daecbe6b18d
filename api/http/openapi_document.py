"""The OpenAPI document: what FastAPI writes, with the problems that any operation may answer and
how callers show who they are.
"""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from api.errors import PROBLEM
from api.http.authentication import COOKIE, CSRF_HEADER
from extractors.documents.registry import document_types

_METHODS = ("get", "post", "put", "patch", "delete")
# Open to all. A log-in and its ways, what an address or a state of the log-in itself opens.
_OPEN = frozenset(
    {
        ("post", "/v1/session"),
        ("get", "/v1/session/ways"),
        ("get", "/v1/limits"),
        ("put", "/v1/uploads/{ticket}"),
        ("get", "/v1/oidc/start"),
        ("get", "/v1/oidc/callback"),
        ("get", "/health"),
        ("get", "/ready"),
    }
)
# Of a person's own account or session, which a key has not.
_OF_PERSONS = ("/v1/me/", "/v1/session")
TEXT = """Huoyan (火眼) checks whether the papers of a loan application tell the truth.

A program sends `Authorization: Bearer <key>`; a browser has a session cookie and sends its CSRF token with every change.
Errors are RFC 9457 problems with a stable `code` and, in Chinese and English, what to do next. POST requests take an `Idempotency-Key`.
Lists are paged by `cursor`. Another organisation's things answer exactly like things that do not exist."""


class Both(BaseModel):
    """A sentence in both languages."""

    zh: str
    en: str


class FieldError(BaseModel):
    """Where a request is not right, and why; `message` is the English text."""

    at: str
    message: str
    zh: str
    en: str


class ProblemOut(BaseModel):
    """application/problem+json (RFC 9457)."""

    type: str
    title: str
    status: int
    code: str
    detail: Both
    errors: list[FieldError] | None = None
    packet: str | None = None
    request_id: str | None = None


def describe(app: FastAPI) -> dict[str, Any]:
    """The document, made once."""
    if app.openapi_schema is None:
        spec = get_openapi(
            title=app.title,
            version=app.version,
            description=TEXT,
            routes=app.routes,
            openapi_version="3.1.0",
        )
        schemas = spec.setdefault("components", {}).setdefault("schemas", {})
        whole = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= whole.pop("$defs") | {"Problem": whole}
        for gone in ("HTTPValidationError", "ValidationError"):
            schemas.pop(gone, None)
        spec["components"]["securitySchemes"] = {
            "key": {"type": "http", "scheme": "bearer"},
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": COOKIE,
                "description": f"With the header {CSRF_HEADER} on every change.",
            },
        }
        spec["x-document-types"] = _document_types()
        for path, item in spec["paths"].items():
            for method in _METHODS:
                if method in item:
                    _complete(method, path, item[method])
        app.openapi_schema = spec
    return app.openapi_schema


def _document_types() -> dict[str, Any]:
    """Return the title of each declared kind of document and the labels of its fields."""
    return {
        kind.id: {
            "title": {"zh": kind.title_zh, "en": kind.title},
            "fields": {
                spec.name: {"zh": spec.label_zh, "en": spec.label} for spec in kind.specs.values()
            },
        }
        for kind in document_types().values()
    }


def _complete(method: str, path: str, operation: dict[str, Any]) -> None:
    """Problems of an operation, and who may call it."""
    responses = operation["responses"]
    problem = {
        "description": "A problem; `code` is stable.",
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    responses.pop("422", None)
    responses |= {"4XX": problem, "5XX": problem}
    if (method, path) in _OPEN:
        operation["security"] = []
    elif path.startswith(_OF_PERSONS):
        operation["security"] = [{"session": []}]
    else:
        operation["security"] = [{"key": []}, {"session": []}]

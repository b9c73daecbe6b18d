"""The minimal service: a page with the demonstration report, POST /v1/verify (one packet in, report out), health."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, File, Form, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse
from starlette.concurrency import run_in_threadpool
from starlette.middleware.base import RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import Response

from api.cli import CHINA
from api.errors import Problem, answer
from api.html_report import html_report
from api.verification import judge_one, read_packet
from extractors.errors import ReadError
from extractors.intake.archive import Budget
from extractors.intake.gather import Gathered, add, gather
from extractors.intake.limits import Limits
from extractors.intake.sandbox import Sandbox
from verify.report import report_json

_AT_ONCE = 4
DEMO_DAY = date(2026, 1, 31)  # the demonstration packet is of January 2026; a later day would only age it
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Service:
    """What requests share: limits, the sandbox, places for work under way, the demonstration report."""

    def __init__(self, demo: Path | None) -> None:
        self.limits = Limits()
        self.sandbox = Sandbox(self.limits, jobs=2, contracts=True)
        self.places = threading.BoundedSemaphore(_AT_ONCE)
        self.pages: dict[str, str] = {}
        if demo is not None:
            self._show(demo)

    def _show(self, demo: Path) -> None:
        read = read_packet(demo.stem, gather([demo], self.sandbox), self.sandbox)
        report = judge_one(read, DEMO_DAY)
        self.pages = {lang: html_report(report, read.data, self.sandbox, lang) for lang in ("zh", "en")}

    def verify(self, files: list[tuple[str, bytes]], as_of: date, packet_id: str, password: str | None) -> dict[str, Any]:
        """A report on uploaded files. Raises Problem for an archive that is refused or when too much is under way."""
        if not self.places.acquire(blocking=False):
            raise Problem("busy")
        try:
            gathered, budget = Gathered(), Budget(self.limits)
            for name, data in files:
                try:
                    add(Path(name.replace("\\", "/")).name or "file", data, self.sandbox, budget, password, gathered)
                except ReadError as error:
                    raise Problem(error.code, error.zh, error.en) from error
            return report_json(judge_one(read_packet(packet_id, gathered, self.sandbox, password), as_of))
        finally:
            self.places.release()


def create_app(demo: Path | None = None) -> FastAPI:
    """The application; `demo` is a packet that is verified at start and shown at /."""
    state: dict[str, Service] = {}

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        state["service"] = await run_in_threadpool(Service, demo)
        yield
        state["service"].sandbox.close()

    app = FastAPI(title="Huoyan 火眼", version="1", lifespan=lifespan, docs_url=None, redoc_url=None)
    app.add_exception_handler(Problem, answer)

    @app.middleware("http")
    async def _headers(request: Request, call: RequestResponseEndpoint) -> Response:
        response = await call(request)
        for name, value in _SAFE.items():
            response.headers.setdefault(name, value)
        return response

    @app.get("/health")
    def health() -> dict[str, Any]:
        """Whether the service answers, and the isolation level in force."""
        return {"status": "ok", "isolation_level": state["service"].sandbox.level}

    @app.get("/", response_class=HTMLResponse)
    def demo_page(lang: str = "zh") -> HTMLResponse:
        """The demonstration report."""
        pages = state["service"].pages
        return HTMLResponse(pages.get(lang) or pages.get("zh") or "<p>POST /v1/verify</p>")

    @app.post("/v1/verify")
    async def verify_packet(
        files: Annotated[list[UploadFile], File(description="Files of one packet; zips are opened.")] = [],  # noqa: B006 - FastAPI reads the default
        as_of: Annotated[str | None, Form(description="YYYY-MM-DD; today where left out.")] = None,
        packet: Annotated[str, Form(description="The application's id.")] = "packet",
        password: Annotated[str | None, Form()] = None,
    ) -> JSONResponse:
        """Verifies one packet and returns its report (huoyan.report/1)."""
        service = state["service"]
        if not files:
            raise Problem("no_files")
        return JSONResponse(await run_in_threadpool(service.verify, await _bodies(files, service.limits), _day(as_of), packet, password))

    return app


async def _bodies(files: list[UploadFile], limits: Limits) -> list[tuple[str, bytes]]:
    """Bytes of the uploads, refused as soon as they exceed a packet's limit."""
    left = limits.packet_bytes
    out = []
    for upload in files:
        body = await upload.read(left + 1)
        left -= len(body)
        if left < 0:
            raise Problem("over_limit", "上传总大小超出上限，请拆分后再上传。", "The upload is over the packet limit; split it.")
        out.append((upload.filename or "file", body))
    return out


def _day(as_of: str | None) -> date:
    if not as_of:
        return datetime.now(UTC).astimezone(CHINA).date()
    try:
        return date.fromisoformat(as_of)
    except ValueError as error:
        raise Problem("bad_as_of") from error

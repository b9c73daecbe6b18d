"""The application: routes, middleware, health, metrics, and the workbench's files."""

from __future__ import annotations

import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api import errors
from api.errors import Problem
from api.http.addresses import is_this_machine
from api.http.middleware import Around
from api.http.openapi_document import describe
from api.http.static_files import DIST, Workbench
from api.packets.upload_endpoints import open_router
from api.wiring import Wiring

ROUTERS = (  # those asked most come first: a request is held against one route after another
    "cases.endpoints",
    "packets.endpoints",
    "packets.step_endpoints",
    "reports.endpoints",
    "reports.picture_endpoints",
    "reports.letter_endpoints",
    "people.endpoints",
    "people.own_endpoints",
    "people.change_endpoints",
    "packets.upload_endpoints",
    "cases.judgement_endpoints",
    "cases.view_endpoints",
    "search.endpoints",
    "rules.endpoints",
    "statistics.endpoints",
    "graph.import_endpoints",
    "graph.endpoints",
    "audit.endpoints",
    "webhooks.endpoints",
    "oidc.endpoints",
    "operation.endpoints",
)


def create_app(wiring: Wiring) -> FastAPI:
    """The service over its parts; DBOS and the sandbox start with it."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(wiring.launch)
        yield
        await run_in_threadpool(wiring.close)

    app = FastAPI(
        title="Huoyan 火眼",
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        redirect_slashes=False,
    )
    app.state.wiring = wiring
    errors.install(app)
    app.add_middleware(Around, wiring=wiring)
    for name in ROUTERS:
        app.include_router(import_module(f"api.{name}").router)
    app.include_router(open_router)
    _own_routes(app, wiring)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
    if DIST.is_dir():
        app.mount("/", Workbench(), name="web")
    return app


def _own_routes(app: FastAPI, wiring: Wiring) -> None:
    own_version = version("huoyan")

    @app.head("/health", include_in_schema=False)
    @app.get("/health", tags=["operation"])
    async def health() -> dict[str, Any]:
        """Whether the process answers (liveness), and the isolation level in force. The database is
        not asked: a restart of this process would not bring it back.
        """
        return {"status": "ok", "version": own_version, "isolation_level": wiring.sandbox.level}

    @app.head("/ready", include_in_schema=False)
    @app.get("/ready", tags=["operation"])
    async def ready() -> dict[str, str]:
        """Whether requests can be served (readiness): the database answers.

        Raises Problem "storage" when the database is away.
        """
        database = wiring.database
        try:
            if database.is_sqlite:
                database.ready()
            else:
                await run_in_threadpool(database.ready)
        except SQLAlchemyError as error:
            raise Problem("storage") from error
        return {"status": "ok"}

    @app.get("/metrics", tags=["operation"], include_in_schema=False)
    def metrics(request: Request) -> Response:
        """Figures for Prometheus."""
        token, given = wiring.settings.metrics_token, request.headers.get("Authorization", "")
        here = is_this_machine(request)
        if not (hmac.compare_digest(given.encode(), f"Bearer {token}".encode()) if token else here):
            raise Problem("not_found")
        return Response(generate_latest(wiring.metrics.registry), media_type=CONTENT_TYPE_LATEST)

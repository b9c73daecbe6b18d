"""/v1/oidc: to the provider and back. A browser follows both; nothing else calls them."""

from __future__ import annotations

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from api.errors import Problem
from api.http.addresses import address_of, network_of
from api.http.authentication import give_session
from api.oidc import service
from api.oidc.provider import ProviderError
from api.parts import Parts, PartsDep

router = APIRouter(prefix="/v1", tags=["people"])
OIDC_COOKIE = "huoyan_oidc"
_PATH = "/v1/oidc"
_LOG = structlog.get_logger("huoyan.oidc")
_ANSWERS: dict[int | str, dict[str, Any]] = {303: {"description": "The browser is sent on."}}


@router.get("/oidc/start", status_code=303, response_class=RedirectResponse, responses=_ANSWERS)
def start(request: Request, wiring: PartsDep, to: str = "/") -> RedirectResponse:
    """Sends the browser to the provider; `to` is the screen to come back to, of this service alone.

    Raises Problem "not_found" where none is set up.
    """
    try:
        _count(request, wiring)
        place, cookie = service.start(wiring, to)
    except (Problem, ProviderError) as error:
        return _sent_back(request, error)
    response = RedirectResponse(place, status_code=303)
    # Lax, because the provider's site sends the browser back.
    secure = wiring.settings.secure_cookies
    response.set_cookie(
        OIDC_COOKIE,
        cookie,
        max_age=service.MINUTES * 60,
        httponly=True,
        samesite="lax",
        secure=secure,
        path=_PATH,
    )
    return response


@router.get("/oidc/callback", status_code=303, response_class=RedirectResponse, responses=_ANSWERS)
def callback(
    request: Request,
    wiring: PartsDep,
    code: Annotated[str, Query(max_length=4_000)] = "",
    state: Annotated[str, Query(max_length=500)] = "",
) -> RedirectResponse:
    """Begins a session for the person whom the provider vouches for, and sends the browser to the
    workbench.
    """
    try:
        _count(request, wiring)
        found, to = service.finish(wiring, code, state, request.cookies.get(OIDC_COOKIE, ""))
    except (Problem, ProviderError) as error:
        return _sent_back(request, error)
    response = RedirectResponse(to, status_code=303)
    response.delete_cookie(OIDC_COOKIE, path=_PATH)
    give_session(response, wiring.settings, found.secret)
    return response


def _count(request: Request, wiring: Parts) -> None:
    """Count a log-in by the provider by the network from which it is begun and ended."""
    settings = wiring.settings
    network = network_of(address_of(request, settings.trusted_proxies))
    wiring.throttle.take("login-provider", network, settings.logins_per_minute)


def _sent_back(request: Request, error: Problem | ProviderError) -> RedirectResponse:
    """To the log-in screen with the problem's code, which that puts into words.

    Raises the Problem to whoever takes no page.
    """
    if isinstance(error, ProviderError):
        _LOG.warning("log-in by the OpenID provider failed", reason=error.reason)
    problem = Problem("oidc_failed") if isinstance(error, ProviderError) else error
    if "text/html" not in request.headers.get("accept", ""):
        raise problem
    response = RedirectResponse(f"/?login_failed={problem.code}", status_code=303)
    response.delete_cookie(OIDC_COOKIE, path=_PATH)
    return response

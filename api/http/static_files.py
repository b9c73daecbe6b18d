"""The built workbench as static files: every address of its screens is answered with its one page."""

from __future__ import annotations

from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

DIST = Path(__file__).parents[1] / "web" / "dist"
_OF_THE_SERVICE = ("v1", "health", "metrics")
_KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_TWINS = {"br": ".br", "gzip": ".gz"}  # the smaller first; the build writes them
_FOREVER = "public, max-age=31536000, immutable"


class Workbench(StaticFiles):
    """Files whose name holds their hash are kept by browsers for good; the page itself is asked for
    each time.
    """

    def __init__(self, folder: Path = DIST) -> None:
        super().__init__(directory=folder, html=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file; its compressed twin where the browser takes it; the page for an address that is
        a screen. Raises HTTPException 404 for others.
        """
        first = path.split("/", 1)[0]
        if first == "assets":
            return await self._asset(path, scope)
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            is_screen = (
                error.status_code == 404
                and first not in _OF_THE_SERVICE
                and "." not in path.rsplit("/", 1)[-1]
            )
            if not is_screen:
                raise
            return await super().get_response("index.html", scope)

    async def _asset(self, path: str, scope: Scope) -> Response:
        accepted = Headers(scope=scope).get("accept-encoding", "")
        kind = _KINDS.get(Path(path).suffix, "")
        for name, suffix in _TWINS.items():
            if kind and name in accepted and self.lookup_path(f"{path}{suffix}")[1]:
                response = await super().get_response(f"{path}{suffix}", scope)
                response.headers.update({"Content-Encoding": name, "Content-Type": kind})
                break
        else:
            response = await super().get_response(path, scope)
        response.headers.update({"Cache-Control": _FOREVER, "Vary": "Accept-Encoding"})
        return response

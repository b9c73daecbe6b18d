"""The service's OpenAPI document, written without starting the service: `python -m
api.http.write_openapi > openapi.json`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from api.app import create_app
from api.settings import Settings
from api.wiring import wire


def openapi() -> dict[str, Any]:
    """The document of all routes, as /v1/openapi.json serves it."""
    with tempfile.TemporaryDirectory() as data:
        return create_app(wire(Settings(data=Path(data)))).openapi()


if __name__ == "__main__":
    json.dump(openapi(), sys.stdout, ensure_ascii=False, sort_keys=True)

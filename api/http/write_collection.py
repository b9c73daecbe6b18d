"""Writes the API as a collection for Postman, Bruno and other programs that read its form:
python -m api.http.write_collection > docs/examples/huoyan.postman_collection.json
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from api.http.write_openapi import openapi

_FORM: Final = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
_METHODS: Final = ("get", "post", "put", "patch", "delete")
_LARGEST_DEPTH: Final = 6  # of an example; schemas may name themselves


def collection(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a collection: a folder for each tag, a request for each operation."""
    folders: dict[str, list[dict[str, Any]]] = {}
    for path, item in spec["paths"].items():
        for method in _METHODS:
            if method in item:
                operation = item[method]
                tag = (operation.get("tags") or ["other"])[0]
                folders.setdefault(tag, []).append(_request(spec, method, path, operation))
    bearer = [{"key": "token", "value": "{{key}}", "type": "string"}]
    return {
        "info": {"name": spec["info"]["title"], "schema": _FORM},
        "auth": {"type": "bearer", "bearer": bearer},
        "variable": [
            {"key": "address", "value": "http://127.0.0.1:8080"},
            {"key": "key", "value": ""},
        ],
        "item": [{"name": tag, "item": requests} for tag, requests in sorted(folders.items())],
    }


def _request(
    spec: Mapping[str, Any], method: str, path: str, operation: Mapping[str, Any]
) -> dict[str, Any]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    raw = "{{address}}" + path.replace("{", ":").replace("}", "")
    url: dict[str, Any] = {
        "raw": raw,
        "host": ["{{address}}"],
        "path": [part.replace("{", ":").replace("}", "") for part in path.strip("/").split("/")],
        "variable": [{"key": name, "value": ""} for name in names],
    }
    url["query"] = [
        {"key": each["name"], "value": "", "disabled": not each.get("required", False)}
        for each in operation.get("parameters", ())
        if each["in"] == "query"
    ]
    request: dict[str, Any] = {
        "method": method.upper(),
        "header": [],
        "url": url,
        "description": operation.get("description", ""),
    }
    if operation.get("security") == []:
        request["auth"] = {"type": "noauth"}
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        example = _example(spec, content["application/json"].get("schema", {}), 0)
        text = json.dumps(example, ensure_ascii=False, indent=2)
        options = {"raw": {"language": "json"}}
        request["body"] = {"mode": "raw", "raw": text, "options": options}
    elif "multipart/form-data" in content:
        files = {"key": "files", "type": "file", "src": []}
        request["body"] = {"mode": "formdata", "formdata": [files]}
    return {"name": f"{method.upper()} {path}", "request": request}


def _example(spec: Mapping[str, Any], schema: Mapping[str, Any], depth: int) -> Any:
    """Return a value of a schema: what it gives as an example, its required fields, or its kind."""
    if depth > _LARGEST_DEPTH:
        return None
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _example(spec, spec["components"]["schemas"][name], depth + 1)
    for given in ("examples", "enum"):
        if schema.get(given):
            return schema[given][0]
    for given in ("const", "default"):
        if given in schema:
            return schema[given]
    if schema.get("anyOf"):
        return _example(spec, schema["anyOf"][0], depth + 1)
    if schema.get("type") == "object":
        required = schema.get("required", ())
        fields = schema.get("properties", {})
        return {name: _example(spec, fields[name], depth + 1) for name in required}
    empty: dict[str, Any] = {"string": "", "integer": 0, "number": 0, "boolean": False, "array": []}
    return empty.get(str(schema.get("type", "")))


if __name__ == "__main__":
    print(json.dumps(collection(openapi()), ensure_ascii=False, indent=1))

"""No request earns a large answer or much work: bodies, lists and errors are bounded (sizes are
measured, not times).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from running_service import Service

from api.errors import MOST_ERRORS
from api.http.body_limits import (
    DEFAULT_BYTES,
    FILES,
    JSON_BYTES,
    LOGIN_BYTES,
    MB,
    WITHOUT_BYTES,
    most_bytes,
)
from extractors.intake.limits import Limits

MOST_ANSWERED = 100_000  # bytes of an answer that tells of errors
JSON = {"content-type": "application/json"}


@pytest.fixture(scope="module")
def stranger(service: Service) -> TestClient:
    return TestClient(service.client.app)


@pytest.fixture(scope="module")
def spec(service: Service) -> dict[str, Any]:
    document: dict[str, Any] = service.client.get("/v1/openapi.json").json()
    return document


def unknown_fields(size: int) -> bytes:
    """About `size` bytes of a JSON object with fields that no schema knows."""
    return json.dumps({f"k{n:06}": 1 for n in range(size // 14)}, separators=(",", ":")).encode()


def test_four_megabytes_of_unknown_keys_to_the_log_in(stranger: TestClient) -> None:
    answer = stranger.post("/v1/session", content=unknown_fields(4 * MB), headers=JSON)
    assert answer.status_code == 413
    assert answer.json()["code"] == "over_limit"
    assert len(answer.content) < 1_000


def test_millions_of_integers_in_place_of_fingerprints(service: Service) -> None:
    body = b'{"fingerprints":[' + b"1," * 1_900_000 + b"1]}"
    at = "/v1/packets/pkt_x/report/without"
    answer = service.client.post(at, content=body, headers=JSON)
    assert answer.status_code == 413
    assert len(answer.content) < 1_000


def test_just_within_the_limit_ten_errors_are_told(service: Service) -> None:
    fitting = b"[" + b"1," * 60_000 + b"1]"
    at = "/v1/packets/pkt_x/report/without"
    answer = service.client.post(at, content=b'{"fingerprints":' + fitting + b"}", headers=JSON)
    assert answer.status_code == 422
    assert 1 <= len(answer.json()["errors"]) <= MOST_ERRORS
    assert len(answer.content) < 5_000


def test_a_few_unknown_fields_are_named_and_many_are_not(service: Service) -> None:
    few = service.client.post("/v1/packets", json={"reference": "r", "branche": "x"}).json()
    assert [e["at"] for e in few["errors"]] == ["body/branche"]
    many = service.client.post("/v1/packets", content=unknown_fields(60_000), headers=JSON)
    assert many.status_code == 422
    assert len(many.json()["errors"]) == 1


def test_what_was_sent_is_not_sent_back(service: Service) -> None:
    secret = "张三的身份证号码 110101"
    bodies = ({secret: 1}, {"reference": [secret]}, {"reference": secret + "\0"})
    for body in bodies:
        answer = service.client.post("/v1/packets", json=body)
        assert answer.status_code == 422
        assert "张三" not in answer.text


def test_a_body_without_its_length_is_bounded_too(stranger: TestClient) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(100):
            yield b" " * 1_000

    answer = stranger.post("/v1/session", content=chunks(), headers=JSON)
    assert answer.status_code == 413


def test_a_form_is_large_only_where_files_are_taken(stranger: TestClient) -> None:
    form = {"files": ("a.bin", b"x" * 200_000)}
    assert stranger.post("/v1/session", files=form).status_code in (401, 413)
    assert most_bytes("POST", "/v1/session", Limits()) == LOGIN_BYTES
    assert most_bytes("POST", "/v1/packets/p/files/q", Limits()) == DEFAULT_BYTES
    assert most_bytes("POST", "/v1/packets/p/files", Limits()) > Limits().packet_bytes


def test_files_of_a_stranger_are_not_taken_in(stranger: TestClient) -> None:
    answer = stranger.post("/v1/packets/pkt_x/files", files={"files": ("a.bin", b"x" * 10_000)})
    assert answer.status_code == 401


def test_a_large_body_of_a_stranger_is_not_parsed(stranger: TestClient) -> None:
    """It would be refused for its form, had anybody looked at it."""
    for large in (b"{" * 100_000, iter([b"{"])):
        headers = {"Content-Type": "application/json"}
        answer = stranger.post("/v1/graph/snapshots", content=large, headers=headers)
        assert answer.status_code == 401, answer.text


def test_limits_name_operations_that_exist(spec: dict[str, Any]) -> None:
    for method, path in (*JSON_BYTES, *FILES):
        assert method.lower() in spec["paths"][path], path


def test_attempts_to_log_in_are_counted_before_they_are_validated(service: Service) -> None:
    settings = service.wiring.settings
    service.wiring.settings = settings.model_copy(update={"logins_per_minute": 1})
    other = TestClient(service.client.app, client=("192.0.2.7", 1))
    try:
        codes = [other.post("/v1/session", json={}).status_code for _ in range(21)]
    finally:
        service.wiring.settings = settings
    assert codes == [422] * 20 + [429]


def test_every_list_and_text_map_of_every_request_is_bounded(spec: dict[str, Any]) -> None:
    unbounded = []
    for path, item in spec["paths"].items():
        for method, operation in item.items():
            for where, schema in _asked(operation):
                unbounded += [
                    f"{method} {path} {where}{at}" for at in _unbounded(spec, schema, "", ())
                ]
    assert unbounded == []


def _asked(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Schemas of what an operation takes."""
    for parameter in operation.get("parameters", ()):
        yield parameter["name"], parameter["schema"]
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        yield kind, content["schema"]


def _unbounded(spec: dict[str, Any], schema: Any, at: str, seen: tuple[str, ...]) -> Iterator[str]:
    """Where a schema takes a list of any length, or a map of any size with values of a kind."""
    if isinstance(schema, list):
        for part in schema:
            yield from _unbounded(spec, part, at, seen)
        return
    if not isinstance(schema, dict):
        return
    name = schema.get("$ref", "").rsplit("/", 1)[-1]
    if name and name not in seen:
        yield from _unbounded(spec, spec["components"]["schemas"][name], at, (*seen, name))
    if schema.get("type") == "array" and "maxItems" not in schema:
        yield at
    valued = schema.get("additionalProperties")
    if isinstance(valued, dict) and "maxProperties" not in schema:
        yield at
    for field, part in schema.get("properties", {}).items():
        yield from _unbounded(spec, part, f"{at}/{field}", seen)
    for word in ("items", "anyOf", "oneOf", "allOf", "additionalProperties"):
        yield from _unbounded(spec, schema.get(word), f"{at}/{word}", seen)


def test_no_operation_answers_errors_at_length(service: Service, spec: dict[str, Any]) -> None:
    """Every operation with a JSON body, by bodies as large as it takes."""
    tried = 0
    for path, item in spec["paths"].items():
        for method, operation in item.items():
            if "application/json" not in operation.get("requestBody", {}).get("content", {}):
                continue
            url = path.replace("{", "x").replace("}", "x")
            most = min(most_bytes(method.upper(), url, Limits()), WITHOUT_BYTES) - 100
            for body in (unknown_fields(most), b"[" + b"1," * (most // 2) + b"1]", b"[" * most):
                answer = service.client.request(method, url, content=body, headers=JSON)
                assert answer.status_code < 500, (method, path)
                assert len(answer.content) < MOST_ANSWERED, (method, path)
            tried += 1
    assert tried >= 15

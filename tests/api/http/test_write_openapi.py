"""The OpenAPI document is written without starting the service."""

from __future__ import annotations

from api.http.write_openapi import openapi


def test_the_document_names_what_the_workbench_calls() -> None:
    paths = openapi()["paths"]
    for path in (
        "/v1/session",
        "/v1/packets/{packet_id}/report",
        "/v1/cases/next",
        "/v1/graph",
        "/v1/policies/{policy_id}/back-test",
        "/v1/audit",
    ):
        assert path in paths

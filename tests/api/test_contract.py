"""The API keeps its own contract: schemathesis makes requests from the OpenAPI document (T21)."""

from __future__ import annotations

import os
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import load_all_checks
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
    unsupported_method,
)

EXAMPLES = int(os.environ.get("HUOYAN_CONTRACT_EXAMPLES", "8"))
# What a schema cannot say: whether an id exists, a state allows an act, or a scope is one's own.
_LEFT = [positive_data_acceptance, negative_data_rejection, ignored_auth, unsupported_method]
# A stream does not end by itself, a session that is ended would end the test, and a submitted
# packet would be waited for.
_SKIPPED = ("/events", "/v1/session", "/submit", "/oidc/start", "/oidc/callback")


def test_every_operation_keeps_its_contract(service: Any, address: str) -> None:
    load_all_checks()
    headers = {"Authorization": f"Bearer {service.key()}"}
    wrong: list[str] = []
    schema = schemathesis.openapi.from_url(f"{address}/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        if not operation.path.endswith(_SKIPPED):
            try:
                _try(operation, headers)
            except BaseExceptionGroup as group:
                wrong += [f"{operation.label}: {e}"[:1500] for e in group.exceptions]
            except Exception as error:  # noqa: BLE001 - all operations are tried before the test says what is wrong
                wrong.append(f"{operation.label}: {error}"[:1500])
    assert len(operations) >= 20 and not wrong, f"{len(wrong)} faults\n" + "\n\n".join(wrong)


def _try(operation: Any, headers: dict[str, str]) -> None:
    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(case=operation.as_strategy())
    def tried(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=_LEFT)

    tried()

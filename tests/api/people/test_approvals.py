"""Rights of people change with a second administrator where there is one, and keys end with their
maker.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from running_service import Service, served

PASSWORD = "a-long-password"


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("data"), workers=0) as made:
        yield made


def _id(client: TestClient) -> str:
    return str(client.get("/v1/me").json()["id"])


def _change(client: TestClient, user: str, **change: object) -> dict[str, object]:
    answer = client.patch(f"/v1/users/{user}", json=change)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def _approve(client: TestClient, change: str) -> int:
    return client.post(f"/v1/people-changes/{change}/approve").status_code


def _opens(service: Service, key: str) -> bool:
    headers = {"Authorization": f"Bearer {key}"}
    return TestClient(service.client.app).get("/v1/packets", headers=headers).status_code == 200


def _two_eyes(house: Service, second: TestClient) -> None:
    """Four eyes end by four eyes."""
    told = house.client.patch("/v1/organisation", json={"people_four_eyes": False}).json()
    assert told["people_four_eyes"] is True
    assert _approve(house.client, told["waiting"]["id"]) == 403
    assert _approve(second, told["waiting"]["id"]) == 200
    assert house.client.get("/v1/organisation").json()["people_four_eyes"] is False


def test_a_lone_administrator_acts_alone(house: Service) -> None:
    user = _id(house.person("li.na", "reviewer"))
    changed = _change(house.client, user, role="senior_reviewer")
    assert (changed["role"], changed["waiting"]) == ("senior_reviewer", None)


def test_roles_passwords_and_keys_wait_for_a_second_administrator(house: Service) -> None:
    first, second = house.client, house.person("second", "administrator")
    reviewer = house.person("li.na", "reviewer")
    user = _id(reviewer)
    for change in ({"role": "senior_reviewer"}, {"password": "another-long-one"}):
        told = _change(first, user, **change)
        waiting = told["waiting"]
        assert isinstance(waiting, dict)
        assert told["role"] == reviewer.get("/v1/me").json()["role"]
        assert "another-long-one" not in str(told)
        assert reviewer.get("/v1/me").status_code == 200, "nothing has changed"
        assert _approve(first, waiting["id"]) == 403, "nobody agrees with himself"
        assert _approve(reviewer, waiting["id"]) == 403
        if "role" in change:
            assert _approve(second, waiting["id"]) == 200
            assert reviewer.get("/v1/me").status_code == 401, "a new role is a new session"
            reviewer = house.log_in("li.na", PASSWORD)
            assert reviewer.get("/v1/me").json()["role"] == "senior_reviewer"
            (notice,) = reviewer.get("/v1/me/notices").json()["items"]
            assert (notice["kind"], notice["by"]) == ("role", "second")
        else:
            refused = second.post(f"/v1/people-changes/{waiting['id']}/refuse")
            assert refused.json()["state"] == "refused"
            assert _approve(second, waiting["id"]) == 409
            house.log_in("li.na", PASSWORD)
    key = first.post("/v1/keys", json={"name": "k", "scopes": ["packets:read"]}).json()
    assert key["waits"] and not _opens(house, key["key"])
    (waiting,) = [
        c for c in second.get("/v1/people-changes").json()["items"] if c["state"] == "waiting"
    ]
    assert waiting["values"] == {"key": key["id"]}
    assert _approve(second, waiting["id"]) == 200 and _opens(house, key["key"])


def test_an_administrator_is_neither_made_nor_shut_out_alone(house: Service) -> None:
    first, second = house.client, house.person("second", "administrator")
    body = {"login": "third", "name": "third", "role": "administrator", "password": PASSWORD}
    third = first.post("/v1/users", json=body).json()
    assert not third["active"] and third["waiting"]
    told = _change(first, _id(second), active=False)
    assert told["active"] and told["waiting"]
    assert _approve(second, told["waiting"]["id"]) == 403, "nor by whom it concerns"
    assert _approve(second, third["waiting"]["id"]) == 200
    assert _approve(house.log_in("third", PASSWORD), told["waiting"]["id"]) == 200
    assert second.get("/v1/me").status_code == 401


def test_a_key_is_no_second_administrator(house: Service) -> None:
    key = house.key()
    house.person("second", "administrator")
    user = _id(house.person("li.na", "reviewer"))
    program = TestClient(house.client.app, headers={"Authorization": f"Bearer {key}"})
    waiting = _change(program, user, role="senior_reviewer")["waiting"]
    assert isinstance(waiting, dict)
    assert _approve(program, waiting["id"]) == 403
    assert _approve(house.client, waiting["id"]) == 403, "its maker stands behind it"


def test_a_reviewer_is_shut_out_at_once_by_one_administrator(house: Service) -> None:
    house.person("second", "administrator")
    reviewer = house.person("li.na", "reviewer")
    assert _change(house.client, _id(reviewer), active=False)["waiting"] is None
    assert reviewer.get("/v1/me").status_code == 401


def test_keys_end_with_their_maker(house: Service) -> None:
    second = house.person("second", "administrator")
    _two_eyes(house, second)
    scopes = ["packets:read", "people:manage"]
    made = second.post("/v1/keys", json={"name": "k", "scopes": scopes}).json()["key"]
    program = TestClient(house.client.app, headers={"Authorization": f"Bearer {made}"})
    body = {"name": "of a key", "scopes": ["packets:read"]}
    of_key = program.post("/v1/keys", json=body).json()["key"]
    assert _opens(house, made) and _opens(house, of_key)
    _change(house.client, _id(second), role="reviewer")
    assert not _opens(house, made), "its scope is beyond its maker's new role"
    assert _opens(house, of_key), "a reviewer reads packets too"
    user = house.log_in("second", PASSWORD).get("/v1/me").json()["id"]
    _change(house.client, user, active=False)
    assert not _opens(house, of_key)

"""Log-in: guessing is slowed by network and by name, and nobody is locked out by others."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from running_service import Service, served

from api.http.authentication import CSRF_HEADER
from api.people import totp
from api.runtime import guessing
from api.runtime.guessing import Guessing

PASSWORD = "a-long-password"
_MANY = 12  # attempts: more than twice what a minute allows, whatever part of it has passed


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("data"), workers=0) as made:
        made.person("li.na", "reviewer")
        yield made


@pytest.fixture(autouse=True)
def quick(house: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counts begin anew, and delays are a tenth."""
    monkeypatch.setattr(guessing, "DELAYS", (0.0, 0.0, 0.05, 0.1))
    house.wiring.guessing = Guessing(type(house.wiring.throttle)(), 5)


def _browser(house: Service, network: str = "192.0.2.7") -> TestClient:
    return TestClient(house.client.app, client=(network, 1))


def _try(browser: TestClient, password: str, login: str = "li.na", code: str = "") -> str:
    body = {"login": login, "password": password, "code": code}
    answer = browser.post("/v1/session", json=body)
    if answer.status_code == 200:
        browser.headers[CSRF_HEADER] = answer.json()["csrf"]
    return "in" if answer.status_code == 200 else str(answer.json()["code"])


def test_a_network_is_counted_and_no_other_one(house: Service) -> None:
    guesser = _browser(house)
    codes = [_try(guesser, f"wrong {n}") for n in range(_MANY)]
    assert codes[:5] == ["wrong_login"] * 5 and codes[-1] == "too_many"
    assert _try(_browser(house, "192.0.2.200"), PASSWORD) == "too_many"
    assert _try(_browser(house, "198.51.100.1"), PASSWORD) == "in"


def test_a_forged_header_does_not_evade_the_count(house: Service) -> None:
    guesser = _browser(house)
    codes = []
    for number in range(_MANY):
        guesser.headers["X-Forwarded-For"] = f"203.0.113.{number}"
        codes.append(_try(guesser, "wrong"))
    assert codes[-1] == "too_many"


def test_who_guesses_at_a_name_does_not_lock_the_person_out(house: Service) -> None:
    for number in range(30):
        _try(_browser(house, f"10.1.{number}.1"), "wrong")
    assert _try(_browser(house, "10.2.0.1"), PASSWORD) == "in"


def test_a_browser_that_was_logged_in_is_counted_apart_from_its_network(house: Service) -> None:
    own = _browser(house)
    assert _try(own, PASSWORD) == "in"
    for number in range(_MANY):
        _try(_browser(house), f"wrong {number}")
    assert _try(own, PASSWORD) == "in"
    assert _try(own, PASSWORD, login="admin") == "too_many", "the mark is of one person"
    assert [_try(own, "wrong") for _ in range(_MANY)][-1] == "too_many", "nor may it guess for ever"


def test_wrong_answers_come_later_and_later_and_the_right_one_at_once(house: Service) -> None:
    house.wiring.guessing = Guessing(type(house.wiring.throttle)(), 100)
    attempt, name = guessing.Attempt("n"), [("org", "li.na")]
    delays = [house.wiring.guessing.failed(attempt, name) for _ in range(5)]
    assert delays == [0.0, 0.0, 0.05, 0.1, 0.1]
    assert house.wiring.guessing.failed(attempt, [("other", "li.na")]) == 0, "of its organisation"
    house.wiring.guessing.succeeded(name[0])
    assert house.wiring.guessing.failed(attempt, name) == 0


def test_a_name_that_is_not_there_is_answered_alike(house: Service) -> None:
    answers = []
    for login in ("li.na", "nobody"):
        house.wiring.guessing = Guessing(type(house.wiring.throttle)(), 100)
        codes = [_try(_browser(house), "wrong", login) for _ in range(3)]
        answers.append(codes)
    assert answers[0] == answers[1]


def test_a_second_factor_is_asked_for_and_each_code_is_taken_once(house: Service) -> None:
    house.wiring.guessing = Guessing(type(house.wiring.throttle)(), 100)
    person = house.person("wang.fang", "reviewer")
    wrong = person.post("/v1/me/second-factor", json={"password": "not the password"})
    assert wrong.json()["code"] == "wrong_login"
    secret = person.post("/v1/me/second-factor", json={"password": PASSWORD}).json()["secret"]
    assert _try(_browser(house), PASSWORD, "wang.fang") == "in", "it is not confirmed yet"
    step = int(time.time() // 30)
    first = totp.code_at(secret, step - 1)
    confirmed = person.post("/v1/me/second-factor/confirm", json={"code": first})
    recovery = confirmed.json()["recovery_codes"]
    assert person.get("/v1/me").json()["second_factor"] is True

    browser = _browser(house)
    assert _try(browser, "wrong", "wang.fang") == "wrong_login", "no word of a code before that"
    assert _try(browser, PASSWORD, "wang.fang") == "code_needed"
    assert _try(browser, PASSWORD, "wang.fang", first) == "wrong_code", "it was taken"
    assert _try(browser, PASSWORD, "wang.fang", totp.code_at(secret, step + 1)) == "in"
    assert _try(browser, PASSWORD, "wang.fang", recovery[0]) == "in"
    assert _try(browser, PASSWORD, "wang.fang", recovery[0]) == "wrong_code"
    gone = browser.post("/v1/me/second-factor/remove", json={"password": PASSWORD})
    assert gone.status_code == 204
    assert _try(_browser(house), PASSWORD, "wang.fang") == "in"


def test_an_administrator_takes_a_lost_second_factor_away(house: Service) -> None:
    person = house.person("zhao.min", "reviewer")
    secret = person.post("/v1/me/second-factor", json={"password": PASSWORD}).json()["secret"]
    code = totp.code_at(secret, int(time.time() // 30))
    person.post("/v1/me/second-factor/confirm", json={"code": code}).raise_for_status()
    user = person.get("/v1/me").json()["id"]
    house.client.patch(f"/v1/users/{user}", json={"second_factor": False}).raise_for_status()
    browser = _browser(house, "198.51.100.9")
    assert _try(browser, PASSWORD, "zhao.min") == "in"
    (notice,) = browser.get("/v1/me/notices").json()["items"]
    assert (notice["kind"], notice["by"]) == ("second_factor", "admin")
    assert browser.get("/v1/me").json()["notices"] == 1
    assert browser.post("/v1/me/notices/seen").status_code == 204
    assert browser.get("/v1/me/notices").json()["items"] == []


def test_people_list_and_end_their_own_sessions_and_keys(house: Service) -> None:
    here, there = house.client, house.log_in("admin", house.password)
    listed = here.get("/v1/me/sessions").json()["items"]
    assert [s["current"] for s in listed].count(True) == 1 and len(listed) >= 2
    own = next(s["id"] for s in there.get("/v1/me/sessions").json()["items"] if s["current"])
    assert here.delete(f"/v1/me/sessions/{own}").status_code == 204
    assert there.get("/v1/me").status_code == 401
    assert here.delete(f"/v1/me/sessions/{own}").status_code == 404
    made = here.post("/v1/keys", json={"name": "k", "scopes": ["packets:read"]}).json()
    assert made["id"] in [k["id"] for k in here.get("/v1/me/keys").json()["items"]]
    stranger = house.log_in("li.na", PASSWORD)
    assert stranger.delete(f"/v1/me/keys/{made['id']}").status_code == 404
    assert here.delete(f"/v1/me/keys/{made['id']}").status_code == 204
    assert made["id"] not in [k["id"] for k in here.get("/v1/me/keys").json()["items"]]


def test_metrics_are_not_shown_through_a_proxy_of_this_machine(tmp_path: Path) -> None:
    with served(tmp_path, workers=0) as service:
        assert service.client.get("/metrics").status_code == 200
        through = service.client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
        assert through.status_code == 404

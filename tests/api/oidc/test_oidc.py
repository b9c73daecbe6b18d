"""Log-in by an OpenID provider, which stands within the test: whatever is not right with an answer,
nobody gets in.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fake_provider import ISSUER, SETTINGS, FakeProvider
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey
from running_service import Service, served

from api.http.authentication import COOKIE
from api.outbound.connector import Answer, NotSent


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(tmp_path_factory.mktemp("data"), **SETTINGS, workers=0) as made:
        yield made


@pytest.fixture
def provider(house: Service) -> FakeProvider:
    house.wiring.connector = FakeProvider(house.wiring.now)
    house.wiring.__dict__.pop("oidc", None)
    return house.wiring.connector


def _went(
    house: Service, provider: FakeProvider, to: str | None = None
) -> tuple[TestClient, dict[str, str]]:
    """A browser that was sent to the provider, and with what."""
    browser = TestClient(house.client.app, follow_redirects=False)
    answer = browser.get("/v1/oidc/start", params={} if to is None else {"to": to})
    assert answer.status_code == 303 and answer.headers["location"].startswith(
        ISSUER + "/authorize?"
    )
    provider.asked = {
        n: v[0] for n, v in parse_qs(urlsplit(answer.headers["location"]).query).items()
    }
    assert provider.asked["code_challenge_method"] == "S256" and provider.asked[
        "redirect_uri"
    ].endswith("/v1/oidc/callback")
    return browser, provider.asked


def _back(house: Service, provider: FakeProvider) -> TestClient:
    browser, asked = _went(house, provider)
    answer = browser.get("/v1/oidc/callback", params={"code": "a-code", "state": asked["state"]})
    assert answer.status_code == 303 and answer.headers["location"] == "/", answer.text
    return browser


def test_first_and_second_log_in(house: Service, provider: FakeProvider) -> None:
    provider.claims = {"preferred_username": "zhao.min", "name": "赵敏"}
    first = _back(house, provider).get("/v1/me").json()
    assert (first["name"], first["role"]) == ("赵敏", "reviewer") and first["csrf"]
    provider.claims = {"preferred_username": "zhao.min.2", "name": "another name"}
    assert _back(house, provider).get("/v1/me").json()["id"] == first["id"]


@pytest.mark.parametrize(
    "to",
    [
        "/graph?packet=pkt_1&lang=en",
        "/cases?q=%E5%8D%8E%E4%B8%9C",
        "/packets/pkt_1",
        "/administration/audit",
        "/",
    ],
)
def test_back_to_the_screen_that_was_asked_for(
    house: Service, provider: FakeProvider, to: str
) -> None:
    browser, asked = _went(house, provider, to)
    answer = browser.get("/v1/oidc/callback", params={"code": "a-code", "state": asked["state"]})
    assert (answer.status_code, answer.headers["location"]) == (303, to)


@pytest.mark.parametrize(
    "to",
    [
        "",
        "graph",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "/.//evil.example",
        "/%09/evil.example",
        "/\t/evil.example",
        "/cases\r\nSet-Cookie: a=b",
        "/v1/session",
        "/v1",
        "javascript:alert(1)",
        "/@evil.example",
        "/cases?q=<b>",
        "/" + "a" * 3_000,
        "/cases?" + "a" * 900,
    ],
)
def test_nobody_is_led_elsewhere(house: Service, provider: FakeProvider, to: str) -> None:
    browser, asked = _went(house, provider, to)
    answer = browser.get("/v1/oidc/callback", params={"code": "a-code", "state": asked["state"]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


def test_a_name_that_is_taken_is_not_taken_over(house: Service, provider: FakeProvider) -> None:
    provider.claims = {"preferred_username": "admin", "sub": "8"}
    me = _back(house, provider).get("/v1/me").json()
    assert me["role"] == "reviewer" and me["id"] != house.client.get("/v1/me").json()["id"]


def test_who_was_shut_out_stays_out(house: Service, provider: FakeProvider) -> None:
    provider.claims = {"sub": "9", "preferred_username": "qian.duo"}
    me = _back(house, provider).get("/v1/me").json()
    assert house.client.patch(f"/v1/users/{me['id']}", json={"active": False}).status_code == 200
    browser, asked = _went(house, provider)
    assert (
        browser.get(
            "/v1/oidc/callback", params={"code": "a-code", "state": asked["state"]}
        ).status_code
        == 401
    )
    assert (
        house.client.post("/v1/session", json={"login": "qian.duo", "password": ""}).status_code
        == 422
    )
    assert (
        house.client.post("/v1/session", json={"login": "qian.duo", "password": "x"}).status_code
        == 401
    )


BAD: dict[str, dict[str, Any]] = {
    "other issuer": {"iss": "https://evil.example"},
    "other audience": {"aud": "another"},
    "several audiences": {"aud": ["huoyan", "another"]},
    "made for another": {"azp": "another"},
    "over": {"exp": 1},
    "no end": {"exp": None},
    "of the future": {"iat": 2**33},
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "no subject": {"sub": None},
    "empty subject": {"sub": ""},
    "long subject": {"sub": "x" * 256},
    "subject of another kind": {"sub": 7},
}


@pytest.mark.parametrize("name", BAD)
def test_claims_that_are_not_right(house: Service, provider: FakeProvider, name: str) -> None:
    browser, asked = _went(house, provider)
    provider.change = BAD[name]
    answer = browser.get("/v1/oidc/callback", params={"code": "a-code", "state": asked["state"]})
    assert (
        answer.status_code == 401
        and answer.json()["code"] == "oidc_failed"
        and COOKIE not in browser.cookies
    )


def _unsigned(claims: dict[str, Any]) -> str:
    parts = [
        base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=")
        for p in ({"alg": "none"}, claims)
    ]
    return ".".join([*parts, ""])


SIGNERS: dict[str, Callable[[dict[str, Any]], str]] = {
    "none": _unsigned,
    "secret": lambda c: jwt.encode(
        {"alg": "HS256"}, c, OctKey.import_key("secret/" * 5), algorithms=["HS256"]
    ),
    "other key, same name": lambda c: jwt.encode(
        {"alg": "ES256", "kid": "1"}, c, ECKey.generate_key("P-256", {"kid": "1"})
    ),
    "unknown key": lambda c: jwt.encode(
        {"alg": "ES256", "kid": "2"}, c, ECKey.generate_key("P-256", {"kid": "2"})
    ),
    "no token": lambda c: "x",
}


@pytest.mark.parametrize("name", SIGNERS)
def test_signatures_that_are_not_right(house: Service, provider: FakeProvider, name: str) -> None:
    browser, asked = _went(house, provider)
    provider.sign = SIGNERS[name]
    answer = browser.get("/v1/oidc/callback", params={"code": "a-code", "state": asked["state"]})
    assert answer.status_code == 401 and COOKIE not in browser.cookies


def test_new_keys_of_the_provider(house: Service, provider: FakeProvider) -> None:
    _back(house, provider)
    provider.key = ECKey.generate_key("P-256", {"kid": "new", "alg": "ES256", "use": "sig"})
    _back(house, provider)


def test_state_and_cookie(house: Service, provider: FakeProvider) -> None:
    browser, asked = _went(house, provider)
    other = TestClient(house.client.app, follow_redirects=False)
    for client, given in ((other, asked["state"]), (browser, "x"), (browser, "")):
        assert (
            client.get("/v1/oidc/callback", params={"code": "a-code", "state": given}).status_code
            == 401
        )
    assert (
        browser.get(
            "/v1/oidc/callback", params={"code": "another", "state": asked["state"]}
        ).status_code
        == 401
    )
    assert (
        browser.get(
            "/v1/oidc/callback", params={"error": "access_denied", "state": asked["state"]}
        ).status_code
        == 401
    )
    assert len(provider.forms) == 1, (
        "a code is taken to the provider only with its own cookie and state"
    )


def test_provider_away(
    house: Service, provider: FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> Answer:
        raise NotSent("timeout")

    monkeypatch.setattr(provider, "request", away)
    assert TestClient(house.client.app).get("/v1/oidc/start").json()["code"] == "oidc_failed"


def test_ways_and_what_a_browser_is_told(
    house: Service, provider: FakeProvider, service: Service
) -> None:
    """Whoever stands before the log-in screen learns of the provider, and comes back to that screen
    with a code when it went wrong.
    """
    nobody = TestClient(house.client.app, follow_redirects=False, headers={"Accept": "text/html"})
    assert nobody.get("/v1/session/ways").json() == {"provider": True}
    assert TestClient(service.client.app).get("/v1/session/ways").json() == {"provider": False}
    answer = nobody.get("/v1/oidc/callback", params={"error": "access_denied", "state": "x"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?login_failed=oidc_failed")
    house.wiring.settings = house.wiring.settings.model_copy(update={"oidc_create": False})
    try:
        browser, asked = _went(house, provider)
        browser.headers["Accept"] = "text/html"
        provider.claims = {"sub": "10"}
        answer = browser.get(
            "/v1/oidc/callback", params={"code": "a-code", "state": asked["state"]}
        )
        assert (
            answer.headers["location"] == "/?login_failed=not_added"
            and COOKIE not in browser.cookies
        )
    finally:
        house.wiring.settings = house.wiring.settings.model_copy(update={"oidc_create": True})

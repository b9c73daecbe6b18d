"""What answers say beside their body: tags, problems in both languages, who may ask."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from running_service import Service

from api.http.validation_words import in_words
from api.http.write_openapi import openapi


def test_who_has_the_answer_already_gets_no_body(service: Service) -> None:
    packet = service.client.post("/v1/packets", json={"reference": "TAG"}).json()["id"]
    first = service.client.get(f"/v1/packets/{packet}")
    tag = first.headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = service.client.get(f"/v1/packets/{packet}", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag and again.headers["x-content-type-options"] == "nosniff"
    service.client.post(f"/v1/packets/{packet}/files", files={"files": ("a.txt", b"x")})
    changed = service.client.get(f"/v1/packets/{packet}", headers={"If-None-Match": tag})
    assert changed.status_code == 200 and changed.headers["etag"] != tag


def test_a_tag_tells_nothing_to_who_may_not_see(service: Service) -> None:
    packet = service.client.post("/v1/packets", json={"reference": "TAG2"}).json()["id"]
    tag = service.client.get(f"/v1/packets/{packet}").headers["etag"]
    stranger = TestClient(service.client.app, headers={"If-None-Match": tag})
    assert stranger.get(f"/v1/packets/{packet}").status_code == 401


def test_a_reference_that_is_taken_names_its_packet(service: Service) -> None:
    packet = service.client.post("/v1/packets", json={"reference": "TWICE"}).json()["id"]
    refused = service.client.post("/v1/packets", json={"reference": "TWICE"})
    assert (refused.status_code, refused.json()["packet"]) == (409, packet)


def test_what_is_wrong_is_told_in_both_languages(service: Service) -> None:
    answer = service.client.post("/v1/packets", json={"reference": "", "colour": 1})
    told = {error["at"]: (error["zh"], error["en"]) for error in answer.json()["errors"]}
    assert told == {
        "body/reference": ("至少 1 个字符", "must have at least 1 characters"),
        "body/colour": ("没有此项，请去掉", "is not known here; leave it out"),
    }


@pytest.mark.parametrize("kind", ["a_kind_of_a_later_version", "value_error", "too_short"])
def test_every_kind_of_error_has_words(kind: str) -> None:
    told = in_words({"type": kind, "ctx": {}})
    assert told["zh"] and told["en"] and "{" not in told["zh"] + told["en"]


def test_the_document_says_who_may_ask() -> None:
    paths = openapi()["paths"]
    assert paths["/v1/oidc/start"]["get"]["security"] == []
    assert paths["/v1/session"]["post"]["security"] == []
    assert paths["/v1/session"]["delete"]["security"] == [{"session": []}]
    assert paths["/v1/me/sessions"]["get"]["security"] == [{"session": []}]
    assert paths["/v1/packets"]["get"]["security"] == [{"key": []}, {"session": []}]


def test_an_encrypted_file_gets_its_password_afterwards(service: Service) -> None:
    packet = service.client.post("/v1/packets", json={"reference": "LOCKED"}).json()["id"]
    at = f"/v1/packets/{packet}/files"
    (file,) = service.client.post(at, files={"files": ("a.pdf", b"%PDF-1.4")}).json()
    given = service.client.patch(f"{at}/{file['id']}", json={"password": "a secret"})
    assert given.status_code == 200 and "a secret" not in given.text
    assert service.client.patch(f"{at}/fil_none", json={"password": "x"}).status_code == 404


def test_limits_are_told(service: Service) -> None:
    told = service.client.get("/v1/limits").json()
    assert told["json_bytes_of"]["POST /v1/session"] == 4096
    assert told["requests_per_minute"] > 0 and told["logins_per_minute"] > 0

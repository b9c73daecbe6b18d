"""Nobody sees another organisation's things: every operation of the OpenAPI document, by every kind
of stranger (T11).
"""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient
from firm import make_firm
from other_layouts import invoice

from api.http.authentication import CSRF_HEADER, digest
from api.http.roles import SCOPES
from api.people.service import found_organisation
from api.store.people_tables import ApiKey, PersonChange

NOTHING = {"revision_number": "1"}
PUBLIC = {("post", "/v1/session")} | {
    ("get", p)
    for p in (
        "/health",
        "/ready",
        "/v1/limits",
        "/v1/session/ways",
        "/v1/oidc/start",
        "/v1/oidc/callback",
    )
}
PUBLIC |= {
    ("put", "/v1/uploads/{ticket}")
}  # the address is the permission (tests/api/packets/test_uploads.py)
BODIES: dict[tuple[str, str], Any] = {
    ("post", "/v1/packets/{packet_id}/report/without"): {"fingerprints": []},
    ("post", "/v1/packets/{packet_id}/corrections"): {
        "document": "d",
        "field": "f",
        "value": "1",
        "reason": "r",
    },
    ("patch", "/v1/users/{user_id}"): {"name": "x"},
}
QUERY = {
    "reason": "r",
    "before": 1,
    "after": 1,
    "page": 1,
    "file_revision": 1,
    "box": "0,0,1,1",
    "entity": "e",
    "from": "a",
    "to": "b",
    "q": "x",
}
# What tells of the organisation whatever the mode, to live keys and people with the scope.
ORGANISATION_WIDE = ("/v1/audit", "/v1/openapi.json")
FIXED = {
    "number": "1",
    "form": "pdf",
    "fingerprint": "0123456789abcdef",
    "kind": "noise",
    "rule_id": "ARI01",
}


class World:
    """Two organisations; the first has one of each thing."""

    def __init__(self, service: Any) -> None:
        self.service = service
        self.spec = service.client.get("/v1/openapi.json").json()
        client = service.client
        packet = service.verified("机密-T1", {"发票.pdf": invoice(make_firm(100).sales[0])})
        told = client.get(f"/v1/packets/{packet}").json()
        document = client.get(f"/v1/packets/{packet}/documents").json()["items"][0]
        user = client.post(
            "/v1/users",
            json={"login": "r1", "name": "r1", "role": "reviewer", "password": "a-long-password"},
        ).json()
        key = client.post("/v1/keys", json={"name": "k", "scopes": ["graph:read"]}).json()
        self.narrow_key, self.user_id = key["key"], user["id"]
        self.ids = {
            "packet_id": packet,
            "file_id": told["files"][0]["id"],
            "document_id": document["id"],
            "user_id": user["id"],
            "key_id": key["id"],
        }
        self.ids |= FIXED
        asked = client.post(
            f"/v1/packets/{packet}/uploads", json={"name": "a", "size": 1, "sha256": "0" * 64}
        )
        self.ids["upload_id"] = asked.json()["id"]
        self.ids |= {"case_id": told["case_id"]}
        for name, path, body in (
            (
                "webhook_id",
                "/v1/webhooks",
                {"name": "w", "url": "https://example.com/h", "kinds": ["packet.done"]},
            ),
            ("policy_id", "/v1/policies", {"changes": {}}),
            ("snapshot_id", "/v1/graph/snapshots", {"name": "s", "body": {"entities": []}}),
            ("view_id", "/v1/views", {"name": "机密视图", "filter": {}, "shared": True}),
        ):
            if path in self.spec["paths"]:
                answer = client.post(path, json=body)
                self.ids[name] = answer.json().get("id", "x") if answer.status_code < 300 else "x"
        table = [("files", ("台账.csv", "保证人,债务人\n甲公司,乙公司\n".encode()))]
        self.ids["import_id"] = client.post("/v1/graph/imports", files=table).json()["id"]
        self.ids["delivery_id"] = self._delivery()
        self.ids["session_id"] = client.get("/v1/me/sessions").json()["items"][0]["id"]
        self.ids["change_id"] = self._change()
        _, password = found_organisation(
            service.wiring.database, "乙银行", "other", service.wiring.now()
        )
        self.stranger = service.log_in("other", password)

    def _delivery(self) -> str:
        """A delivery of the webhook, which the connector of the tests refuses."""
        client, at = self.service.client, f"/v1/webhooks/{self.ids['webhook_id']}"
        assert client.post(f"{at}/test").status_code < 300
        for _ in range(200):
            found = client.get(f"{at}/deliveries").json()["items"]
            if found:
                return str(found[0]["id"])
            time.sleep(0.1)
        raise AssertionError("nothing was sent")

    def _change(self) -> str:
        """A change of a person that waits for a second administrator."""
        row = PersonChange(id="chg_world", user_id=self.user_id, asked={"name": "x"})
        row.made_by, row.made_at = self.user_id, self.service.wiring.now()
        org = self.service.client.get("/v1/organisation").json()["id"]
        with self.service.wiring.database.writing(org) as session:
            session.add(row)
        return row.id

    def operations(self) -> list[tuple[str, str, dict[str, Any]]]:
        return [
            (m, p, op)
            for p, item in self.spec["paths"].items()
            for m, op in item.items()
            if (m, p) not in PUBLIC
        ]

    def call(
        self,
        client: TestClient,
        method: str,
        path: str,
        operation: dict[str, Any],
        ids: dict[str, str],
    ) -> Any:
        names = re.findall(r"{(\w+)}", path)
        unknown = set(names) - set(self.ids)
        assert not unknown, f"say in this test what {unknown} of {path} may be"
        url = re.sub(r"{(\w+)}", lambda m: ids[m[1]], path)
        params = {
            q["name"]: QUERY.get(q["name"], "x")
            for q in operation.get("parameters", ())
            if q["in"] == "query" and q.get("required")
        }
        kwargs: dict[str, Any] = {"params": params, "headers": {"If-Match": '"v1"'}}
        content = operation.get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content:
            kwargs["files"] = [("files", ("a.txt", b"x"))]
        elif "application/json" in content:
            body = BODIES.get(
                (method, path), _example(self.spec, content["application/json"]["schema"])
            )
            kwargs["json"] = body
        return client.request(method, url, **kwargs)


def _example(spec: dict[str, Any], schema: dict[str, Any]) -> Any:
    """The smallest body that fits a schema, from its examples and defaults."""
    if "$ref" in schema:
        return _example(spec, spec["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]])
    if "examples" in schema:
        return schema["examples"][0]
    if "enum" in schema or "const" in schema:
        return schema.get("const", (schema.get("enum") or [None])[0])
    if "anyOf" in schema:
        return _example(spec, schema["anyOf"][0])
    kind = schema.get("type")
    if kind == "object":
        return {n: _example(spec, schema["properties"][n]) for n in schema.get("required", ())}
    if kind == "array":
        return [_example(spec, schema["items"])] * max(0, schema.get("minItems", 0))
    return {
        "string": "x" * max(1, schema.get("minLength", 1)),
        "integer": 1,
        "number": 1,
        "boolean": False,
    }.get(str(kind), {})


@pytest.fixture(scope="module")
def world(service: Any) -> World:
    return World(service)


OF_A_MODE = {"packet_id", "case_id", "import_id", "snapshot_id"}


class Modes:
    """Programs that may do everything, one of each mode, and what is of their mode."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.live, self.trial = (self._program(mode) for mode in ("live", "test"))
        client = self.trial
        packet = client.post("/v1/packets", json={"reference": "机密-T2"}).json()["id"]
        pages = {"发票.pdf": invoice(make_firm(101).sales[0])}
        files = [("files", file) for file in pages.items()]
        file = client.post(f"/v1/packets/{packet}/files", files=files).json()[0]["id"]
        submitted = client.post(
            f"/v1/packets/{packet}/submit", params={"wait": 60}, json={"as_of": "2026-01-31"}
        )
        assert submitted.json()["status"] == "done", submitted.text
        documents = client.get(f"/v1/packets/{packet}/documents").json()["items"]
        upload = client.post(
            f"/v1/packets/{packet}/uploads", json={"name": "b", "size": 1, "sha256": "0" * 64}
        )
        table = [("files", ("台账二.csv", "保证人,债务人\n丙公司,丁公司\n".encode()))]
        snapshot = {"name": "机密-S2", "body": {"entities": []}}
        self.of_trial = world.ids | {
            "packet_id": packet,
            "file_id": file,
            "document_id": documents[0]["id"],
            "upload_id": upload.json()["id"],
            "import_id": client.post("/v1/graph/imports", files=table).json()["id"],
            "snapshot_id": client.post("/v1/graph/snapshots", json=snapshot).json()["id"],
        }
        self.of_trial.pop("case_id")  # what is for trials opens no case

    def _program(self, mode: str) -> TestClient:
        wiring = self.world.service.wiring
        org = self.world.service.client.get("/v1/organisation").json()["id"]
        with wiring.database.writing(org) as session:
            session.add(
                ApiKey(
                    id=f"key_{mode}",
                    name=mode,
                    prefix="hyk_",
                    digest=digest(f"hyk_{mode}"),
                    scopes=sorted(SCOPES),
                    mode=mode,
                    created_by=self.world.user_id,
                    created_at=wiring.now(),
                )
            )
        bearer = {"Authorization": f"Bearer hyk_{mode}"}
        return TestClient(self.world.service.client.app, headers=bearer)

    def refused(self, client: TestClient, ids: dict[str, str], lacking: int = 404) -> int:
        """How many operations on these were tried; each answers as for what does not exist.

        `lacking`: what a caller is answered who may not do it at all.
        """
        nothing = {n: v if n in FIXED else f"{v[:4]}nothing" for n, v in ids.items()}
        tried = 0
        for method, path, operation in self.world.operations():
            names = set(re.findall(r"{(\w+)}", path))
            if not names & OF_A_MODE or not names <= set(ids):
                continue
            theirs = self.world.call(client, method, path, operation, ids)
            none = self.world.call(client, method, path, operation, nothing)
            assert theirs.status_code in (404, lacking), (
                method,
                path,
                theirs.status_code,
                theirs.text[:300],
            )
            assert theirs.content == none.content, (method, path)
            tried += 1
        return tried


@pytest.fixture(scope="module")
def modes(world: World) -> Modes:
    return Modes(world)


def test_each_mode_has_its_own(modes: Modes) -> None:
    """What the next tests find refused is there for those of its mode."""
    for client, ids in ((modes.live, modes.world.ids), (modes.trial, modes.of_trial)):
        for at in ("packets/{packet_id}/report", "packets/{packet_id}/files/{file_id}"):
            assert client.get("/v1/" + at.format(**ids)).status_code == 200, at
        snapshot = client.get(f"/v1/graph/snapshots/{modes.of_trial['snapshot_id']}")
        assert snapshot.status_code == (200 if client is modes.trial else 404)
        listed = client.get("/v1/graph/imports").json()["items"]
        assert [i["id"] for i in listed] == [ids["import_id"]]


def test_live_things_do_not_exist_for_a_test_key(modes: Modes) -> None:
    assert modes.refused(modes.trial, modes.world.ids) >= 30


def test_trials_do_not_exist_for_live_keys_and_people(modes: Modes) -> None:
    assert modes.refused(modes.live, modes.of_trial) >= 20
    assert modes.refused(modes.world.service.client, modes.of_trial, 403) >= 20


def test_lists_hold_one_mode_alone(modes: Modes) -> None:
    """Those that a program of one mode asks for tell nothing of the other's."""
    own = (modes.live, modes.of_trial, "机密-T2"), (modes.trial, modes.world.ids, "机密-T1")
    for client, ids, reference in own:
        secret = [v for n, v in ids.items() if n in OF_A_MODE | {"file_id", "document_id"}]
        for method, path, operation in modes.world.operations():
            if method != "get" or "{" in path or path.startswith(ORGANISATION_WIDE):
                continue
            answer = modes.world.call(client, method, path, operation, modes.world.ids)
            assert answer.status_code < 500, path
            assert not [s for s in (*secret, reference) if s in answer.text], path


def test_a_test_key_does_not_act_on_the_whole_organisation(modes: Modes) -> None:
    for at in ("/v1/audit", "/v1/webhooks", "/v1/keys"):
        assert modes.trial.get(at).status_code == 403, at
        assert modes.live.get(at).status_code == 200, at
    assert modes.trial.post("/v1/policies", json={"changes": {}}).status_code == 403
    made = modes.world.service.client.post(
        "/v1/keys", json={"name": "t", "scopes": ["audit:read"], "mode": "test"}
    )
    assert made.status_code == 422
    assert "audit" in made.json()["detail"]["en"]


def test_another_organisations_things_do_not_exist(world: World) -> None:
    nothing = {n: v if n in FIXED else f"{v[:4]}nothing" for n, v in world.ids.items()}
    seen = 0
    for method, path, operation in world.operations():
        if not set(re.findall(r"{(\w+)}", path)) - set(FIXED):
            continue
        theirs = world.call(world.stranger, method, path, operation, world.ids)
        none = world.call(world.stranger, method, path, operation, nothing)
        assert theirs.status_code in (404, 403), (
            method,
            path,
            theirs.status_code,
            theirs.text[:300],
        )
        assert (theirs.status_code, theirs.content) == (none.status_code, none.content), (
            method,
            path,
        )
        seen += 1
    assert seen >= 15


def test_lists_of_another_organisation_are_empty_of_ours(world: World) -> None:
    secret = [v for n, v in world.ids.items() if n not in FIXED] + ["机密-T1"]
    for method, path, operation in world.operations():
        if method == "get" and "{" not in path and "openapi" not in path:
            answer = world.call(world.stranger, method, path, operation, world.ids)
            assert answer.status_code < 500, (path, answer.text[:300])
            assert not [s for s in secret if s in answer.text], path


def test_nobody_and_the_wrong_scope(world: World) -> None:
    nobody = TestClient(world.service.client.app)
    narrow = TestClient(
        world.service.client.app, headers={"Authorization": f"Bearer {world.narrow_key}"}
    )
    refused = 0
    for method, path, operation in world.operations():
        answer = world.call(nobody, method, path, operation, world.ids)
        assert answer.status_code == 401, (method, path, answer.status_code)
        answer = world.call(narrow, method, path, operation, world.ids)
        assert answer.status_code < 500, (method, path, answer.text[:300])
        refused += answer.status_code == 403
    assert refused >= 20


def test_a_person_who_is_shut_out_is_nobody(world: World) -> None:
    person = world.service.log_in("r1", "a-long-password")
    assert person.get("/v1/me").status_code == 200
    assert (
        world.service.client.patch(f"/v1/users/{world.user_id}", json={"active": False}).status_code
        == 200
    )
    for method, path, operation in world.operations():
        assert world.call(person, method, path, operation, world.ids).status_code in (401, 403), (
            method,
            path,
        )
    assert CSRF_HEADER in person.headers

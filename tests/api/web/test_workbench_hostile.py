"""Texts of files, people and papers that are markup run nowhere: named in every place that a person
or a file can name, shown on every screen.
"""

from __future__ import annotations

from conftest import honest_files
from playwright.sync_api import Page
from running_workbench import Workbench

_RUN = "window.__run=1"
TAGS = [
    "img src=x onerror",
    "svg onload",
    "body onload",
    "video src=x onerror",
    "details open ontoggle",
    "iframe onload",
    "input autofocus onfocus",
    "object data=x onerror",
]
_WRAPS = [
    "<{}>",
    '"><{}>',
    "'><{}>",
    "</title><{}>",
    "</textarea><{}>",
    "<!--><{}>",
    "]]><{}>",
    "\\u003c{}>",
]
PAYLOADS = [wrap.format(f"{tag}={_RUN}") for tag in TAGS for wrap in _WRAPS]
PAYLOADS += [
    f"<script>{_RUN}</script>",
    f"javascript:{_RUN}",
    "{{constructor.constructor('" + _RUN + "')()}}",
    "${" + _RUN + "}",
    f"<a href=javascript:{_RUN}>x</a>",
    "<math><mtext><style><img src=x onerror=" + _RUN + ">",
]


def _plant(workbench: Workbench) -> str:
    """A packet whose files are named by payloads, and payloads in every other text.

    Returns its id.
    """
    client, papers = workbench.service.client, honest_files(7, "ruled.pdf")[1]
    files = {f"{p}.pdf".replace("/", "∕"): b"%PDF-1.4 nothing" for p in PAYLOADS}
    files[f"<img src=x onerror={_RUN}>.pdf"] = papers["回单.pdf"]
    body = {"reference": PAYLOADS[0], "branch": PAYLOADS[1]}
    packet: str = client.post("/v1/packets", json=body).json()["id"]
    assert (
        client.post(
            f"/v1/packets/{packet}/files", files=[("files", f) for f in files.items()]
        ).status_code
        == 201
    )
    assert (
        client.post(
            f"/v1/packets/{packet}/submit", params={"wait": 60}, json={"as_of": "2026-01-31"}
        ).status_code
        == 200
    )
    person = {
        "login": "mallory",
        "name": PAYLOADS[2],
        "role": "reviewer",
        "password": "a-long-password",
    }
    assert client.post("/v1/users", json=person).status_code == 201
    mallory = workbench.service.log_in("mallory", "a-long-password")
    case = client.get(f"/v1/packets/{packet}").json()["case_id"]
    tag = client.get(f"/v1/cases/{case}").headers["ETag"]
    for text in PAYLOADS:
        answer = mallory.post(
            f"/v1/cases/{case}/comment", json={"text": text}, headers={"If-Match": tag}
        )
        assert answer.status_code == 200, answer.text
        tag = answer.headers["ETag"]
    key = {"name": PAYLOADS[3], "scopes": ["packets:read"]}
    assert client.post("/v1/keys", json=key).status_code == 201
    return packet


def _shown(page: Page, text: str) -> bool:
    return page.evaluate("t => document.body.innerText.includes(t)", text)


def test_nothing_runs(workbench: Workbench) -> None:
    assert len(PAYLOADS) >= 60
    workbench.problems.clear()
    packet, seen = _plant(workbench), set()
    with workbench.page("wang.fang") as page:
        for path, wait in (
            ("/cases", ".ant-table-row"),
            ("/packets", ".ant-table-row"),
            (f"/upload/{packet}", ".asks"),
            (f"/packets/{packet}", ".viewer"),
            (f"/graph?packet={packet}", ".graph-tools"),
            ("/statistics", ".chart canvas"),
        ):
            page.goto(workbench.url + path)
            page.locator(wait).first.wait_for()
            page.wait_for_timeout(300)
            assert page.evaluate("window.__run") is None, path
            seen |= {p for p in PAYLOADS if _shown(page, p)}
        page.goto(f"{workbench.url}/packets/{packet}")
        for sheet in range(7):
            page.locator(".sheets .ant-tabs-tab").nth(sheet).click()
            page.wait_for_timeout(200)
        page.locator(".history li").nth(len(PAYLOADS)).wait_for()
        seen |= {p for p in PAYLOADS if _shown(page, p)}
        assert page.evaluate("window.__run") is None
    with workbench.page("admin2") as page:
        for path in ("people", "keys", "audit"):
            page.goto(f"{workbench.url}/administration/{path}")
            page.locator(".ant-table-row").first.wait_for()
            assert page.evaluate("window.__run") is None
    assert len(seen) >= 60, "the texts are shown as they are"
    assert not [p for p in workbench.problems if "404" not in p and "422" not in p]

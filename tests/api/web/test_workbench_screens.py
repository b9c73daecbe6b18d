"""Every screen in both languages: nothing blocked or broken, axe finds nothing serious, nothing
runs over the edge; pictures are kept in out/screens.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from running_workbench import SCREENS, Workbench, drawn, violations

from api.http.static_files import DIST

Open = Callable[[Page, Workbench], None]


def _at(path: str, wait: str) -> Open:
    def go(page: Page, workbench: Workbench) -> None:
        page.goto(
            workbench.url
            + path.format(**{k.replace("-", ""): v for k, v in workbench.packets.items()})
        )
        page.locator(wait).first.wait_for()

    return go


def _sheet(number: int, wait: str) -> Open:
    def go(page: Page, workbench: Workbench) -> None:
        _at("/packets/{APP0007}", ".viewer-page img")(page, workbench)
        drawn(page, ".viewer-page img")
        page.locator(".sheets .ant-tabs-tab").nth(number).click()
        page.locator(wait).first.wait_for()

    return go


def _side_by_side(page: Page, workbench: Workbench) -> None:
    _sheet(0, ".finding.open")(page, workbench)
    page.locator(".viewer-tools.first button").first.click()
    page.locator(".panes-2").wait_for()
    drawn(page, ".viewer-page img", 2)


def _graph_sheet(number: int) -> Open:
    def go(page: Page, workbench: Workbench) -> None:
        _at("/graph?packet={APP0007}", ".canvas canvas")(page, workbench)
        page.locator(".sheets .ant-tabs-tab").nth(number).click()
        page.wait_for_timeout(1500)

    return go


def _keys(page: Page, workbench: Workbench) -> None:
    _at("/cases", ".ant-table-row")(page, workbench)
    page.keyboard.press("?")
    page.locator("table.keys").wait_for()


def _twin(page: Page, workbench: Workbench) -> None:
    _graph_sheet(0)(page, workbench)
    page.keyboard.press("v")
    page.locator(".twin .ant-table-row").first.wait_for()


STAFF: dict[str, Open] = {
    "queue": _at("/cases", ".ant-table-row"),
    "keys": _keys,
    "upload": _at("/upload", ".drop"),
    "uploaded": _at("/upload/{APP0007}", ".asks"),
    "packets": _at("/packets", ".ant-table-row"),
    "findings": _sheet(0, ".finding.open"),
    "side-by-side": _side_by_side,
    "score": _sheet(1, ".waterfall"),
    "fields": _sheet(2, ".fields"),
    "reconciliation": _sheet(3, ".matrix"),
    "not-checked": _sheet(4, ".ant-table-row"),
    "changes": _sheet(5, ".sheet h2"),
    "decision": _sheet(6, ".history li"),
    "graph": _graph_sheet(0),
    "graph-patterns": _graph_sheet(1),
    "graph-table": _twin,
    "statistics": _at("/statistics", ".chart canvas"),
    "rules": _at("/administration/rules?rule=ARI16", ".prose h3"),
    "missing": _at("/nothing/here", ".ant-empty"),
}
ADMINISTRATOR = {
    name: _at(f"/administration/{name}", wait)
    for name, wait in {
        "policy": ".ant-table-row",
        "people": ".ant-table-row",
        "keys": ".panel h2",
        "organisation": "form",
        "webhooks": ".panel h2",
        "audit": ".ant-table-row",
        "health": ".facts",
    }.items()
}


def _looked_at(page: Page, workbench: Workbench, name: str, go: Open, lang: str) -> list[str]:
    go(page, workbench)
    page.wait_for_timeout(250)
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}-{lang}.png")
    wrong = [f"{name}: {v}" for v in violations(page)]
    if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
        wrong.append(f"{name}: runs over the edge")
    if page.get_by_role("alert").filter(has=page.locator(".ant-alert-icon")).count():
        wrong.append(f"{name}: {page.get_by_role('alert').first.inner_text()}")
    return wrong


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_log_in_screen(workbench: Workbench, lang: str) -> None:
    with workbench.page(lang=lang, csp=False) as page:
        assert not _looked_at(
            page, workbench, "login", lambda p, _: p.locator("form").wait_for(), lang
        )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_screens(workbench: Workbench, lang: str) -> None:
    wrong: list[str] = []
    for login, screens in (("wang.fang", STAFF), ("admin2", ADMINISTRATOR)):
        with workbench.page(login, lang, csp=False) as page:
            for name, go in screens.items():
                wrong += _looked_at(
                    page, workbench, name if login != "admin2" else f"admin-{name}", go, lang
                )
    assert not wrong, "\n".join(wrong)


def test_dark_and_wide(workbench: Workbench) -> None:
    wrong: list[str] = []
    with workbench.page("wang.fang", "zh", width=1920, shade="dark", csp=False) as page:
        for name in ("queue", "findings", "fields", "decision", "graph", "statistics", "rules"):
            wrong += _looked_at(page, workbench, f"dark-{name}", STAFF[name], "zh")
    assert not wrong, "\n".join(wrong)


def test_nothing_is_blocked_by_the_policy_of_content(workbench: Workbench) -> None:
    workbench.problems.clear()
    with workbench.page("wang.fang") as page:
        for name in ("queue", "findings", "graph", "statistics", "rules"):
            STAFF[name](page, workbench)
            page.wait_for_timeout(500)
    assert not workbench.problems
    assert (
        "script-src 'self'"
        in workbench.service.client.get("/cases").headers["content-security-policy"]
    )


def test_the_first_screen_is_small(workbench: Workbench) -> None:
    """By Brotli, and by gzip for what stands between that knows no other."""
    with workbench.page("wang.fang") as page:
        page.locator(".page-head h1").wait_for()
        page.wait_for_load_state("networkidle")
        names = page.evaluate(
            "performance.getEntriesByType('resource').filter(r => r.name.includes('/assets/')).map(r => r.name.split('/').pop())"
        )
    for suffix in (".br", ".gz"):
        sent = sum((DIST / "assets" / f"{name}{suffix}").stat().st_size for name in set(names))
        assert 50_000 < sent <= 420_000, (suffix, sent)

"""The workbench in a browser against a service on a port of its own: three firms in a guarantee
circle, one of them with a raised slip.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, honest_files
from make_packets import FORGERIES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright
    from running_service import Service

CHROMIUM = shutil.which("chromium")
AXE = ROOT / "api" / "web" / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = ROOT / "out" / "screens"
PASSWORD = "a-long-password"
PEOPLE = {
    "li.na": ("李娜", "reviewer"),
    "wang.fang": ("王芳", "senior_reviewer"),
    "zhao.lei": ("赵磊", "investigator"),
}
ADMINISTRATOR = {"admin2": ("陈静", "administrator")}
_SMALL = (
    "回单.pdf",
    "增值税申报表.pdf",
    "利润表.pdf",
    "资产负债表.pdf",
    "营业执照.pdf",
    "股东名册.pdf",
    "流水_ruled.pdf",
)
_ALLOWED = "status of 401"  # before the log-in the workbench asks who is there


@dataclass(slots=True)
class Workbench:
    """The service's address, its browser, and what went wrong in its pages."""

    url: str
    browser: Browser
    service: Service
    packets: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @contextmanager
    def page(
        self,
        login: str = "",
        lang: str = "zh",
        width: int = 1280,
        shade: str = "light",
        csp: bool = True,
    ) -> Iterator[Page]:
        """A page of a fresh browser profile, logged in as `login` unless that is empty.

        Without `csp` a test may add a script of its own.
        """
        height = 900 if width < 1900 else 1080
        # What moves may move away between the press and the release of a button when the machine is
        # busy.
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            accept_downloads=True,
            bypass_csp=not csp,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on(
            "console",
            lambda m: (
                self.problems.append(m.text)
                if m.type == "error" and _ALLOWED not in m.text
                else None
            ),
        )
        page.on("pageerror", lambda e: self.problems.append(str(e)))
        page.add_init_script(
            f"localStorage.setItem('huoyan.shade', '{shade}'); localStorage.setItem('huoyan.lang', '{lang}')"
        )
        page.goto(self.url)
        if login:
            log_in(page, login)
        yield page
        context.close()


def log_in(page: Page, login: str) -> None:
    """Logs in by the screen."""
    page.locator("input[autocomplete=username]").fill(login)
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("header.top").wait_for()


def drawn(page: Page, selector: str, count: int = 1) -> None:
    """Waits until so many pictures are there.

    Not by wait_for_function, which would need eval, which the policy of content forbids.
    """
    end = time.monotonic() + 40
    while time.monotonic() < end:
        if (
            page.evaluate(
                "s => [...document.querySelectorAll(s)].filter(i => i.naturalWidth > 0).length",
                selector,
            )
            >= count
        ):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not drawn: {selector}")


def violations(page: Page) -> list[str]:
    """What axe finds serious or critical on a page.

    Evidence boxes are as large as what they frame; each has an equal of full size in its finding
    (WCAG 2.5.8: equivalent).
    """
    page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(r => r.violations.map("
        "v => ({id: v.id, impact: v.impact, nodes: v.nodes.filter(n => v.id != 'target-size' || !/class=.(mark|differ)\\b/.test(n.html)).slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? ''))})))"
    )
    return [
        f"{v['id']}: {v['nodes']}"
        for v in found
        if v["nodes"] and v["impact"] in ("serious", "critical")
    ]


def ring() -> dict[str, dict[str, bytes]]:
    """Files of three firms, each the guarantor of the one before; the first firm's slip was raised."""
    from other_layouts import contract

    firms = {n: honest_files(n, "ruled.pdf") for n in (7, 31, 44)}
    packets = {}
    for (n, (firm, files)), guarantor in zip(firms.items(), (31, 44, 7), strict=True):
        kept = {f: data for f, data in files.items() if f in _SMALL}
        packets[f"APP-{n:04}"] = kept | {
            "保证合同.pdf": contract(firm, [firms[guarantor][0].name], Decimal(900_000), f"B{n}")
        }
    FORGERIES["slip_raised"](firms[7][0], packets["APP-0007"])
    return packets


def launched(play: Playwright) -> Browser:
    """Debian's chromium, without a window; pictures are drawn by the processor."""
    return play.chromium.launch(
        executable_path=CHROMIUM,
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )


@pytest.fixture(scope="module")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    with _opened(Path(tmp_path_factory.mktemp("workbench"))) as opened:
        for reference, files in ring().items():
            opened.packets[reference] = opened.service.verified(reference, files)
        yield opened


@pytest.fixture(scope="module")
def empty_workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """The same without packets: there in seconds."""
    with _opened(Path(tmp_path_factory.mktemp("workbench"))) as opened:
        yield opened


@contextmanager
def _opened(data: Path) -> Iterator[Workbench]:
    if CHROMIUM is None:
        pytest.skip("needs chromium")
    from playwright.sync_api import expect, sync_playwright
    from running_service import listening, served

    expect.set_options(timeout=20_000)  # a busy machine is slow and not wrong
    with (
        served(data) as service,
        listening(service) as url,
        sync_playwright() as play,
    ):
        for login, (name, role) in (PEOPLE | ADMINISTRATOR).items():
            body = {"login": login, "name": name, "role": role, "password": PASSWORD}
            assert service.client.post("/v1/users", json=body).status_code == 201
        browser = launched(play)
        yield Workbench(url, browser, service)
        browser.close()

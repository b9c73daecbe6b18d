"""How quick the screens are in a real browser: first screen, and a graph of 2,000 labelled firms
moved and zoomed, beside an empty page in the same run.

python benchmarks/screens.py [--firms 2000]. Needs chromium; graphics are drawn by the processor, as
on a machine without a graphics card.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), *(str(ROOT / folder) for folder in ("fixtures", "tests/api", "tests"))]

from conftest import honest_files  # noqa: E402 - the path is set above
from graph_papers import guarantee, stored  # noqa: E402 - the path is set above
from make_packets import FORGERIES  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from running_service import Service, listening, served  # noqa: E402
from running_workbench import PASSWORD, Workbench, launched  # noqa: E402
from running_workbench import drawn as drawn_page  # noqa: E402
from sqlalchemy import select  # noqa: E402

from api.store.database import EVERY  # noqa: E402
from api.store.people_tables import User  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Page

_BRANCHES = 40
_FRAMES = (
    "() => { const own = (window.seen = []); const next = (at) => { if (window.seen !== own) return; own.push(at); requestAnimationFrame(next) };"
    " requestAnimationFrame(next) }"  # one that begins ends the one before
)
_BLOCKS = "window.blocks = []; new PerformanceObserver((all) => window.blocks.push(...all.getEntries().map((e) => e.duration))).observe({type: 'longtask', buffered: true})"
_QUIET = 0.3  # seconds between two looks at whether frames come again


def fill(service: Service, firms: int) -> str:
    """One firm with 40 guarantors, each guaranteed by as many more as make `firms`.

    Returns the packet that all hangs on.
    """
    with service.wiring.database.reading(EVERY) as session:
        org = session.scalars(select(User.org_id)).first() or ""
    name = "第{}号实业有限公司".format
    each = firms // _BRANCHES - 1
    number = _BRANCHES + 1
    for branch in range(1, _BRANCHES + 1):
        papers = [
            guarantee(1_000_000 + number + n, name(number + n), name(branch)) for n in range(each)
        ]
        stored(service.wiring, org, f"B{branch}", papers)
        number += each
    return stored(
        service.wiring,
        org,
        "CENTRE",
        [guarantee(branch, name(branch), name(0)) for branch in range(1, _BRANCHES + 1)],
    )


def first_screen(browser: Browser, url: str) -> tuple[float, float]:
    """Seconds to the log-in screen ready for typing in a fresh profile, and from the log-in to the
    queue.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    started = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.locator("input[autocomplete=username]").fill("zhao.lei")
    ready = time.perf_counter() - started
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    started = time.perf_counter()
    page.keyboard.press("Enter")
    page.locator("header.top").wait_for()
    page.locator(".ant-table, .ant-empty").first.wait_for()
    queue = time.perf_counter() - started
    context.close()
    return ready, queue


def report_screen(page: Page, url: str, packet: str) -> tuple[float, float]:
    """Seconds from the address of a report to its verdict, and to the page beside it."""
    started = time.perf_counter()
    page.goto(f"{url}/packets/{packet}", wait_until="commit")
    page.locator(".verdict p").wait_for()
    verdict = time.perf_counter() - started
    drawn_page(page, ".viewer-page img")
    return verdict, time.perf_counter() - started


def moved(page: Page) -> tuple[float, float]:
    """Median and 95th percentile of milliseconds between frames while the middle of the page is
    dragged and zoomed.
    """
    page.evaluate(_FRAMES)
    page.mouse.move(640, 500)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(640 + 5 * step, 500 + 3 * (step % 20))
    page.mouse.up()
    for step in range(10):
        page.mouse.wheel(0, 120 if step < 5 else -120)
    page.wait_for_timeout(300)
    seen: list[float] = page.evaluate("window.seen")
    gaps = [b - a for a, b in zip(seen, seen[1:], strict=False)]
    return statistics.median(gaps), statistics.quantiles(gaps, n=20)[-1]


def drawn(page: Page) -> None:
    """Waits until the picture is there and frames come again."""
    page.locator(".canvas[aria-busy=false] canvas").first.wait_for(timeout=120_000)
    end = time.monotonic() + 120
    while time.monotonic() < end:
        started = time.perf_counter()
        page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        if time.perf_counter() - started < _QUIET and page.get_by_role("img").first.get_attribute(
            "aria-label"
        ):
            return
        page.wait_for_timeout(1000 * _QUIET)


def named(page: Page) -> None:
    """Zooms in until names are drawn: of so many parties those in view alone have theirs."""
    page.mouse.move(450, 420)
    for _ in range(14):
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(100)
    page.wait_for_timeout(3000 * _QUIET)


@contextmanager
def _workbench() -> Iterator[Workbench]:
    with (
        tempfile.TemporaryDirectory() as folder,
        served(Path(folder)) as service,
        listening(service) as url,
        sync_playwright() as play,
    ):
        body = {"login": "zhao.lei", "name": "赵磊", "role": "investigator", "password": PASSWORD}
        assert service.client.post("/v1/users", json=body).status_code == 201
        browser = launched(play)
        yield Workbench(url, browser, service)
        browser.close()


def tell_report(workbench: Workbench) -> None:
    """Print how soon a report says what it says."""
    firm, files = honest_files(7, "ruled.pdf")
    FORGERIES["slip_raised"](firm, files)
    small = {name: files[name] for name in ("回单.pdf", "营业执照.pdf", "流水_ruled.pdf")}
    packet = workbench.service.verified("REPORT", small)
    with workbench.page("zhao.lei") as page:
        shown = [report_screen(page, workbench.url, packet) for _ in range(5)]
    verdict, picture = (statistics.median(times) for times in zip(*shown, strict=True))
    print(
        f"report: verdict after {verdict:.2f} s, page zoomed to the place after {picture:.2f} s (medians of 5)",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=2000)
    given = parser.parse_args()
    with _workbench() as workbench:
        packet = fill(workbench.service, given.firms)
        workbench.service.client.get(
            "/v1/graph", params={"packet": packet, "hops": 2}
        )  # the graph is put together once, before anybody looks
        times = [first_screen(workbench.browser, workbench.url) for _ in range(5)]
        ready, queue = (statistics.median(t) for t in zip(*times, strict=True))
        print(
            f"log-in screen ready to type in {ready:.2f} s, queue {queue:.2f} s after logging in (medians of 5, fresh profiles)",
            flush=True,
        )
        tell_report(workbench)
        with workbench.page("zhao.lei") as page:
            base = moved(page)
            page.add_init_script(_BLOCKS)
            started = time.perf_counter()
            page.goto(f"{workbench.url}/graph?packet={packet}")
            drawn(page)
            took = time.perf_counter() - started
            told = page.locator(".canvas").get_attribute("aria-label")
            blocks = sorted(page.evaluate("window.blocks"), reverse=True)
            page.screenshot(path=ROOT / "out" / "graph-large.png")
            found = moved(page)
            named(page)
            page.screenshot(path=ROOT / "out" / "graph-large-named.png")
            near = moved(page)
        print(
            f"{told}: drawn in {took:.1f} s, the page busy for {blocks[0]:.0f} ms at a time at most, else {blocks[1]:.0f} ms; frames while dragged and zoomed every {found[0]:.0f} ms (95 of 100 within {found[1]:.0f} ms),"
        )
        print(f"with names in view every {near[0]:.0f} ms ({near[1]:.0f} ms),")
        print(f"on a page without a picture every {base[0]:.0f} ms ({base[1]:.0f} ms)")


if __name__ == "__main__":
    main()

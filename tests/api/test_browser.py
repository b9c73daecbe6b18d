"""The report in a real browser, in both languages: shown whole, nothing blocked, nothing run from
names.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import honest_files, read_packet, report_on
from make_packets import FORGERIES

from api.reports.crops import crops_of
from api.reports.html import report_html
from extractors.sandbox.parent import Sandbox
from verify.report import report_json

CHROMIUM = shutil.which("chromium")


@pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [1280, 1920])
def test_report_in_a_browser(lang: str, width: int, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    firm, files = honest_files(7, "ruled.pdf")
    files = dict(files)
    FORGERIES["slip_raised"](firm, files)
    files["<img src=x onerror='window.__xss=1'>.pdf"] = files.pop("回单.pdf")
    packet = read_packet(files)
    report = report_on(packet)
    import hashlib

    with Sandbox(jobs=1) as sandbox:
        told = report_json(report)
        page_text = report_html(
            told,
            crops_of(told, {hashlib.sha256(d).hexdigest(): d for d in files.values()}, sandbox),
            lang,
        )
    (tmp_path / "r.html").write_text(page_text, encoding="utf-8")
    with sync_playwright() as p:
        browser = p.chromium.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        page = browser.new_page(viewport={"width": width, "height": 900})
        problems: list[str] = []
        page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
        page.goto((tmp_path / "r.html").as_uri())
        assert page.locator("article").count() == len(report.findings)
        assert page.locator("figure img").count() >= 2
        assert page.evaluate("Array.from(document.images).every(i => i.naturalWidth > 0)")
        assert page.evaluate("window.__xss") is None
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.locator("summary").last.click()
        assert not problems
        browser.close()

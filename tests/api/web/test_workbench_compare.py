"""Side by side: a page and what an earlier save of its file showed, a paper as two reports read it,
two papers; tied, with what differs on both.
"""

from __future__ import annotations

from collections.abc import Iterator

import forge_pdf as forge
import pytest
from conftest import honest_files
from playwright.sync_api import Page, expect
from running_workbench import SCREENS, Workbench, drawn, violations

NEW = "9999999.99"
KEPT = ("回单.pdf", "发票2.pdf", "营业执照.pdf", "利润表.pdf")


@pytest.fixture(scope="module")
def packet(workbench: Workbench) -> Iterator[str]:
    """An invoice saved twice, with another figure the second time, and a slip whose amount was
    corrected after the first report.
    """
    files = honest_files(61, "ruled.pdf")[1]
    paper = files["发票1.pdf"]
    spot = max(forge.figures(paper), key=lambda s: len(s.text))
    client = workbench.service.client
    made = workbench.service.verified(
        "APP-0061", {n: files[n] for n in KEPT} | {"发票1.pdf": forge.incremental(paper, spot, NEW)}
    )
    slip = next(
        d
        for d in client.get(f"/v1/packets/{made}/documents").json()["items"]
        if d["type"] == "bank_slip"
    )
    body = {"document": slip["id"], "field": "amount", "value": "429", "reason": "与原件核对"}
    assert client.post(f"/v1/packets/{made}/corrections", json=body).status_code == 202
    assert client.get(f"/v1/packets/{made}", params={"wait": 60}).status_code == 200
    yield made


def _beside(page: Page, workbench: Workbench, packet: str, rule: str) -> None:
    page.goto(f"{workbench.url}/packets/{packet}")
    page.locator("article.finding.open").wait_for()
    page.locator(f"[data-rule={rule}] button.finding-head").first.click()
    page.locator(".viewer-tools.first button").first.click()
    drawn(page, ".viewer-page img", 2)


def _on_the_right(page: Page, name: str) -> None:
    page.locator(".compare-choice").click()
    page.locator(".ant-select-item-option", has_text=name).first.click()


def _scrolled(page: Page) -> list[list[float]]:
    found: list[list[float]] = page.evaluate(
        "[...document.querySelectorAll('.viewer-scroll')].map(e => [e.scrollLeft, e.scrollTop])"
    )
    return found


def test_an_earlier_save_of_the_file(workbench: Workbench, packet: str) -> None:
    workbench.problems.clear()
    with workbench.page("wang.fang") as page:
        _beside(page, workbench, packet, "FOR01")
        _on_the_right(page, "第 1 次保存")
        line = page.locator(".compare-list button")
        expect(line).to_have_count(1)
        expect(line).to_contain_text("9,999,999.99")
        drawn(page, ".viewer-page img", 2)
        addresses = page.locator(".viewer-page img").evaluate_all(
            "all => all.map(i => new URL(i.src).search)"
        )
        assert "file_revision" not in addresses[0] and "file_revision=1" in addresses[1]
        line.click()
        expect(page.locator(".differ.chosen")).to_have_count(2)
        page.keyboard.press("+")
        page.keyboard.press("+")
        expect(page.locator(".viewer-tools .zoom")).to_have_text(["150%", "150%"])
        page.locator(".viewer-scroll").last.evaluate("e => e.scrollTo(40, 0)")
        page.wait_for_timeout(300)
        assert _scrolled(page)[0] == _scrolled(page)[1] == [40, 0]
        page.keyboard.press("l")
        page.keyboard.press("-")
        expect(page.locator(".viewer-tools .zoom")).to_have_text(["125%", "150%"])
        page.keyboard.press("s")
        expect(page.locator(".compare")).to_have_count(0)
        expect(page.locator(".viewer")).to_have_count(1)
    assert not workbench.problems


def test_two_reports_and_two_papers(workbench: Workbench, packet: str) -> None:
    with workbench.page("wang.fang") as page:
        _beside(page, workbench, packet, "ARI16")
        _on_the_right(page, "版本 1")
        line = page.locator(".compare-list button")
        expect(line).to_have_count(1)
        expect(line).to_contain_text("金额")
        expect(line).to_contain_text("429.00")
        page.locator(".viewer-scroll").first.focus()
        page.keyboard.press(".")
        expect(line).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".differ.chosen")).to_have_count(2)
        _on_the_right(page, "另一份材料")
        for pane, name in (("first", "发票1.pdf"), ("last", "发票2.pdf")):
            getattr(page.locator(".viewer-tools .grow"), pane).click()
            page.locator(
                ".ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option",
                has_text=name,
            ).last.click()
        number = page.locator(".compare-list button", has_text="发票号码")
        number.click()
        expect(page.locator(".differ.chosen")).to_have_count(2)


@pytest.mark.parametrize(
    ("lang", "shade", "name"),
    [("zh", "light", "第 1 次保存"), ("en", "light", "Save 1"), ("zh", "dark", "第 1 次保存")],
)
def test_looks(workbench: Workbench, packet: str, lang: str, shade: str, name: str) -> None:
    with workbench.page("wang.fang", lang, shade=shade, csp=False) as page:
        _beside(page, workbench, packet, "FOR01")
        _on_the_right(page, name)
        page.locator(".compare-list button").click()
        drawn(page, ".viewer-page img", 2)
        page.mouse.move(5, 5)
        page.wait_for_timeout(400)
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"compare-{lang}-{shade}.png")
        assert not violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

"""The queue as piles of work, the search from every screen, the first visit."""

from __future__ import annotations

import pytest
from conftest import honest_files
from playwright.sync_api import expect
from running_workbench import SCREENS, Workbench, violations


@pytest.fixture(scope="module")
def firm(empty_workbench: Workbench) -> str:
    """The name of a counterparty that only the papers of the first case hold."""
    _, files = honest_files(52, "ruled.pdf")
    small = {name: files[name] for name in ("营业执照.pdf", "回单.pdf")}
    packet = empty_workbench.service.verified("APP-0052", small)
    empty_workbench.packets["APP-0052"] = packet
    _, other = honest_files(31, "ruled.pdf")
    empty_workbench.service.verified("APP-0031", {"营业执照.pdf": other["营业执照.pdf"]})
    report = empty_workbench.service.client.get(f"/v1/packets/{packet}/report").json()
    slip = next(d for d in report["documents"] if d["type"] == "bank_slip")
    value: str = slip["fields"]["payer_name"]["value"]
    return value


def test_piles_have_counts_and_work_moves_between_them(
    empty_workbench: Workbench, firm: str
) -> None:
    with empty_workbench.page("li.na") as page:
        views = page.locator(".views")
        expect(views).to_contain_text("待领取 2")
        expect(page.locator(".ant-table-row").first).to_contain_text("，")
        page.get_by_role("button", name="领取下一件").click()
        page.locator("h1").filter(has_text="APP-00").wait_for()
        page.goto(f"{empty_workbench.url}/cases")
        expect(views).to_contain_text("我的案件 1")
        views.get_by_text("我的案件").click()
        expect(page.locator(".ant-table-row")).to_have_count(1)
        assert page.url.endswith("?view=mine")
        page.reload()
        expect(page.locator(".ant-table-row")).to_have_count(1)


def test_the_next_case_is_of_what_the_queue_shows(empty_workbench: Workbench, firm: str) -> None:
    with empty_workbench.page("wang.fang") as page:
        page.goto(f"{empty_workbench.url}/cases?q=no-such-case")
        page.locator(".ant-empty").wait_for()
        page.get_by_role("button", name="领取下一件").click()
        expect(page.get_by_text("没有待领取的案件")).to_be_visible()


def test_heads_sort(empty_workbench: Workbench, firm: str) -> None:
    with empty_workbench.page("wang.fang") as page:
        page.locator(".ant-table-row").first.wait_for()
        page.get_by_role("button", name="进件时间").click()
        expect(page).to_have_url(f"{empty_workbench.url}/cases?order=newest")
        expect(page.locator(".ant-table-row").first).to_contain_text("APP-0031")
        page.get_by_role("button", name="进件时间").click()
        expect(page.locator(".ant-table-row").first).to_contain_text("APP-0052")


def test_a_view_is_kept_by_the_service_and_shared(empty_workbench: Workbench, firm: str) -> None:
    with empty_workbench.page("li.na") as page:
        page.goto(f"{empty_workbench.url}/cases?state=claimed")
        page.get_by_role("button", name="保存筛选").click()
        page.get_by_label("筛选名称").fill("在办")
        page.get_by_label("本机构共享").check()
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.locator(".saved")).to_contain_text("在办")
    with empty_workbench.page("wang.fang") as page:
        page.locator(".saved button", has_text="在办").click()
        expect(page).to_have_url(f"{empty_workbench.url}/cases?state=claimed")


def test_a_case_is_found_from_any_screen_by_what_its_papers_say(
    empty_workbench: Workbench, firm: str
) -> None:
    with empty_workbench.page("wang.fang") as page:
        page.goto(f"{empty_workbench.url}/statistics")
        page.locator(".page-head h1").wait_for()
        page.keyboard.press("Control+k")
        box = page.get_by_role("dialog").locator("input")
        box.fill(f"  {firm[2:]}")
        hit = page.locator(".hits button")
        expect(hit).to_have_count(1)
        expect(hit).to_contain_text(firm)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text("APP-0052")
        expect(page.locator(".viewer-tools .grow")).to_contain_text("银行回单")


def test_the_first_visit_leads_through_a_case(empty_workbench: Workbench, firm: str) -> None:
    with empty_workbench.page("zhao.lei") as page:
        page.get_by_role("button", name="跟着一件案件走一遍").click()
        tour = page.locator(".ant-tour")
        expect(tour).to_contain_text("先看结论")
        tour.get_by_role("button", name="下一步").click()
        expect(tour).not_to_contain_text("先看结论")
        page.keyboard.press("Escape")
        page.goto(f"{empty_workbench.url}/cases")
        page.locator(".ant-table-row").first.wait_for()
        expect(page.locator(".first-visit")).to_have_count(0)


@pytest.mark.parametrize(
    ("lang", "width"), [("zh", 1280), ("en", 1280), ("en", 1920), ("zh", 390), ("en", 390)]
)
def test_looks(empty_workbench: Workbench, firm: str, lang: str, width: int) -> None:
    with empty_workbench.page("wang.fang", lang, width, csp=False) as page:
        page.locator(".ant-table-row").first.wait_for()
        page.locator(".first-visit").wait_for()
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"queue-first-{lang}-{width}.png")
        assert not violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

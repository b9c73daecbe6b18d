"""A case from log-in to decision by the keyboard alone: no pointer is used, and after each act the
focus stands somewhere.
"""

from __future__ import annotations

import time

from playwright.sync_api import Page, expect
from running_workbench import PASSWORD, Workbench

MOST_TABS = 80
_HELD = "document.activeElement !== null && document.activeElement !== document.body && document.activeElement.isConnected"
_HERE = "s => document.activeElement.matches(s)"
_SEEN = """() => {
  const node = document.activeElement, box = node.getBoundingClientRect(), style = getComputedStyle(node);
  const frame = e => { const s = getComputedStyle(e); return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; };
  const around = [node, node.nextElementSibling, node.parentElement, node.closest('label')].filter(Boolean);
  return around.some(e => e.getBoundingClientRect().width > 0 && frame(e)) || style.borderStyle !== 'none';
}"""


def held(page: Page) -> None:
    """The focus stands on something, at once or when what is coming has come; and it stays there."""
    end = time.monotonic() + 20
    while not page.evaluate(_HELD):
        assert time.monotonic() < end, "the focus is lost"
        page.wait_for_timeout(50)
    page.wait_for_timeout(150)
    assert page.evaluate(_HELD), "the focus is lost"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
    held(page)


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Goes with the Tab key to what a selector names; each stop on the way can be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        assert page.evaluate(_HELD), f"the focus is lost on the way to {selector}"
        if page.evaluate(_HERE, selector):
            assert page.evaluate(_SEEN), f"the focus on {selector} cannot be seen"
            return
    raise AssertionError(f"{selector} is not reached by {key}")


def enter(page: Page, login: str) -> None:
    """The log-in screen begins with the name focused."""
    page.locator("form").wait_for()
    assert page.evaluate(_HERE, "input[autocomplete=username]")
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("tr.at").wait_for()
    held(page)


def _reviewer(page: Page) -> None:
    press(page, "j")
    assert page.evaluate(_HERE, "tr.at a")
    press(page, "k")
    page.keyboard.press("n")
    page.locator("article.finding.open").wait_for()
    held(page)
    expect(page.locator("h1")).to_contain_text("APP-0007")
    press(page, "j")
    assert page.evaluate(_HERE, ".finding-row.open .finding-head")
    press(page, "k")
    expect(page.locator("article.finding.open")).to_contain_text("ARI16")
    tab_to(page, "article.finding.open .places button")
    press(page, "Enter")
    expect(page.locator(".mark.chosen").first).to_be_visible()
    _side_by_side(page)
    press(page, "1")
    tab_to(page, "article.finding.open .judge textarea")
    page.keyboard.type("与网银原件核对")
    tab_to(page, "article.finding.open .judge button")
    press(page, "Enter")
    expect(page.locator(".tag.verdict-confirmed").first).to_be_visible()
    expect(page.locator("article.finding.open")).not_to_contain_text("ARI16")
    held(page)
    assert page.evaluate(_HERE, ".finding-row.open .finding-head")
    _propose(page)


def _side_by_side(page: Page) -> None:
    press(page, "s")
    page.locator(".compare").wait_for()
    tab_to(page, ".viewer-tools.first button")
    press(page, "Enter")
    page.locator(".compare").wait_for(state="detached")
    held(page)
    press(page, "j", "k")


def _propose(page: Page) -> None:
    press(page, "t", "7")
    page.locator(".decision").wait_for()
    held(page)
    tab_to(page, ".decision input[type=radio]")
    for _ in range(8):
        if page.locator(".decision input[value=false_information]").is_checked():
            break
        press(page, "ArrowDown")
    tab_to(page, ".decision textarea")
    page.keyboard.type("金额与大写不符")
    tab_to(page, ".decision button")
    press(page, "Enter")
    expect(page.get_by_text("须由另一位有权人员复核决定")).to_be_visible()
    held(page)


def _second(page: Page) -> None:
    press(page, "o")
    page.locator("article.finding.open").wait_for()
    held(page)
    expect(page.locator("h1")).to_contain_text("APP-0007")
    press(page, "t", "7")
    page.locator(".decision").wait_for()
    tab_to(page, ".decision textarea")
    page.keyboard.type("同意")
    tab_to(page, ".decision button")
    expect(page.locator(".decision button").first).to_have_text("作出决定")
    press(page, "Enter")
    expect(page.locator(".sheet .facts")).to_contain_text("已处置")
    held(page)


def test_a_case_by_keyboard_alone(workbench: Workbench) -> None:
    workbench.problems.clear()
    with workbench.page() as page:
        enter(page, "li.na")
        _reviewer(page)
    with workbench.page() as page:
        enter(page, "wang.fang")
        _second(page)
    assert not workbench.problems

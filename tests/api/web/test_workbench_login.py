"""Log-in with the bank's account: shown where a provider is set up, there and back in a browser,
and told in words when it fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from fake_provider import ISSUER, SETTINGS, FakeProvider
from playwright.sync_api import Page, Route, expect
from running_workbench import SCREENS, Workbench, violations


@pytest.fixture
def provider(workbench: Workbench) -> Iterator[FakeProvider]:
    """The workbench's service with a provider of people."""
    wiring = workbench.service.wiring
    before = wiring.settings, wiring.connector
    wiring.settings = wiring.settings.model_copy(update=SETTINGS)
    wiring.connector = made = FakeProvider(wiring.now)
    wiring.__dict__.pop("oidc", None)
    yield made
    wiring.settings, wiring.connector = before
    wiring.__dict__.pop("oidc", None)


def _stand_in(page: Page, workbench: Workbench, provider: FakeProvider, **told: str) -> None:
    """The provider's own page, which sends the browser back at once."""

    def answer(route: Route) -> None:
        provider.asked = {n: v[0] for n, v in parse_qs(urlsplit(route.request.url).query).items()}
        back = urlencode({"state": provider.asked["state"]} | (told or {"code": "a-code"}))
        route.fulfill(
            content_type="text/html",
            body=f"<a href='{workbench.url}/v1/oidc/callback?{back}'>back</a>",
        )

    page.route(f"{ISSUER}/**", answer)


def test_there_and_back(workbench: Workbench, provider: FakeProvider) -> None:
    provider.claims = {"sub": "71", "preferred_username": "sun.li", "name": "孙丽"}
    with workbench.page() as page:
        _stand_in(page, workbench, provider)
        page.get_by_role("link", name="使用本行统一身份登录").click()
        page.get_by_role("link", name="back").wait_for()
        # Of the stand-in, which has no storage for the languages of the tests
        workbench.problems.clear()
        page.get_by_role("link", name="back").click()
        expect(page.get_by_role("button", name="孙丽")).to_be_visible()
        expect(page.get_by_role("heading", name="案件")).to_be_visible()
    assert not workbench.problems


def test_what_went_wrong_is_told_in_words(workbench: Workbench, provider: FakeProvider) -> None:
    with workbench.page(lang="en") as page:
        _stand_in(page, workbench, provider, error="access_denied")
        page.get_by_role("link", name="Log in with the bank’s account").click()
        page.get_by_role("link", name="back").click()
        expect(page.get_by_role("alert")).to_contain_text(
            "The log-in with the bank’s account failed"
        )
        assert urlsplit(page.url).query == ""
        page.reload()
        page.locator("form").wait_for()
        expect(page.get_by_role("alert")).to_have_count(0)
        page.goto(f"{workbench.url}/?login_failed=%3Cimg%20src=x%3E")
        expect(page.get_by_role("alert")).to_have_text(
            "The log-in failed; try again, then ask the administrator."
        )


@pytest.mark.parametrize(("lang", "shade"), [("zh", "light"), ("en", "light"), ("zh", "dark")])
def test_looks(workbench: Workbench, provider: FakeProvider, lang: str, shade: str) -> None:
    with workbench.page(lang=lang, shade=shade, csp=False) as page:
        page.goto(f"{workbench.url}/?login_failed=not_added")
        page.locator("a[href^='/v1/oidc/start']").wait_for()
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"login-provider-{lang}-{shade}.png")
        assert not violations(page)


def test_no_provider_no_button(workbench: Workbench) -> None:
    with workbench.page() as page:
        page.wait_for_load_state("networkidle")
        expect(page.locator("form")).to_be_visible()
        expect(page.locator("a[href^='/v1/oidc/start']")).to_have_count(0)

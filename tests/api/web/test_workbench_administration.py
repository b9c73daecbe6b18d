"""People, keys and settings on the screen of the administrator."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from running_workbench import Workbench, log_in


def _people(page: Page, workbench: Workbench) -> None:
    page.goto(f"{workbench.url}/administration/people")
    page.locator(".ant-table-row").first.wait_for()


def _add(page: Page, name: str, login: str, password: str) -> None:
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("姓名").fill(name)
    dialog.get_by_label("用户名").fill(login)
    dialog.get_by_label("初始密码").fill(password)
    dialog.get_by_role("button", name="新增").click()
    expect(dialog).to_be_hidden()


def _agreed(workbench: Workbench, login: str) -> None:
    """The first administrator agrees to what another one changes about a person."""
    client = workbench.service.client
    users = client.get("/v1/users").json()["items"]
    person = next(user["id"] for user in users if user["login"] == login)
    changes = client.get("/v1/people-changes").json()["items"]
    own = next(change for change in changes if change["user_id"] == person)
    answer = client.post(f"/v1/people-changes/{own['id']}/approve")
    assert answer.status_code == 200, answer.text


def test_the_form_for_a_new_person_forgets_the_last_one(empty_workbench: Workbench) -> None:
    with empty_workbench.page("admin2") as page:
        _people(page, empty_workbench)
        page.get_by_role("button", name="新增人员").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("角色").click()
        page.get_by_title("管理员").last.click()
        _add(page, "周敏", "zhou.min", "a-password-of-zhou")
        # A new administrator waits for another one's word.
        waiting = page.get_by_role("region", name="待另一位管理员同意")
        expect(waiting.get_by_role("cell", name="周敏", exact=True)).to_be_visible()
        page.get_by_role("button", name="新增人员").click()
        for label in ("姓名", "用户名", "初始密码"):
            expect(dialog.get_by_label(label)).to_have_value("")
        expect(dialog.locator(".ant-select")).to_contain_text("信贷审查员")
        dialog.get_by_label("初始密码").fill("typed-and-left-alone")
        dialog.get_by_role("button", name="取消").click()
        page.get_by_role("button", name="新增人员").click()
        expect(dialog.get_by_label("初始密码")).to_have_value("")


def test_a_person_is_renamed_and_gets_a_new_password(empty_workbench: Workbench) -> None:
    with empty_workbench.page("admin2") as page:
        _people(page, empty_workbench)
        page.get_by_role("button", name="新增人员").click()
        _add(page, "孙丽", "sun.li", "the-first-password")
        row = page.get_by_role("row").filter(has_text="sun.li")
        row.get_by_role("button", name="改名").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("姓名").fill("孙莉")
        dialog.get_by_role("button", name="保存").click()
        expect(row).to_contain_text("孙莉")
        row.get_by_role("button", name="重置密码").click()
        dialog.get_by_label("新密码").fill("a-long-password")
        dialog.get_by_role("button", name="保存").click()
        expect(dialog).to_be_hidden()
        _agreed(empty_workbench, "sun.li")
    with empty_workbench.page() as page:
        log_in(page, "sun.li")
        expect(page.locator("header.top")).to_contain_text("孙莉")


def test_rights_and_events_are_in_words(empty_workbench: Workbench) -> None:
    with empty_workbench.page("admin2", lang="en") as page:
        page.goto(f"{empty_workbench.url}/administration/keys")
        page.get_by_role("button", name="New key").click()
        expect(page.get_by_role("dialog")).to_contain_text("Upload, submit, correct")
        page.get_by_label("Name").fill("approval system")
        page.get_by_role("dialog").get_by_role("button", name="Add").click()
        expect(page.get_by_role("row").filter(has_text="approval system")).to_contain_text(
            "See packets and reports, Upload, submit, correct"
        )
        page.get_by_role("button", name="New key").click()
        expect(page.get_by_role("dialog").get_by_label("Name")).to_have_value("")


def test_the_audit_is_chosen_in_words_and_by_person(empty_workbench: Workbench) -> None:
    with empty_workbench.page("admin2") as page:
        page.goto(f"{empty_workbench.url}/administration/audit")
        page.locator(".ant-table-row").first.wait_for()
        page.get_by_label("操作", exact=True).click()
        page.keyboard.type("新增人员")
        page.locator(".ant-select-item-option", has_text="新增人员").first.click()
        rows = page.locator(".ant-table-row")
        expect(rows.filter(has_text="新增人员").first).to_be_visible()
        expect(rows.filter(has_text="登录")).to_have_count(0)

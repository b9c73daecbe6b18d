"""An investigator's way: from a packet to its circle, to the papers that prove it, to a frozen
snapshot; a step undone.
"""

from __future__ import annotations

import re

from playwright.sync_api import expect
from running_workbench import Workbench, drawn, violations


def test_from_packet_to_snapshot(workbench: Workbench) -> None:
    workbench.problems.clear()
    with workbench.page("zhao.lei") as page:
        page.goto(f"{workbench.url}/packets/{workbench.packets['APP-0007']}")
        page.get_by_role("button", name="关系图谱").click()
        page.locator(".canvas canvas").first.wait_for()
        page.get_by_role("tab", name=re.compile("结构")).click()
        circle = page.locator(".pattern").filter(has_text="担保圈")
        expect(circle.first).to_be_visible()
        assert circle.first.get_by_role("button").count() == 3
        page.keyboard.press("v")
        row = page.locator(".twin .ant-table-row").filter(has_text="900,000.00").first
        row.get_by_role("button", name="担保").click()
        page.get_by_role("tab", name="详情").click()
        proof = page.locator(".papers li").first
        expect(proof).to_contain_text("保证合同.pdf")
        drawn(page, ".papers img")
        before = page.locator(".graph-tools").inner_text()
        row.get_by_role("button").nth(1).click()
        page.get_by_role("button", name="从图中移除").click()
        expect(page.locator(".graph-tools")).not_to_have_text(before)
        page.keyboard.press("u")
        expect(page.locator(".graph-tools")).to_have_text(before, use_inner_text=True)
        page.get_by_role("tab", name="快照").click()
        page.get_by_label("快照名称").fill("三家担保圈")
        page.get_by_role("button", name="冻结").click()
        expect(page.get_by_role("button", name="三家担保圈")).to_be_visible()
        proof_link = page.locator(".papers code").first
        expect(proof_link).to_contain_text("sha256")
    assert not workbench.problems


def test_a_tie_leads_to_its_place_on_the_page(workbench: Workbench) -> None:
    with workbench.page("zhao.lei") as page:
        page.goto(f"{workbench.url}/graph?packet={workbench.packets['APP-0031']}")
        page.locator(".canvas canvas").first.wait_for()
        page.keyboard.press("v")
        page.locator(".twin .ant-table-row").filter(has_text="担保").first.get_by_role(
            "button"
        ).first.click()
        page.locator(".papers a").first.click()
        drawn(page, ".viewer-page img")
        assert page.locator(".mark-plain, .mark").count() >= 1


def test_a_table_of_the_bank_is_imported_and_removed(workbench: Workbench) -> None:
    workbench.problems.clear()
    wrong = {"name": "台账.csv", "mimeType": "text/csv", "buffer": "客户,余额\n甲,1\n".encode()}
    right = wrong | {"buffer": "保证人,借款人,贷款余额\n甲公司,乙公司,100\n".encode()}
    with workbench.page("zhao.lei", csp=False) as page:
        page.goto(f"{workbench.url}/graph")
        page.get_by_role("tab", name="导入表").click()
        page.get_by_test_id("import").set_input_files(right)  # type: ignore[arg-type]
        row = page.locator(".papers li").filter(has_text="台账.csv")
        expect(row).to_contain_text("担保 1")
        assert not violations(page)
        row.get_by_role("button").click()
        page.locator(".ant-popconfirm, .ant-popover").get_by_role("button").last.click()
        expect(row).to_have_count(0)
        assert not workbench.problems
        page.get_by_test_id("import").set_input_files(wrong)  # type: ignore[arg-type]
        expect(page.get_by_role("alert").first).to_contain_text("表头现为：客户、余额")
    workbench.problems.clear()  # the browser notes that the service refused

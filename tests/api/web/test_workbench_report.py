"""The report on the screen: the verdict at once, the finding in hand beside its place, nothing that
was typed lost.
"""

from __future__ import annotations

import pytest
from conftest import honest_files
from make_packets import FORGERIES
from playwright.sync_api import Page, expect
from running_workbench import SCREENS, Workbench, drawn, log_in, violations

FAULTS = ("revenue_inflated", "slip_raised", "invoice_raised", "hidden_loan")
REASON = "与开户行电话核对"


@pytest.fixture(scope="module")
def packet(empty_workbench: Workbench) -> str:
    firm, files = honest_files(52, "ruled.pdf")
    files = dict(files)
    for fault in FAULTS:
        FORGERIES[fault](firm, files)
    return empty_workbench.service.verified("APP-0052", files)


def _open(page: Page, workbench: Workbench, packet: str) -> None:
    page.goto(f"{workbench.url}/packets/{packet}")
    page.locator("article.finding.open").wait_for()
    drawn(page, ".viewer-page img")


def _reason(page: Page) -> str:
    return page.locator(".judge textarea").input_value()


def test_the_head_tells_the_verdict_and_what_to_do(empty_workbench: Workbench, packet: str) -> None:
    report = empty_workbench.service.client.get(f"/v1/packets/{packet}/report").json()
    with empty_workbench.page("li.na") as page:
        _open(page, empty_workbench, packet)
        expect(page.locator(".verdict p")).to_have_text(report["risk"]["verdict"]["zh"])
        expect(page.locator(".progress")).to_contain_text(f"已认定 0/{len(report['findings'])}")
        groups = {f["group"] for f in report["findings"]}
        expect(page.locator("li.cause")).to_have_count(len(groups))
        # The first figure of a cause is its own: its heading's, or that of its only line.
        points = [
            float(page.locator("li.cause").nth(n).locator(".figure").first.inner_text())
            for n in range(len(groups))
        ]
        assert points == sorted(points, reverse=True)


def test_the_finding_in_hand_is_never_scrolled_away(
    empty_workbench: Workbench, packet: str
) -> None:
    with empty_workbench.page("li.na") as page:
        _open(page, empty_workbench, packet)
        for _ in range(page.locator(".finding-row").count() - 1):
            page.keyboard.press("j")
            page.wait_for_timeout(100)
            row = page.locator(".finding-row.open").bounding_box()
            room = page.locator(".findings-list").bounding_box()
            assert row and room
            assert row["y"] >= room["y"] - 1
            assert row["y"] + row["height"] <= room["y"] + room["height"] + 1
            judge = page.locator(".findings article .judge")
            assert judge.count() == 1


def test_the_page_is_zoomed_to_the_place(empty_workbench: Workbench, packet: str) -> None:
    with empty_workbench.page("li.na") as page:
        _open(page, empty_workbench, packet)
        assert int(page.locator(".zoom").inner_text().rstrip("%")) > 100
        mark = page.locator(".mark.chosen").first.bounding_box()
        room = page.locator(".viewer-scroll").bounding_box()
        assert mark and room
        assert room["x"] <= mark["x"] <= room["x"] + room["width"]
        assert room["y"] <= mark["y"] <= room["y"] + room["height"]
        page.keyboard.press("0")
        expect(page.locator(".zoom")).to_have_text("100%")
        page.locator(".viewer-scroll").hover()
        page.keyboard.down("Control")
        page.mouse.wheel(0, -300)
        page.keyboard.up("Control")
        expect(page.locator(".zoom")).not_to_have_text("100%")
        before = page.locator(".viewer-scroll").evaluate("e => e.scrollTop")
        page.mouse.down()
        page.mouse.move(700, 400, steps=4)
        page.mouse.up()
        assert page.locator(".viewer-scroll").evaluate("e => e.scrollTop") != before


def test_papers_are_pictures_with_counts(empty_workbench: Workbench, packet: str) -> None:
    with empty_workbench.page("li.na") as page:
        _open(page, empty_workbench, packet)
        drawn(page, ".strip img", 3)
        assert page.locator(".strip b").count() >= 2
        page.locator(".strip button", has_text="利润表").click()
        expect(page.locator(".viewer-tools .grow")).to_contain_text("利润表")
        page.keyboard.press("}")
        expect(page.locator(".viewer-tools .grow")).not_to_contain_text("利润表")
        with page.expect_download() as started:
            page.get_by_role("link", name="下载原件").click()
        assert started.value.suggested_filename.endswith(".pdf")


def test_what_is_typed_survives(empty_workbench: Workbench, packet: str) -> None:
    with empty_workbench.page("li.na") as page:
        _open(page, empty_workbench, packet)
        page.keyboard.press("j")
        page.keyboard.press("1")
        page.locator(".judge textarea").fill(REASON)
        page.keyboard.press("Escape")
        page.get_by_role("tab", name="评分构成").click()
        page.get_by_role("tab", name="疑点").click()
        assert _reason(page) == REASON
        page.locator(".finding-row .finding-head").first.click()
        assert _reason(page) == ""
        page.locator(".finding-row .finding-head").nth(1).click()
        assert _reason(page) == REASON
        page.reload()
        page.locator(".judge textarea").wait_for()
        assert _reason(page) == REASON
        address = page.url
        page.context.clear_cookies()
        page.get_by_role("button", name="提交认定").click()
        page.locator("input[autocomplete=username]").wait_for()
        log_in(page, "li.na")
        page.locator(".judge textarea").wait_for()
        assert page.url == address
        assert _reason(page) == REASON
        page.get_by_role("tab", name="处置").click()
        page.get_by_label("理由或意见（必填）").fill("先记一笔")
        page.reload()
        expect(page.get_by_label("理由或意见（必填）")).to_have_value("先记一笔")


def test_a_link_leads_a_colleague_to_the_same_place(
    empty_workbench: Workbench, packet: str
) -> None:
    with empty_workbench.page("li.na") as page:
        _open(page, empty_workbench, packet)
        page.keyboard.press("j")
        page.keyboard.press("j")
        message = page.locator(".finding-message").inner_text()
        page.wait_for_timeout(300)
        address = page.url
        page.get_by_role("button", name="关系图谱").click()
        page.locator(".graph-body").wait_for()
        page.go_back()
        expect(page.locator(".finding-message")).to_have_text(message)
    with empty_workbench.page("wang.fang") as page:
        page.goto(address)
        expect(page.locator(".finding-message")).to_have_text(message)


def test_a_judgement_without_a_network_is_sent_when_it_is_back(
    empty_workbench: Workbench, packet: str
) -> None:
    with empty_workbench.page("li.na") as page:
        _open(page, empty_workbench, packet)
        page.keyboard.press("k")
        page.keyboard.press("3")
        page.locator(".judge textarea").fill("断网时的认定")
        page.context.set_offline(True)
        page.locator(".judge textarea").press("Control+Enter")
        expect(page.get_by_text("网络中断，1 项认定待提交")).to_be_visible()
        page.context.set_offline(False)
        expect(page.get_by_text("网络中断，1 项认定待提交")).to_be_hidden()
    given = empty_workbench.service.client.get(f"/v1/packets/{packet}/judgements").json()["items"]
    assert [j["reason"] for j in given if j["reason"] == "断网时的认定"] == ["断网时的认定"]
    empty_workbench.problems.clear()  # what the browser says of a network that is not there


def test_one_reason_for_all_findings_of_a_cause(empty_workbench: Workbench, packet: str) -> None:
    with empty_workbench.page("li.na") as page:
        _open(page, empty_workbench, packet)
        page.locator(".cause.several .finding-head").first.click()
        page.keyboard.press("1")
        page.get_by_role("button", name="与原件不符。").click()
        page.get_by_text("一并认定同一原因的").click()
        page.locator(".judge textarea").press("Control+Enter")
        expect(page.locator(".cause.several .verdict-confirmed")).to_have_count(
            page.locator(".cause.several .finding-row").count()
        )


def test_a_decision_warns_of_weighty_findings_without_judgement(
    empty_workbench: Workbench, packet: str
) -> None:
    with empty_workbench.page("li.na") as page:
        _open(page, empty_workbench, packet)
        page.locator(".progress button", has_text="领取").click()
        expect(page.locator(".progress button")).to_have_text("认定下一项")
        page.get_by_role("tab", name="处置").click()
        expect(page.get_by_text("项中高等级疑点未认定")).to_be_visible()
        expect(page.get_by_role("radio", name="要求补件")).to_be_visible()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("width", "shade"), [(1280, "light"), (1920, "dark")])
def test_looks(empty_workbench: Workbench, packet: str, lang: str, width: int, shade: str) -> None:
    with empty_workbench.page("wang.fang", lang, width, shade, csp=False) as page:
        _open(page, empty_workbench, packet)
        drawn(page, ".strip img", 3)
        SCREENS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENS / f"report-{lang}-{width}-{shade}.png")
        assert not violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_on_a_telephone_one_reads_comments_and_decides(
    empty_workbench: Workbench, packet: str, lang: str
) -> None:
    with empty_workbench.page("wang.fang", lang, 390, csp=False) as page:
        _open(page, empty_workbench, packet)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.screenshot(path=SCREENS / f"telephone-{lang}.png", full_page=True)
        # Ant Design puts its own button for sheets that do not fit into the list of sheets.
        assert not [v for v in violations(page) if "ant-tabs-nav" not in v]
        page.locator(".sheets").scroll_into_view_if_needed()
        page.keyboard.press("t")
        page.keyboard.press("7")
        page.locator(".decision textarea").fill(f"外出时的意见 {lang}")
        comment = "添加意见" if lang == "zh" else "Comment"
        page.locator(".decision").get_by_role("button", name=comment, exact=True).click()
        expect(page.locator("ol.history")).to_contain_text(f"外出时的意见 {lang}")
        page.screenshot(path=SCREENS / f"telephone-decision-{lang}.png", full_page=True)


def test_a_letter_of_all_questions_is_edited_and_taken_as_word_and_pdf(
    empty_workbench: Workbench, packet: str
) -> None:
    empty_workbench.problems.clear()
    with empty_workbench.page("li.na") as page:
        _open(page, empty_workbench, packet)
        page.locator(".progress button").wait_for()
        claim = page.locator(".progress button", has_text="领取")
        if claim.count():  # no other test has taken the case
            claim.click()
            expect(page.locator(".progress button")).to_have_text("认定下一项")
        page.get_by_role("tab", name="处置").click()
        page.get_by_role("radio", name="要求补件").check()
        page.get_by_role("button", name="生成补件函").click()
        questions = page.get_by_role("textbox", name="请说明的问题")
        assert len(questions.input_value().split("\n")) >= 3
        questions.fill(questions.input_value() + "\n请说明另一件事。")
        page.screenshot(path=SCREENS / "letter-zh.png")
        for button, ending in (("下载 Word 文档", "docx"), ("下载 PDF 文件", "pdf")):
            with page.expect_download() as started:
                page.get_by_role("button", name=button).click()
            name = started.value.suggested_filename
            assert name.startswith("APP-0052_") and name.endswith(f".{ending}")
            started.value.save_as(SCREENS / f"letter.{ending}")
    assert not empty_workbench.problems

"""A packet's way through the workbench: uploaded, verified, looked at, corrected, judged, proposed
by one person and decided by another.
"""

from __future__ import annotations

from pathlib import Path

from conftest import honest_files
from make_packets import FORGERIES
from playwright.sync_api import Page, expect
from running_workbench import Workbench, drawn

KEPT = (
    "回单.pdf",
    "增值税申报表.pdf",
    "利润表.pdf",
    "资产负债表.pdf",
    "营业执照.pdf",
    "流水_ruled.pdf",
)
REASON = "与网银原件核对"


def _papers(folder: Path) -> list[Path]:
    firm, files = honest_files(23, "ruled.pdf")
    files = dict(files)
    FORGERIES["slip_raised"](firm, files)
    for name in KEPT:
        (folder / name).write_bytes(files[name])
    return [folder / name for name in KEPT]


def _upload(page: Page, workbench: Workbench, papers: list[Path]) -> None:
    page.goto(f"{workbench.url}/upload")
    page.get_by_test_id("files").set_input_files(papers)
    page.get_by_label("申请编号").fill(papers[0].parent.name)
    page.get_by_label("申请金额（元）").fill("3000000.00")
    page.get_by_label("核查日").fill("2026-01-31")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="上传并核查").click()
    expect(page.get_by_text("核查结果")).to_be_visible(timeout=120_000)
    expect(page.get_by_role("cell", name="银行对账单")).to_be_visible()
    page.get_by_role("link", name="查看疑点与佐证").click()


def _inspect(page: Page) -> float:
    """Evidence and page are linked both ways; the score without a finding is told.

    Returns the score.
    """
    finding = page.locator("article.finding.open")
    finding.wait_for()
    assert "ARI16" in finding.inner_text()
    chosen = page.locator(".mark.chosen")
    expect(chosen).to_have_count(2)
    drawn(page, ".viewer-page img")
    page.keyboard.press("j")
    expect(page.locator("article.finding.open")).not_to_contain_text("ARI16")
    page.locator(
        ".mark.chosen"
    ).first.click()  # both findings stand on this figure: the next one opens
    expect(page.locator("article.finding.open")).to_contain_text("ARI16")
    page.get_by_label("假设没有此疑点").check()
    expect(page.locator(".what-if")).to_contain_text("→")
    score = page.locator(".packet-head .score").inner_text()
    without = page.locator(".what-if b").last
    expect(without).not_to_have_text("—")
    assert float(without.inner_text()) < float(score)
    page.get_by_label("假设没有此疑点").uncheck()
    return float(score)


def _judge(page: Page) -> None:
    page.keyboard.press("1")
    save = page.get_by_role("button", name="提交认定")
    expect(save).to_be_disabled()  # a judgement needs its reason
    page.get_by_label("理由（必填）").fill(REASON)
    save.click()
    expect(page.locator(".tag.verdict-confirmed").first).to_be_visible()


def _correct(page: Page, score: float) -> None:
    page.get_by_role("tab", name="要素").click()
    page.get_by_role("button", name="更正 金额", exact=True).click()
    page.get_by_label("更正为").fill("429")
    page.locator("form.correct").get_by_label("理由").fill(REASON)
    page.get_by_role("button", name="保存并重新核查").click()
    told = page.locator(".ant-notification-notice").filter(has_text="已重新核查")
    told.wait_for(timeout=120_000)
    assert f"{score:.1f} →" in told.inner_text()
    page.get_by_role("tab", name="变更").click()
    expect(page.locator("s").first).to_be_visible()
    expect(page.get_by_role("cell", name="429.00")).to_be_visible()


def test_from_upload_to_decision(workbench: Workbench, tmp_path: Path) -> None:
    workbench.problems.clear()
    with workbench.page("li.na") as page:
        _upload(page, workbench, _papers(tmp_path))
        score = _inspect(page)
        _judge(page)
        _correct(page, score)
        page.get_by_role("tab", name="处置").click()
        page.locator(".decision").get_by_role("button", name="领取").click()
        page.get_by_role("radio", name="信息虚假").check()
        page.get_by_label("理由或意见（必填）").fill(REASON)
        page.get_by_role("button", name="提出结论").click()
        expect(page.get_by_text("须由另一位有权人员复核决定")).to_be_visible()
        assert not page.get_by_role("button", name="作出决定").count()
        address = page.url
    with workbench.page("wang.fang") as page:
        page.goto(address)
        page.get_by_role("tab", name="处置").click()
        page.get_by_label("理由或意见（必填）").fill("同意")
        page.get_by_role("button", name="作出决定").click()
        expect(page.locator(".sheet .facts")).to_contain_text("已处置")
        expect(page.locator("ol.history")).to_contain_text("王芳")
    assert not workbench.problems


def test_errors_say_what_to_do(workbench: Workbench, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with workbench.page("li.na") as page:
        page.goto(f"{workbench.url}/upload")
        page.get_by_test_id("files").set_input_files([tmp_path / "a.txt"])
        page.get_by_label("申请编号").fill("APP-0007")
        page.get_by_role("button", name="上传并核查").click()
        expect(
            page.get_by_role("alert").filter(has_text="编号或名称已存在；请更换。")
        ).to_be_visible()
    with workbench.page() as page:
        page.locator("input[autocomplete=username]").fill("li.na")
        page.locator("input[autocomplete=current-password]").fill("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_text("用户名或密码不正确。")).to_be_visible()


def test_queue_by_keyboard(workbench: Workbench) -> None:
    with workbench.page("li.na") as page:
        page.locator("tr.at").wait_for()
        first = page.locator("tr.at a").inner_text()
        page.keyboard.press("j")
        assert page.locator("tr.at a").inner_text() != first
        page.keyboard.press("x")
        page.get_by_role("region", name="批量操作").get_by_role("button", name="领取").click()
        expect(page.get_by_role("dialog")).to_contain_text("可以执行")
        page.get_by_role("dialog").get_by_role("button", name="取消").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
        page.keyboard.press("g")
        page.keyboard.press("p")
        expect(page.get_by_role("heading", name="资料包")).to_be_visible()
        page.goto(f"{workbench.url}/cases?band=low")
        page.locator(".ant-table-row").first.wait_for()
        assert set(page.locator(".ant-table-row .tag").all_inner_texts()) == {"低风险"}


def test_queue_shows_what_could_not_be_verified(workbench: Workbench) -> None:
    """A licence alone can be set against nothing: its case is in no band of risk, and the queue
    finds it by that.
    """
    workbench.service.verified(
        "APP-0090", {"营业执照.pdf": honest_files(52, "ruled.pdf")[1]["营业执照.pdf"]}
    )
    found = workbench.service.client.get("/v1/cases", params={"band": "not_verified"}).json()[
        "items"
    ]
    assert [c["reference"] for c in found] == ["APP-0090"]
    with workbench.page("li.na") as page:
        page.locator("tr.at").wait_for()
        page.get_by_label("风险档").click()
        page.get_by_title("未能核实").click()
        expect(page.locator(".ant-table-row")).to_have_count(1)
        expect(page.locator(".ant-table-row .tag")).to_have_text("未能核实")
        assert page.url.endswith("?band=not_verified")

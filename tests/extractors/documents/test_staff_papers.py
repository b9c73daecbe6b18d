"""Wage lists and proofs of insurance: people, totals and months, and what is said when one is missing."""

from __future__ import annotations

from twins.draw import drawn
from twins.model import OtherPaper

from extractors.intake.limits import Limits
from extractors.model import Document
from extractors.read import read_file

COMPANY = "成都嘉泰印刷有限公司"


def _read(paper: OtherPaper) -> Document:
    (document,) = read_file("a.pdf", drawn(paper), Limits()).documents
    return document


def _values(document: Document) -> dict[str, str]:
    return {name: field.value for name, field in document.fields.items()}


def test_a_wage_list_with_printed_totals() -> None:
    document = _read(
        OtherPaper(
            kind="payroll",
            title="2025年11月工资发放表",
            heads=(("单位", COMPANY),),
            columns=("序号", "姓名", "应发工资", "代扣社保", "实发工资", "签名"),
            rows=(
                ("1", "张敏", "6,800.00", "512.00", "6,288.00", ""),
                ("2", "李响", "6,100.00", "480.00", "5,620.00", ""),
                ("合计", "", "12,900.00", "992.00", "11,908.00", ""),
            ),
        )
    )
    assert (document.type, document.status) == ("payroll", "read")
    assert _values(document) == {
        "company": COMPANY,
        "period_end": "2025-11-30",
        "headcount": "2",
        "gross_total": "12900.00",
        "net_total": "11908.00",
    }


def test_a_wage_list_without_totals_is_added_up() -> None:
    document = _read(
        OtherPaper(
            kind="payroll",
            title="员工工资明细表",
            heads=(("公司名称", COMPANY), ("工资月份", "2025-06")),
            columns=("姓名", "基本工资", "绩效", "实发金额"),
            rows=(
                ("王五", "5,000.00", "800.00", "5,800.00"),
                ("赵六", "4,000.00", "500.00", "4,500.00"),
                ("孙七", "4,200.00", "0.00", "4,200.00"),
            ),
        )
    )
    found = _values(document)
    assert (found["headcount"], found["net_total"]) == ("3", "14500.00")
    assert found["period_end"] == "2025-06-30"


def test_a_proof_of_insurance_by_months_gives_the_latest() -> None:
    document = _read(
        OtherPaper(
            kind="social_insurance",
            title="社会保险单位参保缴费证明",
            heads=(("单位名称", COMPANY),),
            columns=("缴费月份", "参保人数", "缴费金额（元）", "到账状态"),
            rows=(
                ("202510", "9", "13,800.00", "已到账"),
                ("202512", "8", "12,264.00", "已到账"),
                ("202511", "9", "13,797.00", "已到账"),
            ),
            sentences=("验证码：AHW4D38J01HZ1LS3",),
        )
    )
    assert _values(document) == {
        "company": COMPANY,
        "period_end": "2025-12-31",
        "insured": "8",
        "paid": "12264.00",
        "code": "AHW4D38J01HZ1LS3",
    }


def test_a_list_of_insured_people_counts_each_person_once() -> None:
    kinds = ("养老保险", "失业保险", "工伤保险")
    people = ("王五", "赵六")
    document = _read(
        OtherPaper(
            kind="social_insurance",
            title="社会保险参保人员名单",
            heads=(("单位名称", COMPANY), ("所属期", "2025年12月")),
            columns=("姓名", "险种", "缴费基数", "单位缴费", "个人缴费"),
            rows=tuple(
                (name, kind, "5,000.00", "800.00", "400.00") for name in people for kind in kinds
            ),
        )
    )
    found = _values(document)
    assert (found["insured"], found["paid"]) == ("2", "4800.00")


def test_a_proof_that_does_not_say_how_many_are_insured_is_partial() -> None:
    document = _read(
        OtherPaper(
            kind="social_insurance",
            title="社会保险单位参保缴费证明",
            heads=(("单位名称", COMPANY), ("所属期", "2025年12月")),
            columns=("缴费月份", "险种", "缴费基数", "单位缴费"),
            rows=(("202512", "养老保险", "40,000.00", "6,400.00"),),
        )
    )
    assert (document.type, document.status) == ("social_insurance", "partial")
    assert document.failures

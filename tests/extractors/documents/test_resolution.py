"""Resolutions: the company, whom it guarantees for, quorum and signatures, as firms write them."""

from __future__ import annotations

from twins.draw import drawn
from twins.model import OtherPaper

from extractors.intake.limits import Limits
from extractors.model import Document
from extractors.read import read_file


def _read(title: str, heads: tuple[tuple[str, str], ...], sentences: tuple[str, ...]) -> Document:
    paper = OtherPaper(kind="resolution", title=title, heads=heads, sentences=sentences)
    (document,) = read_file("a.pdf", drawn(paper), Limits()).documents
    return document


def _values(document: Document) -> dict[str, str]:
    return {name: field.value for name, field in document.fields.items()}


def test_a_resolution_of_shareholders_for_another_firm() -> None:
    document = _read(
        "股东会决议",
        (("会议时间", "2026年1月8日"), ("会议地点", "公司会议室")),
        (
            "成都嘉泰印刷有限公司于2026年1月8日召开股东会，应到股东2人，实到股东2人，",
            "代表公司表决权的100%。会议审议并一致同意以下事项：",
            "一、同意本公司为昆明恒丰阀门有限公司向交通银行股份有限公司成都中山支行申请的",
            "借款人民币1,000,000.00元提供连带责任保证担保。",
            "股东签字：沈岚　唐知远",
        ),
    )
    assert (document.type, document.status) == ("resolution", "read")
    assert _values(document) == {
        "company": "成都嘉泰印刷有限公司",
        "held": "2026-01-08",
        "body": "股东会",
        "beneficiary": "昆明恒丰阀门有限公司",
        "amount": "1000000.00",
        "expected": "2",
        "present": "2",
        "votes": "100",
        "signatories": "沈岚、唐知远",
    }
    assert [f.value for f in document.parties["signatory"]] == ["沈岚", "唐知远"]


def test_a_shareholder_guaranteed_does_not_vote() -> None:
    document = _read(
        "昆明恒丰阀门有限公司股东会决议",
        (),
        (
            "根据《公司法》及公司章程，本公司于2025年12月20日召开临时股东会，应到股东3名，实到3名。",
            "经表决，同意为股东王建国在中国银行的个人经营贷款提供保证担保，金额200万元。",
            "股东王建国回避表决。",
            "与会股东签字：李梅、赵强",
        ),
    )
    found = _values(document)
    assert (found["company"], found["beneficiary"]) == ("昆明恒丰阀门有限公司", "王建国")
    assert (found["amount"], found["recused"]) == ("2000000.00", "王建国")


def test_a_board_is_told_from_a_meeting_of_shareholders() -> None:
    document = _read(
        "董事会决议",
        (("公司名称", "西安诚达仪器有限公司"), ("会议时间", "2026年1月5日")),
        (
            "经与会董事一致同意，为沈岚向招商银行借款500000元提供连带责任保证。",
            "董事签字：陈一鸣 顾南",
        ),
    )
    assert _values(document)["body"] == "董事会"


def test_a_resolution_without_signatures_is_partial() -> None:
    document = _read(
        "股东会决议",
        (("公司名称", "西安诚达仪器有限公司"),),
        ("会议同意本公司为昆明恒丰阀门有限公司向招商银行借款500000元提供保证。",),
    )
    assert (document.type, document.status) == ("resolution", "partial")

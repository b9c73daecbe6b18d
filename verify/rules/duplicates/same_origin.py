"""Files of unrelated applicants that come from one original."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import ReadMethod
from graphs.sources.file_marks import noted
from verify.case_file import RuleView
from verify.context.facts import Fact
from verify.model import BilingualText, Severity
from verify.rule import Hit, Page, Result, rule

_OWN = (
    "bank_statement",
    "balance_sheet",
    "income_statement",
    "cash_flow_statement",
    "vat_return",
    "bank_slip",
    "business_licence",
)


@rule(
    id="DUP04",
    title="Files of different firms have originals of their own",
    title_zh="不同企业的文件不出自同一原件",
    severity="high",
    group="duplicate_file",
    reads=(),
    needs=(),
    cross=True,
    zh=Page(
        why="PDF 第一次生成时得到一个永久标识，以后怎样编辑都不变。两家企业内容不同的材料带有同一标识，说明是从同一份文件改出来的。",
        example="甲、乙两家企业的对账单内容不同，永久标识相同。",
        innocent="平台在同一模板上填写生成文件；个别系统给所有文件写同一标识（多家共有时不提示）；同一控制人的关联企业用同一份模板制作自己的报表。",
        ask="这份文件是在什么基础上制作的？",
        paper="由出具机构重新下载的原件",
    ),
    en=Page(
        why=(
            "A PDF is given a lasting mark when it is first made, and editing keeps it. "
            "Different papers of two firms that bear one mark were made from one file."
        ),
        example="The statements of two firms differ and bear one lasting mark.",
        innocent=(
            "A platform fills one template for all; some systems write one mark into all "
            "files (silent where several firms share it); related firms that make their "
            "own statements from one template."
        ),
        ask="What was this file made from?",
        paper="The original, downloaded again from the issuer",
    ),
)
def same_origin(case: RuleView) -> Iterator[Result]:
    hits = 0
    for document in case.all_papers():
        mark = noted(document, "file_id")
        others = _others(case, mark, document.sha256)
        firms = {
            f.applicant: f
            for f in others
            if f.applicant and not case.applicant.is_named(f.applicant)
        }
        scanned = any(
            field.at.method == ReadMethod.OCR for field in document.fields.values()
        )  # scanners and converters are careless with marks
        if (
            document.type not in _OWN
            or scanned
            or not firms
            or len(firms) > case.limit("most_firms")
        ):
            continue
        hits += 1
        names = "、".join(sorted(firms))
        say = BilingualText(
            f"与“{names}”的另一份文件出自同一原件",
            f"made from the same original as another file of “{names}”",
        )
        evidence = (case.at_file(document), *(firm.evidence for firm in firms.values()))
        yield Hit(
            say=say,
            evidence=evidence,
            observed=mark[:32],
            confidence=0.85,
            severity=Severity.MEDIUM,
        )
    if not hits:
        yield case.nothing_shared(
            BilingualText(
                "没有与其他企业的文件同源", "no file shares its original with another firm's"
            )
        )


def _others(case: RuleView, mark: str, digest: str) -> list[Fact]:
    """Other firms' other files with the same mark; none where a system writes one mark into all
    that it makes.
    """
    known = case.context.facts.get(("file_id", mark), ()) if mark else ()
    if (
        len({fact.text for fact in known if fact.packet == case.packet_id}) > 1
        or len({f.text for f in known}) > case.limit("most_firms") + 1
    ):
        return []
    return [fact for fact in known if fact.packet != case.packet_id and fact.text != digest]

"""The same author or camera behind the papers of unrelated applicants."""

from __future__ import annotations

from collections.abc import Iterator

from graphs.sources.file_marks import names_its_system, noted
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Hit, Page, Result, rule


@rule(
    id="DUP08",
    title="Papers of different firms come from different hands",
    title_zh="不同企业的材料出自不同的制作人",
    severity="low",
    group="shared_contact",
    reads=(),
    needs=(),
    cross=True,
    zh=Page(
        why="文件里常记有作者名或相机编号。自称无关的几家企业的材料出自同一台设备、同一用户名，可能由同一人包装。",
        example="三家申请人的执照照片由同一台相机拍摄。",
        innocent="银行客户经理或代账公司统一拍照、制表（多家共有时不提示）；“Administrator”等通用名不算。",
        ask="这些材料由谁拍摄、制作？",
        paper="代办、代账协议",
    ),
    en=Page(
        why=(
            "Files often note an author or a camera. Papers of firms that claim to be "
            "strangers from one device or user may come from one fixer."
        ),
        example="The licences of three applicants were photographed with one camera.",
        innocent=(
            "A bank's own staff or an accountant who does this for many (silent where many "
            "share it); names such as Administrator do not count."
        ),
        ask="Who made or photographed these papers?",
        paper="The agreement with the agent or accountant",
    ),
)
def same_hand(case: RuleView) -> Iterator[Result]:
    hits: dict[str, Hit] = {}
    for document in case.all_papers():
        for kind, zh, en in (("author", "作者", "author"), ("serial", "相机编号", "camera number")):
            text = noted(document, kind)
            if (
                not text
                or f"{kind}{text}" in hits
                or (kind == "author" and names_its_system(document))
            ):
                continue
            others = {
                fact.applicant: fact
                for fact in case.context.others(kind, text, case.packet_id)
                if fact.applicant and fact.text != document.sha256
            }
            firms = {name: f for name, f in others.items() if not case.applicant.is_named(name)}
            if firms and len(firms) <= case.limit("most_firms"):
                names = "、".join(sorted(firms))
                say = BilingualText(
                    f"文件的{zh}“{text}”也见于“{names}”的材料",
                    f"the file's {en} “{text}” stands in papers of “{names}” too",
                )
                evidence = (case.at_file(document), *(firm.evidence for firm in firms.values()))
                hits[f"{kind}{text}"] = Hit(
                    say=say, evidence=evidence, observed=text, confidence=0.7, severity=Severity.LOW
                )
    yield from hits.values()
    if not hits:
        yield case.nothing_shared(
            BilingualText("制作人未见于其他企业的材料", "no author or camera is shared")
        )

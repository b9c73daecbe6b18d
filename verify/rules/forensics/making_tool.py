"""The program that made a file fits who should have issued the paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.model import Document
from graphs.sources.file_marks import names_its_system
from verify.case_file import RuleView
from verify.forensics.producer import is_filled_template
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

# What a program is for, the names that it writes into files, and how odd it is on a paper that a bank or an authority issues.
_TOOLS: tuple[tuple[BilingualText, re.Pattern[str], Severity], ...] = (
    (
        BilingualText("图像或排版设计软件", "a design program"),
        re.compile(
            r"photoshop|illustrator|indesign|coreldraw|\bgimp\b|\bcanva\b|\baffinity\b|inkscape|美图|pixlr|\bfigma\b|\bsketch\b",
            re.I,
        ),
        Severity.HIGH,
    ),
    (
        BilingualText("PDF 编辑软件", "a PDF editor"),
        re.compile(
            r"pdf\s?editor|phantompdf|pdfelement|pdfescape|sejda|pdf-xchange editor|\bnitro\b|infix|pdffiller|福昕.*编辑|pdf编辑|迅捷pdf|万兴",
            re.I,
        ),
        Severity.MEDIUM,
    ),
    (
        BilingualText("文字处理软件", "a word processor"),
        re.compile(
            r"microsoft.{0,3}\s?(?:office\s)?word|^word$|aspose\.words|wps\s?(?:文字|writer)|openoffice.*writer|libreoffice.*writer|^writer$|pages\b.*quartz|永中",
            re.I,
        ),
        Severity.MEDIUM,
    ),
    (
        BilingualText("演示文稿软件", "a presentation program"),
        re.compile(r"powerpoint|wps\s?(?:演示|presentation)|\bkeynote\b|\bimpress\b", re.I),
        Severity.MEDIUM,
    ),
    (
        BilingualText("电子表格软件", "a spreadsheet program"),
        re.compile(
            r"microsoft.{0,3}\s?(?:office\s)?excel|wps\s?(?:表格|spreadsheets)|\bcalc\b", re.I
        ),
        Severity.LOW,
    ),
    (
        BilingualText("网络 PDF 处理工具", "an online PDF tool"),
        re.compile(r"ilovepdf|smallpdf|pdf24|pdf2go|soda\s?pdf|online2pdf", re.I),
        Severity.LOW,
    ),
)


@rule(
    id="FOR04",
    title="Issued papers come from an issuer's system",
    title_zh="文件生成工具与出具机构相符",
    severity="high",
    group="making",
    reads=(),
    needs=(),
    zh=Page(
        why="银行、税务、登记机关的电子材料由业务系统生成；由设计软件、PDF 编辑器或文字处理软件写出的“对账单”值得核实来源。企业自制的报表、合同不适用本条。",
        example="银行对账单 PDF 的生成软件为 Adobe Photoshop。",
        innocent="出具平台用办公或设计软件画好模板、再由系统逐份填写（此时为低）；扫描件经软件转存；从网银导出表格后另存为 PDF；合并、压缩时经过了网络工具。",
        ask="该文件是如何得到的？能否现场登录网银重新下载？",
        paper="由出具机构重新出具或现场下载的原件",
    ),
    en=Page(
        why="Electronic papers of banks, tax offices and registries come from their systems; a statement written by a design program, a PDF editor or a word processor asks for its source. A firm's own statements and contracts are not meant.",
        example="The PDF of a bank statement was written by Adobe Photoshop.",
        innocent="A platform's template, drawn once in such a program and filled by its system (low); a scan saved through such a program; an export printed to PDF from a spreadsheet; merged or compressed online.",
        ask="How was this file obtained? Can it be downloaded again together?",
        paper="The original, issued or downloaded again",
    ),
)
def making_tool(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        told = [
            s.detail
            for s in document.signals
            if s.kind in ("metadata_producer", "metadata_creator")
        ]
        if not names_its_system(document) or not told:
            continue
        looked = True
        found = next(
            ((what, sev, t) for what, names, sev in _TOOLS for t in told if names.search(t)), None
        )
        if found is None:
            yield Clear(
                BilingualText("由业务系统或扫描设备生成", "made by an issuer's system or a scanner")
            )
        else:
            what, severity, tool = found
            # A photo or scan of the paper pasted into an office program and saved is everyday; its pixels are another matter.
            picture = any(f.at.method == "ocr" for f in document.fields.values())
            weaker = {Severity.HIGH: Severity.MEDIUM, Severity.MEDIUM: Severity.LOW}
            if picture:
                severity = weaker.get(severity, severity)
            if is_filled_template(document):
                severity = Severity.LOW
            yield _hit(case, document, what, severity, tool)
    if not looked:
        yield NotApplicable(BilingualText("文件没有生成工具信息", "no file says what made it"))


def _hit(
    case: RuleView, document: Document, what: BilingualText, severity: Severity, tool: str
) -> Hit:
    say = BilingualText(
        f"该材料应由机构系统出具，文件由{what.zh}生成：{tool}",
        f"an issuer's system should have made this paper; {what.en} did: {tool}",
    )
    return Hit(
        say=say,
        evidence=(case.at_file(document),),
        observed=tool,
        confidence=0.85,
        severity=severity,
    )

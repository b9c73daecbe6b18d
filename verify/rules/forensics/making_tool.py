"""The program that made a file fits who should have issued the paper."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document, ReadMethod
from graphs.sources.file_marks import names_its_system
from verify.arithmetic.equations import sums_fail
from verify.case_file import RuleView
from verify.forensics.makers import TITLES, Maker, Named, makers_of
from verify.forensics.producer import is_filled_template
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

# How odd a program is on a document that a bank or an authority issues.
_SEVERITY = {
    Maker.DESIGN: Severity.HIGH,
    Maker.PDF_EDITOR: Severity.MEDIUM,
    Maker.WORD_PROCESSOR: Severity.MEDIUM,
    Maker.PRESENTATION: Severity.MEDIUM,
    Maker.DRAWING: Severity.LOW,
    Maker.SPREADSHEET: Severity.LOW,
    Maker.ONLINE_TOOL: Severity.LOW,
    Maker.BROWSER: Severity.LOW,
}
# Programs that open a finished file and write it again. Customers use them to print or join,
# forgers to change a figure:
# where the document's own sums fail as well, two independent signs agree.
_REWRITES = (Maker.DRAWING, Maker.BROWSER, Maker.SCRIPT)
_WEAKER = {Severity.HIGH: Severity.MEDIUM, Severity.MEDIUM: Severity.LOW}
_TELLS_NOTHING = (Maker.REMADE, Maker.SCRIPT, Maker.PHONE, Maker.UNKNOWN)


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
        innocent=(
            "出具平台用办公或设计软件画好模板、再由系统逐份填写（此时为低）；扫描件经软件转存；从网银页面用浏览器打印（为低）；从网银导出表格后另存为 PDF；合并、"
            "压缩时经过了网络工具。"
        ),
        ask="该文件是如何得到的？能否现场登录网银重新下载？",
        paper="由出具机构重新出具或现场下载的原件",
    ),
    en=Page(
        why=(
            "Electronic papers of banks, tax offices and registries come from their "
            "systems; a statement written by a design program, a PDF editor or a word "
            "processor asks for its source. A firm's own statements and contracts are not "
            "meant."
        ),
        example="The PDF of a bank statement was written by Adobe Photoshop.",
        innocent=(
            "A platform's template, drawn once in such a program and filled by its system "
            "(low); a scan saved through such a program; a page of online banking printed "
            "by the browser (low); an export printed to PDF from a spreadsheet; merged or "
            "compressed online."
        ),
        ask="How was this file obtained? Can it be downloaded again together?",
        paper="The original, issued or downloaded again",
    ),
)
def making_tool(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        named = makers_of(document)
        if names_its_system(document) and named:
            looked = True
            yield _judged(case, document, named[0])
    if not looked:
        yield NotApplicable(BilingualText("文件没有生成工具信息", "no file says what made it"))


def _judged(case: RuleView, document: Document, named: Named) -> Result:
    severity = _severity(document, named.maker)
    if severity is not None:
        return _hit(case, document, named, severity)
    if named.maker in _TELLS_NOTHING:
        return _inconclusive(named)
    title = TITLES[named.maker]
    return Clear(BilingualText(f"由{title.zh}生成", f"written by {title.en}"))


def _severity(document: Document, maker: Maker) -> Severity | None:
    """How odd the maker is here; None where it is not."""
    picture = any(field.at.method == ReadMethod.OCR for field in document.fields.values())
    severity = _SEVERITY.get(maker)
    if maker is Maker.SCRIPT and picture:
        severity = Severity.LOW  # scanners and telephones write no pictures with such libraries
    if maker in _REWRITES and sums_fail(document):
        return Severity.MEDIUM
    if severity is None or is_filled_template(document):
        return severity and Severity.LOW
    # A photo or scan pasted into an office program and saved is everyday; its pixels are another
    # matter.
    return _WEAKER.get(severity, severity) if picture else severity


def _inconclusive(named: Named) -> NotChecked:
    """The file was made again, or by a program that is not known: its notes tell nothing of who
    issued the document.
    """
    title = TITLES[named.maker]
    if named.maker is Maker.UNKNOWN:
        return NotChecked(
            BilingualText(
                f"无法判断：生成工具“{named.name}”不在已知工具之列；从网银、电子税务局重新下载的文件可供比对",
                f"inconclusive: “{named.name}” is on no list of known programs; "
                "the file as downloaded from the bank or the tax office can be compared",
            )
        )
    return NotChecked(
        BilingualText(
            f"无法判断：文件由{title.zh}（{named.name}）写出，原文件的生成信息已不在；从网银、电子税务局重新下载的文件可以判断",
            f"inconclusive: {title.en} ({named.name}) wrote this file, and how the "
            "original was made can no longer be told; "
            "the file as downloaded from the bank or the tax office would tell",
        )
    )


def _hit(case: RuleView, document: Document, named: Named, severity: Severity) -> Hit:
    title = TITLES[named.maker]
    say = BilingualText(
        f"该材料应由银行、税务等机构的系统出具，文件由{title.zh}生成：{named.name}",
        f"a bank or an authority issues such a document; {title.en} wrote this file: {named.name}",
    )
    return Hit(
        say=say,
        evidence=(case.at_file(document),),
        observed=named.name,
        confidence=0.85,
        severity=severity,
    )

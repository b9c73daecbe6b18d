"""Programs that write files, by what they are for: a table of names as files state them.

A name on the table says what its program is for, not who used it. A name that is not on the table
is unknown, which is said as such: it is neither an issuer's system nor anything odd. Sources: the
programs' own files, and lists of Producer and Creator values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from extractors.model import Document
from verify.model import BilingualText


class Maker(StrEnum):
    """What a program is for, the oddest on a document of a bank or an authority first."""

    DESIGN = "design"
    PDF_EDITOR = "pdf_editor"
    WORD_PROCESSOR = "word_processor"
    PRESENTATION = "presentation"
    DRAWING = "drawing"
    SPREADSHEET = "spreadsheet"
    ONLINE_TOOL = "online_tool"
    BROWSER = "browser"
    SCRIPT = "script"
    REMADE = "remade"
    PHONE = "phone"
    SCANNER = "scanner"
    LIBRARY = "library"
    INVOICE_PLATFORM = "invoice_platform"
    ISSUER = "issuer"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class _Family:
    """Programs for one purpose: their title in both languages and the names that they write into
    files.
    """

    maker: Maker
    title: BilingualText
    names: str


_FAMILIES = (
    _Family(
        Maker.DESIGN,
        BilingualText("图像或排版设计软件", "a design program"),
        r"photoshop|illustrator|indesign|coreldraw|\bgimp\b|\bcanva\b|\baffinity\b|inkscape|美图|pixlr|\bfigma\b|\bsketch\b"
        r"|quarkxpress|scribus|photopea|paint\.net|\bkrita\b|创客贴|稿定|pagemaker|framemaker|adobe xd|mspaint|acdsee|lightroom",
    ),
    _Family(
        Maker.PDF_EDITOR,
        BilingualText("PDF 编辑软件", "a PDF editor"),
        r"pdf\s?editor|phantompdf|foxit pdf editor|pdfelement|pdfescape|sejda|pdf-xchange editor|\bnitro\b|infix|pdffiller"
        r"|福昕.*编辑|pdf编辑|迅捷pdf|万兴|master pdf|flexcil|pdf expert|acethinker|xodo|pdf architect|kofax power|power pdf|soda pdf desktop"
        r"|movavi|swifdoo|\bupdf|金山pdf|极速pdf|转转大师|嗨格式|hand-edit",
    ),
    _Family(
        Maker.WORD_PROCESSOR,
        BilingualText("文字处理软件", "a word processor"),
        r"microsoft.{0,3}\s?(?:office\s)?word|^word$|aspose\.words|wps\s?(?:文字|writer)|openoffice.*writer|libreoffice.*writer"
        r"|^writer$|pages\b.*quartz|^pages$|永中|onlyoffice|google docs|docx4j|pandoc|latex|pdftex|xetex|luatex|typst|abiword|wordpad",
    ),
    _Family(
        Maker.PRESENTATION,
        BilingualText("演示文稿软件", "a presentation program"),
        r"powerpoint|wps\s?(?:演示|presentation)|\bkeynote\b|\bimpress\b|google slides",
    ),
    _Family(
        Maker.DRAWING,
        BilingualText("绘图软件", "a drawing program"),
        r"^draw$|libreoffice.*draw|openoffice.*draw|\bvisio\b|亿图|edraw|draw\.io|drawio|asymptote|autocad|cadconverter",
    ),
    _Family(
        Maker.SPREADSHEET,
        BilingualText("电子表格软件", "a spreadsheet program"),
        r"microsoft.{0,3}\s?(?:office\s)?excel|wps\s?(?:表格|spreadsheets)|\bcalc\b|aspose\.cells|^numbers$|google sheets",
    ),
    _Family(
        Maker.ONLINE_TOOL,
        BilingualText("网络 PDF 处理工具", "an online PDF tool"),
        r"ilovepdf|smallpdf|pdf24|pdf2go|soda\s?pdf|online2pdf|pdfcandy|cleverpdf|allinpdf|hipdf|tinywow",
    ),
    _Family(
        Maker.BROWSER,
        BilingualText("浏览器打印", "a browser's printing"),
        r"^mozilla/|\bchrome\b|chromium|headlesschrome|skia/pdf|\bfirefox\b|\bsafari\b|microsoft edge|wkhtmltopdf|puppeteer|playwright|phantomjs",
    ),
    _Family(
        Maker.SCRIPT,
        BilingualText("网页脚本或个人编程工具", "a script's library"),
        r"jspdf|pdf-lib|pdfkit|pdfmake|pymupdf|mupdf|pikepdf|pypdf|reportlab|\bfpdf|tcpdf|img2pdf|weasyprint|xhtml2pdf|dompdf|mpdf"
        r"|borb|prawn|hexapdf|pdfrw|look ?scanned",
    ),
    _Family(
        Maker.REMADE,
        BilingualText("打印、合并或另存工具", "a program that prints, joins or saves files again"),
        r"print to pdf|acrobat(?! image)|distiller|pscript5|quartz pdfcontext|ghostscript|cairo|qpdf|pdftk|pdfsam|mutool|pdfcreator|bullzip"
        r"|dopdf|cutepdf|primopdf|foxit|福昕|wps pdf|novapdf|easypdf|pdfill|preview|pstopdf|pdf-xchange|adobe pdf library|libreoffice"
        r"|openoffice|pdftron|sumatra|okular|\bcups\b|poppler|stirling|coherent pdf|\bcpdf\b|pdfcpu|虚拟打印",
    ),
    _Family(
        Maker.PHONE,
        BilingualText("手机扫描应用", "a telephone's scanning app"),
        r"camscanner|扫描全能王|adobe scan|office lens|microsoft lens|夸克扫描|白描|genius scan|scanbot|swiftscan|tiny scanner|iphone|ipad"
        r"|android|notes scan|vflat|布丁扫描|扫描王|wps scan",
    ),
    _Family(
        Maker.SCANNER,
        BilingualText("扫描设备", "a scanner"),
        r"\bcanon\b|\bricoh\b|konica|minolta|epson|xerox|kyocera|\bsharp\b|toshiba|brother|lexmark|\bhp\b|hewlett|fujitsu|scansnap|samsung"
        r"|fuji ?film|\boki\b|paperport|omnipage|abbyy|finereader|naps2|vuescan|twain|scanner|奔图|pantum|紫光|中晶|方正|得力|image conversion",
    ),
    _Family(
        Maker.INVOICE_PLATFORM,
        BilingualText("电子税务局或电子发票平台", "a tax office's or e-invoice platform"),
        r"e-?invoice|\be-?tax\b|电子发票|税务|航信|百望|baiwang|aisino|税控|诺诺|nuonuo|suwell|数科|\bofd|piaozone|fapiao",
    ),
    _Family(
        Maker.ISSUER,
        BilingualText("业务系统", "a business system"),
        r"bank ?report|网银|银行|\bbank\b|ebank|用友|金蝶|kingdee|yonyou|\bsap\b|oracle|finacle|temenos|compleo|cognos|crystal reports|report ?(?:engine|server)"
        r"|finereport|帆软|businessobjects|docpath|exstream|livecycle|antenna house|z/os",
    ),
    _Family(
        Maker.LIBRARY,
        BilingualText("服务器常用的程序库", "a library that servers use"),
        r"itext|openpdf|pdfbox|apache fop|aspose\.pdf|jasperreports|pdfsharp|pdflib|ireport|birt|spire\.pdf|pd4j|flying saucer|setapdf"
        r"|telerik|devexpress|syncfusion|gemboxpdf|evopdf|winnovative|activereports|stimulsoft|fastreport|3-heights|intarsys|pyhanko"
        r"|clibpdf|apex pdfwriter|pdfnet|foxit quick pdf library|haru",
    ),
)
_TABLE = tuple((family, re.compile(family.names, re.I)) for family in _FAMILIES)
TITLES = {family.maker: family.title for family in _FAMILIES} | {
    Maker.UNKNOWN: BilingualText("未知工具", "an unknown program")
}


@dataclass(frozen=True, slots=True)
class Named:
    """A program's name as a file states it, and what that program is for."""

    name: str
    maker: Maker


def maker_of(name: str) -> Maker:
    """What a program is for, by the name that it writes into files."""
    for family, names in _TABLE:
        if names.search(name):
            return family.maker
    return Maker.UNKNOWN


def makers_of(document: Document) -> list[Named]:
    """The programs that a document's file names, the oddest first."""
    kinds = ("metadata_producer", "metadata_creator")
    stated = [
        signal.detail
        for signal in document.signals
        if signal.kind in kinds and signal.detail.strip()
    ]
    order = list(Maker)
    named = (Named(name, maker_of(name)) for name in dict.fromkeys(stated))
    return sorted(named, key=lambda one: order.index(one.maker))

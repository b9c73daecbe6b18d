"""Pictures that no scanner or camera took of the paper: of a screen, or drawn by a program."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document, Signal
from verify.arithmetic.equations import sums_fail
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_SAID = {
    "screen_photo": BilingualText(
        "整张图片有屏幕特有的规则细纹", "the whole picture has the regular pattern of a screen"
    ),
    "screenshot": BilingualText(
        "图片尺寸 {detail} 为手机屏幕尺寸，且没有相机信息",
        "{detail} is a telephone screen's size, and no camera is noted",
    ),
    "flattened_page": BilingualText(
        "页面是程序直接生成的图片，不是扫描或拍摄所得：文字逐像素相同，底色纯一",
        (
            "a program drew this page as a picture, no scanner or camera took it: its "
            "characters repeat pixel for pixel on plain paper"
        ),
    ),
}


@rule(
    id="PIC03",
    title="A picture shows the paper, not a screen",
    title_zh="图片拍的是纸质材料而非屏幕",
    severity="medium",
    group="making",
    reads=(),
    needs=(),
    zh=Page(
        why=(
            "翻拍屏幕或截屏会抹去原文件的制作痕迹，改过的电子材料常借此交来。屏幕的像素与相机的像素相互干涉，在整张图上留下同一频率的细纹；截屏的尺寸正是手机屏幕的尺寸；"
            "由程序把文字页转成的图片，同一字符逐像素相同。"
        ),
        example="流水照片各处都有同一频率的斜纹；图片尺寸为 1170 x 2532，且没有相机信息。",
        innocent="客户只能在手机银行里查看、随手截屏或翻拍，十分常见；由系统导出的图片版材料；纸张本身的网纹底纹。仅提示索取原件，不说明内容不实。",
        ask="能否提供原始电子文件或纸质原件？",
        paper="由出具机构下载的原始文件",
    ),
    en=Page(
        why=(
            "A photo of a screen, or a screenshot, leaves behind how the file was made; "
            "changed electronic papers often come this way. The pixels of screen and "
            "camera beat against each other: one fine pattern over the whole picture. A "
            "screenshot has the very size of a telephone's screen. On a page that a "
            "program turned into a picture, like characters are the same pixel for pixel."
        ),
        example=(
            "A photo of a statement with a slanting pattern of one frequency everywhere; a "
            "picture of 1170 x 2532 with no camera noted."
        ),
        innocent=(
            "A customer who sees the paper only in the bank's app, and takes a picture of "
            "it: very usual; documents that a system exports as pictures; paper with a "
            "printed screen pattern. It asks for the original and says nothing about what "
            "is shown."
        ),
        ask="Can you provide the electronic file or the paper itself?",
        paper="The original file, downloaded from the issuer",
    ),
)
def screen(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        seen = {each.kind: each for each in document.signals if each.kind in _SAID}
        if not seen and not document.kind.startswith("picture"):
            continue
        looked = True
        for _, signal in sorted(seen.items()):
            yield _hit(case, document, signal)
        if not seen:
            yield Clear(BilingualText("没有屏幕的痕迹", "no trace of a screen"))
    if not looked:
        yield NotApplicable(BilingualText("没有图片材料", "no picture"))


def _hit(case: RuleView, document: Document, signal: Signal) -> Hit:
    said = _SAID[signal.kind]
    # People send screens and exports every day; a forger flattens a page so that its text and
    # making are gone. With sums that fail, two independent signs agree.
    flattened_and_wrong = signal.kind == "flattened_page" and sums_fail(document)
    return Hit(
        say=BilingualText(
            said.zh.format(detail=signal.detail), said.en.format(detail=signal.detail)
        ),
        evidence=(case.at_signal(document, signal, signal.detail),),
        confidence=0.7,
        severity=Severity.MEDIUM if flattened_and_wrong else Severity.LOW,
    )

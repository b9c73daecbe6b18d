"""What a picture says of its own making."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document, Signal
from verify.case_file import RuleView
from verify.forensics.signal_phrases import in_chinese
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_FOUND: dict[str, tuple[Severity, BilingualText]] = {
    "generated_picture": (
        Severity.HIGH,
        BilingualText("图片带有生成工具的标记", "the picture bears a generator's mark"),
    ),
    "part_generated": (
        Severity.MEDIUM,
        BilingualText(
            "图片标明部分内容由生成工具制作或修改，或可能由其生成",
            "the picture says that a generator made or changed a part of it, or may have made it",
        ),
    ),
    "generated_inset": (
        Severity.LOW,
        BilingualText(
            "文字页中插入的图片带有生成工具的标记（多为标志、配图）",
            "a picture among the page's text, such as a logo, bears a generator's mark",
        ),
    ),
    "thumbnail_differs": (
        Severity.LOW,
        BilingualText(
            "内嵌缩略图与图片的这一处不同",
            "the thumbnail within the file shows this place otherwise",
        ),
    ),
}


@rule(
    id="PIC01",
    title="A picture is what a camera or scanner took",
    title_zh="图片由拍摄或扫描得到",
    severity="high",
    group="making",
    reads=(),
    needs=(),
    zh=Page(
        why="图片文件常留有来历：生成工具的标记说明它不是拍出来的；内嵌的缩略图若与图片不同，说明拍摄之后改过。",
        example="图片带有图像生成工具的标记；缩略图上的金额栏与图片不同。",
        innocent="水印相机、滤镜在缩略图生成之后改了画面；修图软件裁边、转正（尺寸改变的不比较）；聊天软件会去掉这些信息，没有信息不说明问题。",
        ask="请提供手机里的原图，或出示原件。",
        paper="材料原件",
    ),
    en=Page(
        why=(
            "A picture often tells where it comes from: a generator's mark says that no "
            "camera took it; a thumbnail that differs from the picture says that it was "
            "changed since."
        ),
        example=(
            "The file bears the mark of an image generator; its thumbnail shows another "
            "figure in the amount field."
        ),
        innocent=(
            "Cameras that print the time on the picture, filters; cropping and turning "
            "(pictures of another shape are not compared); messengers remove these notes, "
            "and their absence says nothing."
        ),
        ask="Please provide the picture as the phone holds it, or show the paper.",
        paper="The paper itself",
    ),
)
def picture_origin(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        told = [each for each in document.signals if each.kind in _FOUND]
        if not told and not document.kind.startswith("picture"):
            continue
        looked = True
        for signal in told:
            yield _hit(case, document, signal)
        if not told:
            yield Clear(
                BilingualText(
                    "图片自身的信息没有异常", "nothing in the picture's own notes stands out"
                )
            )
    if not looked:
        yield NotApplicable(BilingualText("没有图片材料", "no picture"))


def _hit(case: RuleView, document: Document, signal: Signal) -> Hit:
    severity, say = _FOUND[signal.kind]
    mark = "" if signal.kind == "thumbnail_differs" else signal.detail
    return Hit(
        say=BilingualText(
            say.zh + (f"：{in_chinese(mark)}" if mark else ""),
            say.en + (f": {mark}" if mark else ""),
        ),
        evidence=(case.at_signal(document, signal, signal.detail),),
        confidence=0.8,
        severity=severity,
    )

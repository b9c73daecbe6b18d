"""What a picture says of its own making."""

from __future__ import annotations

from collections.abc import Iterator

from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


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
        why="A picture often tells where it comes from: a generator's mark says that no camera took it; a thumbnail that differs from the picture says that it was changed since.",
        example="The file bears the mark of an image generator; its thumbnail shows another figure in the amount field.",
        innocent="Cameras that print the time on the picture, filters; cropping and turning (pictures of another shape are not compared); messengers remove these notes, and their absence says nothing.",
        ask="Please provide the picture as the phone holds it, or show the paper.",
        paper="The paper itself",
    ),
)
def picture_origin(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        if not document.kind.startswith("picture"):
            continue
        looked = True
        hits = 0
        for signal in document.signals:
            if signal.kind == "generated_picture":
                say, severity = (
                    BilingualText(
                        f"图片带有生成工具的标记：{signal.detail}",
                        f"the picture bears a generator's mark: {signal.detail}",
                    ),
                    Severity.HIGH,
                )
            elif signal.kind == "thumbnail_differs":
                say, severity = (
                    BilingualText(
                        "内嵌缩略图与图片的这一处不同",
                        "the thumbnail within the file shows this place otherwise",
                    ),
                    Severity.LOW,
                )
            else:
                continue
            hits += 1
            yield Hit(
                say=say,
                evidence=(case.at_signal(document, signal, signal.detail),),
                confidence=0.8,
                severity=severity,
            )
        if not hits:
            yield Clear(
                BilingualText(
                    "图片自身的信息没有异常", "nothing in the picture's own notes stands out"
                )
            )
    if not looked:
        yield NotApplicable(BilingualText("没有图片材料", "no picture"))

"""What can go wrong while a form of a report is made, each with a stable code and what to do next."""

from __future__ import annotations


class FormError(Exception):
    """A form could not be made. `code` is stable; `zh` and `en` say what to do next."""

    code = "form_failed"
    zh = "报告的这种形式未能生成。请改用 HTML 或 JSON 报告，并将此情况告知管理员。"
    en = "This form of the report could not be made. Use the HTML or JSON report and tell the administrator."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.en)


class NoChineseFont(FormError):
    code = "no_chinese_font"
    zh = "本机没有可用的中文字体，无法生成 PDF。请安装 Debian 软件包 fonts-wqy-microhei（make run 会自动安装），或在 XDG_DATA_DIRS 的 fonts 目录中放入该字体。"
    en = "No Chinese font was found here, so no PDF can be made. Install Debian's fonts-wqy-microhei (make run does so), or put the font in a fonts folder of XDG_DATA_DIRS."


class NotComparable(FormError):
    code = "not_comparable"
    zh = "两份报告不属于同一申请，无法比较。请选择同一申请的两个版本。"
    en = "The two reports are not of one application and cannot be compared. Choose two revisions of the same application."

"""What can go wrong while reading a file, each with a stable code and what to do next."""

from __future__ import annotations


class ReadError(Exception):
    """A file or page could not be read. `code` is stable; `zh` and `en` say what to do next."""

    code = "unreadable"
    zh = "文件无法读取。请重新导出或重新扫描后再上传。"
    en = "The file could not be read. Export or scan it again and upload it once more."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.en)
        self.detail = detail


class UnsupportedFile(ReadError):
    code = "unsupported_file"
    zh = "不支持该文件类型。请上传 PDF、图片（JPEG、PNG、TIFF、WebP、BMP）、OFD、数电票 XML、xlsx、xls、csv 或由它们组成的 zip。"
    en = "This file type is not supported. Upload PDF, pictures (JPEG, PNG, TIFF, WebP, BMP), OFD, invoice XML, xlsx, xls, csv, or a zip of these."


class PictureNotRead(UnsupportedFile):
    code = "picture_not_read"
    zh = "该材料是图片或扫描件，而本机未安装图片识别引擎，未作核查。请运行 make run 完成安装，或人工核对。"
    en = "This paper is a picture or a scan and no engine that reads pictures is installed here, so it was not checked. Run make run to install them, or check by eye."


class BlankPage(ReadError):
    code = "blank_page"
    zh = "该文件只有空白页。如应有内容，请重新扫描或导出后再上传。"
    en = "The file holds blank pages alone. If there should be something on them, scan or export it again and upload it once more."


class PictureUnreadable(ReadError):
    code = "picture_unreadable"
    zh = (
        "图片中的文字大部分无法确认。请在光线充足处对准材料、压平后重新拍摄，或改用扫描件、电子版。"
    )
    en = "Most of the text on this picture cannot be made out. Take it again in good light, in focus, the paper flat; or send a scan or the electronic original."


class PictureBlurred(ReadError):
    code = "picture_blurred"
    zh = (
        "图片模糊，部分文字不能确认。请对焦、拿稳后重新拍摄整页；请勿通过会压缩图片的聊天软件转发。"
    )
    en = "The picture is blurred and part of the text is unsure. Take the whole page again, in focus and with a steady hand; do not send it through a messenger that shrinks pictures."


class PictureTooSmall(ReadError):
    code = "picture_too_small"
    zh = "图片分辨率过低，字迹过小。请靠近材料重新拍摄，使页面充满画面，或以 200 dpi 以上扫描，并发送原图。"
    en = "The picture is too small for its print. Take it again from closer so that the page fills the frame, or scan at 200 dpi or more, and send the original file."


class PictureCutOff(ReadError):
    code = "picture_cut_off"
    zh = "材料边缘未拍全，有文字被截断。请将四角全部拍入画面后重新拍摄。"
    en = "The paper is cut off at an edge and text is lost. Take it again with all four corners in the picture."


class PictureGlare(ReadError):
    code = "picture_glare"
    zh = "材料上有反光，部分文字被遮盖。请关闭闪光灯、避开灯光直射后重新拍摄。"
    en = "Glare on the paper hides part of the text. Take it again without flash and away from direct light."


class EmptyFile(ReadError):
    code = "empty_file"
    zh = "文件为空（0 字节）。请重新上传。"
    en = "The file is empty (0 bytes). Upload it again."


class EncryptedFile(ReadError):
    code = "encrypted_file"
    zh = "文件已加密。请用 --password 提供密码，或上传未加密的文件。"
    en = (
        "The file is encrypted. Give its password with --password, or upload it without encryption."
    )


class DamagedFile(ReadError):
    code = "damaged_file"
    zh = "文件已损坏，无法打开。请向申请人索取原始文件。"
    en = "The file is damaged and cannot be opened. Ask the applicant for the original."


class OverLimit(ReadError):
    code = "over_limit"
    zh = "文件超出处理上限（大小、页数、成员数或解压后大小）。请拆分后再上传。"
    en = "The file is over a limit (size, pages, members or unpacked size). Split it and upload the parts."


class UnsafeArchive(ReadError):
    code = "unsafe_archive"
    zh = "压缩包内含不安全的路径或相互重叠的成员，已拒绝。请重新打包后上传。"
    en = "The archive has unsafe paths or overlapping members and was refused. Pack it again and upload it."


class OutOfTime(ReadError):
    code = "out_of_time"
    zh = "读取超时，已停止。请拆分文件，或重新导出后再上传。"
    en = "Reading took too long and was stopped. Split the file, or export it again."


class ReaderDied(ReadError):
    code = "reader_died"
    zh = "读取该文件的进程异常退出（可能内存超限或文件有害）。该文件未作核查，请人工查看。"
    en = "The process reading this file died (out of memory, or a harmful file). The file was not checked; look at it by hand."


class UnknownPaper(ReadError):
    code = "unknown_paper"
    zh = "未能识别材料类型，未作核查。请确认该材料是否为所需材料。"
    en = "This is no type of paper that is known here; it was not checked. See whether it is the one that was asked for."


class IncompleteInvoice(ReadError):
    code = "incomplete_invoice"
    zh = "发票要素未读全。请对照原件核对，或上传发票原件（PDF、OFD 或 XML）。"
    en = "Not all of the invoice was read. Compare it with the original, or upload the original invoice (PDF, OFD or XML)."


class RoundedNumber(ReadError):
    code = "rounded_number"
    zh = "表格将发票号码存为数值，末几位已丢失。请将号码列设为文本后重新导出。"
    en = "The sheet keeps invoice numbers as figures, so their last digits are lost. Export it again with the column as text."


def _walk(root: type[ReadError]) -> dict[str, type[ReadError]]:
    found = {root.code: root}
    for child in root.__subclasses__():
        found.update(_walk(child))
    return found


def is_code(code: str) -> bool:
    """Whether a code is one of those that are known here."""
    return code in _walk(ReadError)


def by_code(code: str) -> type[ReadError]:
    """The error class of a stable code; the base class for a code of a newer version."""
    return _walk(ReadError).get(code, ReadError)

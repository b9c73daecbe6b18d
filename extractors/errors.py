"""What can go wrong while reading a file, each with a stable code and what to do next."""

from __future__ import annotations

from extractors.model import WHOLE_PAGE, Box, Failure


class ReadError(Exception):
    """A file or page could not be read. `code` is stable; `zh` and `en` say what to do next."""

    code = "unreadable"
    zh = "文件无法读取。请重新导出或重新扫描后再上传。"
    en = "The file could not be read. Export or scan it again and upload it once more."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.en)
        self.detail = detail


class AnotherProcess(ReadError):
    """Says nothing about the file: this process lacks what reads it, and another one has it."""


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
    zh = "文件已加密。请补充该文件的密码（接口：文件的 password；命令行：--password）后重新提交，或上传未加密的文件。"
    en = (
        "The file is encrypted. Give its password (API: `password` of the file; command line:"
        " --password) and submit again, or upload it without encryption."
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


class IncompleteLines(ReadError):
    code = "incomplete_lines"
    zh = "明细行未读全（有一行未能识别，或缺页）。请对照原件核对明细，或上传电子原件（PDF、OFD 或 XML）的全部页。"
    en = "Not all lines were read: one was not understood, or a page is missing. Compare the lines with the original, or upload all pages of the electronic original (PDF, OFD or XML)."


class RoundedNumber(ReadError):
    code = "rounded_number"
    zh = "表格将发票号码存为数值，末几位已丢失。请将号码列设为文本后重新导出。"
    en = "The sheet keeps invoice numbers as figures, so their last digits are lost. Export it again with the column as text."


class StatementWithoutRows(ReadError):
    code = "statement_without_rows"
    zh = "该流水未读到任何交易明细，按未提供处理。请索取银行或支付平台导出的完整明细（PDF 或表格原件）。"
    en = "No transaction was read from this statement, so it counts as missing. Ask for the full statement as exported by the bank or platform."


class StatementLinesOpen(ReadError):
    code = "statement_lines_open"
    zh = "流水表格中有内容未能归入任何一笔交易，明细可能不全。请对照原件查看标出位置，或索取表格版流水。"
    en = "Lines inside this statement's table could not be assigned to a transaction; rows may be missing. Look at the place shown, or ask for the statement as a spreadsheet."


class StatementHolderMissing(ReadError):
    code = "statement_holder_missing"
    zh = "流水上未读到户名。请索取载明户名的流水，或加盖银行印章的对账单。"
    en = "No account holder was read from this statement. Ask for a statement that names the holder, or one stamped by the bank."


class StatementAccountMissing(ReadError):
    code = "statement_account_missing"
    zh = "流水上未读到账号。请索取载明账号的流水。"
    en = "No account number was read from this statement. Ask for a statement that shows it."


class StatementBalanceMissing(ReadError):
    code = "statement_balance_missing"
    zh = "银行流水没有逐笔余额，无法核对是否完整。请索取带逐笔余额的流水。"
    en = "This bank statement shows no running balance, so it cannot be checked for completeness. Ask for one that does."


class StatementDirectionOpen(ReadError):
    code = "statement_direction_open"
    zh = "部分交易不能确定是收入还是支出。请对照原件查看，或索取带借贷标志或余额的流水。"
    en = "For some transactions it is not certain whether money came in or went out. Look at the original, or ask for a statement with a debit/credit mark or balances."


class StatementSeveralAccounts(ReadError):
    code = "statement_several_accounts"
    zh = "同一流水中有多个账号的交易。请按账号分别导出后再上传。"
    en = "This statement mixes transactions of several accounts. Export each account by itself and upload them again."


def as_failure(error: ReadError, page: int = 1, file: str = "", box: Box = WHOLE_PAGE) -> Failure:
    """The error as part of a document: its code, what to do next, and where it happened."""
    return Failure(code=error.code, zh=error.zh, en=error.en, page=page, file=file, box=box)


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

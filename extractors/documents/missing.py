"""What a document must yield and did not, or yields in doubt, said with what to ask for."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.documents.declare import DocumentType
from extractors.documents.parts import Parts
from extractors.errors import ReadError
from extractors.model import Failure

_PARTS = {
    "rows": ("交易明细", "transactions"),
    "lines": ("报表项目", "statement lines"),
    "shareholders": ("股东名单", "list of shareholders"),
    "entries": ("分录", "journal entries"),
    "items": ("明细项目", "items"),
}


class RequiredValueMissing(ReadError):
    """A document lacks something without which it proves little."""

    code = "required_value_missing"
    zh = "必要要素未读到。请对照原件补录，或请申请人提供清晰完整的材料。"
    en = "A required value was not read. Enter it from the original, or ask for a clear copy."


class ValueInDoubt(ReadError):
    """Several values could be the right one and the document alone does not settle which."""

    code = "value_in_doubt"
    zh = "要素取值存疑。请对照原件确认。"
    en = "A value is in doubt. Check it against the original."


class ShareholdersIncomplete(ReadError):
    """The shares that were read do not make a whole."""

    code = "shareholders_incomplete"
    zh = "读到的持股比例合计不是 100%，股东名单可能不完整。请对照原件核对，或要求提供完整的股东名册。"
    en = (
        "The shares read do not add up to 100%; shareholders may be missing. Check the "
        "original or ask for the whole register."
    )


class ShareholderAmountsOpen(ReadError):
    """The shareholders' amounts are printed, and nothing says their unit or which column is meant."""

    code = "shareholder_amounts_open"
    zh = "股东出资额的单位或所在栏不明，未采用。请对照原件补录出资额。"
    en = (
        "The unit or the column of the shareholders' amounts is not clear; they were left "
        "out. Enter them from the original."
    )


def missing_parts(kind: DocumentType, parts: Parts) -> Failure | None:
    """Return what says which required parts were not read; None where nothing is missing."""
    lacking = kind.lacks(parts)
    if not lacking:
        return None
    zh = "、".join(_named(kind, key, 0) for key in lacking)
    en = ", ".join(_named(kind, key, 1) for key in lacking)
    return Failure(
        code=RequiredValueMissing.code,
        zh=f"未读到{zh}，相关核查未进行。请对照原件补录，或请申请人提供清晰完整的{kind.title_zh}。",
        en=(
            f"Not read: {en}; the checks that need it were not made. Enter it from the "
            f"original, or ask for a clear and whole {kind.title.lower()}."
        ),
    )


def values_in_doubt(kind: DocumentType, names: Sequence[str], page: int) -> Failure | None:
    """Return what says which fields are in doubt; None where none is."""
    if not names:
        return None
    zh = "、".join(_named(kind, name, 0) for name in names)
    en = ", ".join(_named(kind, name, 1) for name in names)
    return Failure(
        code=ValueInDoubt.code,
        zh=f"{zh}存在多个可能取值或标签不明，系统不能确定。请对照原件确认。",
        en=(
            f"Not certain: {en}. Labels are unknown or several values fit. Check them "
            "against the original."
        ),
        page=page,
    )


def shareholders_incomplete(page: int) -> Failure:
    """Return what says that shareholders may be missing."""
    return Failure(
        code=ShareholdersIncomplete.code,
        zh=ShareholdersIncomplete.zh,
        en=ShareholdersIncomplete.en,
        page=page,
    )


def shareholder_amounts_open(page: int) -> Failure:
    """Return what says that the amounts of the shareholders were left out."""
    return Failure(
        code=ShareholderAmountsOpen.code,
        zh=ShareholderAmountsOpen.zh,
        en=ShareholderAmountsOpen.en,
        page=page,
    )


def _named(kind: DocumentType, key: str, language: int) -> str:
    """Return how people call a required part in Chinese (0) or English (1)."""
    names = []
    for each in key.split("|"):
        spec = kind.specs.get(each)
        chinese = spec.label_zh if spec else each
        names.append(_PARTS.get(each, (chinese, each.replace("_", " ")))[language])
    return ("或" if language == 0 else " or ").join(names)

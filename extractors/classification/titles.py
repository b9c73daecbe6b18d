"""The title of a document: a line of its own near the top that names what the document is.

Chinese names of documents end with their head noun: 抵押合同 is a contract, 资产负债表附注 are
notes. So a title is the kind whose name *ends* it; what only mentions a kind (a remark, a clause, a
label, a section's heading) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.classification.other_kind import OtherKind
from extractors.classification.other_kinds import OTHER_KINDS
from extractors.documents.declare import DocumentType
from extractors.documents.registry import document_types
from extractors.layout.lines import TextLine
from extractors.values.glyphs import squeeze

HEAD_LINES = 14  # lines from the top among which a title is looked for
GENERIC_LINES = 4  # lines from the top that may be a title of an unlisted kind
MOST_SEGMENTS = 3  # parts of a line, set apart, beyond which it is a table's row
MOST_WORDS = (
    30  # pieces of a line beyond which it is no title, even one whose characters are set apart
)
LONGEST_PREFIX = 24  # characters before the name of a kind: an institution, a period, a qualifier
NOTE = "note"  # small print such as 温馨提示 heads no document where a table of its own stands
_SAID_AT_ONCE = 6  # characters behind 说明： from which it is a sentence and heads nothing
SHORTEST = 3  # characters of a title that may share its line
LONGEST_TITLE = 40  # characters of a line that may be a title

# What may follow the name of a kind without changing what it is, or stand beside it.
_TAIL = re.compile(
    r"(?:查询|打印|结果|证明|明细|清单|凭证|记录|单据|报表|单|表|书|页|版|信息|一览|专用|电子|客户|存根|副本|正本|样张|样本"
    r"|复印件|[一-鿿]{0,3}联|[A-Za-z&'.,/ -]|[-—_*#=·.…☆★]|\d{4}年度?|\d{1,2}月份?|\d+)*"
)
_JOINED = re.compile(r"(?:及|和|与|暨|[/、]).{2,12}(?:表|单|书)")
_BRACKETS = re.compile(r"[(\[【<《〈][^()\[\]【】<>《》〈〉]*[)\]】>》〉]")
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|[(][一二三四五六七八九十\d]+[)]|\d+(?:\.\d+)+|\d+[、.](?!\d)|第[一二三四五六七八九十\d]+[条章节款]|注\d*[:：]|[①-⑳])"
)
_SENTENCE = re.compile(r"[。，；;!?！？]|,(?![A-Za-z\d])")
_CODE = re.compile(r"^会[企小][^:]{0,8}表")
# Words before the name of a kind that make it a mention, once names of institutions are taken away.
_MENTION = re.compile(
    r"^附[^属加]|[的是为请将已据凭见按被由对于以依上述应该并或]|开具|备注|摘要|用途|项目|关于|签订|提供|上传|提交|编制|附件|根据|本(?![年期季月])|参照|详见|如下|号码|编号|名称|类型|种类"
)
_INSTITUTION = re.compile(
    r"^.*(?:公司|银行|信用社|合作社|联社|支行|分行|营业部|厂|中心|税务局|管理局|总局|财政部|人民政府|事务所|商行|[^全本]店|集团|协会|学校|医院)"
)
_NOUN = re.compile(
    r"(?:书|证|表|单|函|据|票|合同|协议|报告|证明|凭证|凭条|通知|名册|名单|章程|决议|说明|声明|承诺|简历|菜单|图|执照|许可|账|册|卡|公告"
    r"|规定|制度|办法|纪要|记录|方案|计划|批复|回执|存根|明细|汇总|附注|目录|总结|指南|须知|清单|流水|账单|信)$"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A line that names a kind: a known type, another kind by name, or words that end like a title
    and name neither.
    """

    text: str
    line: TextLine | None
    known: DocumentType | None = None
    other: OtherKind | None = None

    @property
    def is_listed(self) -> bool:
        """Whether the title names a kind that is declared or listed."""
        return self.known is not None or self.other is not None


def named(text: str) -> Title | None:
    """The title that a piece of text is, or None where it names no declared or listed kind."""
    if _HEADING.match(text) or _width(text) > LONGEST_TITLE:
        return None
    cut = re.sub(r"[:：].*", "", text) if _label_follows(text) else text
    behind, text = text[len(cut) + 1 :], cut
    if _SENTENCE.search(_BRACKETS.sub("", text)) or re.search(r"[:：]", text):
        return None
    best, longest = None, 0
    for form in dict.fromkeys((text, _BRACKETS.sub("", text))):
        for title, length in (*_known(form), *_others(form)):
            if length > longest and not _is_declared(title, best):
                best, longest = title, length
    is_note = best is not None and best.other is not None and best.other.id == NOTE
    return None if is_note and len(behind) > _SAID_AT_ONCE else best


def _is_declared(title: Title, best: Title | None) -> bool:
    """Whether a kind known by name alone is the declared type that the title named already."""
    named_type = best.known if best else None
    return named_type is not None and title.other is not None and title.other.id == named_type.id


def _width(text: str) -> float:
    """Length of a text in Chinese characters; a Latin letter is about half as wide."""
    return sum(0.5 if ch.isascii() else 1.0 for ch in text)


def _label_follows(text: str) -> bool:
    """Whether the colon of a line belongs to what follows the title, as in 利润表编制单位:X, and
    not to a label before it.
    """
    before = re.split(r"[:：]", text)[0]
    return before != text and not _MENTION.search(_INSTITUTION.sub("", before)[:4])


def _known(form: str) -> Iterator[tuple[Title, int]]:
    for kind in document_types().values():
        for match in kind.recognise.titles.finditer(form):
            tail = form[match.end() :]
            ends = kind.recognise.ends
            follows = _may_follow(tail) or bool(ends and ends.fullmatch(tail))
            if follows and _may_precede(form[: match.start()]):
                yield Title(form, None, known=kind), len(form) - match.start()


def _others(form: str) -> Iterator[tuple[Title, int]]:
    core = _undecorated(form)
    for kind in OTHER_KINDS:
        match = kind.titles.search(core)
        if match and _may_precede(core[: match.start()]):
            yield Title(form, None, other=kind), len(match[0])


def _may_follow(tail: str) -> bool:
    labels = re.match(
        r"(?:编制单位|单位|编号|日期|开票日期|发票号码|打印.*|N[oO].*|金额单位|币种).*", tail
    )
    return bool(labels or _TAIL.fullmatch(tail) or _JOINED.fullmatch(tail))


def _may_precede(head: str) -> bool:
    rest = _INSTITUTION.sub("", head)
    return len(rest) <= LONGEST_PREFIX and not _MENTION.search(rest)


def _undecorated(form: str) -> str:
    """A title without the marks, dates and Latin words around it."""
    form = re.sub(r"(?:编号|日期|N[oO]\.?|打印).*$", "", form)
    # Possessive: a line of eighty dashes would otherwise be tried in every way of parting it.
    form = re.sub(
        r"(?:[A-Za-z&'.,/ -]{3,}+|[-—_*#=·.…☆★]++|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|第.联.*|[正副]本|样张|样本|复印件)+$",
        "",
        form,
    )
    return re.sub(r"^[-—_*#=·.…☆★]+", "", form) or form


def pieces_of(line: TextLine) -> Iterator[str]:
    """The parts of a line that may be a title: each part that stands apart, and its first and last
    word.
    """
    segments = line.text.split("\t")
    if len(segments) > MOST_SEGMENTS or len(line.words) > MOST_WORDS:
        return
    for index, segment in enumerate(segments):
        before = squeeze("".join(segments[:index]))
        if before and (_MENTION.search(before) and len(before) <= 8):
            continue  # a label stands before it: a remark's or a field's value
        whole = squeeze(segment)
        if whole:
            yield whole
        yield from _words(segment)


def _words(segment: str) -> Iterator[str]:
    """The first word of a segment, and the last one where names of institutions stand before it."""
    words = [w for w in segment.split(" ") if w]
    if len(words) < 2 or len(words[0]) < 2:
        return
    if len(words[0]) >= 3 and not re.search(r"[:：]", words[0]):
        yield words[0]
    before = "".join(words[:-1])
    if len(words[-1]) >= 3 and not _INSTITUTION.sub("", before):
        yield words[-1]


def titles_of(lines: Sequence[TextLine], is_sheet: bool = False) -> list[Title]:
    """Titles of declared or listed kinds among lines, from the top.

    On a sheet a title has its row to itself, or nearly so.
    """
    found = []
    for line in lines:
        if is_sheet and len(line.words) > MOST_SEGMENTS:
            continue
        title = next(filter(None, map(named, pieces_of(line))), None)
        if title is not None and (len(title.text) >= SHORTEST or "\t" not in line.text):
            found.append(Title(title.text, line, title.known, title.other))
    return found


def generic_title(lines: Sequence[TextLine], width: float) -> Title | None:
    """A line among the first ones that stands alone, ends like the name of a document, and is set
    as a title.
    """
    heights = sorted(line.bottom - line.top for line in lines)
    usual = heights[len(heights) // 2] if heights else 0.0
    for line in lines[:GENERIC_LINES]:
        text = squeeze(line.text)
        core = _undecorated(_BRACKETS.sub("", text))
        alone = "\t" not in line.text and not re.search(r"[:：]", text)
        if not alone or not 2 <= len(core) <= LONGEST_TITLE // 2 or _CODE.match(core):
            continue
        middle = (line.words[0].x0 + line.words[-1].x1) / 2
        centred = abs(middle - width / 2) < 0.12 * width and line.words[0].x0 > 0.15 * width
        large = line.bottom - line.top > 1.15 * usual
        if (
            (centred or large)
            and _NOUN.search(core)
            and not _HEADING.match(text)
            and not _SENTENCE.search(core)
        ):
            return Title(core, line)
    return None

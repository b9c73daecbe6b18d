"""What a file's electronic signatures say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from verify.case_file import RuleView
from verify.forensics.signal_phrases import in_chinese
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule

_FOUND: Mapping[str, tuple[Severity, BilingualText]] = {
    "broken": (
        Severity.HIGH,
        BilingualText("签名与其覆盖的内容不符", "the signature does not fit what it covers"),
    ),
    "hollow": (
        Severity.HIGH,
        BilingualText(
            "签名域仍在，签名值或签名范围已被去掉",
            "the signature's field is there, its value or byte range was taken out",
        ),
    ),
    "unreadable_after": (
        Severity.HIGH,
        BilingualText(
            "签名之后追加的内容无法解析，签名当时的版本可以读出",
            "what was appended after signing cannot be read; the signed revision can",
        ),
    ),
    "unlisted_after": (
        Severity.MEDIUM,
        BilingualText(
            "签名之后追加了任何对照表都没有列出的对象，部分阅读器会显示它们",
            "objects were appended after signing that no table lists; some viewers show them",
        ),
    ),
    "unfit": (
        Severity.MEDIUM,
        BilingualText(
            "签名值与证书公钥不符，无法验证，不能证明内容未改",
            "the signature value does not fit the signer's key: nothing is proved by it",
        ),
    ),
    "no_value": (
        Severity.MEDIUM,
        BilingualText(
            "签名域内的数据不是可读的签名，原有签名可能已被替换",
            "the field holds data that are no readable signature",
        ),
    ),
    "empty": (
        Severity.MEDIUM,
        BilingualText(
            "签名位置已备好，签名值为空：未签署，或签名值被清空",
            "a place for a signature is blank: never signed, or its value was wiped",
        ),
    ),
    "cut_short": (
        Severity.MEDIUM,
        BilingualText(
            "签名所覆盖的部分内容已不在文件中，文件尾部被截断",
            "the end of what was signed is no longer in the file",
        ),
    ),
    "lost_line_end": (
        Severity.LOW,
        BilingualText(
            "文件末尾的换行符丢失，补上后签名成立，内容未变",
            (
                "the file lost the line end at its end; with it the signature holds, "
                "nothing else changed"
            ),
        ),
    ),
    "unread": (
        Severity.LOW,
        BilingualText(
            "文件含有签名数据，但文件结构无法解析",
            "the file holds a signature and its structure cannot be read",
        ),
    ),
    "changed_pages": (
        Severity.HIGH,
        BilingualText("现在的页面内容与签名时不同", "the pages are not as they were when signed"),
    ),
    "forbidden_change": (
        Severity.HIGH,
        BilingualText(
            "签名之后做了签名人不允许的改动",
            "changed after signing in a way that the signer did not allow",
        ),
    ),
    "partial": (
        Severity.HIGH,
        BilingualText("签名没有覆盖整个文件", "the signature does not cover the whole file"),
    ),
    "removed": (
        Severity.HIGH,
        BilingualText(
            "较早版本（或签名列表）带有签名，现在的文件里没有",
            "an earlier revision or the list of signatures names a signature that the file lacks",
        ),
    ),
    "rewritten": (
        Severity.MEDIUM,
        BilingualText(
            "签名后文件被另存，签名不再对应",
            "the file was saved anew after signing, and the signature no longer fits it",
        ),
    ),
    "changed_other": (
        Severity.MEDIUM,
        BilingualText("签名之后文件结构被改动", "the file's structure was changed after signing"),
    ),
    "form_changed": (
        Severity.MEDIUM,
        BilingualText("签名之后表单内容被改动", "form fields were changed after signing"),
    ),
    "drawn_over": (
        Severity.MEDIUM,
        BilingualText(
            "签名之后页面上添加了遮盖性批注", "notes that cover the page were added after signing"
        ),
    ),
    "noted": (
        Severity.LOW,
        BilingualText(
            "签名之后在页面空白处添加了文字、图章或线条类批注，未遮盖已签内容",
            "text, stamps or lines were added as notes after signing; they cover nothing signed",
        ),
    ),
    "orphaned": (
        Severity.MEDIUM,
        BilingualText(
            "文件中有签名数据，但没有签名域使用它", "the file holds a signature that no field uses"
        ),
    ),
    "evidence_left": (
        Severity.MEDIUM,
        BilingualText(
            "留有签名的验证资料，签名本身不见了",
            "validation data of a signature is left, the signature is gone",
        ),
    ),
    "replaced": (Severity.LOW, BilingualText("同一签名域被重新签过", "a field was signed anew")),
    "flag_left": (
        Severity.LOW,
        BilingualText(
            "文件标明含有签名，却没有签名域",
            "the file says that it is signed and has no such field",
        ),
    ),
    "uncovered": (
        Severity.INFO,
        BilingualText("有页面或版式未列入签名范围", "a page or template is in no signature"),
    ),
}
# States in which what was signed still stands as it was.
_GOOD = ("intact", "extended", "annotated", "added")


@rule(
    id="FOR11",
    title="Signatures hold and cover the file",
    title_zh="电子签名有效且覆盖全文",
    severity="high",
    group="signature",
    reads=(),
    needs=(),
    zh=Page(
        why=(
            "电子签名能证明被签的内容此后没有动过。签名不成立、只覆盖一部分、签后改页、或者签名被去掉，说明现在看到的不是当时签署的。签名有效只证明持证人签过，"
            "签发机构是否可信须另看信任列表。"
        ),
        example="对账单签名后又增量保存，第 3 页内容被替换。",
        innocent="签后正常批注、填表、加盖第二个签名（不提示）；用不支持签名的软件另存（为中）；打印成新文件。",
        ask="签名之后谁对文件做过处理？",
        paper="带完整签名的原件，由出具机构重新下载",
    ),
    en=Page(
        why=(
            "A signature proves that what was signed was not touched since. One that "
            "fails, covers a part, was followed by changed pages, or was taken out means "
            "that what is shown is not what was signed. One that holds proves that its "
            "holder signed; whether the issuer deserves trust is another matter."
        ),
        example="A statement was signed and then saved in an increment that replaced page 3.",
        innocent=(
            "Notes, form filling or a second signature after signing (silent); saved anew "
            "by a program that knows no signatures (medium); printed to a new file."
        ),
        ask="Who handled the file after it was signed?",
        paper="The original with its signature whole, downloaded again",
    ),
)
def signatures(case: RuleView) -> Iterator[Result]:
    looked, seen = False, set[tuple[str, str, str]]()
    for document in case.all_papers():
        told = {
            (document.sha256, each.kind, each.detail): each
            for each in document.signals
            if each.kind.startswith("signature_")
        }
        for key, signal in told.items():
            if key in seen:
                continue  # another paper of the same file
            seen.add(key)
            kind = signal.kind.removeprefix("signature_")
            looked = True
            if kind in _FOUND:
                severity, say = _FOUND[kind]
                place = case.at_signal(document, signal, signal.detail[:160])
                yield Hit(
                    say=BilingualText(
                        f"{say.zh}（{in_chinese(signal.detail)}）", f"{say.en} ({signal.detail})"
                    ),
                    evidence=(place,),
                    confidence=0.95,
                    severity=severity,
                )
            elif kind in _GOOD and "trusted yes" in signal.detail:
                yield Clear(
                    BilingualText(
                        "签名成立，签发机构在信任列表中",
                        "the signature holds and its issuer is on the trust list",
                    )
                )
            elif kind in _GOOD:
                zh = "签名与内容相符；未设信任列表或签发机构不在其中，签名人身份未核实"
                yield NotChecked(
                    BilingualText(
                        zh,
                        (
                            "the signature fits the content; who signed was not verified "
                            "against a trust list"
                        ),
                    )
                )
            elif kind == "unknown_algorithm":
                yield NotChecked(
                    BilingualText(
                        f"签名算法未知，无法验证（{in_chinese(signal.detail)}）",
                        f"the signature's algorithm is unknown here ({signal.detail})",
                    )
                )
            else:
                yield NotChecked(BilingualText("签名无法验证", "a signature could not be checked"))
    if not looked:
        yield NotApplicable(BilingualText("文件没有电子签名", "no file is signed"))

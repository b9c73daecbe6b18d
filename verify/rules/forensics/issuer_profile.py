"""How this bank's other files are made, learned from the applications at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extractors.documents.bank_statement import BANK, BANK_STATEMENT
from extractors.values.party_name import folded_name
from verify.case_file import RuleView
from verify.forensics.producer import tool_of
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="FOR17",
    title="A statement is made as its bank's others are",
    title_zh="对账单的生成方式与该行其他文件相符",
    severity="low",
    group="making",
    reads=(BANK_STATEMENT,),
    needs=("bank_statement",),
    cross=True,
    zh=Page(
        why="同一家银行的电子对账单由同样的系统生成。与手头该行其他对账单都不同的，值得看一眼来源。特征从已收到的材料中学得，只作提示，不单独成立。",
        example="该行其他 12 份对账单由 iText 生成，这一份由另一程序生成。",
        innocent="银行升级了系统；从手机银行或不同渠道导出；经打印成 PDF。",
        ask="该对账单从哪个渠道导出？",
        paper="现场登录网银重新导出的对账单",
    ),
    en=Page(
        why=(
            "Statements of one bank come from the same systems. One unlike all others of "
            "that bank at hand is worth a look. The profile is learned from papers "
            "received; it hints and never stands alone."
        ),
        example=(
            "Twelve other statements of the bank were written by iText, this one by "
            "another program."
        ),
        innocent=(
            "The bank has a new system; exported by telephone or another channel; printed to PDF."
        ),
        ask="By which channel was the statement exported?",
        paper="The statement, exported again together",
    ),
)
def issuer_profile(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.papers(BANK_STATEMENT):
        bank, tool = case.get(BANK, document), tool_of(document)
        if bank is None or not tool or document.kind != "pdf":
            continue
        looked = True
        others = {
            fact.applicant: fact.text
            for fact in case.context.others("issuer", folded_name(bank.value), case.packet_id)
        }
        if len(others) < case.limit("least_others"):
            yield NotChecked(
                BilingualText(
                    "该行的其他对账单还太少", "too few other statements of this bank are known"
                )
            )
            continue
        usual, count = Counter(others.values()).most_common(1)[0]
        if tool in others.values() or count < case.limit("share") * len(others):
            yield Clear(BilingualText("与该行其他对账单相符", "as other statements of this bank"))
            continue
        say = BilingualText(
            f"该行其他 {count} 份对账单由 {usual} 生成，本份由 {tool} 生成",
            f"{count} other statements of this bank were written by {usual}, this one by {tool}",
        )
        yield Hit(
            say=say,
            evidence=(case.at_file(document),),
            expected=usual,
            observed=tool,
            confidence=0.6,
            severity=Severity.LOW,
        )
    if not looked:
        yield NotApplicable(
            BilingualText("对账单没有生成工具信息", "no statement says what made it")
        )

"""The old value, found in the file itself, makes the paper's sums hold again."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.model import Document, Signal
from extractors.values.money import yuan
from verify.case_file import RuleView
from verify.changed_text import change_of, repairs
from verify.model import BilingualText
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule


@rule(
    id="FOR02",
    title="The old value does not repair the sums",
    title_zh="旧值与勾稽相互印证",
    severity="high",
    group="changed_text",
    reads=(),
    needs=(),
    proof=True,
    zh=Page(
        why="文件里留有旧的数字，现在的数字使勾稽断裂，而换回旧的数字后全部勾稽恢复：三者指向同一处，几乎没有别的解释。",
        example="该笔收入现为 98,500.00，余额断裂；历史版本为 9,850.00，换回后逐笔余额全部连续。",
        innocent="出具机构先印错、后更正，而更正版才是错的（极少见，向出具机构核实即可）。",
        ask="请出具机构确认该处的正确数字。",
        paper="由出具机构重新出具的原件，或网银现场查看",
    ),
    en=Page(
        why=(
            "The file still holds the old figure, the new one breaks the sums, and with "
            "the old one back every sum holds: three signs point at one place, and hardly "
            "anything else explains them."
        ),
        example=(
            "A receipt reads 98,500.00 and the balances break; an earlier revision says "
            "9,850.00, and with it every balance runs on."
        ),
        innocent=(
            "The issuer printed it right and corrected it wrongly (very rare; the issuer can tell)."
        ),
        ask="Please have the issuer confirm the figure.",
        paper="The original, issued again, or the account looked at online together",
    ),
)
def old_value_fits(case: RuleView) -> Iterator[Result]:
    looked = False
    for document in case.all_papers():
        told = [
            each
            for each in document.signals
            if each.kind in ("revised_text", "covered_text") and change_of(each).amounts
        ]
        for signal in {(each.detail, each.page): each for each in told}.values():
            looked = True
            if repairs(document, change_of(signal)):
                yield _hit(case, document, signal)
            else:
                yield Clear(
                    BilingualText("旧值没有使断裂的勾稽恢复", "the old value repairs no broken sum")
                )
    if not looked:
        yield NotApplicable(
            BilingualText("文件中没有可与勾稽对照的旧金额", "no old amount to set against the sums")
        )


def _hit(case: RuleView, document: Document, signal: Signal) -> Hit:
    change = change_of(signal)
    assert change.amounts is not None
    old, new = change.amounts
    say = BilingualText(
        f"第 {change.page} 页的 {yuan(new)} 使勾稽断裂；文件中留有的旧值 {yuan(old)} 换回后，全部勾稽恢复",
        (
            f"{yuan(new)} on page {change.page} breaks the sums; with the old value "
            f"{yuan(old)}, still in the file, all of them hold"
        ),
    )
    place = case.at_signal(document, signal, f"{change.old} → {change.new}")
    return Hit(
        say=say,
        evidence=(place,),
        expected=f"{old:.2f}",
        observed=f"{new:.2f}",
        difference=f"{new - old:.2f}",
        confidence=0.98,
    )

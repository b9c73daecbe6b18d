"""The resolution behind a guarantee holds: who may vote, who signed, and what they hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from extractors.documents import guarantee_contract, resolution, shareholder_register
from extractors.model import Document
from extractors.values.money import yuan
from extractors.values.party_name import folded_name, same_party
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="GUA17",
    title="The resolution behind the guarantee holds",
    title_zh="担保决议有效",
    severity="high",
    group="resolution",
    since="0.2",
    reads=(
        resolution.RESOLUTION,
        shareholder_register.SHAREHOLDER_REGISTER,
        guarantee_contract.GUARANTEE_CONTRACT,
    ),
    needs=("resolution",),
    cross=True,
    zh=Page(
        why=(
            "公司为股东或实际控制人担保，须经股东会决议，被担保的股东不得参加表决，由出席的其他股东所持表决权过半数通过（公司法第十五条）。签字人不是股东、"
            "所持比例不过半、被担保股东自己投票的决议，担保可能无效。"
        ),
        example="公司为持股 70% 的股东担保，决议只有该股东一人签字。",
        innocent="名册为变更前的版本；章程另有约定；签字人为股东的受托人（须有授权书）；一人公司的股东决定。",
        ask="谁有权表决？签字人与股东名册为何不一致？",
        paper="公司章程、最新股东名册、股东授权委托书、重新签署的决议",
    ),
    en=Page(
        why=(
            "A guarantee for a shareholder or controller needs a resolution of the "
            "shareholders' meeting, in which the shareholder guaranteed does not vote and "
            "the others present decide by majority (Company Law, article 15). Where "
            "signatories are no shareholders, hold no majority, or the shareholder "
            "guaranteed votes, the guarantee may be void."
        ),
        example=(
            "A company guarantees for its shareholder of 70 %; the resolution bears that "
            "shareholder's signature alone."
        ),
        innocent=(
            "The register is from before a transfer; the articles provide otherwise; a "
            "signatory acts by proxy (the authority is needed); the decision of a sole "
            "shareholder."
        ),
        ask="Who may vote? Why do the signatories differ from the register?",
        paper=(
            "The articles, the latest register of shareholders, proxies, the resolution signed anew"
        ),
    ),
)
def resolution_holds(case: RuleView) -> Iterator[Result]:
    papers = [p for p in case.papers(resolution.RESOLUTION) if _is_about_guarantee(case, p)]
    for paper in papers:
        yield from _judged(case, paper)
    if not papers:
        yield NotApplicable(
            BilingualText(
                "没有申请人或保证人的决议", "no resolution of the applicant or a guarantor"
            )
        )


@dataclass(frozen=True, slots=True)
class _Fault:
    """Why a resolution may not hold."""

    text: BilingualText
    severity: Severity


def _is_about_guarantee(case: RuleView, paper: Document) -> bool:
    """Whether the company that resolves gives a guarantee here, or is the applicant."""
    company = case.get(resolution.COMPANY, paper)
    if company is None:
        return True  # its own papers tell no name: asked about rather than passed over
    guarantors = [
        party.value
        for contract in case.papers(guarantee_contract.GUARANTEE_CONTRACT)
        for party in contract.parties.get("guarantor", ())
    ]
    return case.applicant.is_named(company.value) or any(
        same_party(company.value, name) for name in guarantors
    )


def _judged(case: RuleView, paper: Document) -> Iterator[Result]:
    company = case.get(resolution.COMPANY, paper)
    register = _register(case, company.value if company else "")
    if register is None:
        yield NotChecked(
            BilingualText(
                "没有该公司的股东名册，无法核对表决权",
                "no register of that company's shareholders to count votes by",
            )
        )
        return
    shares = {folded_name(s.name): s.share for s in register.shareholders if s.share is not None}
    signed = [_holder(f.value, shares) for f in paper.parties.get("signatory", ())]
    faults = [*_by_votes(case, paper, shares, signed), *_by_amount(case, paper)]
    for fault in faults:
        yield _hit(case, paper, register, fault)
    if not faults:
        yield Clear(
            BilingualText(
                "决议签字股东所持表决权过半数", "signatories hold a majority of the votes"
            )
        )


def _holder(name: str, shares: Mapping[str, Decimal]) -> str:
    """The shareholder that a signature means: by name, or one character off, as signatures are read."""
    plain = folded_name(name)
    if plain in shares:
        return plain
    for holder in shares:
        alike = sum(a == b for a, b in zip(plain, holder, strict=False))
        if len(holder) == len(plain) > 1 and alike == len(plain) - 1:
            return holder
    return plain


def _register(case: RuleView, company: str) -> Document | None:
    for register in case.papers(shareholder_register.SHAREHOLDER_REGISTER):
        name = case.get(shareholder_register.COMPANY, register)
        whole = all(s.share is not None for s in register.shareholders)
        if name and company and same_party(name.value, company) and whole:
            return register
    return None


def _by_votes(
    case: RuleView, paper: Document, shares: Mapping[str, Decimal], signed: list[str]
) -> Iterator[_Fault]:
    """Who signed, by what they hold and whether they may vote."""
    for_whom = case.get(resolution.BENEFICIARY, paper)
    body = case.get(resolution.BODY, paper)
    interested = folded_name(for_whom.value) if for_whom else ""
    is_holder = interested in shares
    board = body is not None and body.value == "董事会"
    if board:
        if is_holder:
            yield _Fault(
                BilingualText(
                    "为股东担保应由股东会决议，本决议由董事会作出",
                    (
                        "a guarantee for a shareholder needs the shareholders' meeting, "
                        "this is the board's"
                    ),
                ),
                Severity.HIGH,
            )
        return
    strangers = [name for name in signed if name not in shares]
    if strangers:
        names = "、".join(strangers[:3])
        yield _Fault(
            BilingualText(
                f"签字人“{names}”不在股东名册上", f"{names} signed and is not in the register"
            ),
            Severity.HIGH if len(strangers) == len(signed) else Severity.MEDIUM,
        )
    yield from _majority(shares, set(signed), interested if is_holder else "")


def _majority(shares: Mapping[str, Decimal], signed: set[str], interested: str) -> Iterator[_Fault]:
    """Whether those who may vote and signed hold more than half of the votes that count."""
    may_vote = {name: share for name, share in shares.items() if name != interested}
    votes = sum((s for name, s in may_vote.items() if name in signed), Decimal(0))
    needed = sum(may_vote.values(), Decimal(0)) / 2
    if not signed & set(shares):
        return
    if interested in signed and interested:
        decided = votes > needed
        yield _Fault(
            BilingualText(
                f"被担保股东“{interested}”自己参加表决"
                + ("" if decided else "，其他股东的表决权未过半数"),
                f"the shareholder guaranteed, {interested}, votes for itself"
                + ("" if decided else ", and the others hold no majority"),
            ),
            Severity.MEDIUM if decided else Severity.HIGH,
        )
    elif votes <= needed:
        yield _Fault(
            BilingualText(
                f"签字股东所持表决权 {votes:.0f}%，未过半数",
                f"signatories hold {votes:.0f} % of the votes, no majority",
            ),
            Severity.HIGH,
        )


def _by_amount(case: RuleView, paper: Document) -> Iterator[_Fault]:
    """The contract guarantees more than the company resolved."""
    allowed = case.get(resolution.AMOUNT, paper)
    company = case.get(resolution.COMPANY, paper)
    for contract in case.papers(guarantee_contract.GUARANTEE_CONTRACT):
        parties = [p.value for p in contract.parties.get("guarantor", ())]
        amount = case.get(guarantee_contract.AMOUNT, contract)
        own = company is not None and any(same_party(company.value, p) for p in parties)
        if not (own and allowed and amount):
            continue
        if amount.value > allowed.value * (1 + case.limit("share")):
            yield _Fault(
                BilingualText(
                    f"决议同意担保 {yuan(allowed.value)}，合同担保 {yuan(amount.value)}",
                    (
                        f"{yuan(allowed.value)} resolved, {yuan(amount.value)} guaranteed "
                        "by the contract"
                    ),
                ),
                Severity.MEDIUM,
            )


def _hit(case: RuleView, paper: Document, register: Document, fault: _Fault) -> Hit:
    named = case.get(resolution.SIGNATORIES, paper)
    place = case.at_field(paper, named.field) if named else case.at_file(paper)
    return Hit(
        say=fault.text,
        evidence=(place,),
        against=tuple(case.at_shareholder(register, s) for s in register.shareholders[:4]),
        confidence=0.85,
        severity=fault.severity,
    )

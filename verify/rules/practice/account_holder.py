"""One account number has one holder."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.bank_slip import (
    BANK_SLIP,
    PAYEE_ACCOUNT,
    PAYEE_NAME,
    PAYER_ACCOUNT,
    PAYER_NAME,
)
from extractors.documents.bank_statement import ACCOUNT_NAME, ACCOUNT_NUMBER, BANK_STATEMENT
from extractors.documents.declare import FieldSpec
from extractors.model import Document
from extractors.values.party_name import near_party, same_party
from verify.case_file import RuleView
from verify.doubt.parts import Part
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_PAIRS: tuple[tuple[FieldSpec[str], FieldSpec[str]], ...] = (
    (PAYER_ACCOUNT, PAYER_NAME),
    (PAYEE_ACCOUNT, PAYEE_NAME),
)


@rule(
    id="PRA03",
    title="An account has one holder",
    title_zh="同一账号户名唯一",
    severity="high",
    group="account_holder",
    reads=(ACCOUNT_NUMBER, ACCOUNT_NAME, PAYER_ACCOUNT, PAYER_NAME, PAYEE_ACCOUNT, PAYEE_NAME),
    needs=(),
    cross=True,
    stands_on=(Part.HOLDER, Part.ACCOUNT),
    zh=Page(
        why="一个账号只属于一个户名；对账单、回单或另一笔申请中同一账号换了户名，说明材料经过改名。",
        example="对账单账号 5087…083 户名为甲公司，另一申请中为乙公司。",
        innocent="企业更名；户名打印时截断。",
        ask="该账号的户名为何前后不同？",
        paper="开户许可证、更名通知书",
    ),
    en=Page(
        why=(
            "An account belongs to one holder; the same number under another name in a "
            "slip, statement or other application speaks of a changed name."
        ),
        example="Account 5087…083 is A's here and B's in another application.",
        innocent="A change of name; a name cut off in print.",
        ask="Why does the account's holder differ?",
        paper="The account opening permit, the notice of the change of name",
    ),
)
def account_holder(case: RuleView) -> Iterator[Result]:
    found: dict[str, list[tuple[str, Evidence]]] = {}
    for statement in case.papers(BANK_STATEMENT):
        _note(case, statement, ACCOUNT_NUMBER, ACCOUNT_NAME, found)
    for slip in case.papers(BANK_SLIP):
        for account, name in _PAIRS:
            _note(case, slip, account, name, found)
    for number in list(found):
        for fact in case.context.others("account", number, case.packet_id):
            found[number].append((fact.text, fact.evidence))
    looked = False
    for number, holders in sorted(found.items()):
        first = holders[0]
        other = next(
            (holder for holder in holders[1:] if not _one_firm(case, holder[0], first[0])), None
        )
        looked = looked or len(holders) > 1
        if other:
            near = near_party(other[0], first[0]) or other[0] in first[0] or first[0] in other[0]
            say = BilingualText(
                f"账号 {number} 的户名有“{first[0]}”和“{other[0]}”",
                f"account {number} is held by “{first[0]}” and by “{other[0]}”",
            )
            yield Hit(
                say=say,
                evidence=(first[1], other[1]),
                expected=first[0],
                observed=other[0],
                confidence=0.9,
                severity=Severity.LOW if near else Severity.HIGH,
            )
        elif len(holders) > 1:
            yield Clear(BilingualText("同一账号户名一致", "holders agree"))
    if not looked:
        yield NotApplicable(BilingualText("没有重复出现的账号", "no account appears twice"))


def _one_firm(case: RuleView, one: str, other: str) -> bool:
    """Whether two names are one, or both the applicant's, one of them from before a change that its
    papers tell.
    """
    return same_party(one, other) or (
        case.applicant.is_named(one) and case.applicant.is_named(other)
    )


def _note(
    case: RuleView,
    document: Document,
    account: FieldSpec[str],
    name: FieldSpec[str],
    found: dict[str, list[tuple[str, Evidence]]],
) -> None:
    number, holder = case.get(account, document), case.get(name, document)
    if number and holder and "*" not in number.value:
        found.setdefault(number.value, []).append(
            (holder.value, case.at_field(document, holder.field))
        )

"""One firm has one credit code, and one code one firm, over all papers and applications."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.documents.declare import FieldSpec
from extractors.documents.invoice import (
    BUYER_NAME,
    BUYER_TAX_ID,
    INVOICE,
    SELLER_NAME,
    SELLER_TAX_ID,
)
from extractors.values.party_name import folded_name, near_party, same_party
from verify.case_file import RuleView
from verify.model import BilingualText, Evidence, Severity
from verify.rule import Clear, Hit, NotApplicable, Page, Result, rule

_SIDES: tuple[tuple[FieldSpec[str], FieldSpec[str]], ...] = (
    (SELLER_NAME, SELLER_TAX_ID),
    (BUYER_NAME, BUYER_TAX_ID),
)
_Found = tuple[str, str, Evidence]


@rule(
    id="IDE12",
    title="One trading partner, one tax number",
    title_zh="交易对手名称与税号一一对应",
    severity="medium",
    group="identity",
    reads=(INVOICE,),
    cross=True,
    zh=Page(
        why="一家企业只有一个税号，一个税号只属于一家企业；编造或改名的发票常常张冠李戴。",
        example="同一购买方“宁波众合纺织有限公司”在两张发票上税号不同。",
        innocent="企业更名或迁址换码；三证合一前的旧税号；识别错误（置信度低时不提示）。",
        ask="请核实该交易对手的名称与税号。",
        paper="对方营业执照或登记信息查询结果",
    ),
    en=Page(
        why=(
            "A firm has one tax number and a number one firm; invented or renamed invoices "
            "mix them up."
        ),
        example="One buyer bears two tax numbers on two invoices.",
        innocent=(
            "A change of name or seat; numbers from before 2015; a misreading (silent "
            "where the reading is doubtful)."
        ),
        ask="Please verify name and tax number of this partner.",
        paper="Its licence or the register's answer",
    ),
)
def party_codes(case: RuleView) -> Iterator[Result]:
    found = [*_own(case), *_elsewhere(case)]
    by_name: dict[str, list[_Found]] = {}
    by_code: dict[str, list[_Found]] = {}
    for name, code, evidence in found:
        by_name.setdefault(folded_name(name), []).append((name, code, evidence))
        by_code.setdefault(code, []).append((name, code, evidence))
    hits = [*_two_codes(case, by_name), *_two_names(case, by_code)]
    yield from hits
    if not hits and any(len(x) > 1 for x in by_name.values()):
        yield Clear(BilingualText("名称与税号一一对应", "names and tax numbers agree"))
    elif not hits:
        yield NotApplicable(BilingualText("没有重复出现的交易对手", "no partner appears twice"))


def _own(case: RuleView) -> Iterator[_Found]:
    floor = float(case.shared("trust_floor"))
    for document in case.papers(INVOICE):
        for name_spec, code_spec in _SIDES:
            name, code = case.get(name_spec, document), case.get(code_spec, document)
            sure = name and code and min(name.field.confidence, code.field.confidence) >= floor
            if (
                name
                and code
                and sure
                and len(code.value) == 18
                and not case.applicant.is_named(name.value)
            ):
                yield name.value, code.value, case.at_field(document, code.field)


def _elsewhere(case: RuleView) -> Iterator[_Found]:
    """The same partners as other applications write them, each application once."""
    for name in dict.fromkeys(name for name, _, _ in _own(case)):
        seen: set[str] = set()
        for fact in case.context.others("party", folded_name(name), case.packet_id):
            if fact.packet not in seen:
                seen.add(fact.packet)
                yield name, fact.text, fact.evidence


def _two_codes(case: RuleView, by_name: dict[str, list[_Found]]) -> Iterator[Result]:
    for same in by_name.values():
        usual = max({c for _, c, _ in same}, key=lambda c: (sum(c == x for _, x, _ in same), c))
        odd = [x for x in same if x[1] != usual]
        own = [x for x in odd if x[2].packet == case.packet_id]
        if not odd or (not own and len(odd) * 2 < len(same)):
            continue  # it is another application that differs from the rest
        odd = own or odd
        name, code, _ = odd[0]
        backing = next(x for x in same if x[1] == usual)
        say = BilingualText(
            f"“{name}”的税号有 {code} 和 {usual}",
            f"“{name}” bears the tax numbers {code} and {usual}",
        )
        places = tuple(x[2] for x in odd[:3])
        even = len(odd) * 2 == len(same)
        yield Hit(
            say=say,
            evidence=(*places, backing[2]) if even else places,
            against=() if even else (backing[2],),
            expected=usual,
            observed=code,
            confidence=0.85,
        )


def _two_names(case: RuleView, by_code: dict[str, list[_Found]]) -> Iterator[Result]:
    for code, same in by_code.items():
        first = same[0]
        other = next((x for x in same if not same_party(x[0], first[0])), None)
        if other:
            near = near_party(other[0], first[0])
            say = BilingualText(
                f"税号 {code} 对应“{first[0]}”和“{other[0]}”",
                f"tax number {code} belongs to “{first[0]}” and “{other[0]}”",
            )
            severity = Severity.LOW if near else Severity.MEDIUM
            yield Hit(
                say=say,
                evidence=(first[2], other[2]),
                expected=first[0],
                observed=other[0],
                confidence=0.85,
                severity=severity,
            )

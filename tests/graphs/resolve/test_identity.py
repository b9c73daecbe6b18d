"""Codes identify parties before names; homonyms stay apart and are shown; every merge is explained
and taken back.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.merge import merged
from graphs.model import PartyGraph
from graphs.registers.foreign import read_foreign
from graphs.resolve.near_names import near_names
from graphs.resolve.party_kind import party_kind
from graphs.resolve.same_party import Mention, Told, resolve

ONE, OTHER = "91510107MA8952547T", "91610113170759087H"
PERSON, NAMESAKE = "11010519491231002X", "440308199901101512"


def read(name: str, text: str) -> PartyGraph:
    return read_foreign(name, text.encode()).graph


def test_one_name_under_two_codes_is_two_companies_in_any_order() -> None:
    for mentions in ((ONE, OTHER), (OTHER, ONE)):
        found = resolve([Mention("华联有限公司", code) for code in mentions])
        assert {e.code for e in found.entities.values()} == {ONE, OTHER}
        assert found.of("华联有限公司", ONE) == f"company:{ONE}"


def test_a_mention_without_a_code_belongs_to_its_own_application() -> None:
    found = resolve(
        [
            Mention("华联有限公司", ONE, "P1"),
            Mention("华联有限公司", "", "P1"),
            Mention("华联有限公司", OTHER, "P2"),
            Mention("华联有限公司", "", "P3"),
        ]
    )
    assert found.of("华联有限公司", scope="P1") == f"company:{ONE}"
    assert found.of("华联有限公司", scope="P2") == f"company:{OTHER}"
    assert found.of("华联有限公司", scope="P3") == "company:华联有限公司"
    assert len(near_names(found.entities)) == 3


def test_one_code_everywhere_is_one_company() -> None:
    found = resolve(
        [Mention("华联有限公司", ONE), Mention("华联有限公司"), Mention("新华联有限公司", ONE)]
    )
    (party,) = found.entities.values()
    assert party.code == ONE and [join.by for join in party.joins] == ["code"]


def test_namesakes_with_numbers_of_their_own_are_two_persons_and_no_number_is_kept() -> None:
    table = f"保证人,保证人证件号码,债务人\n张三,{PERSON},甲公司\n张三,{NAMESAKE},乙公司\n"
    found = read("t.csv", table)
    persons = [e for e in found.entities.values() if e.kind == "person"]
    assert len(persons) == 2 and len({e.code for e in persons}) == 2
    assert not any(PERSON in text for e in persons for text in (e.id, e.code, *e.names))
    again = merged([found, read("u.csv", f"保证人,保证人证件号码,债务人\n张三,{PERSON},丙公司\n")])
    assert len([e for e in again.entities.values() if e.kind == "person"]) == 2


def test_a_word_keeps_apart_what_one_code_joined_and_leaving_it_out_joins_again() -> None:
    table = f"保证人,保证人代码,债务人\n甲有限公司,{ONE},丙公司\n乙有限公司,{ONE},丁公司\n"
    found = read("t.csv", table)
    assert len(found.entities) == 3
    apart = merged([found], [Told("甲有限公司", "乙有限公司", together=False)])
    assert {(apart.name(r.source), apart.name(r.target)) for r in apart.relations} == {
        ("甲有限公司", "丙公司"),
        ("乙有限公司", "丁公司"),
    }
    assert len(merged([found, PartyGraph({}, ())]).entities) == 3


def test_a_word_parts_two_parties_of_one_name_by_their_application() -> None:
    mentions = [Mention("张三", "", "P1"), Mention("张三", "", "P2"), Mention("甲公司", "", "P2")]
    assert len(resolve(mentions).entities) == 2
    told = [Told("张三@P1", "张三@P2", together=False)]
    assert len(resolve(mentions, told).entities) == 3
    joined = [Told("张三@P1", "甲公司")]
    assert len(resolve(mentions, joined).entities) == 1


def test_kinds_of_names() -> None:
    companies = ["ACME Trading LLC", "Beta GmbH", "Müller & Co. KG", "Foo S.A.", "株式会社テスト", "Bar Pty Ltd", "甲集团", "甲医院"]  # fmt: skip
    assert {party_kind(name) for name in companies} == {"company"}
    assert {party_kind(name) for name in ("John Smith", "张三", "Ana Coelho", "买买提·艾力")} == {
        "person"
    }


NAMES = st.sampled_from(["甲公司", "乙公司", "丙公司"])
CODES = st.sampled_from(["", ONE, OTHER])
SCOPES = st.sampled_from(["", "P1", "P2"])
MENTIONS = st.lists(st.builds(Mention, NAMES, CODES, SCOPES), min_size=1, max_size=8)


@settings(max_examples=100, deadline=None)
@given(MENTIONS, st.randoms())
def test_the_order_of_mentions_changes_nothing(mentions: list[Mention], dice: object) -> None:
    first = resolve(mentions)
    dice.shuffle(mentions)  # type: ignore[attr-defined]
    second = resolve(mentions)
    assert first.entities == second.entities
    for mention in mentions:
        found = first.of(mention.name, mention.code, mention.scope)
        assert found == second.of(mention.name, mention.code, mention.scope)
        assert mention.name in first.entities[found].names

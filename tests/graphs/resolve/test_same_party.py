"""Which mentions are one party, which may be, and how a person's word is taken and taken back."""

from __future__ import annotations

import random

from rapidfuzz.distance import Levenshtein

from graphs.model import Entity
from graphs.resolve.near_names import near_names
from graphs.resolve.same_party import Mention, Told, resolve

CODE, OTHER = "91510107MA8952547T", "91330203095145471X"


def _firm(name: str, code: str = "") -> Entity:
    return Entity(id=f"company:{name}", kind="company", name=name, names=(name,), code=code)


def _links(
    *firms: Entity, related: dict[str, frozenset[str]] | None = None
) -> list[tuple[str, tuple[str, ...]]]:
    return [(link.decision, link.why) for link in near_names({f.id: f for f in firms}, related)]


def test_width_and_brackets_are_one_name() -> None:
    parties = resolve([Mention("甲贸易（上海）有限公司"), Mention("甲贸易(上海)有限公司")])
    assert (
        len(parties.entities) == 1
        and len({parties.of("甲贸易（上海）有限公司"), parties.of("甲贸易(上海)有限公司")}) == 1
    )


def test_a_person_s_word_joins_and_is_taken_back() -> None:
    mentions = [Mention("甲贸易有限公司"), Mention("甲商贸有限公司"), Mention("乙贸易有限公司")]
    parties = resolve(mentions, [Told("甲商贸有限公司", "甲贸易有限公司")])
    assert len(parties.entities) == 2 and parties.of("甲商贸有限公司") == parties.of(
        "甲贸易有限公司"
    )
    assert len(resolve(mentions).entities) == 3


def test_one_character_apart_is_told_with_why_and_never_merged() -> None:
    (slip,) = _links(_firm("成都未来科技有限公司"), _firm("成都末来科技有限公司"))
    assert slip[0] == "likely" and "print confuses" in " ".join(slip[1])
    (other,) = _links(_firm("成都嘉禾五金有限公司"), _firm("成都嘉泰五金有限公司"))
    assert other[0] == "possible"
    assert (
        len(resolve([Mention("成都未来科技有限公司"), Mention("成都末来科技有限公司")]).entities)
        == 2
    )


def test_different_codes_speak_against() -> None:
    (told,) = _links(_firm("成都未来科技有限公司", CODE), _firm("成都末来科技有限公司", OTHER))
    assert told[0] == "different" and CODE in told[1][0]


def test_names_farther_apart_are_not_told() -> None:
    assert not _links(
        _firm("成都嘉禾五金有限公司"), _firm("成都永兴五金有限公司"), _firm("张三"), _firm("张四")
    )


def test_every_pair_within_one_character_is_met() -> None:
    dice = random.Random(4)
    names = {"".join(dice.choice("甲乙丙") for _ in range(dice.randrange(4, 7))) for _ in range(60)}
    firms = [_firm(n) for n in sorted(names)]
    want = {
        (a.id, b.id)
        for a in firms
        for b in firms
        if a.id < b.id and Levenshtein.distance(a.name, b.name) == 1
    }
    assert {(link.one, link.other) for link in near_names({f.id: f for f in firms})} == want

"""Names of companies and people, compared after width, brackets, spaces, suffixes and look-alikes
are folded.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from extractors.values.glyphs import squeeze

COMPANY = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|合伙企业(?:\(有限合伙\))?|合作社|个人独资企业|事务所|(?:工厂|厂)|商行|经营部|门市部|中心|支行|分行|营业部|银行|信用社|税务局|国库)$"
)
_SUFFIX = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|集团公司|公司)")
_LOOK_ALIKE = str.maketrans(
    {
        "〇": "0",
        "○": "0",
        "O": "0",
        "o": "0",
        "l": "1",
        "I": "1",
        "巳": "已",
        "己": "已",
        "末": "未",
        "曰": "日",
        "—": "一",
        "-": "一",
        "囗": "口",
        "人": "入",
        "囯": "国",
    }
)


@lru_cache(maxsize=100_000)
def folded_name(name: str) -> str:
    """Width, brackets and spaces folded; the key under which equal spellings are equal."""
    return squeeze(name).replace("（", "(").replace("）", ")").upper()


@lru_cache(maxsize=100_000)
def bare_name(name: str) -> str:
    """Folded name without its legal suffix and with look-alike characters made one."""
    return _SUFFIX.sub("", folded_name(name)).translate(_LOOK_ALIKE)


def same_party(first: str, second: str) -> bool:
    """Whether two spellings name the same party: equal once folded, or equal but for legal suffix
    and look-alikes.
    """
    return folded_name(first) == folded_name(second) or (
        bool(bare_name(first)) and bare_name(first) == bare_name(second)
    )


def near_party(first: str, second: str) -> bool:
    """One character apart on a long name: a slip of a reader or a typist, to be looked at, not
    asserted.
    """
    one, two = bare_name(first), bare_name(second)
    return min(len(one), len(two)) >= 5 and Levenshtein.distance(one, two, score_cutoff=1) <= 1


class PartyName(str):
    """A party's name as printed. Two spellings with equal keys are equal; see `same_party`."""

    __slots__ = ()

    @property
    def key(self) -> str:
        """The spelling under which equal names are equal."""
        return folded_name(self)


def is_company(name: str) -> bool:
    return bool(COMPANY.search(folded_name(name)))

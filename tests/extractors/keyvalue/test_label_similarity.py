"""Labels that mean the same come near each other; a label of another thing does not win."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.keyvalue.label_similarity import similarity
from extractors.keyvalue.vocabulary import Vocabulary

VOCABULARY = Vocabulary(
    {
        "name": ("户名", "全称", "账户名称", "Account Name"),
        "account": ("账号", "Account No"),
        "payer_name": ("付款人户名",),
        "other": ("开户行", "付款人开户行"),
    }
)


@pytest.mark.parametrize(
    "printed", ["户名", "户 名：", "账户户名", "户名 Account Name:", "1、户名", "*户名"]
)
def test_a_synonym_is_known(printed: str) -> None:
    assert VOCABULARY.best(printed)[0] == "name"
    assert VOCABULARY.knows(printed)


def test_the_end_of_a_compound_carries_its_meaning() -> None:
    assert VOCABULARY.best("付款人开户行")[0] == "other"
    assert VOCABULARY.fit("付款人开户行", "payer_name") < 0.3


def test_a_label_of_another_role_does_not_fit() -> None:
    assert VOCABULARY.fit("付款人户名", "name") < VOCABULARY.fit("付款人户名", "payer_name")


@given(st.text(max_size=12), st.text(max_size=12))
def test_likeness_lies_between_nothing_and_the_same(first: str, second: str) -> None:
    assert 0.0 <= similarity(first, second) <= 1.0

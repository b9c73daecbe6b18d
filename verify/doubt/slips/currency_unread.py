"""The currency of an account was not read from a picture: a foreign-currency account follows no
renminbi rate.
"""

from __future__ import annotations

from extractors.documents.bank_statement import CURRENCY
from extractors.model import Document
from verify.doubt.place import is_picture_page
from verify.doubt.scene import Scene
from verify.doubt.slip import Explanation, slip
from verify.model import BilingualText


@slip(
    id="currency_unread",
    title="The account's currency was not read",
    title_zh="账户币种未读到",
    order=52,
)
def currency_unread(scene: Scene) -> Explanation | None:
    """Only on pictures: text that prints no currency is of a bank that prints none for yuan
    accounts.
    """
    if scene.rule.group != "interest" or not any(map(_may_be_foreign, scene.documents)):
        return None
    say = BilingualText(
        "未读到该账户的币种，可能为外币账户，不适用人民币存款利率，请核对账户币种",
        "the account's currency was not read: a foreign-currency account follows no renminbi "
        "rate; look at the currency",
    )
    return Explanation(say, tuple(scene.places))


def _may_be_foreign(document: Document) -> bool:
    page = document.pages[0] if document.pages else 1
    return CURRENCY.of(document) is None and is_picture_page(document, page)

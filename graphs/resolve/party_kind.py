"""Whether a name is a company's or a person's, in Chinese and in the legal forms of other
countries.
"""

from __future__ import annotations

import re

from extractors.values.party_name import COMPANY, folded_name

# Legal forms as registers write them (ISO 20275, entity legal forms), with or without their full
# stops.
_FOREIGN_FORM = re.compile(
    r"(?i)(?:^|[\s,.&(])(?:"
    r"ltd|limited|llc|l\.l\.c|llp|lp|plc|inc|incorporated|corp|corporation|co|company|companies|"
    r"gmbh|mbh|ag|kg|kgaa|ohg|ug|se|s\.?a|s\.?a\.?s|s\.?a\.?r\.?l|sarl|eurl|s\.?p\.?a|s\.?r\.?l|s\.?l|"
    r"b\.?v|n\.?v|a/s|aps|asa|oy|oyj|ab|publ|kft|zrt|nyrt|d\.?o\.?o|d\.?d|s\.?r\.?o|z\s?o\.?\s?o|"
    r"pty|pte|pvt|bhd|sdn|ltda|s\.a\.b|c\.v|k\.?k|holdings?|group|trust|foundation|fund|bank|partners|partnership"
    r")\.?\)?$"
)
_FOREIGN_WORDS = re.compile(
    r"株式会社|有限会社|合同会社|주식회사|유한회사|общество|ООО|ОАО|ЗАО|ПАО"
)
_CHINESE_FORM = re.compile(r"(?:集团|医院|学校|大学|研究院|研究所|委员会|工会|协会|基金|基金会)$")


def party_kind(name: str, folded: str = "") -> str:
    """ "company" or "person"; `folded` is the folded name where it is at hand."""
    named = name.strip()
    if (
        COMPANY.search(folded or folded_name(named))
        or _FOREIGN_FORM.search(named)
        or _FOREIGN_WORDS.search(named)
    ):
        return "company"
    return "company" if _CHINESE_FORM.search(named) else "person"

"""Whether a text can be the name of an account's holder."""

from __future__ import annotations

import re

from extractors.layouts.declare import Role
from extractors.layouts.headings import role_of_heading
from extractors.values.account_number import parse_account
from extractors.values.glyphs import squeeze

# The commonest hundred surnames bear 85 % of China's people (2020 census of names); compound ones
# are listed whole.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦傅付方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武"
    "戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪"
    "梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项"
)
_COMPOUND = "欧阳|司徒|上官|诸葛|司马|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|夏侯|端木|南宫"
_PERSON = re.compile(
    rf"(?:{_COMPOUND})[\u4e00-\u9fff*]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff*]{{1,2}}"
)
# What an account or a product is called is no holder.
_NO_NAME = re.compile(
    r"余额宝|余利宝|零钱通?|理财|活期|定期|储蓄|人民币|美元|基本户|一般户|结算户|银行卡|借记卡|信用卡|存折"
    r"|机构|网点|柜员|渠道|币种|开户行|地址|电话|证件|类型|状态|号码|日期|时间|期间|区间|编号|凭证|序号"
    r"|全部|所有|不限|正常|明细|流水|对账|合计|年|月|页"
)
_LEGAL_FORM = re.compile(r"(?:公司|合作社|经营部|商行|事务所|工作室|[厂店行部社院校])$")
_LABELS_LENGTH = range(2, 9)  # characters of a label that runs into the name before it
_LONGEST = 60  # characters of a name


_OWN = (Role.OWN_ACCOUNT, Role.OWN_NAME, Role.OWN_BANK, Role.CURRENCY)


def is_person(text: str) -> bool:
    """Whether a text reads as a Chinese person's name: a surname and one or two characters."""
    plain = squeeze(text)
    return _PERSON.fullmatch(plain) is not None and _NO_NAME.search(plain) is None


def is_party_name(text: str) -> bool:
    """Whether a text behind a label for a name can be one: no label, number, date or product."""
    plain = squeeze(text)
    if not 2 <= len(plain) <= _LONGEST or plain[0].isdigit() or re.search(r"[:：]", plain):
        return False
    if role_of_heading(plain) is not None or parse_account(plain) is not None:
        return False
    if re.search(r"[\u4e00-\u9fffA-Za-z]{2}", plain) is None:
        return False
    return len(plain) > 6 or _NO_NAME.search(plain) is None


def without_label(text: str) -> str:
    """A company's name without the label that stands so close behind it that it runs into it."""
    for length in _LABELS_LENGTH:
        name, tail = text[:-length], text[-length:]
        if _LEGAL_FORM.search(name) and role_of_heading(tail) in _OWN:
            return name
    return text

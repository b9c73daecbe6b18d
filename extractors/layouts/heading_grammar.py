"""How headings of statements are put together: 对方 + 户名, 本次 + 余额, 借方 + 发生额.

No list names every heading that a bank prints. Most are built of the same few parts, so that a heading
nobody has seen yet still says what its column holds.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.layouts.declare import Role

_TRADITIONAL = str.maketrans(
    "賬帳戶號對額餘貸轉憑證間幣種業務類開銀稱備註記結單時訂編碼標誌別項說現內訊資產據參",
    "账账户号对额余贷转凭证间币种业务类开银称备注记结单时订编码标志别项说现内讯资产据参",
)
_OTHER_SIDE = (
    r"(?:对方|对手方?|交易对手方?|交易对方|交易方|对端|对应|客商|往来(?:方|户|单位|客户)?"
    r"|收/?付款?(?:方|人)|付/?收款?(?:方|人)|收款(?:方|人)?/付款(?:方|人)?)"
)
_OWN_SIDE = r"(?:本方|我方|己方|本账户|客户|查询|开户人?|账户|存款人|持卡人?|借记|银行|储户|主)"
_NAME = (
    r"(?:户名|(?:账[户号]|客户|单位|公司|企业|商户|户口)?(?:名称?|户名|姓名)|姓名|单位|公司|账户)"
)
_ACCOUNT = r"(?:银行|客户|账户)?(?:账号|账户号码?|账户账号|账户|卡号|账卡号|账/?卡号|卡/?账号|卡号/?账号|号码)"
_BANK = r"(?:(?:开户)?(?:银行|行|机构|网点|分行|支行)(?:名称?|号|行号|名|地址)?|行名|行号|联行号)"
_AND = r"[/与及和]?"
_PREFIX = r"(?:本次|本期|本笔|交易|记账|发生|资金|账户|账务)?(?:金额|发生额)?"
_SUFFIX = r"(?:发生金?额|交易金?额|记账金额|金额|额|数额|数|发生)?"
_OUT = (
    r"(?:借方?|借记|支出|支取|支付|付款?方?|付出|转出|取款?|取出|出账|流出|提款|扣款|扣账|汇出|往账"
    r"|减少|dr|debit|-)"
)
_IN = r"(?:贷方?|贷记|收入|收款?方?|收进|收到|存入|转入|存款?|入账|进账|流入|汇入|来账|增加|cr|credit|\+)"
_MOMENT = (
    r"(?:交易|记账|入账|会计|业务|账务|发生|过账|动账|到账|结算|清算|核算|核心|系统|支付|完成)*"
)
_NUMBERED = (
    r"(?:核心|柜员|银行|主机|交易|业务|日志|系统|全局|平台|会计|网银|唯一|后台|资金|账务|支付|商户|传票"
    r"|凭证|回单|参考|订单|流水|票据|明细|账户)+"
)
_TEXTS = r"(?:交易|业务|客户|凭证|款项|账务|转账|银行|附加|摘要|商品|其他|其它|个性化|扩展|资金|支付|产品)*"

_GRAMMAR: tuple[tuple[Role, str], ...] = (
    (Role.COUNTERPARTY, rf"{_OTHER_SIDE}{_NAME}{_AND}{_ACCOUNT}"),
    (Role.COUNTERPARTY, rf"{_OTHER_SIDE}(?:{_ACCOUNT})+{_AND}(?:户名|名称|姓名|账户名称?)"),
    (Role.COUNTERPARTY, rf"{_OTHER_SIDE}(?:账户)?(?:信息|资料|情况)"),
    (Role.COUNTERPARTY_BANK, rf"{_OTHER_SIDE}{_BANK}"),
    (Role.COUNTERPARTY_NAME, rf"{_OTHER_SIDE}(?:{_NAME})+"),
    (Role.COUNTERPARTY_ACCOUNT, rf"{_OTHER_SIDE}(?:{_ACCOUNT}/?)+(?:汇票号)?"),
    (Role.OWN_ACCOUNT, rf"{_OWN_SIDE}{_ACCOUNT}"),
    (Role.OWN_NAME, rf"{_OWN_SIDE}(?:户名|名称?|姓名|单位名?称?|账户名称?)"),
    (Role.VALUE_DATE, r"(?:起息|凭证|计息|价值)(?:日期|日)"),
    (
        Role.FLAG,
        r"(?:资金|交易|账务|记账|账户)?(?:借/?贷|收/?支|收/?付|进/?出|出/?入|存/?取|增/?减|往来|扣账/?入账)"
        r"(?:方)?(?:标[志识记]|方向|类型|类?别|状态|符号|/其他)?",
    ),
    (Role.FLAG, r"(?:资金|交易|现金|收支)?(?:流向|方向)"),
    (
        Role.AMOUNT,
        r"(?:收入?[/或和]支出?|支出?[/或和]收入?|借方?[/或和]?贷方?|存入?[/或和]支?取|支出-?或?存入\+?)"
        r"(?:发生)?(?:金额|额)?",
    ),
    (Role.DEBIT, rf"{_PREFIX}{_OUT}{_SUFFIX}(?:/?{_OUT})?{_SUFFIX}"),
    (Role.CREDIT, rf"{_PREFIX}{_IN}{_SUFFIX}(?:/?{_IN})?{_SUFFIX}"),
    (
        Role.BALANCE,
        r"(?:本[次笔日期户]|账户|联机|可用|当前|交易后?|账[面上]|活期|变动后|更新后|期末|剩余|存款|实时|日终|结存)*"
        r"(?:余额|结余|结存|余款|剩余|结余额)(?:金额)?",
    ),
    (
        Role.AMOUNT,
        r"(?:交易|业务|发生|变动|收支|收付|借贷|原币|本币|记账|结算|本次|资金)*(?:金额|发生额|交易额)",
    ),
    (Role.DATE, rf"{_MOMENT}(?:日期|日)(?:/?时间)?"),
    (Role.TIME, rf"{_MOMENT}(?:时间|时刻)(?:/{_MOMENT}时间)?"),
    (Role.SERIAL_NUMBER, rf"{_NUMBERED}(?:号码?|编号|序号|单号|id|-交易流水号)"),
    (Role.CURRENCY, r"(?:交易|记账|账户)?(?:币种|币别|货币)(?:/?钞汇|名称|代码|类型)?"),
    (Role.DESCRIPTION, rf"{_TEXTS}(?:摘要|用途|附言|备注|说明|描述|内容|事由|注释|信息)"),
    (Role.DESCRIPTION, r"(?:交易|业务|账务)(?:名称|类型|种类|类别|分类|渠道|方式|场所|地点)"),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _GRAMMAR)
_COMPOUND = re.compile(r"(?:人民币|本币)")


def simplified(text: str) -> str:
    """A heading with the traditional characters of Hong Kong's banks as simplified ones."""
    return text.translate(_TRADITIONAL).replace("帐", "账")


@lru_cache(maxsize=16384)
def role_by_grammar(text: str) -> Role | None:
    """The role that a heading's parts spell out, or None; `text` is normalised and simplified."""
    bare = _COMPOUND.sub("", text)
    return next((role for role, pattern in _COMPILED if pattern.fullmatch(bare)), None)

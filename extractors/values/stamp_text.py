"""What a stamp or a caption for one says: text that lies on a paper and belongs to no field."""

from __future__ import annotations

import re

from extractors.values.glyphs import squeeze

_USES = r"(?:电子|回单|业务|受理|财务|结算|核算|发票|合同|档案|查询|印鉴|汇票|票据|受托|储蓄|会计|网上银行|客户){0,4}"
_KINDS = (
    rf"(?:(?:[\u4e00-\u9fff()（）]{{2,30}}(?:公司|银行|支行|分行|局|厂|店|中心))?{_USES}"
    r"(?:专用章|受理章|办讫章|业务章|财务章|合同章|印鉴章|核算章|结算章|公章)"
    r"|(?:转|收|付|清|现金收|现金付|银行收|银行付|业务办)讫章?)"
)
_WHOLE = re.compile(rf"^[★☆]?{_KINDS}(?:[(（][^()（）]{{1,6}}[)）])?$|^[★☆]+$")
_BEFORE = re.compile(r"^(?:[★☆]+|(?:转|收|付|清|现金收|现金付)讫章?)\s*(?=\S)")
_BEHIND = re.compile(rf"(?<=\S)\s*[★☆]?\s*{_USES}(?:专用章|受理章)$")
_CAPTION = re.compile(
    r"[(（](?:盖章|公章|签章|签字|签名|章|盖公章|签字或盖章|加盖公章|盖单位章|单位公章|企业公章)[)）]\s*$"
)
_PLACEHOLDER = re.compile(
    r"^[(（\[【]?(?:空|无|空白|暂无|没有|未填|未填写|不详|略|null|none|nil|n/?a|/|\\|[-_─━—–*.·]{1,8})[)）\]】]?$",
    re.IGNORECASE,
)


def is_stamp(text: str) -> bool:
    """Return whether a text is what a stamp says, such as 电子回单专用章 or 转讫."""
    return bool(_WHOLE.match(squeeze(text)))


def without_stamp(text: str) -> str:
    """Return a value without the stamp printed over it and without a caption such as （公章）."""
    if is_stamp(text):
        return ""
    plain = _CAPTION.sub("", text.strip())
    plain = _BEHIND.sub("", _BEFORE.sub("", plain))
    return _CAPTION.sub("", plain).strip()


def is_placeholder(text: str) -> bool:
    """Return whether a text says that a place was left empty: （空）, /, 无, ——."""
    return bool(_PLACEHOLDER.match(squeeze(text)))

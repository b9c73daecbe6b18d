"""What observers state in their fixed English, in Chinese, for sentences that a reviewer reads."""

from __future__ import annotations

import re

_WORDS: tuple[tuple[str, str], ...] = (
    (r"another font than its column", "字体与同列不同"),
    (r"size (\S+), column (\S+)", r"字号 \1，同列为 \2"),
    (r"colour (\w+), column (\w+)", r"颜色 \1，同列为 \2"),
    (r"ends (\S+) points off its column", r"右边界偏离同列 \1 点"),
    (r"(\S+) points off the line of its row", r"偏离所在行 \1 点"),
    (
        r"drawn after the rest of its page",
        "在该页其他内容之后才写入，而同列其余数字自上而下依次写入",
    ),
    (r"shows (.+?), others (.+?)(?=;|$)", r"文字输出指令为 \1，其他页为 \2"),
    (r"strings (.+?), others (.+?)(?=;|$)", r"字符串写法为 \1，其他页为 \2"),
    (r"places (.+?), others (.+?)(?=;|$)", r"定位指令为 \1，其他页为 \2"),
    (r"names (.+?), others (.+?)(?=;|$)", r"字体命名为 \1，其他页为 \2"),
    (r"keys (.+?), others (.+?)(?=;|$)", r"页面附加项为 \1，其他页为 \2"),
    (r"packed (.+?), others (.+?)(?=;|$)", r"压缩方式为 \1，其他页为 \2"),
    (r"resources (.+?), others (.+?)(?=;|$)", r"资源位置为 \1，其他页为 \2"),
    (r"the same fonts", "所用正是其他页的字体子集"),
    (r"size (.+?), others (.+?)(?=;|$)", r"页面尺寸 \1，其他页为 \2"),
    (r"fonts (.+?), others (.+?)(?=;|$)", r"字体 \1，其他页为 \2"),
    (r"a picture, others text", "本页为图片，其他页为文字"),
    (r"pages (\d+) / (\d+)", r"页数 \1 与 \2"),
    (r"figures (.+?) / (.+)", r"数字 \1 与 \2"),
    (r"content of page (.+?)(?=;|$)", r"第 \1 页内容"),
    (r"covers .*? of (\d+) bytes", r"只覆盖 \1 字节中的一部分"),
    (r"changed after signing: ", "签名后改动的部分："),
    (r"the signed bytes were changed", "被签的字节有变化"),
    (r"the file was saved anew", "文件被另存"),
    (r"held by an earlier revision", "较早版本中有"),
    (r"signed anew", "重新签过"),
    (r"the signature value fits neither the bytes nor the key", "签名值既不对应内容，也不对应公钥"),
    (r"the contents are no signature that can be read", "内容不是可读的签名"),
    (r"algorithm unknown", "算法未知"),
    (r"a place for a signature whose value is blank", "签名值为空"),
    (r"the signature lacks Contents and ByteRange", "缺少签名值和签名范围"),
    (r"the signature lacks Contents", "缺少签名值"),
    (r"the signature lacks ByteRange", "缺少签名范围"),
    (r"what was appended after signing cannot be read", "签名后追加的内容无法解析"),
    (r"(\d+) signed bytes were cut off the end of the file", r"文件尾部缺少 \1 个已签字节"),
    (r"the line end was cut off the file", "文件末尾缺少换行符"),
    (r"digest of the covered bytes", "所覆盖内容的摘要不符"),
    (r"\bwhy (?=\S)", "原因 "),
    (r"structure outside the pages", "页面以外的结构"),
    (r"objects that no table lists", "对照表未列出的对象"),
    (r"no field or dictionary for the byte range", "签名范围没有对应的签名域"),
    (r"no field holds it", "没有签名域使用"),
    (r"listed and not in the file", "列表中有而文件中没有"),
    (r"signature value", "签名值不符"),
    (r"digest of Signature\.xml", "签名描述的摘要不符"),
    (r"\bsigner (?=\S)", "签名人 "),
    (r"\bissuer itself", "签发者为其本人"),
    (r"\bissuer (?=\S)", "签发者 "),
    (r"\bseal (?=\S)", "印章 "),
    (r"\btime (?=\d)", "时间 "),
    (r"\bsaid (?=\S)", "所称 "),
    (r"OpenAction (\w+)", r"打开时执行 \1"),
    (r"^made (\S+); (.+) of (\d{4})$", r"文件称制作于 \1，却含有 \3 年才有的 \2"),
    (r"^generation parameters \((.*)\)$", r"生成参数（\1）"),
    (r"^AA$", "随操作触发的动作"),
)


def in_chinese(detail: str) -> str:
    """An observer's detail with its words in Chinese; names, numbers and values stay."""
    for pattern, words in _WORDS:
        detail = re.sub(pattern, words, detail)
    return detail

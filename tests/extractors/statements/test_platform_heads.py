"""The head of a platform's certificate: an identifier ends where the sentence goes on."""

from __future__ import annotations

from extractors.intake.limits import Limits
from extractors.read import read_file

CERTIFICATE = """微信支付交易明细证明
兹证明：唐振（居民身份证：330000199001010000），在其微信号：Wx1392238中的交易明细信息如下：
交易单号,交易时间,交易类型,收/支/其他,交易方式,金额(元),交易对方,商户单号
1000000000000000000000000001,2025-03-01 10:20:30,商户消费,支出,零钱,120.00,甲商店,20250301001
1000000000000000000000000002,2025-03-02 11:20:30,转账,收入,零钱,300.50,李四,20250302001
1000000000000000000000000003,2025-03-05 09:00:00,商户消费,支出,零钱,45.00,乙超市,20250305001
"""


def test_an_identifier_ends_where_the_sentence_goes_on() -> None:
    reading = read_file("微信证明.csv", CERTIFICATE.encode(), Limits())
    (document,) = reading.documents
    assert document.type == "bank_statement"
    assert document.fields["account_number"].value == "Wx1392238"
    assert len(document.rows) == 3

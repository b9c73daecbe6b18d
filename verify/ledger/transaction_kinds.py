"""What a bank row is about, by its summary and counterparty: interest, loan, tax, fee, wages, own
transfer, trade.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.model import Transaction
from extractors.values.party_name import same_party

# Words for a loan given or paid back; banks write them without the word for bank.
_LOAN = re.compile(r"贷款|借款|放款|还贷|还款|授信|融资")
# Interest of deposits and of loans alike: the side of the row tells which.
_INTEREST = re.compile(r"利息|结息|还息|付息|收息|扣息|存息|计息|(?i:interest)")
_NOT_DEPOSIT = re.compile(
    r"贷|借款|理财|定期|大额存单|通知存款|国债|退|逾期|罚息|贴现|保理|信托|协议存款到期|(?i:loan)"
)
_DISBURSED = re.compile(
    r"贷款发放|发放贷款|贷款入账|贷款放款|贷款放|贷款转存|流贷|(?<!平台)放款|(?<!平台)提款|借款入"
)
# A loan paid back, as the lending bank itself words it.
_REPAID = re.compile(r"还贷|还款|归还贷款|收回贷款|贷款本金|本金|贷款回收|贷款归还|还本")
_TAX = re.compile(
    r"(?i:\btax\b)|缴税|税款|税费|税金|增值税|所得税|城建税|教育费|印花税|个税|TIPS|国税|地税|扣税"
)
# Taxes go to the treasury, whose account banks name by what waits to be reported.
_TREASURY = re.compile(r"待报解|国库|国家金库|税务局|财政")
_SOCIAL = re.compile(
    r"(?i:social (?:security|insurance)|housing fund)|社保|社会保险|公积金|医保|养老"
)
_FEE = re.compile(
    r"手续费|工本费|汇划费|年费|短信费|邮电费|电子汇划|账户维护|账户管理费|询证费|函证费|网银费|网银收费|回单费|扣费|收费|(?i:charge|fee)"
)
_PLAIN_FEE = re.compile(
    r"管理费|服务费"
)  # a bank's where no other party is named, somebody's invoice else
_BANK = re.compile(
    r"银行|信用社|农商行|农信|村镇|贷款公司|信托|财务公司|小额贷款|小贷|融资租赁|金融租赁|消费金融|典当|保理"
)
_PLATFORM = re.compile(
    r"支付宝|财付通|微信支付|连连|拉卡拉|银联商务|通联支付|汇付|易宝|备付金|网银在线|抖音|美团|京东支付|快钱|收单|清算"
)
# Money that comes back undoes an earlier row and is no business of its own.
_REFUND = re.compile(r"退款|退回|退汇|冲正|冲账|退货|误转|撤销|返还")
# Goods sent back are a deal undone in part, not a payment that failed.
_GOODS_BACK = re.compile(r"退货|退料|折让|质保")
# Owners' money is no revenue, however it is called.
_CAPITAL = re.compile(r"投资款|注资|出资|验资|增资|股东借款|往来款|借款")
# Of it, what is paid in as capital: loans of owners are not.
_PAID_IN = re.compile(r"投资款|注资|出资|验资|增资|资本金|入资|股本")
# Money that only changes its currency neither comes nor goes.
_EXCHANGED = re.compile(r"结汇|售汇|购汇|外汇兑换")
_WAGES = re.compile(r"(?i:salar(?:y|ies)|payroll|wages?)|工资|薪酬|薪资|代发|奖金|劳务费|绩效")
_UTILITY = re.compile(
    r"电费|水费|燃气费|天然气费|热力费|暖气费|房租|租金|物业费|电话费|宽带费|通讯费|(?i:rent|electricity)"
)
_UTILITY_FIRM = re.compile(
    r"供电|国家电网|国网|南方电网|自来水|燃气(?:集团|有限|股份)|热力(?:集团|有限)|物业"
)
# Words of a deal: they outweigh who the counterparty is.
_TRADE = re.compile(r"货款|采购|销售|材料款|加工费|运费|工程款|服务款|订单|预付款|定金|尾款|进货")
# Words of money lent between firms rather than paid for something.
_CURRENT = re.compile(r"往来|借款|暂借|拆借|周转|还款|过桥|垫款")
_CASH = re.compile(r"现金|现存|取现|提现|存现|备用金|ATM")
# Done by hand at a counter, which is closed on holidays.
_COUNTER = re.compile(r"柜面|柜台|支票|本票|取现|存现|现金支取|现金缴存|现金存入|通兑")
# Machines are open on holidays, so these are no counter business.
_MACHINE = re.compile(r"ATM|自助|现金管理|现金池|CRS|CDM|存取款一体机")
# Money set aside in the same bank comes back and is no expense.
_INVESTED = re.compile(r"理财|结构性存款|定期|通知存款|大额存单|保证金|基金|国债")


@lru_cache(maxsize=100_000)
def _says(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text holds a pattern; summaries and names repeat, so answers are kept."""
    return bool(pattern.search(text))


def deposit_interest(row: Transaction) -> bool:
    """Interest that the bank pays on the account."""
    text = row.description + row.counterparty_name
    return row.credit > 0 and _says(_INTEREST, text) and not _says(_NOT_DEPOSIT, row.description)


def loan_interest(row: Transaction) -> bool:
    """Interest that the firm pays on a loan.

    A negative settlement of an overdrawn account is not one.
    """
    text = row.description + row.counterparty_name
    return row.debit > 0 and _says(_INTEREST, text) and not re.search(r"冲|退|税", row.description)


def with_lender(row: Transaction) -> bool:
    """The other side is a bank or lender, or is not named, as banks book their own loans."""
    return not row.counterparty_name or _says(_BANK, row.counterparty_name)


def loan_disbursed(row: Transaction) -> bool:
    """A loan of a bank or lender; what a platform pays out is sales."""
    return (
        row.credit > 0
        and _says(_DISBURSED, row.description)
        and ("贷款" in row.description or with_lender(row))
    )


def loan_repaid(row: Transaction) -> bool:
    """Principal back to a bank or lender. “还款” to another firm is no loan of a bank."""
    return (
        row.debit > 0
        and _says(_REPAID, row.description)
        and not _says(_INTEREST, row.description)
        and ("贷" in row.description or with_lender(row))
    )


def tax(row: Transaction) -> bool:
    """Tax paid to the treasury; social insurance collected by the tax office is none."""
    if row.debit <= 0 or social(row):
        return False
    return _says(_TAX, row.description) or _says(_TREASURY, row.counterparty_name)


def social(row: Transaction) -> bool:
    return row.debit > 0 and _says(_SOCIAL, row.description)


def wages(row: Transaction) -> bool:
    return (
        row.debit > 0
        and _says(_WAGES, row.description + row.counterparty_name)
        and not _says(_FEE, row.description)
    )


def fee(row: Transaction) -> bool:
    """A bank's fee: named so, or small and without another party."""
    plain = _says(_PLAIN_FEE, row.description) and (
        not row.counterparty_name or _says(_BANK, row.counterparty_name)
    )
    return row.debit > 0 and (_says(_FEE, row.description) or plain)


def platform(row: Transaction) -> bool:
    """A payment institution that settles for many: both sides of it are trade."""
    return _says(_PLATFORM, row.counterparty_name + row.description)


def is_platform(name: str) -> bool:
    """Whether a name is a payment institution's, which keeps no deposits."""
    return _says(_PLATFORM, name)


def utility(row: Transaction) -> bool:
    """Power, water, rent, telephone."""
    return row.debit > 0 and (
        _says(_UTILITY, row.description) or _says(_UTILITY_FIRM, row.counterparty_name)
    )


def refund(row: Transaction) -> bool:
    return _says(_REFUND, row.description)


def goods_returned(row: Transaction) -> bool:
    """Money given back because goods were: the payment itself was made."""
    return _says(_GOODS_BACK, row.description)


def exchanged(row: Transaction) -> bool:
    """Money changed from or to an account in another currency."""
    return _says(_EXCHANGED, row.description)


def capital_paid_in(row: Transaction) -> bool:
    """Money of shareholders that becomes capital."""
    return row.credit > 0 and _says(_PAID_IN, row.description)


def trade_text(row: Transaction) -> bool:
    """The summary speaks of goods or services."""
    return _says(_TRADE, row.description)


def current_text(row: Transaction) -> bool:
    """The summary speaks of money lent or moved between firms."""
    return _says(_CURRENT, row.description)


def cash(row: Transaction) -> bool:
    return _says(_CASH, row.description)


def at_counter(row: Transaction) -> bool:
    """Done at a bank's counter or by cheque, which needs an open branch."""
    return _says(_COUNTER, row.description) and not _says(_MACHINE, row.description)


def invested(row: Transaction) -> bool:
    """Money put into or taken out of deposits and products of the bank."""
    return _says(_INVESTED, row.description)


def overhead(row: Transaction) -> bool:
    """A payment to the state, staff, the bank or a landlord: what every working firm has, and no
    purchase.
    """
    return (
        tax(row)
        or social(row)
        or wages(row)
        or fee(row)
        or utility(row)
        or loan_repaid(row)
        or loan_interest(row)
    )


def own_transfer(row: Transaction, holder: str) -> bool:
    return bool(row.counterparty_name) and same_party(row.counterparty_name, holder)


def not_trade(row: Transaction, holder: str) -> str:
    """Why a credit is no sales receipt, or an empty string: own_transfer, interest, loan, refund,
    capital.
    """
    if own_transfer(row, holder):
        return "own_transfer"
    if deposit_interest(row) or _says(_INTEREST, row.description):
        return "interest"
    if loan_disbursed(row) or _says(_LOAN, row.description):
        return "loan"
    if refund(row):
        return "refund"
    return "capital" if _says(_CAPITAL, row.description) else ""

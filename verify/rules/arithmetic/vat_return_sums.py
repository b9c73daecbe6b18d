"""The VAT return adds up: sales times a rate is output tax, output less input tax is tax due."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.documents.invoice import INVOICE, SELLER_NAME
from extractors.documents.vat_return import VAT_RETURN
from extractors.model import Amount, Document
from extractors.values.money import yuan
from verify.arithmetic.form_totals import COLUMNS, amount
from verify.arithmetic.one_figure_off import OneFigureOff, one_figure_off
from verify.arithmetic.rounding import rounding
from verify.case_file import RuleView
from verify.model import BilingualText, Severity
from verify.rule import Clear, Hit, NotApplicable, NotChecked, Page, Result, rule


@rule(
    id="ARI23",
    title="VAT return adds up",
    title_zh="增值税申报表勾稽",
    severity="high",
    group="vat_return",
    reads=(VAT_RETURN, INVOICE),
    needs=("vat_return",),
    zh=Page(
        why="申报系统按销售额乘以税率算销项税额，按销项减可抵扣进项算应纳税额；只改销售额而不改税额的申报表在此露出。",
        example="销售额 1,644 万，销项税额 102 万，折合税率 6.2%，而该企业所开发票均为 13%。",
        innocent="同时适用多档税率（折合税率落在最低与最高之间，不提示）；有进项转出、留抵、减征（已考虑）；红字发票跨期。",
        ask="销售额与销项税额对应的税率是多少？",
        paper="电子税务局导出的申报表及附列资料（一）",
    ),
    en=Page(
        why="The filing system multiplies sales by the rate and takes deductible input tax from output tax; who changes sales alone leaves a rate that does not exist.",
        example="Sales of 16.44m and output tax of 1.02m, a rate of 6.2 %, while all its invoices bear 13 %.",
        innocent="Several rates at once (a mean between the lowest and highest is silent); transfers, credits and relief (counted); red-letter invoices.",
        ask="Which rate stands behind sales and output tax?",
        paper="The return and its schedule 1 from the tax office's site",
    ),
)
def vat_return_sums(case: RuleView) -> Iterator[Result]:
    found = False
    for paper in case.papers(VAT_RETURN):
        for column in ("value", "month"):
            results = [*_rate(case, paper, column), *_due(case, paper, column)]
            found = found or bool(results)
            yield from results
    if not found:
        yield NotApplicable(BilingualText("没有读到销项税额", "output tax was not read"))


def _rate(case: RuleView, paper: Document, column: str) -> Iterator[Result]:
    """The mean rate of taxed sales: one of the rates in force, or between two of them."""
    sales, tax = amount(paper, "销售额", column), amount(paper, "销项税额", column)
    if not sales or not tax or sales.value < case.limit("least_sales"):
        return
    rate = tax.value / sales.value
    rates = [case.limit(name) for name in ("rate_1", "rate_2", "rate_3")]
    if any(abs(rate - each) <= case.limit("rate_slack") for each in rates):
        yield Clear(
            BilingualText(
                f"销项税额与销售额相符（税率 {rate:.0%}）", f"output tax fits sales at {rate:.0%}"
            )
        )
        return
    zh, en = COLUMNS[column]
    if min(sales.confidence, tax.confidence) < float(case.shared("trust_floor")):
        yield NotChecked(
            BilingualText(
                "销售额或销项税额识别置信度不足", "sales or output tax were read doubtfully"
            )
        )
        return
    slip = one_figure_off(sales.value, tax.value, rates)
    if slip is not None:
        yield _off_by_one_figure(case, paper, sales, tax, slip)
        return
    one = _one_rate(case, sales.value)
    if min(rates) < rate < max(rates) and one is None:
        yield Clear(
            BilingualText(
                f"折合税率 {rate:.2%}，为几档税率的平均",
                f"the mean rate of {rate:.2%} lies between rates in force",
            )
        )
        return
    expected = min((sales.value * each for each in rates), key=lambda v: abs(v - tax.value))
    say = BilingualText(
        f"{zh}销售额 {yuan(sales.value)} 对应销项税额 {yuan(tax.value)}，折合税率 {rate:.2%}，既不是一档适用税率，也不像几档的平均",
        f"{en} sales of {yuan(sales.value)} and output tax of {yuan(tax.value)} imply {rate:.2%}, neither a rate in force nor a mean of several",
    )
    yield Hit(
        say=say,
        evidence=(case.at_amount(paper, sales), case.at_amount(paper, tax)),
        expected=f"{expected:.2f}",
        observed=f"{tax.value:.2f}",
        difference=f"{tax.value - expected:.2f}",
        confidence=0.95 * min(sales.confidence, tax.confidence),
        severity=Severity.MEDIUM if min(rates) < rate < max(rates) else Severity.HIGH,
    )


def _off_by_one_figure(
    case: RuleView, paper: Document, sales: Amount, tax: Amount, slip: OneFigureOff
) -> Hit:
    """A mean of several rates does not meet a rate to the cent when one figure is changed: that
    chance is below one in ten thousand.
    """
    say = BilingualText(
        f"销售额 {yuan(sales.value)} 与销项税额 {yuan(tax.value)} 折合 {tax.value / sales.value:.2%}；"
        f"只把 {yuan(slip.stated)} 的一位数字改回为 {yuan(slip.fitting)}，两者即按 {slip.rate:.0%} 分文不差",
        f"sales of {yuan(sales.value)} and output tax of {yuan(tax.value)} imply {tax.value / sales.value:.2%}; with one figure of "
        f"{yuan(slip.stated)} changed to read {yuan(slip.fitting)} they agree at {slip.rate:.0%} to the cent",
    )
    return Hit(
        say=say,
        evidence=(case.at_amount(paper, sales if slip.stated == sales.value else tax),),
        expected=f"{slip.fitting:.2f}",
        observed=f"{slip.stated:.2f}",
        difference=f"{slip.fitting - slip.stated:.2f}",
        confidence=0.95 * min(sales.confidence, tax.confidence),
    )


def _one_rate(case: RuleView, sales: Decimal) -> str | None:
    """The one rate that sales invoices over at least half of the sales bear; None where they are
    fewer or bear several.
    """
    sold = [
        document
        for document in case.invoices()
        if (seller := case.get(SELLER_NAME, document)) and case.applicant.is_named(seller.value)
    ]
    rates = {item.rate for document in sold for item in document.items if item.rate}
    shown = sum((item.net for document in sold for item in document.items), Decimal(0))
    return (
        next(iter(rates))
        if len(rates) == 1 and shown >= sales * case.limit("invoiced_share")
        else None
    )


def _due(case: RuleView, paper: Document, column: str) -> Iterator[Result]:
    """Tax due is output tax less what may be deducted; never more than output tax."""
    out, into, due = (amount(paper, name, column) for name in ("销项税额", "进项税额", "应纳税额"))
    if not (out and into and due):
        return
    back, before, kept = (
        amount(paper, name, column) for name in ("进项税额转出", "上期留抵税额", "留抵税额")
    )
    deductible = into.value - _value(back)
    # Year to date the credit brought forward is that of January, which not every form prints: both
    # readings are tried.
    tries = [max(out.value - deductible - c, Decimal(0)) for c in (Decimal(0), _value(before))]
    tries.append(out.value - deductible - _value(before) + _value(kept))
    slack = rounding((out, into, due), case.limit("cents"))
    what = BilingualText(
        f"{COLUMNS[column][0]}应纳税额与销项减进项",
        f"{COLUMNS[column][1]} tax due and output less input tax",
    )
    if any(abs(due.value - each) <= slack for each in tries):
        yield Clear(what)
        return
    evidence = tuple(case.at_amount(paper, a) for a in (due, out, into))
    nearest = min(tries, key=lambda t: abs(due.value - t))
    # Relief on input tax, tax on a margin and export refunds change what is due without a line of
    # their own on every form.
    credit = (
        _value(before)
        or _value(kept)
        or abs(due.value - nearest) <= into.value * case.limit("relief")
    )
    yield case.compare(
        what,
        nearest,
        due.value,
        slack,
        evidence,
        min(each.confidence for each in (out, into, due)),
        Severity.LOW if credit else Severity.MEDIUM,
    )


def _value(found: Amount | None) -> Decimal:
    return found.value if found else Decimal(0)

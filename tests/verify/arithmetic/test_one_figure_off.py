"""A base and its tax that meet at a rate once one figure is changed."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from verify.arithmetic.one_figure_off import CENT, one_figure_off

RATES = (Decimal("0.13"), Decimal("0.09"), Decimal("0.06"))


def test_one_changed_figure_is_found_on_either_side() -> None:
    base, tax = Decimal("13174016.27"), Decimal("1712622.12")
    raised = one_figure_off(Decimal("18174016.27"), tax, RATES)
    lowered = one_figure_off(base, Decimal("1712022.12"), RATES)
    assert raised is not None and (raised.fitting, raised.rate) == (base, RATES[0])
    assert lowered is not None and lowered.fitting == tax


def test_sums_that_agree_and_small_ones_are_left_alone() -> None:
    assert one_figure_off(Decimal("5000.00"), Decimal("1650.00"), RATES) is None
    assert one_figure_off(Decimal("13174016.27"), Decimal("1500000.00"), RATES) is None


@given(st.integers(10**7, 10**11), st.sampled_from(RATES), st.data())
def test_what_is_proposed_meets_the_tax_to_the_cent(
    cents: int, rate: Decimal, data: st.DataObject
) -> None:
    base = cents * CENT
    tax = (base * rate).quantize(CENT)
    digits = f"{base:.2f}"
    place = data.draw(st.integers(0, len(digits) - 4))
    figure = data.draw(st.sampled_from([d for d in "123456789" if d != digits[place]]))
    changed = Decimal(digits[:place] + figure + digits[place + 1 :])
    found = one_figure_off(changed, tax, RATES)
    if found is None:
        return  # another figure would do as well, or the base is too small to tell
    pair = (found.fitting, tax) if found.stated == changed else (changed, found.fitting)
    assert abs(pair[0] * found.rate - pair[1]) <= CENT

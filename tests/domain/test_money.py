from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.domain.money import capitals, grouped

AMOUNTS = st.decimals(
    min_value=Decimal("-9999999999999999.99"), max_value=Decimal("9999999999999999.99"), places=2
)
# Amounts with many zeros, where the rules of 零 live.
ROUND = st.lists(st.sampled_from("0000123"), min_size=3, max_size=18).map(
    lambda digits: Decimal("".join(digits)).scaleb(-2)
)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0", "零元整"),
        ("-0.00", "零元整"),
        ("2500", "贰仟伍佰元整"),
        ("10.05", "壹拾元零伍分"),
        ("-2500.00", "负贰仟伍佰元整"),
        ("-0.30", "负叁角整"),
        ("0.05", "伍分"),
        ("0.30", "叁角整"),
        ("0.31", "叁角壹分"),
        ("1.10", "壹元壹角整"),
        ("30000", "叁万元整"),
        ("1001", "壹仟零壹元整"),
        ("1010", "壹仟零壹拾元整"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("100050", "壹拾万零伍拾元整"),
        ("100000005", "壹亿零伍元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000", "壹拾亿元整"),
        ("12345600000000", "壹拾贰万叁仟肆佰伍拾陆亿元整"),
        ("12000000000000", "壹拾贰万亿元整"),
    ],
)
def test_amounts_in_capitals(amount: str, expected: str) -> None:
    assert capitals(Decimal(amount)) == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("2500", "2,500.00"),
        ("-1234567.8", "-1,234,567.80"),
        ("0.5", "0.50"),
        ("-0", "0.00"),
        ("1E+3", "1,000.00"),
    ],
)
def test_amounts_with_separators(amount: str, expected: str) -> None:
    assert grouped(Decimal(amount)) == expected


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1E+16", "-10000000000000000"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount of money"):
        capitals(Decimal(amount))


def test_less_than_a_fen_is_not_rounded_away() -> None:
    with pytest.raises(ValueError, match="smaller than a fen"):
        capitals(Decimal("2500.005"))
    with pytest.raises(ValueError, match="smaller than a fen"):
        grouped(Decimal("0.001"))


DIGITS = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
TENS = {"拾": 10, "佰": 100, "仟": 1000}


def group_value(text: str) -> int:
    """Read up to four figures: the plain way, left to right."""
    total = digit = 0
    for sign in text:
        if sign in DIGITS:
            digit = DIGITS[sign]
        else:
            total += digit * TENS[sign]
            digit = 0
    return total + digit


def whole_value(text: str) -> int:
    """Read a whole number by splitting at 亿 and then at 万."""
    for name, size in (("亿", 10**8), ("万", 10**4)):
        if name in text:
            high, low = text.split(name, 1) if name == "万" else text.rsplit(name, 1)
            return whole_value(high) * size + whole_value(low)
    return group_value(text)


def value_of(text: str) -> Decimal:
    """Read an amount in capitals back."""
    negative, text = text.startswith("负"), text.removeprefix("负").removesuffix("整")
    whole, _, rest = text.rpartition("元")
    fen = 0
    for name, size in (("角", 10), ("分", 1)):
        if name in rest:
            digit, rest = rest.split(name)
            fen += DIGITS[digit.removeprefix("零") or "零"] * size
    value = Decimal(whole_value(whole) * 100 + fen).scaleb(-2)
    return -value if negative else value


@given(AMOUNTS | ROUND)
def test_capitals_lead_back_to_the_amount(amount: Decimal) -> None:
    assert value_of(capitals(amount)) == amount


@given(AMOUNTS | ROUND)
def test_a_zero_is_never_doubled_and_never_stands_before_a_unit(amount: Decimal) -> None:
    written = capitals(amount)

    assert "零零" not in written
    assert amount == 0 or not any(f"零{unit}" in written for unit in "元万亿仟佰拾角分")
    assert written.endswith(("整", "分"))
    assert "整" not in written.removesuffix("整")


@given(AMOUNTS)
def test_separators_change_nothing(amount: Decimal) -> None:
    assert Decimal(grouped(amount).replace(",", "")) == amount

"""Text on its way into a spreadsheet, so that no spreadsheet takes it for a formula."""

from __future__ import annotations

# Excel also takes the full-width forms of these signs for the beginning of a formula.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# A spreadsheet keeps no more digits than these.
_EXACT_DIGITS = 15


def neutral(text: str) -> str:
    """Return text with an apostrophe before what a spreadsheet would calculate; numbers stay."""
    return text if _is_signed_number(text) else literal(text)


def literal(text: str) -> str:
    """Return text with an apostrophe before any sign; a telephone number +86… is no number."""
    return f"'{text}" if begins_formula(text) else text


def begins_formula(text: str) -> bool:
    """Tell whether a spreadsheet would take the text for something to calculate."""
    return text.startswith(_BEGINS_A_FORMULA)


def is_number(text: str) -> bool:
    """Tell whether the text is a plain decimal that a spreadsheet keeps exactly."""
    whole, _, decimals = text.removeprefix("-").partition(".")
    plain = whole.isascii() and whole.isdigit() and (decimals or "0").isdigit()
    leading = len(whole) > 1 and whole[0] == "0"
    return plain and len(whole) + len(decimals) <= _EXACT_DIGITS and not leading


def _is_signed_number(text: str) -> bool:
    digits = text[1:].replace(".", "", 1)
    return text[:1] in ("+", "-") and digits.isascii() and digits.isdigit()

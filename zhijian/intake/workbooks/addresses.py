"""Addresses of cells: letters of a column, number of a row."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"([A-Z]{0,7})([0-9]{0,9})")


def column_letters(place: int) -> str:
    """Return the letters of a column that is counted from 0: A, Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column counted from 1; no letters are 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def split_address(address: str) -> tuple[str, int]:
    """Return the letters and the row of an address; what is no address is nowhere."""
    found = _ADDRESS.fullmatch(address)
    return (found[1], int(found[2] or 0)) if found else ("", 0)

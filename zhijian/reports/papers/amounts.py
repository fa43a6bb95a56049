"""What a result comes to in money, as papers say it: known, still to be typed, typed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from zhijian.domain.money import capitals, grouped
from zhijian.domain.outcomes.typed import Limits
from zhijian.packs.printing import limits_in_words
from zhijian.reports.papers.speech import Speech

Result = Mapping[str, Any]


def awaited(result: Result) -> list[Mapping[str, Any]]:
    """Return the amounts of a result that somebody still has to type."""
    return list(result.get("open_amounts", ()))


def settled(result: Result) -> Decimal | None:
    """Return the money of a result without what is still to be typed, or nothing without any."""
    told = result.get("settled_amount", result.get("amount"))
    return None if told in (None, "") else Decimal(told)


def has_money(result: Result) -> bool:
    """Tell whether money moves, or will when somebody has typed it."""
    return bool(settled(result) or awaited(result))


def in_cell(result: Result, speech: Speech) -> tuple[str, bool]:
    """Return what stands in the column of amounts, and whether it takes money away."""
    known = settled(result)
    if awaited(result):
        to_come = speech.say("to_be_typed")
        return (f"{grouped(known)} + {to_come}" if known else to_come), bool(known and known < 0)
    return ("—", False) if known is None else (grouped(known), known < 0)


def facts(result: Result, speech: Speech) -> list[str]:
    """Return sentences about the money of a result: what is known, what is to come, what was typed.

    None where no amount was found.
    """
    known = settled(result)
    if known is None:
        return []
    open_ones = awaited(result)
    said = [_known(known, speech)] if known or not open_ones else []
    said += [speech.say("awaited_said", what=in_words(each, speech)) for each in open_ones]
    return said + [typed_in_words(each, speech) for each in result.get("typed_amounts", ())]


def in_words(told: Mapping[str, Any], speech: Speech) -> str:
    """Return which amount is open, and within which limits."""
    most = told["most"]
    limits = Limits(Fraction(told["least"]), None if most is None else Fraction(most))
    return speech.say(
        "matter_said",
        title=speech.told(told["title"]),
        text=limits_in_words(limits, speech.language),
    )


def typed_in_words(told: Mapping[str, Any], speech: Speech) -> str:
    """Return what somebody typed: for what, how much, under which number, and why."""
    return speech.say(
        "typed_said",
        title=speech.told(told["title"]),
        amount=grouped(Decimal(told["amount"])),
        code=told["code"],
        reason=told["reason"],
    )


def _known(amount: Decimal, speech: Speech) -> str:
    if not amount:
        return speech.say("neither")
    return speech.say("amount_said", amount=grouped(amount), capitals=capitals(amount))

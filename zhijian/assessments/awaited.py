"""Amounts of a result that its regulation leaves to the approver, as the sheet keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from zhijian.domain.exact import plain
from zhijian.domain.explain.document import Document
from zhijian.domain.outcomes.typed import Limits
from zhijian.domain.words import Words


@dataclass(frozen=True, slots=True)
class Awaited:
    """An amount that somebody still has to type, and within which limits in yuan."""

    rule: str
    title: Words
    kind: str
    approver: str
    limits: Limits


def awaited_in(proposals: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the amounts that stored proposals leave open, as plain data; limits as exact text."""
    return [
        {
            "rule": each["rule"],
            "title": each["title"],
            "title_en": each.get("title_en", ""),
            "kind": each["kind"],
            "approver": each.get("approver", ""),
            "least": each["working"]["given"]["at_least"],
            "most": each["working"]["given"].get("at_most"),
        }
        for each in proposals
        if _is_left_open(each["working"])
    ]


def read(told: Mapping[str, Any]) -> Awaited:
    """Return an open amount that was stored as plain data."""
    most = told["most"]
    return Awaited(
        rule=told["rule"],
        title=Words(told["title"], told["title_en"]),
        kind=told["kind"],
        approver=told["approver"],
        limits=Limits(Fraction(told["least"]), None if most is None else Fraction(most)),
    )


def as_document(each: Awaited) -> dict[str, Any]:
    """Return an open amount as plain data; ``read`` reads it back."""
    most = each.limits.most
    return {
        "rule": each.rule,
        "title": each.title.zh,
        "title_en": each.title.en,
        "kind": each.kind,
        "approver": each.approver,
        "least": plain(each.limits.least),
        "most": None if most is None else plain(most),
    }


def _is_left_open(working: Document) -> bool:
    """Tell whether a person types the amount; one that waits for data is not yet theirs."""
    return "typed" in working.get("given", {}) and working.get("status", "assessed") == "assessed"

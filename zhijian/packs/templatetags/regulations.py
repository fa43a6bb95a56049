"""Parts of a regulation on a page: titles in the language, values, anchors."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhijian.domain.exact import plain
from zhijian.domain.outcomes.personal import Ground, Measure, PersonalPlan
from zhijian.domain.policy.signing import Signing
from zhijian.foundation.language import language
from zhijian.foundation.templatetags.words import cited, said
from zhijian.packs.printing.front import block_in_words, signing_in_words
from zhijian.packs.printing.naming import unit_in_words
from zhijian.packs.printing.personal import ground_in_words, measure_in_words
from zhijian.packs.queries.words import Judged, stored_word
from zhijian.packs.showing.values import Shown, in_words, show_value

register = template.Library()
register.filter("said", said)
register.filter("cited", cited)


@register.filter
def number(value: Fraction | None) -> str:
    """Write an exact number; a missing one is a dash."""
    return "—" if value is None else plain(value)


@register.filter
def unit_words(unit: str) -> str:
    """Write the unit of a number."""
    return unit_in_words(unit, language())


@register.filter
def stored(word: str | None, of: Judged) -> str:
    """Write a word or text that was stored with an assessment, such as a grade."""
    return stored_word(of, word or "", language())


@register.filter
def block(title: str) -> str:
    """Write the name of one of the seven blocks."""
    return block_in_words(title, language())


@register.filter
def signing(held: Signing) -> str:
    """Say who signs a version, and how often the approval is given again."""
    return signing_in_words(held, language())


@register.filter
def measure_words(measure: Measure) -> str:
    """Say what sort of measure for a person it is, and whether money goes with it."""
    return measure_in_words(measure, language())


@register.filter
def ground_words(ground: Ground, plan: PersonalPlan) -> str:
    """Say which measures for a person fit a ground."""
    return ground_in_words(plan, ground, language())


@register.filter
def interval(value: Any) -> str:
    """Say which numbers lie between two ends."""
    return in_words(value)


@register.inclusion_tag("packs/_value.html")
def value(held: Any, titles: Mapping[str, str] | None = None, unit: str = "") -> dict[str, Any]:
    """Show what a parameter holds: a text with its unit, or a small table."""
    shown: Shown = show_value(held, titles or {})
    return {"shown": shown, "unit": unit_in_words(unit, language()) if shown.text else ""}


@register.simple_tag
def anchor(kind: str, name: Any) -> SafeString:
    """Return the anchor of a part of the document."""
    return format_html("{}-{}", kind, name)

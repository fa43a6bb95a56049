"""How the money of results is written on pages."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhijian.assessments.money import Money
from zhijian.assessments.words import awaited_in_words
from zhijian.foundation.language import language
from zhijian.foundation.templatetags.figures import money as written
from zhijian.foundation.templatetags.shell import state

register = template.Library()


@register.filter
def awaited(money: Money) -> str:
    """Say which amounts are still to be typed, each with its limits."""
    return awaited_in_words(money, language())


@register.simple_tag
def money_told(told: Money) -> SafeString | str:
    """Write what a result comes to; what is still to be typed is said, with its limits."""
    if not told.awaited:
        return written(told.settled)
    settled = f"{written(told.settled)} " if told.settled else ""
    title = awaited_in_words(told, language())
    waits = state(_("待填写"), "warn")
    return format_html('{}<span title="{}">{}</span>', settled, title, waits)

"""Small tags of the pages of records."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from zhijian.domain.dates.period import Period
from zhijian.domain.words import Words
from zhijian.foundation.language import joined, language
from zhijian.intake.completeness import Cell

register = template.Library()


@register.simple_tag
def period_title(period: Period) -> str:
    """Write a period as people do, in the language of the page."""
    return period.title(language())


@register.filter
def worded(words: Words) -> str:
    """Write a title in the language of the page."""
    return words.to(language())


@register.filter
def cell_words(cell: Cell) -> str:
    """Say in few words how far one unit is with one kind of record."""
    if cell.missing:
        months = joined(month[5:].lstrip("0") for month in cell.missing)
        return (_("未到期：%(months)s月") if cell.state == "note" else _("缺 %(months)s月")) % {
            "months": months
        }
    if cell.count:
        return _("%(count)s 条") % {"count": cell.count}
    if cell.confirmed:
        return _("已核对，无")
    if cell.state == "warn" and cell.fill is not cell.kind:
        return _("待核对")
    return {"bad": _("缺"), "warn": _("待填"), "note": _("未到期")}.get(cell.state, _("无"))

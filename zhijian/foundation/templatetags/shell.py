"""The parts of a page as tags: menu, icons, banners, states, charts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zhijian.foundation.banners import Banner, banners_for
from zhijian.foundation.charts import Chart, Figure
from zhijian.foundation.language import joined
from zhijian.foundation.navigation import Shown, entries_for
from zhijian.foundation.notifications import queries as notifications

register = template.Library()

_NOTICE_ICONS = {
    "note": "info-circle",
    "good": "circle-check",
    "warn": "alert-triangle",
    "bad": "alert-circle",
}
_SPARK_WIDTH, _SPARK_HEIGHT = 96, 24
_UNREAD = "_unread_notifications"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; without ``label`` it is decoration and is not read out."""
    spoken = (
        format_html('role="img" aria-label="{}"', label)
        if label
        else SafeString('aria-hidden="true"')
    )
    return format_html(
        '<svg class="icon" {}><use href="{}#{}"/></svg>',
        spoken,
        static("zhijian/dist/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def navigation(context: Context) -> tuple[Shown, ...]:
    """Return the menu of the person who looks at the page."""
    request = context.get("request")
    user = getattr(request, "user", None)
    return entries_for(user, request.path) if user is not None else ()


@register.simple_tag(takes_context=True)
def banners(context: Context) -> tuple[Banner, ...]:
    """Return the strips above the page."""
    request = context.get("request")
    return banners_for(request) if request is not None else ()


@register.simple_tag(takes_context=True)
def unread(context: Context) -> int:
    """Count what the person has not read: one query for each request, however often it is shown."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    if not hasattr(request, _UNREAD):
        setattr(request, _UNREAD, notifications.unread(user))
    return int(getattr(request, _UNREAD))


@register.simple_block_tag
def notice(content: str, kind: str = "note", title: str = "") -> SafeString:
    """Frame a message: ``note``, ``good``, ``warn`` or ``bad``."""
    heading = format_html("<p><strong>{}</strong></p>", title) if title else ""
    return format_html(
        '<div class="notice notice-{}" role="note">{}<div>{}{}</div></div>',
        kind,
        icon(_NOTICE_ICONS[kind]),
        heading,
        content,
    )


@register.simple_block_tag(takes_context=True)
def table(context: Context, content: str, caption: str, **looks: Any) -> SafeString:
    """Frame the rows of a table under a caption that is read out.

    ``page`` adds the way to the other pages of a list; ``looks`` are classes of the table,
    ``frame`` those of its frame.
    """
    told = {"caption": caption, "rows": content, "page": None, "looks": "", "frame": "", **looks}
    with context.push(**told):
        return get_template("components/table.html").template.render(context)


@register.simple_tag
def state(text: str, kind: str = "", icon_name: str = "") -> SafeString:
    """Show a state as a word with an icon: never by colour alone."""
    name = icon_name or _NOTICE_ICONS.get(kind, "point")
    return format_html(
        '<span class="state state-{}">{} {}</span>', kind or "plain", icon(name), text
    )


@register.inclusion_tag("components/chart.html")
def chart(drawn: Chart, size: str = "") -> dict[str, Any]:
    """Draw a chart with its table behind it; ``size`` is ``low``, ``high`` or left out."""
    spec = drawn.spec()
    digest = hashlib.sha256(json.dumps(spec, default=str).encode()).hexdigest()[:12]
    return {
        "chart": drawn,
        "table": drawn.table(),
        "spec": spec,
        "id": f"chart-{digest}",
        "size": size,
    }


@register.simple_tag
def sparkline(values: Sequence[Figure], label: str) -> SafeString:
    """Draw a small trend inside a line of text or a table cell, and say it in words."""
    known = [(index, Decimal(value)) for index, value in enumerate(values) if value is not None]
    if not known:
        return SafeString("—")
    points = _spark_points(known, len(values))
    spoken = _("%(label)s:%(values)s") % {
        "label": label,
        "values": joined("—" if value is None else str(value) for value in values),
    }
    last_x, last_y = points[-1]
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="2.5"/></svg>',
        _SPARK_WIDTH,
        _SPARK_HEIGHT,
        spoken,
        " ".join(f"{x},{y}" for x, y in points),
        last_x,
        last_y,
    )


def _spark_points(known: list[tuple[int, Decimal]], count: int) -> list[tuple[float, float]]:
    lowest = min(value for _index, value in known)
    height = (max(value for _index, value in known) - lowest) or Decimal(1)
    step = _SPARK_WIDTH / max(count - 1, 1)
    return [
        (
            round(index * step, 1),
            round(_SPARK_HEIGHT - 2 - float((value - lowest) / height) * (_SPARK_HEIGHT - 4), 1),
        )
        for index, value in known
    ]

"""How controls of forms are written: the usual ones without a template, the rest as Django does."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_FOLDER = "django/forms/widgets/"
_LINES = ("text", "hidden", "number", "email", "date", "datetime")


class Renderer(DjangoTemplates):
    """A case shows dozens of controls; the template of each takes a quarter of a millisecond.

    Of a choice Django renders two templates for every option, and there may be hundreds of units.
    """

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> Any:
        """Write a control."""
        if template_name in _WRITTEN:
            return _WRITTEN[template_name](context["widget"])
        return super().render(template_name, context, request)


def _line(widget: dict[str, Any]) -> SafeString:
    held = widget["value"]
    value = SafeString("") if held is None else format_html(' value="{}"', held)
    return format_html(
        '<input type="{}" name="{}"{}{}>',
        widget["type"],
        widget["name"],
        value,
        flatatt(widget["attrs"]),
    )


def _area(widget: dict[str, Any]) -> SafeString:
    held = widget["value"]
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>',
        widget["name"],
        flatatt(widget["attrs"]),
        "" if held is None else held,
    )


def _choice(widget: dict[str, Any]) -> SafeString:
    groups = (
        (name, format_html_join("", '<option value="{}"{}>{}</option>', map(_option, options)))
        for name, options, _index in widget["optgroups"]
    )
    written = (
        format_html('<optgroup label="{}">{}</optgroup>', name, options) if name else options
        for name, options in groups
    )
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        flatatt(widget["attrs"]),
        format_html_join("", "{}", ((each,) for each in written)),
    )


def _option(told: dict[str, Any]) -> tuple[object, SafeString, object]:
    return told["value"], flatatt(told["attrs"]), told["label"]


_WRITTEN = {
    **{f"{_FOLDER}{kind}.html": _line for kind in _LINES},
    f"{_FOLDER}textarea.html": _area,
    f"{_FOLDER}select.html": _choice,
}

"""How controls of forms are written: single lines without a template, the rest as Django does."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

_FOLDER = "django/forms/widgets/"
_LINES = frozenset(
    f"{_FOLDER}{kind}.html" for kind in ("text", "hidden", "number", "email", "date", "datetime")
)


class Renderer(DjangoTemplates):
    """A case shows dozens of controls; the template of each takes a quarter of a millisecond."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> Any:
        """Write a control."""
        if template_name in _LINES:
            return _line(context["widget"])
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

"""Plain fields of forms, written as crispy writes them but without its templates."""

from __future__ import annotations

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_PLAIN = (forms.widgets.Input, forms.Select, forms.Textarea)
_STAR = SafeString('<span class="asteriskField">*</span>')
_OTHERWISE = (forms.CheckboxInput, forms.FileInput)


@register.filter
def is_plain(field: forms.BoundField) -> bool:
    """Tell whether a field is one control below its label; boxes and files look otherwise."""
    widget = field.field.widget
    return isinstance(widget, _PLAIN) and not isinstance(widget, _OTHERWISE)


@register.filter
def plainly(field: forms.BoundField) -> SafeString:
    """Write label, control, errors and help."""
    if field.is_hidden:
        return field.as_widget()
    return format_html(
        '<div id="div_{}" class="mb-3">{}{}{}{}</div>',
        field.auto_id,
        _label(field),
        field.as_widget(attrs={"class": _classes(field)}),
        _errors(field),
        _help(field),
    )


def _classes(field: forms.BoundField) -> str:
    widget = field.field.widget
    own = widget.attrs.get("class", "")
    look = "form-select" if isinstance(widget, forms.Select) else "form-control"
    state = "is-invalid" if field.errors else ""
    return " ".join(filter(None, (own, type(widget).__name__.lower(), look, state)))


def _label(field: forms.BoundField) -> SafeString:
    if not field.label:
        return SafeString("")
    needed = field.field.required
    return format_html(
        '<label for="{}" class="form-label{}">{}{}</label>',
        field.id_for_label,
        " requiredField" if needed else "",
        field.label,
        _STAR if needed else "",
    )


def _errors(field: forms.BoundField) -> SafeString:
    if not field.errors:
        return SafeString("")
    lines = format_html_join(
        "",
        '<p id="error_{}_{}"><strong>{}</strong></p>',
        ((number, field.auto_id, error) for number, error in enumerate(field.errors, 1)),
    )
    return format_html('<div id="{}_error" class="invalid-feedback">{}</div>', field.auto_id, lines)


def _help(field: forms.BoundField) -> SafeString:
    if not field.help_text:
        return SafeString("")
    # Regulations write help, too: what is not marked as safe is written as it stands.
    return format_html(
        '<div id="{}_helptext" class="form-text">{}</div>', field.auto_id, field.help_text
    )

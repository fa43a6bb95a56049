"""A number in a form, read as the cells of workbooks are: 1 000 has one way to be written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhijian.domain.exact import plain
from zhijian.domain.records.cells import NotReadable, as_exact_number


class NumberField(forms.DecimalField):
    """A plain decimal: full-width digits are read, ``1e3`` and ``1,000`` are refused."""

    default_error_messages = {"invalid": _("请填写数字，如 12 或 12.5。")}
    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number, or nothing where none was typed."""
        if value in self.empty_values or not str(value).strip():
            return None
        try:
            return Decimal(plain(as_exact_number(value)))
        except NotReadable as unreadable:
            raise forms.ValidationError(self.error_messages["invalid"], "invalid") from unreadable

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Return what makes telephones show digits."""
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off"}

"""What people send to this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _reason(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=500, required=required, widget=forms.Textarea({"rows": 2})
    )


class IssueForm(forms.Form):
    """A paper is issued; a reason is given where it takes the place of an earlier one."""

    def __init__(self, *args: Any, is_anew: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_anew:
            self.fields["reason"] = _reason(_("换发理由"))


class ExtendForm(forms.Form):
    """More time to answer."""

    until = forms.DateField(
        label=_("延至"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    reason = _reason(_("延期理由"))


class WithdrawForm(forms.Form):
    """Why a paper is taken back."""

    reason = _reason(_("撤回理由"))


class ReceiptForm(forms.Form):
    """Who received a paper that was handed over by hand."""

    person = forms.ChoiceField(label=_("已签收纸质件的人"))

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people

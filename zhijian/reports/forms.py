"""What people send to this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhijian.reports.services import Done, NewDuty, NewMinutes


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class DeliverForm(forms.Form):
    """To whom a report is handed over."""

    recipients = forms.CharField(
        label=_("送达对象"), max_length=300, help_text=_("如：质量管理委员会、各部门")
    )


class ReasonForm(forms.Form):
    """Why a report is withdrawn."""

    reason = forms.CharField(
        label=_("撤回理由"), max_length=500, widget=forms.Textarea({"rows": 3})
    )


class MinutesForm(forms.Form):
    """The minutes of a meeting."""

    held_on = forms.DateField(label=_("召开日期"), widget=_day())
    place = forms.CharField(label=_("地点"), max_length=100, required=False)
    attended = forms.CharField(
        label=_("出席"), required=False, widget=forms.Textarea({"rows": 2}), max_length=2000
    )
    text = forms.CharField(label=_("纪要"), widget=forms.Textarea({"rows": 10}), max_length=20000)

    def told(self) -> NewMinutes:
        """Return what was typed as the service wants it."""
        return NewMinutes(**self.cleaned_data)


class DutyForm(forms.Form):
    """What has to be published, and where."""

    assessment = forms.ChoiceField(label=pgettext_lazy("singular", "考核"))
    what = forms.CharField(label=_("公开内容"), max_length=200)
    place = forms.CharField(
        label=_("公开地点"), max_length=200, help_text=_("如：小区公告栏、公司网站")
    )
    due_on = forms.DateField(label=_("应于何日前"), required=False, widget=_day())

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessment"].choices = choices

    def duty(self) -> NewDuty:
        """Return what was typed as the service wants it."""
        told = self.cleaned_data
        return NewDuty(told["what"], told["place"], told["due_on"])


class DoneForm(forms.Form):
    """When something was published, with a proof."""

    published_on = forms.DateField(label=_("公开日期"), widget=_day())
    proof = forms.FileField(label=_("证明"), help_text=_("照片、截图或文件"))
    note = forms.CharField(label=_("说明"), max_length=300, required=False)

    def done(self) -> Done:
        """Return what was typed as the service wants it."""
        told = self.cleaned_data
        return Done(told["published_on"], told["proof"], told["note"])

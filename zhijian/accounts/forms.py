"""What people type about themselves, about others and about roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhijian.accounts.models import User
from zhijian.accounts.roles import role_choices


class Day(forms.DateInput):
    """A day, chosen with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Person(forms.ModelForm):
    """A new account."""

    class Meta:
        model = User
        fields = ("username", "display_name", "email", "phone")
        help_texts = {"username": _("用于登录，不区分大小写，之后不能更改。")}


class Profile(forms.ModelForm):
    """What everybody may change about themselves."""

    class Meta:
        model = User
        fields = ("display_name", "email", "phone")


class Grant(forms.Form):
    """A role for a person."""

    role = forms.ChoiceField(label=_("角色"), choices=role_choices)
    unit = forms.ChoiceField(
        label=_("单位"),
        required=False,
        help_text=_("部门质量员必须选择单位；其他角色不选即为全部单位。"),
    )
    starts = forms.DateField(label=_("起始日"), widget=Day)
    until = forms.DateField(label=_("截止日(含)"), widget=Day, required=False)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("全部单位")), *units]

    def clean_unit(self) -> int | None:
        """Return the id of the unit, or nothing for all."""
        chosen = self.cleaned_data["unit"]
        return int(chosen) if chosen else None


class Token(forms.Form):
    """A new token for a program."""

    name = forms.CharField(
        label=_("用途"), max_length=80, help_text=_("如：财务系统每日取数。便于以后辨认和撤销。")
    )
    days = forms.TypedChoiceField(
        label=_("有效期"),
        coerce=int,
        choices=[(30, _("30 天")), (90, _("90 天")), (365, _("365 天"))],
        initial=90,
    )


class AuditFilter(forms.Form):
    """What an auditor looks for."""

    text = forms.CharField(label=_("人员或对象"), required=False, max_length=100)
    action = forms.CharField(label=_("操作"), required=False, max_length=80)
    first = forms.DateField(label=_("起"), widget=Day, required=False)
    last = forms.DateField(label=_("止"), widget=Day, required=False)


class PeopleFilter(forms.Form):
    """Whom somebody looks for."""

    q = forms.CharField(label=_("用户名或姓名"), required=False, max_length=100)

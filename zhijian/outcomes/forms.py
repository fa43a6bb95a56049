"""What people send to this room."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhijian.foundation.number_field import NumberField
from zhijian.outcomes.services import Done, NewItem

_DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SpendForm(forms.Form):
    """One item of spending."""

    amount = NumberField(
        label=_("金额（元）"), max_digits=14, decimal_places=2, min_value=Decimal("0.01")
    )
    purpose = forms.CharField(label=_("用途"), max_length=300)
    spent_on = forms.DateField(label=_("支出日期"), widget=_DAY)
    evidence = forms.FileField(
        label=_("凭证"), help_text=_("发票、签收单等：图片、PDF、Word、Excel 或文本。")
    )

    def item(self) -> NewItem:
        """Return what was typed as the service wants it."""
        told: dict[str, Any] = self.cleaned_data
        return NewItem(told["amount"], told["purpose"], told["spent_on"], told["evidence"])


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea({"rows": 3}), strip=True
    )


class AmountForm(forms.Form):
    """An amount that the regulation leaves to the approver, and why it is this one."""

    amount = NumberField(label=_("金额（元）"), max_digits=14, decimal_places=2)
    reason = forms.CharField(
        label=_("说明"),
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("写明为什么是这个金额；说明随金额存档。"),
    )


class DoneForm(forms.Form):
    """What was put right, when, and a file that shows it."""

    on = forms.DateField(label=_("完成日期"), widget=_DAY)
    text = forms.CharField(
        label=_("做了什么、效果如何"), max_length=4000, widget=forms.Textarea({"rows": 4})
    )
    evidence = forms.FileField(
        label=_("完成证明"),
        help_text=_("照片、签收单、培训记录等：图片、PDF、Word、Excel 或文本。"),
    )

    def done(self) -> Done:
        """Return what was typed as the service wants it."""
        return Done(**self.cleaned_data)


class VerdictForm(forms.Form):
    """Whether what was reported is accepted."""

    accepted = forms.TypedChoiceField(
        label=_("验证意见"),
        choices=[("yes", _("已整改到位，验证完成")), ("no", _("没有整改到位，退回重做"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("说明"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("退回时必须写明还差什么。"),
    )

"""The small forms beside the steps of a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from zhijian.cases.step_forms import Choices


class CommentForm(forms.Form):
    """Something said about a case."""

    text = forms.CharField(
        label=gettext_lazy("留言"), required=False, widget=forms.Textarea({"rows": 2})
    )


class EvidenceForm(forms.Form):
    """A file that shows something."""

    upload = forms.FileField(
        label=gettext_lazy("照片或文件"),
        help_text=gettext_lazy("图片、PDF、Word、Excel 或文本；一个案件最多 30 份。"),
    )
    title = forms.CharField(label=gettext_lazy("说明"), required=False, max_length=200)


class LinkForm(forms.Form):
    """The number of another case."""

    number = forms.CharField(label=gettext_lazy("另一案件的编号"), max_length=40, strip=True)


class MergeForm(forms.Form):
    """The number of the case that this one becomes part of."""

    number = forms.CharField(label=gettext_lazy("并入案件的编号"), max_length=40, strip=True)


class HandOverForm(forms.Form):
    """To whom a case passes, and why."""

    to = forms.TypedChoiceField(label=gettext_lazy("移交给"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("移交理由"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip

    def __init__(self, people: Choices, **rest: Any) -> None:
        super().__init__(**rest)
        self.fields["to"].choices = [("", "—"), *people]  # type: ignore[attr-defined]


class RevealForm(forms.Form):
    """For what personal data are looked at."""

    purpose = forms.CharField(label=gettext_lazy("查看个人信息的用途"), max_length=200)

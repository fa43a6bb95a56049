"""Forms of this room. What may be entered is for the services to say."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from zhijian.cases.step_forms import Choices, Offered, OpeningForm
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.step import CaseStep
from zhijian.foundation.files.fields import FilesField
from zhijian.nonconformities.models import Aspect, Method
from zhijian.nonconformities.queries import Listed

_DATE = {"type": "date"}
_DAY, _MOMENT = "%Y-%m-%d", "%Y-%m-%dT%H:%M"
CATEGORIES = (
    gettext_lazy("人员"), gettext_lazy("设备设施"), gettext_lazy("材料用品"),
    gettext_lazy("方法流程"), gettext_lazy("环境"), gettext_lazy("测量检查"),
    gettext_lazy("制度标准"), gettext_lazy("供方外包"), gettext_lazy("顾客沟通"),
)  # fmt: skip
"""Bones of a fishbone: people, machines, material, method, surroundings, measuring, and what
services add to them. A form offers them; other words are welcome."""

ASPECTS = (("", gettext_lazy("本单位全部不合格")), *Aspect.choices)


class QuickForm(OpeningForm):
    """The quick step on the phone: what is needed and nothing else; the camera is one of it."""

    def __init__(
        self, listed: Listed, offered: Offered, now: datetime, unit: str = "", **rest: Any
    ) -> None:
        step, found = listed.kind.steps[listed.listing.quick], listed.listing.found
        known = {"unit_": unit}
        if found:
            is_day = listed.kind.facts[found].type == "date"
            known[found] = now.strftime(_DAY if is_day else _MOMENT)
        super().__init__(listed.kind, step, offered, prefix="quick", initial=known, **rest)
        for name in step.asks:
            if listed.kind.facts[name].type == "file":
                self.fields[name].widget.attrs |= {"accept": "image/*", "capture": "environment"}
        del self.fields["title_"]

    def clean(self) -> dict[str, Any]:
        """Give the title that the quick form does not ask for."""
        told = super().clean() or self.cleaned_data
        told["title_"] = ""
        return told


class AcceptForm(OpeningForm):
    """The opening step of the action that is proposed, filled in with what is known."""

    def __init__(
        self, kind: CaseKind, step: CaseStep, offered: Offered, known: dict[str, str], **rest: Any
    ) -> None:
        super().__init__(kind, step, offered, prefix="accept", initial=known, **rest)


class MergeForm(forms.Form):
    """The action that answers for a proposal as well."""

    number = forms.CharField(label=gettext_lazy("措施案件的编号"), max_length=40, strip=True)


class DeclineForm(forms.Form):
    """Why a proposal is declined."""

    reason = forms.CharField(
        label=gettext_lazy("不采纳的理由"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip


class CauseForm(forms.Form):
    """One cause: the question or category, the answer, and what shows it."""

    method = forms.ChoiceField(widget=forms.HiddenInput, choices=Method.choices)
    heading = forms.CharField(label=gettext_lazy("为什么"), max_length=200)
    text = forms.CharField(label=gettext_lazy("因为"), max_length=500)
    evidence = forms.CharField(label=gettext_lazy("证据(可不填)"), max_length=500, required=False)
    is_root = forms.BooleanField(label=gettext_lazy("根本原因"), required=False)

    def __init__(self, method: str, **rest: Any) -> None:
        super().__init__(prefix=method, initial={"method": method}, **rest)
        if method == Method.FISHBONE:
            self.fields["heading"] = forms.ChoiceField(
                label=gettext_lazy("类别"), choices=[(str(each), str(each)) for each in CATEGORIES]
            )
            self.fields["text"].label = gettext_lazy("原因")
        self.order_fields(["heading", "text", "evidence", "is_root", "method"])


class LineForm(forms.Form):
    """One line of the plan."""

    text = forms.CharField(label=gettext_lazy("措施"), max_length=500)
    post = forms.CharField(label=gettext_lazy("岗位"), max_length=100)
    person = forms.TypedChoiceField(label=gettext_lazy("责任人"), coerce=int)
    due_on = forms.DateField(label=gettext_lazy("完成期限"), widget=forms.DateInput(_DATE))

    def __init__(self, people: Choices, **rest: Any) -> None:
        super().__init__(prefix="line", **rest)
        self.fields["person"].choices = [("", "—"), *people]  # type: ignore[attr-defined]


class MeasureForm(forms.Form):
    """By what the effect is measured."""

    aspect = forms.ChoiceField(label=gettext_lazy("数哪些"), choices=ASPECTS, required=False)
    value = forms.CharField(
        label=gettext_lazy("相同的内容"), max_length=200, required=False,
        help_text=gettext_lazy("照登记簿中的原文填写。"),
    )  # fmt: skip
    most = forms.IntegerField(
        label=gettext_lazy("最多件数"), min_value=0, max_value=9999, initial=0
    )
    days = forms.IntegerField(
        label=gettext_lazy("实施后多少天内"), min_value=1, max_value=730, initial=90
    )

    def __init__(self, **rest: Any) -> None:
        super().__init__(prefix="measure", **rest)


class LessonForm(forms.Form):
    """A lesson for the library."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=100, strip=True)
    unit = forms.TypedChoiceField(label=gettext_lazy("责任部门"), coerce=int)
    problem = forms.CharField(
        label=gettext_lazy("问题"), max_length=2000, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("请勿写入个人信息。"),
    )  # fmt: skip
    lesson = forms.CharField(
        label=gettext_lazy("教训和做法"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )
    photos = FilesField(label=gettext_lazy("照片(可不填)"), required=False)
    number = forms.CharField(
        label=gettext_lazy("出自哪个案件(可不填)"), max_length=40, required=False, strip=True
    )

    def __init__(self, units: Choices, **rest: Any) -> None:
        super().__init__(**rest)
        self.fields["unit"].choices = [("", "—"), *units]  # type: ignore[attr-defined]


class UseForm(forms.Form):
    """Where a lesson was used again."""

    where = forms.CharField(label=gettext_lazy("用在哪里"), max_length=200, strip=True)

"""Forms of the desk, of the public pages, and of offices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhijian.cases.services import Taking
from zhijian.cases.step_forms import Choices, Offered, OpeningForm, StepForm
from zhijian.complaints.proof import puzzle, summands
from zhijian.complaints.queries import Intake
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.step import CaseStep

_MOMENT = "%Y-%m-%dT%H:%M"
PREFIX = "desk"
#: Numbers in words, which are read more easily by people than by programs.
_NUMBERS = {
    2: lambda: _("二"),
    3: lambda: _("三"),
    4: lambda: _("四"),
    5: lambda: _("五"),
    6: lambda: _("六"),
    7: lambda: _("七"),
    8: lambda: _("八"),
    9: lambda: _("九"),
}
_NOBODY = Offered(tuple, tuple)
_MOST_FILES, _MB = 5, 1024 * 1024
_LARGEST_MB = 10


class DeskForm(OpeningForm):
    """The opening step at the desk: phone, name, what happened, then the rest; the title last."""

    def __init__(self, intake: Intake, offered: Offered, now: datetime, **rest: Any) -> None:
        receiving, kind = intake.receiving, intake.kind
        channels = list(kind.facts[receiving.channel].field.options)
        initial = {receiving.channel: channels[0]}
        if receiving.received:
            initial[receiving.received] = now.strftime(_MOMENT)
        super().__init__(
            kind, kind.steps[receiving.step], offered, prefix=PREFIX, initial=initial, **rest
        )
        front = [receiving.phone, receiving.name, receiving.account]
        names = [name for name in front if name in self.fields]
        step = kind.steps[receiving.step]
        asked = [*(name for name in step.needs if name not in initial), "unit_", *initial]
        self.order_fields([*names, *asked, *step.may, "title_", "level_", "reason_"])
        if names:
            self.fields[names[0]].widget.attrs["autofocus"] = True
        if receiving.phone in self.fields:
            named = {"pack_id": intake.ref.pack_id, "kind": kind.id}
            self.fields[receiving.phone].widget.attrs |= {
                "inputmode": "tel",
                "autocomplete": "off",
                "hx-post": reverse("complaints:caller", kwargs=named),
                "hx-params": f"{PREFIX}-{receiving.phone}",
                "hx-target": "#caller",
                "hx-trigger": "keyup changed delay:400ms, change",
            }


class OutsideForm(StepForm):
    """A step that somebody from outside takes; the level is not theirs to decide."""

    def __init__(self, kind: CaseKind, step: CaseStep, **rest: Any) -> None:
        super().__init__(kind, step, _NOBODY, **rest)
        for name in ("level_", "anonymous_", *(() if step.reason else ("reason_",))):
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """Refuse more or larger files than a stranger needs to send."""
        told = super().clean() or self.cleaned_data
        for name in self.step.asks:
            files = told.get(name) if self.kind.facts[name].type == "file" else None
            if files and len(files) > _MOST_FILES:
                self.add_error(name, _("最多 %(n)d 个文件。") % {"n": _MOST_FILES})
            elif files and any(each.size > _LARGEST_MB * _MB for each in files):
                self.add_error(name, _("每个文件不超过 %(n)d MB。") % {"n": _LARGEST_MB})
        return told


class PublicForm(OutsideForm):
    """The opening step on the public page, with the puzzle that keeps scripts away."""

    def __init__(self, intake: Intake, unit_id: int, now: datetime, **rest: Any) -> None:
        receiving, kind = intake.receiving, intake.kind
        step = kind.steps[receiving.public_step]
        super().__init__(kind, step, prefix="", **rest)
        self._filled = {receiving.channel: receiving.public_channel}
        if receiving.received in step.asks:
            self._filled[receiving.received] = now.strftime(_MOMENT)
        if step.unit:
            self._filled[step.unit] = str(unit_id)
        for name in (*self._filled, "key_"):
            self.fields.pop(name, None)
        if receiving.phone in self.fields:
            self.fields[receiving.phone].widget.attrs |= {
                "inputmode": "tel", "autocomplete": "tel",
            }  # fmt: skip
        self.fields["website_"] = forms.CharField(
            label=_("请不要填写这一栏"), required=False,
            widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
        )  # fmt: skip

    @cached_property
    def puzzle(self) -> str:
        """A new puzzle for each time the form is shown."""
        return puzzle()

    @property
    def sum_words(self) -> str:
        """The sum of the puzzle in words, for whoever runs no scripts."""
        first, second = (_NUMBERS[each]() for each in summands(self.puzzle))
        return _("%(first)s加%(second)s等于几？") % {"first": first, "second": second}

    def public_taking(self, key: str) -> Taking:
        """Return what was typed, with what the page fills in by itself."""
        self.cleaned_data |= {**self._filled, "key_": key}
        return self.taking


class CustomerForm(OutsideForm):
    """A step that whoever complained takes in their case."""


class TrackForm(forms.Form):
    """Number of the case, and the phone or the code that belong to it."""

    number = forms.CharField(
        label=gettext_lazy("受理编号"), max_length=40, strip=True,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    secret = forms.CharField(
        label=gettext_lazy("登记的电话或查询码"), max_length=40, strip=True,
        help_text=gettext_lazy("二者填一个即可。"),
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


class OfficeForm(forms.Form):
    """A new office."""

    title = forms.CharField(
        label=gettext_lazy("名称"), max_length=100, strip=True,
        help_text=gettext_lazy("公众页面的标题，如“一号楼服务中心”。"),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("受理的案件种类"))
    unit = forms.TypedChoiceField(label=gettext_lazy("受理单位"), coerce=int)
    hotline = forms.CharField(
        label=gettext_lazy("热线电话（可不填）"), max_length=60, required=False
    )
    notice = forms.CharField(
        label=gettext_lazy("给公众的说明（可不填）"), max_length=500, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

    def __init__(self, kinds: Choices, units: Choices, **rest: Any) -> None:
        super().__init__(**rest)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "—"), *units]  # type: ignore[attr-defined]

"""What people send to this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhijian.callbacks.models import CheckResult, Outcome
from zhijian.callbacks.services import Asked, Found, Made
from zhijian.cases.queries import KindRef
from zhijian.cases.services import Taking, Upload
from zhijian.cases.step_forms import Choices, Offered, StepForm
from zhijian.domain.casework.call_back import CallBack, Finding
from zhijian.domain.casework.kind import CaseKind
from zhijian.foundation.language import language

_MOMENT = "%Y-%m-%dT%H:%M"
_LONGEST = 1000


class AttemptForm(StepForm):
    """How an attempt ended, the questions of the regulation, and when it was made."""

    def __init__(self, kind: CaseKind, rule: CallBack, offered: Offered, **rest: Any) -> None:
        super().__init__(kind, rule.asking, offered, prefix="call", **rest)
        del self.fields["key_"]
        own: dict[str, forms.Field] = {
            "outcome": forms.ChoiceField(
                label=_("联系结果"), choices=Outcome.choices, widget=forms.RadioSelect
            )
        }
        self.fields = {**own, **self.fields}
        self.fields["note"] = forms.CharField(
            label=_("备注"), required=False, max_length=_LONGEST,
            widget=forms.Textarea({"rows": 2}),
            help_text=_("不满意的写明情况；谢绝的写明理由；另约时间的写明约在何时。"),
        )  # fmt: skip
        self.fields["at"] = forms.DateTimeField(
            label=_("联系时间（可不填）"), required=False, input_formats=[_MOMENT],
            widget=forms.DateTimeInput({"type": "datetime-local"}, format=_MOMENT),
            help_text=_("不填为现在；事后补记的填实际时间。"),
        )  # fmt: skip

    @property
    def made(self) -> Made:
        """Return what was typed as the services want it."""
        told = self.cleaned_data
        is_reached = told["outcome"] == Outcome.REACHED
        answers = {name: told[name] for name in self.step.asks} if is_reached else {}
        at = told["at"]
        if at is not None and timezone.is_naive(at):
            at = timezone.make_aware(at)
        return Made(told["outcome"], answers, told["note"], at)


class DrawForm(forms.Form):
    """What a sample is drawn from: a call-back or its records, a unit, and a span of days."""

    source = forms.ChoiceField(label=gettext_lazy("抽取什么"))
    unit = forms.TypedChoiceField(label=gettext_lazy("单位"), coerce=int)
    first = forms.DateField(
        label=gettext_lazy("从"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=gettext_lazy("到"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, sources: Choices, units: Choices, **rest: Any) -> None:
        super().__init__(**rest)
        self.fields["source"].choices = [("", "—"), *sources]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "—"), *units]  # type: ignore[attr-defined]

    @property
    def purpose(self) -> str:
        """What is drawn for: calls, or checks of records."""
        return str(self.cleaned_data["source"]).partition("/")[0]

    @property
    def asked(self) -> Asked:
        """Return what was typed as the services want it."""
        told = self.cleaned_data
        _purpose, kind, rule = told["source"].split("/")
        return Asked(kind, rule, told["unit"], told["first"], told["last"])


class CheckForm(StepForm):
    """A record is in order, or what a finding about it asks; what is carried over is not asked."""

    def __init__(self, ref: KindRef, finding: Finding, offered: Offered, **rest: Any) -> None:
        super().__init__(ref.kind, ref.kind.steps[finding.step], offered, prefix="found", **rest)
        for name in (*finding.carries, "key_"):
            self.fields.pop(name, None)
        for name in self.step.asks:
            if name in self.fields:
                self.fields[name].label = _("有问题的：%(field)s") % {
                    "field": self.kind.facts[name].title.to(language())
                }
        own: dict[str, forms.Field] = {
            "result": forms.ChoiceField(
                label=_("核对结果"),
                choices=[each for each in CheckResult.choices if each[0]],
                widget=forms.RadioSelect,
            ),
            "remark": forms.CharField(
                label=_("核对情况（可不填）"), required=False, max_length=_LONGEST,
                widget=forms.Textarea({"rows": 2}),
            ),
        }  # fmt: skip
        self.fields = {**own, **self.fields}

    @property
    def found(self) -> Found:
        """Return what was typed as the services want it."""
        told = self.cleaned_data
        if told["result"] != CheckResult.FINDING:
            return Found(told["result"], told["remark"])
        asked = [name for name in self.step.asks if name in told]
        facts = {name: told[name] for name in asked if not self._is_file(name)}
        uploads = tuple(
            Upload(name, each) for name in asked if self._is_file(name) for each in told[name]
        )
        return Found(told["result"], told["remark"], Taking(self.step.id, facts, uploads=uploads))


class ReasonForm(forms.Form):
    """Why somebody is not to be called, or why a result does not hold."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=_LONGEST, widget=forms.Textarea({"rows": 2})
    )

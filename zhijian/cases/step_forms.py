"""Forms made from the steps of a regulation.

They only carry what was typed: whether it is right is for the domain to say.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhijian.cases.services import Opening, Taking, Upload
from zhijian.domain.casework.fact import Fact
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.problems import Problem
from zhijian.foundation.files.fields import FilesField
from zhijian.foundation.language import language
from zhijian.foundation.wording import say

_LONG = 200
_CHOICES = (("", "—"), ("是", gettext_lazy("是")), ("否", gettext_lazy("否")))
Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Offered:
    """What the lists of a form offer: people and units by their ids, asked for where one is."""

    people: Callable[[], Choices]
    units: Callable[[], Choices]


class StepForm(forms.Form):
    """What one step asks for, labelled and explained by the regulation."""

    def __init__(self, kind: CaseKind, step: CaseStep, offered: Offered, **rest: Any) -> None:
        self.kind, self.step, self.offered = kind, step, offered
        rest.setdefault("prefix", step.id)
        super().__init__(**rest)
        for name in step.asks:
            self.fields[name] = self._field(kind.facts[name], name in step.needs)
        if step.level == "proposed":
            levels = [(each.id, each.title.to(language())) for each in kind.levels.values()]
            self.fields["level_"] = forms.ChoiceField(
                label=_("等级"), required=False, choices=[("", _("按制度的建议")), *levels],
                help_text=_("另定等级时须写明理由。"),
            )  # fmt: skip
        if step.reason or step.level == "proposed":
            self.fields["reason_"] = forms.CharField(
                label=_("理由"), required=False, max_length=2000,
                widget=forms.Textarea({"rows": 2}),
            )  # fmt: skip
        if step.anonymous == "may":
            self.fields["anonymous_"] = forms.BooleanField(
                label=_("匿名"), required=False,
                help_text=_("不保存您的姓名，以后也查不到；此后您不能以立案人的身份办理。"),
            )  # fmt: skip
        self.fields["key_"] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=64, initial=uuid.uuid4().hex
        )

    @property
    def taking(self) -> Taking:
        """Return what was typed as the services want it."""
        told = self.cleaned_data
        facts = {name: told[name] for name in self.step.asks if not self._is_file(name)}
        return Taking(
            self.step.id,
            facts,
            told.get("reason_", ""),
            told.get("level_", ""),
            told.get("anonymous_", False),
            tuple(
                Upload(name, each)
                for name in self.step.asks
                if self._is_file(name)
                for each in told[name]
            ),
            told["key_"],
        )

    def tell(self, problems: Iterable[Problem]) -> None:
        """Write each problem at its field, all others above the form."""
        for each in problems:
            self.add_error(self._place(each), say(each.code, dict(each.facts), language()))

    def _place(self, problem: Problem) -> str | None:
        if problem.where in self.fields:
            return problem.where
        if problem.code == "casework.reason_missing":
            return "reason_"
        is_level = problem.code.startswith(("casework.level", "casework.unknown_level"))
        return "level_" if is_level and "level_" in self.fields else None

    def _is_file(self, name: str) -> bool:
        return self.kind.facts[name].type == "file"

    def _field(self, fact: Fact, needed: bool) -> forms.Field:
        told: dict[str, Any] = {
            "label": fact.title.to(language()) + ("" if needed else _("（可不填）")),
            "required": False,
            "help_text": fact.field.note.to(language()),
        }
        match fact.type:
            case "file":
                return FilesField(**told)
            case "flag":
                return forms.ChoiceField(choices=_CHOICES, **told)
            case "choice":
                options = [(key, each.to(language())) for key, each in fact.field.options.items()]
                return forms.ChoiceField(choices=[("", "—"), *options], **told)
            case "person" | "unit":
                listed = self.offered.people if fact.type == "person" else self.offered.units
                return forms.ChoiceField(choices=[("", "—"), *listed()], **told)
        return forms.CharField(widget=_widget(fact), strip=True, **told)


def _widget(fact: Fact) -> forms.Widget:
    if fact.type == "moment":
        return forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    if fact.type == "date":
        return forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    if fact.type == "text" and fact.field.max_length > _LONG:
        return forms.Textarea({"rows": 3})
    if fact.type in ("decimal", "integer"):
        return forms.TextInput({"inputmode": "decimal"})
    return forms.TextInput()


class OpeningForm(StepForm):
    """An opening step, with the unit where the step does not say it, and a title."""

    def __init__(self, kind: CaseKind, step: CaseStep, offered: Offered, **rest: Any) -> None:
        super().__init__(kind, step, offered, **rest)
        own: dict[str, forms.Field] = {
            "title_": forms.CharField(
                label=_("标题") + _("（可不填）"), required=False, max_length=120,
                help_text=_("列表中显示；不填时取所填内容的第一项。请勿写入个人信息。"),
            )
        }  # fmt: skip
        if not step.unit:
            own["unit_"] = forms.ChoiceField(
                label=_("单位"), required=False, choices=[("", "—"), *offered.units()]
            )
        self.fields = {**own, **self.fields}

    def opening(self, pack_id: str) -> Opening:
        """Return what was typed as the services want it."""
        told = self.cleaned_data
        unit = told.get("unit_") or None
        return Opening(
            pack_id, self.kind.id, self.taking, int(unit) if unit else None, told["title_"]
        )

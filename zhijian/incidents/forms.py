"""The forms of this room: the quick report, what becomes of a hint, taking note of a bulletin."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from zhijian.cases.queries import KindRef
from zhijian.cases.step_forms import Offered, OpeningForm
from zhijian.domain.casework.safety import Incident

PREFIX = "report"


class ReportForm(OpeningForm):
    """The quick report on a phone: what has to be told stands first, all else can wait.

    The level is that of the facts; whoever reports does not choose it.
    """

    def __init__(
        self, ref: KindRef, rule: Incident, offered: Offered, about: dict[str, Any], **rest: Any
    ) -> None:
        kind = ref.kind
        step = kind.steps[rule.step]
        super().__init__(kind, step, offered, prefix=PREFIX, initial=about, **rest)
        for name in ("level_", "reason_", "anonymous_"):
            self.fields.pop(name, None)
        front = [name for name in (rule.sort, rule.place, rule.happened, rule.account) if name]
        others = [name for name in step.needs if name not in front]
        self._first = [*front, "unit_", *others]
        self.order_fields([*self._first, *step.may, "title_"])
        self.fields[front[0]].widget.attrs["autofocus"] = True
        self.fields[rule.account].widget.attrs["rows"] = 4

    @property
    def first(self) -> list[forms.BoundField]:
        """What has to be told now."""
        return [self[name] for name in self._first if name in self.fields]

    @property
    def later(self) -> list[forms.BoundField]:
        """What can be told now or in a further report."""
        return [each for each in self.visible_fields() if each.name not in self._first]

    @property
    def has_later(self) -> bool:
        """Tell whether some of that was filled in, or is wrong."""
        return self.is_bound and any(each.errors or each.value() for each in self.later)


class ReportedForm(forms.Form):
    """In which case an incident was reported."""

    number = forms.CharField(
        label=gettext_lazy("已在哪一件中上报（编号）"), max_length=40, strip=True,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


class NoIncidentForm(forms.Form):
    """Why it is no incident."""

    reason = forms.CharField(
        label=gettext_lazy("不属于事件的理由"), max_length=500, strip=True,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip


class NoteForm(forms.Form):
    """What a unit does about a bulletin."""

    measures = forms.CharField(
        label=gettext_lazy("本单位的落实措施（可不填）"), max_length=1000, required=False,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip

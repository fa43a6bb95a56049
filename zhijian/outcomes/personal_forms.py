"""What people send about rewards and penalties of persons."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhijian.domain.outcomes.personal import PersonalPlan
from zhijian.domain.problems import Problem
from zhijian.foundation.files.fields import FilesField
from zhijian.foundation.language import language
from zhijian.foundation.number_field import NumberField
from zhijian.foundation.wording import say
from zhijian.outcomes.queries import PlanRef
from zhijian.outcomes.services import NewPersonal

Choices = Sequence[tuple[int, str]]
_FIELDS = {"ground": "ground", "measure": "measure", "yuan": "amount", "offender": "offender"}


class ProposalForm(forms.Form):
    """A measure for one person, in the words of the regulation.

    From a fault in a case come the person and the unit, which are then not asked.
    """

    person = forms.TypedChoiceField(label=_("当事人"), coerce=int)
    unit = forms.TypedChoiceField(label=_("所在单位"), coerce=int)
    ground = forms.ChoiceField(label=_("事由"))
    measure = forms.ChoiceField(
        label=_("措施"), help_text=_("由轻到重；是否适用于所选事由，提交时核对。")
    )
    amount = NumberField(
        label=_("金额（元）"), max_digits=14, decimal_places=2, min_value=Decimal("0.01"),
        required=False, help_text=_("不带金额的措施留空。"),
    )  # fmt: skip
    offender = forms.TypedChoiceField(
        label=_("所依据的决定"), coerce=int, empty_value=None, required=False,
        help_text=_("连带责任或与当事人同等处理的，选择对当事人的决定。"),
    )  # fmt: skip
    account = forms.CharField(
        label=_("事实经过"), max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text=_("何时、何地、做了什么；随决定存档，当事人可以看到。"),
    )  # fmt: skip
    evidence = FilesField(label=_("证据"), required=False)

    def __init__(
        self, ref: PlanRef, people: Choices, units: Choices, offenders: Choices, *args: Any,
        **rest: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **rest)
        self.ref = ref
        _offer(self.fields["person"], [("", "—"), *people])
        _offer(self.fields["unit"], [("", "—"), *units])
        _offer(self.fields["ground"], _titles(ref.plan.grounds))
        _offer(self.fields["measure"], _titles(ref.plan.measures))
        if offenders:
            _offer(self.fields["offender"], [("", "—"), *offenders])
        else:
            del self.fields["offender"]
        if _is_free(ref.plan):
            del self.fields["amount"]

    def proposal(self, fault_id: int | None) -> NewPersonal:
        """Return what was typed as the service wants it."""
        told: dict[str, Any] = self.cleaned_data
        return NewPersonal(
            version_id=self.ref.version.id, plan=self.ref.plan.id, ground=told["ground"],
            measure=told["measure"], person_id=told["person"], account=told["account"],
            unit_id=told["unit"], amount=told.get("amount"), fault_id=fault_id,
            offender_id=told.get("offender"), evidence=told["evidence"],
        )  # fmt: skip

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say at each field what stands against it."""
        for each in problems:
            name = _FIELDS.get(each.where, "")
            words = say(each.code, dict(each.facts), language())
            self.add_error(name if name in self.fields else None, words)


class VerdictForm(forms.Form):
    """A choice between yes and no, with the reason."""

    agreed = forms.TypedChoiceField(
        label=_("决定"), coerce=lambda word: word == "yes", widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("说明"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("不同意的须写明理由；说明随决定存档。"),
    )  # fmt: skip

    def __init__(self, yes: Any, no: Any, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        _offer(self.fields["agreed"], [("yes", yes), ("no", no)])


def _offer(field: Any, choices: Sequence[tuple[Any, Any]]) -> None:
    field.choices = choices


def _titles(named: Any) -> list[tuple[str, str]]:
    return [(name, each.title.to(language())) for name, each in named.items()]


def _is_free(plan: PersonalPlan) -> bool:
    return all(each.money == "none" for each in plan.measures.values())

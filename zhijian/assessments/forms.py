"""What people send to this room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhijian.domain.scoring.grade import Grading
from zhijian.foundation.language import language
from zhijian.packs import queries as packs


class OpenPeriod(forms.Form):
    """Which regulation, which scheme, which period."""

    scheme = forms.ChoiceField(label=_("制度与考核方案"))
    period = forms.CharField(
        label=_("考核期"),
        max_length=24,
        help_text=_("如 2024Q1、2024-03、2024H1、2024、2024-01-15..2024-03-14"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"].choices = [  # type: ignore[attr-defined]
            (f"{version.pack_id}/{scheme.id}", f"{version.title} · {scheme.title.to(language())}")
            for version in packs.published_packs()
            for scheme in packs.typed_ref(version).schemes.values()
        ]


class Plea(forms.Form):
    """An objection to a line."""

    record_id = forms.TypedChoiceField(
        label=_("针对的记录"), coerce=int, required=False, empty_value=0
    )
    reason = forms.CharField(
        label=_("异议理由"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )
    evidence = forms.FileField(label=_("证据"), required=False)

    def __init__(self, *args: Any, records: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(0, _("整行，不针对某一条记录")), *records]
        self.fields["record_id"].choices = choices  # type: ignore[attr-defined]


class Ruling(forms.Form):
    """The committee's decision; only what can be done with the objection is offered."""

    decision = forms.ChoiceField(label=_("决定"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("决定理由"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, has_record: bool, is_returned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("rejected", _("异议不成立，维持原结果"))]
        if has_record:
            choices.append(("void", _("异议成立，该记录不计入考核")))
            choices.append(("change", _("异议成立，按下列数值更正记录")))
        if not is_returned:
            choices.append(("returned", _("异议成立，退回工作小组补正记录后重新计算")))
        self.fields["decision"].choices = choices  # type: ignore[attr-defined]


class Reason(forms.Form):
    """A reason in a sentence or two."""

    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class Cancellation(Reason):
    """Why a correction is given up, and what becomes of what was entered."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "取消以后，原来的一版继续有效，本期记录恢复到重新打开之前并重新锁定；"
            "更正期间填报的内容不再计入，留在记录历史和审计日志里。"
        )


class Approval(forms.Form):
    """Approval, with a reason where units are left without a result."""

    exceptions_reason = forms.CharField(
        label=_("未评定单位的处理理由"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("有单位未评定时必须说明；没有则留空。"),
    )


class Meeting(forms.Form):
    """Another day for the analysis meeting."""

    on = forms.DateField(label=_("改期到"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("理由"), max_length=500)


class ConfirmGrade(forms.Form):
    """The grade that an assessor sets where the regulation describes grades in words."""

    grade = forms.ChoiceField(label=_("等次"))
    reason = forms.CharField(
        label=_("理由"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, grading: Grading | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = grading.titles if grading else {}
        self.fields["grade"].choices = [  # type: ignore[attr-defined]
            (grade, titles[grade].to(language())) for grade in (grading.order if grading else ())
        ]

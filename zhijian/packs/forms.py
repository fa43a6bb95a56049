"""What people type about regulations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhijian.accounts import queries as accounts
from zhijian.accounts.roles import ROLES
from zhijian.organizations import queries as organizations
from zhijian.packs.archive import LARGEST_ARCHIVE
from zhijian.packs.models import Receipt, Signature, Subscription
from zhijian.packs.services import Choice, Following, ReviewFacts, Signed, Training


def _day(**attributes: Any) -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date", **attributes}, format="%Y-%m-%d")


class UploadForm(forms.Form):
    """A pack as a .zip."""

    archive = forms.FileField(
        label=_("政策包(.zip)"),
        help_text=_("把含有 pack.yaml 的文件夹压缩为 zip；只能含 .yaml 文件，不超过 5 MB。"),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )

    def clean_archive(self) -> bytes:
        """Return the bytes; the size is looked at before they are read."""
        upload = self.cleaned_data["archive"]
        if upload.size > LARGEST_ARCHIVE:
            raise forms.ValidationError(_("压缩包超过 5 MB；政策包只含文本，请去掉多余的内容。"))
        content: bytes = upload.read()
        return content


class NewVersionForm(forms.Form):
    """Number and first day of a new version."""

    version = forms.RegexField(
        label=_("新版本号"),
        regex=r"^\d{1,4}(\.\d{1,4}){1,2}$",
        help_text=_("两段或三段数字，如 1.1；低于 1.0 是草案，不能发布。"),
        error_messages={"invalid": _("请写两段或三段数字，如 1.1。")},
    )
    effective = forms.DateField(
        label=_("施行日期"),
        widget=_day(),
        help_text=_("到这一天，前一版本自行失效。"),
    )


class FileForm(forms.Form):
    """One file of a draft."""

    text = forms.CharField(
        label=_("内容"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 28, "spellcheck": "false", "wrap": "off", "data-lines": ""}
        ),
    )


class NewFileForm(forms.Form):
    """The name of a file that is added."""

    path = forms.CharField(
        label=_("文件名"),
        max_length=120,
        help_text=_("如 parameters/pass_mark.yaml。"),
    )


class DecisionForm(forms.Form):
    """What is decided about a proposed value, and why."""

    kind = forms.ChoiceField(
        label=_("决定"),
        choices=[("confirmed", _("确认建议值")), ("replaced", _("改用其他取值"))],
        widget=forms.RadioSelect,
    )
    entry = forms.CharField(
        label=_("取值"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 10, "spellcheck": "false", "wrap": "off", "data-lines": ""}
        ),
        help_text=_("与参数文件的写法相同；小数要加引号。改用其他取值时按这里的内容。"),
    )
    reason = forms.CharField(
        label=_("理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明依据，如会议纪要、文件号。"),
    )

    def choice(self, parameter: str) -> Choice:
        """Return what the services want."""
        told = self.cleaned_data
        return Choice(parameter, told["reason"], told["entry"])


class ReviewForm(forms.Form):
    """What a review of effectiveness and feasibility found."""

    held_on = forms.DateField(label=_("评审日期"), widget=_day())
    is_effective = forms.BooleanField(label=_("有效：实施后达到了目的"), required=False)
    is_feasible = forms.BooleanField(label=_("可行：按规定能够做到"), required=False)
    findings = forms.CharField(
        label=_("评审意见"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def facts(self) -> ReviewFacts:
        """Return what the services want."""
        return ReviewFacts(**self.cleaned_data)


class FollowingForm(forms.Form):
    """A unit that follows a regulation or may refer to it."""

    unit = forms.TypedChoiceField(label=_("单位"), coerce=int)
    obligation = forms.ChoiceField(label=_("约束力"), choices=Subscription.Obligation.choices)
    starts = forms.DateField(label=_("起始日期"), widget=_day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(each.id, each.name) for each in organizations.all_units()]

    def following(self) -> Following:
        """Return what the services want."""
        told = self.cleaned_data
        return Following(told["unit"], told["obligation"], told["starts"])


class DistributionForm(forms.Form):
    """The roles whose people receive a version."""

    roles = forms.MultipleChoiceField(
        label=_("分发给"), choices=list(ROLES.items()), widget=forms.CheckboxSelectMultiple
    )

    def person_ids(self) -> set[int]:
        """Return the people who hold one of the roles today."""
        return {
            person.id
            for role in self.cleaned_data["roles"]
            for person in accounts.people_with_role(role)
        }


class TrainingForm(forms.Form):
    """On which day which of the people who received a version were trained in it."""

    people = forms.TypedMultipleChoiceField(
        label=_("受训的人"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    on = forms.DateField(label=_("培训日期"), widget=_day())

    def __init__(self, *args: Any, receipts: Sequence[Receipt], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(each.person_id, each.person.display_name) for each in receipts]
        self.fields["people"].choices = people

    def training(self) -> Training:
        """Return what the services want."""
        told = self.cleaned_data
        return Training(frozenset(told["people"]), told["on"])


class SignatureForm(forms.Form):
    """Which signature is given, with a remark."""

    step = forms.ChoiceField(choices=Signature.Step.choices, widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("意见"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def signed(self) -> Signed:
        """Return what the services want."""
        return Signed(**self.cleaned_data)

"""What the administrator types about a unit."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhijian.foundation.language import language
from zhijian.foundation.wording import say
from zhijian.organizations import queries
from zhijian.organizations.kinds import kind_choices
from zhijian.organizations.models import Contact, Unit
from zhijian.organizations.services import ContactFacts, UnitFacts


class UnitForm(forms.Form):
    """A unit and its place in the tree."""

    parent = forms.ModelChoiceField(
        label=_("上级单位"), queryset=Unit.objects.none(), required=False, empty_label=_("(顶层)")
    )
    name = forms.CharField(label=_("名称"), max_length=100)
    code = forms.CharField(label=_("编码"), max_length=40)
    kind = forms.ChoiceField(label=_("类别"), choices=kind_choices)
    group = forms.CharField(
        label=_("考核分组"),
        max_length=60,
        required=False,
        help_text=_("同组的单位用同一套权重；没有分组就留空。"),
    )
    attributes = forms.CharField(
        label=_("属性"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("一行一个“名称=值”，供政策包按单位区分，如“有回访要求=是”。"),
    )
    position = forms.IntegerField(label=_("排序"), required=False, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = queries.possible_parents()

    def clean_attributes(self) -> dict[str, str]:
        """Read the lines as a mapping."""
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["attributes"].splitlines(), start=1):
            name, equals, value = line.partition("=")
            if line.strip() and not (equals and name.strip()):
                words = say("organizations.bad_attributes", {"line": number}, language())
                raise forms.ValidationError(words)
            if line.strip():
                found[name.strip()] = value.strip()
        return found

    def facts(self, *, is_sample: bool = False) -> UnitFacts:
        """Return what was typed as the services want it."""
        told = self.cleaned_data
        return UnitFacts(
            code=told["code"],
            name=told["name"],
            kind=told["kind"],
            group=told["group"],
            attributes=told["attributes"],
            position=told["position"] or 0,
            is_sample=is_sample,
        )

    @classmethod
    def initial_of(cls, unit: Unit) -> dict[str, Any]:
        """Return a unit as the fields show it."""
        lines = "\n".join(f"{name}={value}" for name, value in unit.attributes.items())
        return {
            "parent": unit.parent_id,
            "name": unit.name,
            "code": unit.code,
            "kind": unit.kind,
            "group": unit.group,
            "attributes": lines,
            "position": unit.position,
        }


class ContactForm(forms.Form):
    """How a unit is reached."""

    person = forms.CharField(label=_("联系人"), max_length=60)
    phone = forms.RegexField(
        r"^[+0-9][0-9 ()-]{4,30}(转[0-9]{1,6})?$",
        label=_("联系电话"),
        max_length=40,
        error_messages={"invalid": _("请填写电话号码，如 027-8888 0000 或 13800001234。")},
    )
    email = forms.EmailField(label=_("电子邮箱"))
    address = forms.CharField(label=_("联系地址"), max_length=200)

    def facts(self) -> ContactFacts:
        """Return what was typed as the services want it."""
        return ContactFacts(**self.cleaned_data)

    @classmethod
    def initial_of(cls, contact: Contact | None) -> dict[str, str]:
        """Return the contact data as the fields show them."""
        names = ("person", "phone", "email", "address")
        return {name: getattr(contact, name) for name in names} if contact else {}

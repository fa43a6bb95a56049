"""What a person asks of a trial: which periods, under which other rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from zhijian.assessments.models import Assessment
from zhijian.assessments.services.trials import Question
from zhijian.assessments.words import period_title
from zhijian.domain.regulation.pack import Pack
from zhijian.packs import queries as packs
from zhijian.packs.queries import VersionRef

_PREFIX = "value-"


class StartForm(forms.Form):
    """The rules that a trial starts from."""

    rules = forms.ChoiceField(label=_("现行规则"))

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rules"].choices = choices


class TrialForm(forms.Form):
    """Periods, and either another version or other values."""

    title = forms.CharField(label=_("名称"), max_length=120)
    periods = forms.MultipleChoiceField(
        label=_("用哪些考核期试算"), widget=forms.CheckboxSelectMultiple
    )
    target = forms.ChoiceField(
        label=_("换成什么规则"),
        required=False,
        help_text=_("选另一版本时，下面改的取值不起作用。"),
    )

    def __init__(
        self,
        *args: Any,
        version: VersionRef,
        assessments: Sequence[Assessment],
        language: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._version = version
        self._texts = packs.values_as_yaml(version.id)
        self.fields["periods"].choices = [
            (str(each.pk), period_title(each.period, language)) for each in assessments
        ]
        self.fields["target"].choices = [
            ("", _("本版本，改下面的取值")),
            *((str(each.id), f"{each.title} {each.version}") for each in _others(version)),
        ]
        pack = packs.typed(version.id)
        for name, text in self._texts.items():
            self.fields[_PREFIX + name] = _value_field(pack, name, text, language)

    def values(self) -> Iterator[BoundField]:
        """The fields that hold the values of parameters."""
        return (self[name] for name in self.fields if name.startswith(_PREFIX))

    def changes(self) -> dict[str, str]:
        """Return the values that differ from those of the version."""
        told = {name: self.cleaned_data[_PREFIX + name] for name in self._texts}
        return {
            name: text.replace("\r\n", "\n")
            for name, text in told.items()
            if _lines(text) != _lines(self._texts[name])
        }

    def question(self, scheme: str) -> Question:
        """Return what the services want."""
        told = self.cleaned_data
        target = int(told["target"]) if told["target"] else None
        return Question(
            title=told["title"],
            version_id=self._version.id,
            scheme=scheme,
            assessment_ids=tuple(int(each) for each in told["periods"]),
            target_id=target,
            changes={} if target else self.changes(),
        )


def _value_field(pack: Pack, name: str, text: str, language: str) -> forms.CharField:
    parameter = pack.parameters[name]
    rows = min(14, text.count("\n") + 1)
    return forms.CharField(
        label=parameter.title.to(language),
        initial=text,
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": rows, "spellcheck": "false", "wrap": "off"}),
        help_text=parameter.note,
    )


def _others(version: VersionRef) -> list[VersionRef]:
    return [each for each in packs.versions(version.pack_id) if each.id != version.id]


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]

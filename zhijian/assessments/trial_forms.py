"""What a person asks of a trial: which periods, under which other rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from zhijian.assessments.models import Assessment
from zhijian.assessments.services.trials import Question
from zhijian.assessments.trial_values import PREFIX, Editor, Maker, is_same
from zhijian.assessments.words import period_title
from zhijian.domain.policy.parameter import Parameter
from zhijian.domain.problems import Problem
from zhijian.foundation.wording import say
from zhijian.packs import queries as packs
from zhijian.packs.printing.naming import Namer
from zhijian.packs.queries import VersionRef


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
        self._language = language
        self._bodies = packs.value_bodies(version.id)
        self.fields["periods"].choices = [
            (str(each.pk), period_title(each.period, language)) for each in assessments
        ]
        self.fields["target"].choices = [
            ("", _("本版本，改下面的取值")),
            *((str(each.id), f"{each.title} {each.version}") for each in _others(version)),
        ]
        pack = packs.typed(version.id)
        namer = Namer.of(pack, language)
        self._tried = {
            name: Tried(
                pack.parameters[name], tuple(Maker(pack.parameters[name], namer).editors(body))
            )
            for name, body in self._bodies.items()
        }
        for name, tried in self._tried.items():
            for editor in tried.editors:
                self.fields.update(editor.fields)
            self.fields[_written_in(name)] = _source_field(tried.parameter, language)

    def values(self) -> Iterator[Shown]:
        """The parameters with their fields, as the page shows them."""
        for name, tried in self._tried.items():
            parameter = tried.parameter
            parts = tuple(
                ShownEditor(
                    each, [(line.title, [self[key] for key in line.names]) for line in each.lines]
                )
                for each in tried.editors
            )
            source = self[_written_in(name)]
            is_open = bool(source.errors) or any(
                field.errors for part in parts for _title, row in part.lines for field in row
            )
            title, note = (each.to(self._language) for each in (parameter.title, parameter.note))
            yield Shown(title, note, parts, source, is_open)

    def clean(self) -> dict[str, Any]:
        """Check what one value alone can get wrong; the services read the whole."""
        told: dict[str, Any] = super().clean() or {}
        if told.get("target"):
            return told
        for name, tried in self._tried.items():
            if not told.get(_written_in(name), "").strip():
                for editor in tried.editors:
                    for field, words in editor.problems(told):
                        if field not in self.errors:
                            self.add_error(field, words)
        return told

    def changes(self) -> dict[str, str]:
        """Return the values that differ from those of the version."""
        return dict(self._changes())

    def _changes(self) -> Iterator[tuple[str, str]]:
        for name, tried in self._tried.items():
            typed = self.cleaned_data[_written_in(name)].replace("\r\n", "\n").strip()
            body = {} if typed else tried.body(self.cleaned_data)
            if typed:
                yield name, typed
            elif not is_same(body, self._bodies[name]):
                yield name, packs.value_text(body)

    def refuse(self, problems: Sequence[Problem]) -> list[str]:
        """Say at its field what is wrong with a value; return what stands elsewhere, in words."""
        elsewhere = []
        for each in problems:
            words = say(each.code, dict(each.facts), self._language)
            name = each.where.removeprefix("<").partition(">")[0]
            if name in self._tried:
                is_source = self.cleaned_data.get(_written_in(name))
                first = self._tried[name].editors[0].first
                self.add_error(_written_in(name) if is_source else first, words)
            else:
                elsewhere.append(f"{each.where} {words}")
        return elsewhere

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


@dataclass(frozen=True, slots=True)
class Tried:
    """A parameter with the editors of its values."""

    parameter: Parameter
    editors: tuple[Editor, ...]

    def body(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Return the body of an entry as it was typed."""
        found: dict[str, Any] = {}
        for each in self.editors:
            if len(each.place) == 1:
                found[each.place[0]] = each.read(told)
            else:
                found.setdefault(each.place[0], {})[each.place[1]] = each.read(told)
        return found


@dataclass(frozen=True, slots=True)
class ShownEditor:
    """The fields of one value in lines; each line has a title."""

    editor: Editor
    lines: list[tuple[str, list[BoundField]]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A parameter as the page shows it; ``source`` takes what has no field of its own."""

    title: str
    note: str
    parts: tuple[ShownEditor, ...]
    source: BoundField
    is_open: bool


def _written_in(name: str) -> str:
    return f"{PREFIX}{name}--source"


def _source_field(parameter: Parameter, language: str) -> forms.CharField:
    title = parameter.title.to(language)
    return forms.CharField(
        label=_("%(title)s：按政策包的写法填写") % {"title": title},
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 4, "spellcheck": "false", "wrap": "off"}),
        help_text=_("只在要给个别单位另定取值时填写，填写后以此为准，上面各项不起作用。"),
    )


def _others(version: VersionRef) -> list[VersionRef]:
    return [each for each in packs.versions(version.pack_id) if each.id != version.id]

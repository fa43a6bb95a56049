"""Entry forms made from the kinds of a pack, and the small forms beside them.

The forms only carry what was typed: whether it is right is for the domain to say.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhijian.domain.exact import plain
from zhijian.domain.problems import Problem
from zhijian.domain.records.cells import cell_text
from zhijian.domain.records.kind import Field, RecordKind
from zhijian.foundation.files.fields import FilesField
from zhijian.foundation.language import language
from zhijian.foundation.wording import say
from zhijian.intake.book import Book

_LONG = 200
ONCE = "idempotency_key"
"""The hidden field by which a form that comes in twice is known; drafts leave it out."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the lists of a form offer: units by name, and the values of registers."""

    units: tuple[str, ...]
    registers: Mapping[str, frozenset[str]]


class RecordForm(forms.Form):
    """The fields of one kind, labelled and explained; each value is a text as it was typed."""

    def __init__(self, book: Book, kind: RecordKind, offered: Offered, **rest: Any) -> None:
        self.book, self.kind, self.offered = book, kind, offered
        super().__init__(**rest)
        for name, field in self._placing():
            self.fields[name] = field
        for rule in kind.fields:
            self.fields[rule.id] = self._field(rule)
        self.fields["evidence"] = FilesField(
            label=_("佐证材料"), required=False,
            help_text=_("照片、PDF、Word、Excel 等；保存后也可以补充。"),
        )  # fmt: skip
        self.fields[ONCE] = forms.CharField(
            widget=forms.HiddenInput, required=False, max_length=64, initial=uuid.uuid4().hex
        )

    def renew(self) -> None:
        """Show the form again under a new key: what it saved before stays as it is."""
        self.data = self.data.copy()
        self.data[ONCE] = uuid.uuid4().hex

    @property
    def entered(self) -> dict[str, str]:
        """Return what was typed, by field."""
        own = ("evidence", ONCE)
        return {name: text for name, text in self.cleaned_data.items() if name not in own}

    @property
    def items(self) -> list[forms.BoundField]:
        """Return the items of the checklist."""
        return [self[rule.id] for rule in self.kind.parts]

    @property
    def head_fields(self) -> list[forms.BoundField]:
        """Return what stands above the checklist: where, when, and the short fields."""
        parts = {rule.id for rule in self.kind.parts}
        shown = [each for each in self.visible_fields() if each.name not in parts]
        return [each for each in shown if not _is_wide(each)]

    @property
    def tail_fields(self) -> list[forms.BoundField]:
        """Return what stands below it: long texts and files."""
        return [each for each in self if _is_wide(each)]

    def take(self, problems: Iterable[Problem]) -> None:
        """Put what the domain found wrong beside the fields it found wrong."""
        lang = language()
        for problem in problems:
            name = problem.where if problem.where in self.fields else None
            self.add_error(name, say(problem.code, dict(problem.facts), lang))

    def _placing(self) -> Iterable[tuple[str, forms.Field]]:
        if not self.kind.is_register:
            units = [("", "—"), *((name, name) for name in self.offered.units)]
            only = self.offered.units[0] if len(self.offered.units) == 1 else None
            yield "unit", _choice(_("单位"), units, True, initial=only)
        if self.kind.dated == "month":
            months = [("", "—"), *((month, month) for month in self.book.period.months())]
            yield "month", _choice(_("月份"), months, True)
        elif self.kind.dated == "day":
            first, last = self.book.period.first, self.book.period.last
            day = forms.DateInput(
                attrs={"type": "date", "min": first.isoformat(), "max": last.isoformat()},
                format="%Y-%m-%d",
            )
            note = _("%(first)s 至 %(last)s 之间") % {"first": first, "last": last}
            yield "on", _text(_("日期"), day, True, note)

    def _field(self, rule: Field) -> forms.Field:
        label = rule.title.to(language())
        required, note = rule.required and rule.id != self._summed, limits_of(rule)
        match rule.type:
            case "choice":
                own = [(word, words.to(language())) for word, words in rule.options.items()]
                options = [("", "—"), *own]
                return _choice(label, options, required, note)
            case "reference":
                known = sorted(self.offered.registers.get(rule.to, ()))
                return _choice(
                    label, [("", "—"), *((each, each) for each in known)], required, note
                )
            case "flag":
                options = [("", "—"), ("true", _("是")), ("false", _("否"))]
                return _choice(label, options, required, note)
            case "date":
                day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                return _text(label, day, required, note)
            case "decimal" | "integer":
                digits = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
                return _text(label, digits, required, note)
        wide = forms.Textarea(attrs={"rows": 3}) if rule.max_length > _LONG else forms.TextInput()
        return _text(label, wide, required, note)

    @property
    def _summed(self) -> str:
        """Return the field that fills itself from the checklist."""
        return self.kind.total if self.kind.parts else ""


def _is_wide(field: forms.BoundField) -> bool:
    return isinstance(field.field.widget, forms.Textarea | forms.FileInput)


def _text(label: str, widget: forms.Widget, required: bool, note: str = "") -> forms.CharField:
    field = forms.CharField(label=label, widget=widget, required=False, help_text=note)
    return _marked(field, required)


def _choice(
    label: str,
    options: list[tuple[str, str]],
    required: bool,
    note: str = "",
    initial: str | None = None,
) -> forms.ChoiceField:
    field = forms.ChoiceField(
        label=label, choices=options, required=False, help_text=note, initial=initial
    )
    return _marked(field, required)


def _marked(field: Any, required: bool) -> Any:
    """Mark a field that must be filled in; the domain refuses the empty one in its own words."""
    if required:
        field.widget.attrs["aria-required"] = "true"
        field.label = f"{field.label} *"
    return field


def limits_of(rule: Field) -> str:
    """Say in one line what may be entered."""
    said = []
    low, high = rule.at_least, rule.at_most
    if low is not None and high is not None:
        said.append(_("%(low)s 至 %(high)s") % {"low": plain(low), "high": plain(high)})
    elif low is not None:
        said.append(_("不小于 %(low)s") % {"low": plain(low)})
    elif high is not None:
        said.append(_("不大于 %(high)s") % {"high": plain(high)})
    if rule.step is not None:
        said.append(_("每档 %(step)s") % {"step": plain(rule.step)})
    elif rule.type == "decimal":
        said.append(_("最多 %(places)s 位小数") % {"places": rule.places})
    if rule.note:
        said.append(rule.note.to(language()))
    return ";".join(said) if said else ""


def sum_of(kind: RecordKind, entered: Mapping[str, str]) -> tuple[str, int]:
    """Return the sum of the checklist items that read as numbers, and how many are still open."""
    total, still_open = Fraction(0), 0
    for rule in kind.parts:
        text = cell_text(entered.get(rule.id))
        if _reads(text):
            total += Fraction(text)
        else:
            still_open += 1
    return plain(total), still_open


def _reads(text: str) -> bool:
    whole, _dot, decimals = text.partition(".")
    return whole.isascii() and whole.isdigit() and (decimals or "0").isdigit()


class ReasonForm(forms.Form):
    """Why a record is changed or voided."""

    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "aria-required": "true"}),
        help_text=gettext_lazy("会与原记录一起保留，例如“抄录有误，以台账为准”。"),
    )  # fmt: skip


class EvidenceForm(forms.Form):
    """Files that prove a record."""

    evidence = FilesField(label=gettext_lazy("佐证材料"), required=False)


class UploadForm(forms.Form):
    """A workbook to import."""

    workbook = forms.FileField(
        label=gettext_lazy("工作簿"), required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy("请使用本制度、本期的模板填写(.xlsx)。"),
    )  # fmt: skip

"""Fields for the values of a regulation: numbers, choices, weights, rows of bands, cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zhijian.domain.exact import plain
from zhijian.domain.policy.parameter import Parameter
from zhijian.domain.policy.raw import number_of
from zhijian.domain.records.cells import cell_text
from zhijian.foundation.number_field import NumberField
from zhijian.packs.printing.naming import Namer, unit_in_words

PREFIX = "value-"
_LOWER = ("at_least", "above", "exactly")
_UPPER = ("at_most", "below")
_SPARE = 1

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of fields under one title."""

    title: str
    names: tuple[str, ...]


@dataclass(slots=True)
class Editor:
    """The fields of one value: for everybody, or for the unit or group that ``heading`` names.

    ``total`` is what the numbers must add up to; ``place`` is where the value stands in the body
    of an entry: ``("value",)`` or ``("for_units", unit)``.
    """

    place: tuple[str, ...]
    heading: str
    heads: tuple[str, ...] = ()
    lines: list[Line] = field(default_factory=list)
    fields: dict[str, forms.Field] = field(default_factory=dict)
    total: Fraction | None = None
    read: Callable[[Told], Any] = dict
    gaps: Callable[[Told], Iterator[tuple[str, str]]] = lambda _told: iter(())

    @property
    def first(self) -> str:
        """The name of the first field, where problems of the whole value are shown."""
        return next(iter(self.fields))

    @property
    def total_told(self) -> str:
        """What the numbers must add up to, as it is shown; empty where nothing is added."""
        return "" if self.total is None else plain(self.total)

    def problems(self, told: Told) -> Iterator[tuple[str, str]]:
        """Say at which field what is missing or does not add up."""
        yield from self.gaps(told)
        if self.total is not None and all(told.get(name) is not None for name in self.fields):
            found = sum((Fraction(told[name]) for name in self.fields), Fraction(0))
            if found != self.total:
                facts = {"found": plain(found), "total": plain(self.total)}
                yield self.first, _("各项合计为 %(found)s，应为 %(total)s。") % facts


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the fields of one parameter."""

    parameter: Parameter
    namer: Namer

    def editors(self, body: Mapping[str, Any]) -> Iterator[Editor]:
        """Return the fields of every value in the body of an entry."""
        yield self._editor(("value",), "", body["value"])
        for key in ("for_units", "for_groups"):
            for name, value in body.get(key, {}).items():
                yield self._editor((key, name), _("%(unit)s另定的取值") % {"unit": name}, value)

    def _editor(self, place: tuple[str, ...], heading: str, value: Any) -> Editor:
        editor = Editor(place, heading)
        stem = PREFIX + "-".join((self.parameter.id, *place[1:]))
        match self.parameter.kind:
            case "choice":
                self._choice(editor, stem, value)
            case "weights":
                self._weights(editor, stem, value)
            case "bands":
                self._bands(editor, stem, value)
            case "points":
                self._points(editor, stem, value)
            case "table":
                self._table(editor, stem, value)
            case _:
                self._number(editor, stem, value)
        for each in editor.fields.values():
            is_choice = isinstance(each, forms.ChoiceField)
            look = "form-select" if is_choice else "form-control"
            each.widget.attrs |= {"class": look, "aria-label": each.label}
        return editor

    @property
    def _title(self) -> str:
        return self.parameter.title.to(self.namer.language)

    def _under(self, *parts: str) -> str:
        return " · ".join((self._title, *(part for part in parts if part)))

    def _number(self, editor: Editor, stem: str, value: Any) -> None:
        unit = unit_in_words(self.parameter.unit, self.namer.language)
        editor.fields[stem] = NumberField(label=self._under(*editor.place[1:]), initial=value)
        editor.lines = [Line(unit, (stem,))]
        editor.read = lambda told: _written(told[stem])

    def _choice(self, editor: Editor, stem: str, value: Any) -> None:
        offered = [(word, self.namer.word(word)) for word in self.parameter.options]
        label = self._under(*editor.place[1:])
        editor.fields[stem] = forms.ChoiceField(label=label, choices=offered, initial=value)
        editor.lines = [Line("", (stem,))]
        editor.read = lambda told: told[stem]

    def _weights(self, editor: Editor, stem: str, value: Any) -> None:
        names = {part: f"{stem}-{part}" for part in value}
        for part, name in names.items():
            title = self.namer.name(part)
            label = self._under(*editor.place[1:], title)
            editor.fields[name] = NumberField(label=label, initial=value[part])
            editor.lines.append(Line(title, (name,)))
        editor.total = sum((Fraction(each) for each in value.values()), Fraction(0))
        editor.read = lambda told: {part: _written(told[name]) for part, name in names.items()}

    def _bands(self, editor: Editor, stem: str, value: Any) -> None:
        given = unit_in_words(self.parameter.unit, self.namer.language)
        rows = [*value, *({} for _each in range(_SPARE))]
        bands = []
        for index, band in enumerate(rows, start=1):
            title = _("第 %(n)s 档") % {"n": index} if band else _("加一档")
            ends = [next((each for each in side if each in band), "") for side in (_LOWER, _UPPER)]
            starts = (ends[0], band.get(ends[0]), ends[1], band.get(ends[1]), band.get("is"))
            names = tuple(f"{stem}-{index}-{each}" for each in ("from", "low", "to", "high", "is"))
            made = (
                forms.ChoiceField(choices=_lower_choices(), required=False),
                NumberField(required=False),
                forms.ChoiceField(choices=_upper_choices(), required=False),
                NumberField(required=False),
                forms.CharField(required=False, max_length=60),
            )
            said = (_("下限"), _("下限"), _("上限"), _("上限"), _("结果"))
            for name, each, start, word in zip(names, made, starts, said, strict=True):
                each.label, each.initial = self._under(*editor.place[1:], title, word), start
                editor.fields[name] = each
            editor.lines.append(Line(title, names))
            bands.append(names)
        editor.heads = (_("下限"), "", _("上限"), "", f"{_('结果')} {given}".strip())
        editor.gaps = lambda told: _half_bands(bands, told)
        editor.read = lambda told: [
            band for band in (_band(told, names) for names in bands) if band
        ]

    def _points(self, editor: Editor, stem: str, value: Any) -> None:
        editor.heads = (_("数值"), _("得到"))
        rows = [*value, *([None, None] for _each in range(_SPARE))]
        pairs = []
        for index, pair in enumerate(rows, start=1):
            title = _("第 %(n)s 点") % {"n": index} if pair[0] is not None else _("加一点")
            names = (f"{stem}-{index}-x", f"{stem}-{index}-y")
            for name, start, head in zip(names, pair, editor.heads, strict=True):
                label = self._under(*editor.place[1:], title, head)
                editor.fields[name] = NumberField(label=label, initial=start, required=False)
            editor.lines.append(Line(title, names))
            pairs.append(names)
        editor.gaps = lambda told: _half_points(pairs, told)
        editor.read = lambda told: [
            [_written(told[x]), _written(told[y])] for x, y in pairs if told[x] is not None
        ]

    def _table(self, editor: Editor, stem: str, value: Any) -> None:
        is_flat = not isinstance(next(iter(value.values())), Mapping)
        cells = {row: {"": each} if is_flat else each for row, each in value.items()}
        columns = list(dict.fromkeys(column for each in cells.values() for column in each))
        editor.heads = () if is_flat else tuple(map(self.namer.word, columns))
        names: dict[tuple[str, str], str] = {}
        for down, (row, held) in enumerate(cells.items(), start=1):
            own = []
            for across, column in enumerate(columns, start=1):
                names[row, column] = name = f"{stem}-{down}-{across}"
                words = (self.namer.word(row), self.namer.word(column) if column else "")
                editor.fields[name] = forms.CharField(
                    label=self._under(*editor.place[1:], *words),
                    initial=held.get(column, ""),
                    required=column in held,
                    max_length=60,
                )
                own.append(name)
            editor.lines.append(Line(self.namer.word(row), tuple(own)))

        def read(told: Told) -> dict[str, Any]:
            found = {
                row: {
                    column: _cell(told[names[row, column]])
                    for column in columns
                    if told[names[row, column]]
                }
                for row in cells
            }
            return {row: each.get("", "") for row, each in found.items()} if is_flat else found

        editor.read = read


def is_same(one: Any, other: Any) -> bool:
    """Tell whether two values say the same; ``50`` and ``50.0`` do."""
    return _compared(one) == _compared(other)


def _compared(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _compared(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_compared(each) for each in value]
    number = number_of(str(value))
    return str(value) if number is None else number


def _half_points(pairs: list[tuple[str, str]], told: Told) -> Iterator[tuple[str, str]]:
    """Say which number of a point is missing; a row without both is no row."""
    for x, y in pairs:
        if (told.get(x) is None) != (told.get(y) is None):
            yield x if told.get(x) is None else y, _("请填写数值，或把这一行清空。")


def _half_bands(bands: list[tuple[str, ...]], told: Told) -> Iterator[tuple[str, str]]:
    """Say what a row of bands lacks; a row without anything is no row."""
    for names in bands:
        yield from _half_band(names, [told.get(name) in (None, "") for name in names])


def _half_band(names: tuple[str, ...], blank: list[bool]) -> Iterator[tuple[str, str]]:
    if all(blank):
        return
    for end, number in ((0, 1), (2, 3)):
        if blank[end] and not blank[number]:
            yield names[end], _("请选择这个数含不含在内；不设限的，把数清空。")
        elif blank[number] and not blank[end]:
            yield names[number], _("请填写数值，或改选“不限”。")
    if blank[4]:
        yield names[4], _("请填写这一档的结果，或把这一行清空。")


def _band(told: Told, names: tuple[str, ...]) -> dict[str, str]:
    low_end, low, high_end, high, gives = (told[name] for name in names)
    if not gives:
        return {}
    ends = {low_end: low, high_end: high}
    return {**{end: _written(each) for end, each in ends.items() if end}, "is": _cell(gives)}


def _cell(text: str) -> str:
    """A number is written as the pack writes it; a word stays as it is."""
    narrow = cell_text(text)
    return text if number_of(narrow) is None else narrow


def _written(number: Any) -> str:
    return f"{number:f}"


def _lower_choices() -> list[tuple[str, str]]:
    return [("", _("不限")), ("at_least", "≥"), ("above", ">"), ("exactly", "=")]


def _upper_choices() -> list[tuple[str, str]]:
    return [("", _("不限")), ("at_most", "≤"), ("below", "<")]

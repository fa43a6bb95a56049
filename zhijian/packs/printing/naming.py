"""Names, conditions and values of a regulation as people read them. Needs no framework."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhijian.domain.exact import plain
from zhijian.domain.policy.citing import cited
from zhijian.domain.policy.comparison import Comparison
from zhijian.domain.policy.values import Bands, ParameterValue, Points, Table, Weights
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.records.record import word_of
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.condition import Condition
from zhijian.domain.scoring.operand import Operand
from zhijian.domain.words import Titles, Words

UNITS = {
    "point": Words("分", "points"),
    "percent": Words("%", "%"),
    "yuan": Words("元", "yuan"),
    "yuan_per_point": Words("元/分", "yuan per point"),
    "day": Words("天", "days"),
    "natural_day": Words("天", "days"),
    "working_day": Words("个工作日", "working days"),
    "hour": Words("小时", "hours"),
    "minute": Words("分钟", "minutes"),
    "month": Words("个月", "months"),
    "share": Words("(比例)", "(share)"),
    "times": Words("次", "times"),
    "person": Words("人", "people"),
    "year": Words("年", "years"),
}
"""What the numbers of parameters count; a pack may name other units, which are told as named."""

TESTS = {
    "equals": Words("为 {}", "is {}"),
    "not": Words("不是 {}", "is not {}"),
    "one_of": Words("为 {} 之一", "is one of {}"),
    "none_of": Words("不是 {} 之一", "is none of {}"),
    "between": Words("在 {} 之间(含两端)", "lies between {}, both included"),
    "before": Words("早于 {}", "is before {}"),
    "after": Words("晚于 {}", "is after {}"),
    "at_least": Words("≥ {}", "≥ {}"),
    "above": Words("> {}", "> {}"),
    "at_most": Words("≤ {}", "≤ {}"),
    "below": Words("< {}", "< {}"),
    "exactly": Words("= {}", "= {}"),
    "line": Words("与 {} 相同", "equals {}"),
}


@dataclass(frozen=True, slots=True)
class Namer:
    """Knows the titles of lines, parameters, kinds and fields, in one language."""

    titles: Mapping[str, Words]
    kinds: Mapping[str, RecordKind]
    stored: Titles
    language: str

    @classmethod
    def of(cls, pack: Pack, language: str) -> Namer:
        """Return the names of a pack."""
        titles = {f"parameter.{each.id}": each.title for each in pack.parameters.values()}
        titles |= {f"unit.{each.id}": each.title for each in pack.header.attributes}
        for holder in (*pack.schemes.values(), *pack.outcomes.values()):
            titles |= {line.id: line.title for line in holder.lines}
        titles["grade"] = Words("等次", "grade")
        return cls(titles, pack.kinds, pack.stored_words(), language)

    def say(self, zh: str, en: str) -> str:
        """Choose between two wordings."""
        return en if self.language.startswith("en") else zh

    def text(self, told: Words | str) -> str:
        """Return a text of the pack in the language."""
        return told.to(self.language) if isinstance(told, Words) else told

    def word(self, stored: str) -> str:
        """Return a word that is stored, such as a grade or an option, as people read it."""
        return self.text(self.stored.get(stored, stored))

    def clause(self, cites: str) -> str:
        """Return a clause as it is cited in the language."""
        return cited(cites, self.language)

    def under(self, cites: str) -> str:
        """Return a clause behind what rests on it; nothing where nothing is cited."""
        return f" 〔{self.clause(cites)}〕" if cites else ""

    def name(self, key: str) -> str:
        """Return the title behind a name."""
        return self.titles[key].to(self.language) if key in self.titles else key

    def operand(self, operand: Operand) -> str:
        """Return what an operand is called; a constant is its number."""
        if operand.source == "constant":
            return operand.name
        cell = "·".join(map(self.word, operand.cell))
        key = operand.name if operand.source == "line" else f"{operand.source}.{operand.name}"
        return self.say("“{}”", "“{}”").format(self.name(key)) + (f"[{cell}]" if cell else "")

    def field(self, kind: str, name: str) -> str:
        """Return the title of a field."""
        special = {
            "month": Words("月份", "month"),
            "on": Words("日期", "date"),
            "period": Words("考核期", "period"),
        }
        known = self.kinds[kind].field(name) if kind in self.kinds else None
        return (known.title if known else special.get(name, Words(name))).to(self.language)

    def kind(self, kind: str) -> str:
        """Return the title of a kind of records."""
        return (self.kinds[kind].title if kind in self.kinds else Words(kind)).to(self.language)

    def listed(self, parts: list[str]) -> str:
        """Join parts the way the language lists things."""
        return self.say("、", ", ").join(parts)


def condition_in_words(condition: Condition, namer: Namer) -> str:
    """Return a condition as a clause."""
    told = []
    for clause in condition.clauses:
        own = namer.operand(clause.operand)
        told += [f"{own} {comparison_in_words(each, namer)}" for each in clause.comparisons]
        told += [
            f"{own} {TESTS[word].to(namer.language).format(namer.operand(limit))}"
            for word, limit in clause.against
        ]
    if condition.choices:
        choices = (condition_in_words(each, namer) for each in condition.choices)
        told.append("(" + namer.say(" 或 ", " or ").join(choices) + ")")
    return namer.say(" 且 ", " and ").join(told)


def unit_in_words(unit: str, language: str) -> str:
    """Return the unit of a number as people write it."""
    return UNITS.get(unit, Words(unit)).to(language)


def value_in_words(value: ParameterValue | None, namer: Namer) -> str:
    """Return the value of a parameter as text; nothing is a repeal."""
    if value is None:
        return namer.say("废止", "repealed")
    match value:
        case Weights():
            return "; ".join(f"{namer.name(part)} {plain(held)}" for part, held in value.parts)
        case Bands():
            shown = ((each.interval, _stored(each.gives, namer)) for each in value.bands)
            return "; ".join(f"{interval} → {gives}" for interval, gives in shown)
        case Points():
            return "; ".join(f"({plain(x)}, {plain(y)})" for x, y in value.corners)
        case Table():
            return "; ".join(_table(value, namer))
    return _stored(value, namer)


def _table(table: Table, namer: Namer) -> Iterator[str]:
    for row, cells in table.rows:
        for column, cell in cells:
            across = f" × {namer.word(column)}" if column else ""
            yield f"{namer.word(row)}{across} → {_stored(cell, namer)}"


def _stored(value: object, namer: Namer) -> str:
    return namer.word(_cell(value))


def _cell(value: object) -> str:
    return word_of(value)  # type: ignore[arg-type]


def comparison_in_words(test: Comparison, namer: Namer) -> str:
    """Return one test as a clause without its subject."""
    if test.word == "empty":
        blank = test.operands[0] is True
        return namer.say("为空", "is empty") if blank else namer.say("不为空", "is not empty")
    operands = namer.listed([_named(each, namer) for each in test.operands])
    return TESTS[test.word].to(namer.language).format(operands)


def _named(operand: object, namer: Namer) -> str:
    text = _cell(operand)
    if operand is True or operand is False:
        return namer.say("是" if operand else "否", "yes" if operand else "no")
    return f"“{namer.name(text)}”" if text.startswith("parameter.") else namer.word(text)

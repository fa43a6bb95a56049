"""What a line may name: a number, an earlier line, a parameter, an attribute of the unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from zhijian.domain.explain.step import Step
from zhijian.domain.policy.header import Attribute
from zhijian.domain.policy.parameter import Parameter
from zhijian.domain.policy.raw import (
    Raw,
    Reading,
    as_list,
    as_text,
    check_length,
    found_text,
    number_of,
    refuse,
)
from zhijian.domain.policy.values import cell_of
from zhijian.domain.records.kind import RecordKind

_SINGLE = ("number", "choice")
"""The kinds of parameters whose value is one number or one word."""
_CITED = 200


@dataclass(frozen=True, slots=True)
class Operand:
    """A name and where it is looked up: ``line``, ``parameter``, ``unit`` or ``constant``.

    ``cell`` picks one number out of a parameter that holds a table or weights: row, then column.
    ``leaf`` is what a number stands for in every working-out.
    """

    source: str
    name: str
    constant: Fraction | None = None
    cell: tuple[str, ...] = ()
    leaf: Step | None = field(default=None, compare=False, repr=False)


def check_ends(raw: Raw, low: Operand | None, high: Operand | None) -> None:
    """Refuse two fixed ends that stand the wrong way round."""
    if low is None or high is None or low.constant is None or high.constant is None:
        return
    if low.constant > high.constant:
        raise refuse(raw, "policy.never_holds", low=low.name, high=high.name)


@dataclass(slots=True)
class Scope:
    """What may be named while the lines of a scheme are read; ``lines`` grows line by line.

    ``places`` says where each line stands, ``uses`` which lines each of them names; what the
    scheme, its grade and its outcomes name themselves stands there under no name. ``numbers`` are
    the lines that can never be a word.
    """

    reading: Reading
    parameters: Mapping[str, Parameter]
    kinds: Mapping[str, RecordKind]
    attributes: Mapping[str, Attribute]
    articles: frozenset[str]
    grades: tuple[str, ...] = ()
    lines: list[str] = field(default_factory=list)
    places: dict[str, Raw] = field(default_factory=dict)
    uses: dict[str, set[str]] = field(default_factory=dict)
    numbers: set[str] = field(default_factory=set)
    reader: str = ""

    def operand(self, raw: Raw) -> Operand:
        """Read an operand; a name that nothing answers to is a problem."""
        text = as_text(raw)
        number = number_of(text)
        if number is not None:
            return Operand("constant", text, number, leaf=Step(text, "constant", number))
        source, _, name = text.partition(".")
        if source == "parameter":
            return self._parameter(raw, name)
        if source == "unit" and name:
            if name not in self.attributes:
                known = ", ".join(sorted(self.attributes))
                raise refuse(raw, "scoring.unknown_attribute", name=name, known=known)
            return Operand("unit", name)
        return Operand("line", self.line(raw))

    def _parameter(self, raw: Raw, name: str) -> Operand:
        """Read ``parameter.id`` or, of a table or weights, ``parameter.id.row.column``."""
        own, *cell = name.split(".")
        parameter = self.known_parameter(raw, own)
        if not cell and parameter.kind not in _SINGLE:
            wanted = " / ".join(_SINGLE)
            raise refuse(
                raw, "scoring.parameter_kind", name=own, kind=parameter.kind, wanted=wanted
            )
        if cell:
            for value in parameter.values():
                if cell_of(value, tuple(cell)) is None:
                    raise refuse(raw, "scoring.unknown_cell", name=own, found=".".join(cell))
        return Operand("parameter", own, cell=tuple(cell))

    def is_number(self, operand: Operand) -> bool:
        """Tell whether an operand can never be a word."""
        if operand.source == "line":
            return operand.name in self.numbers
        if operand.source == "parameter":
            return self.parameters[operand.name].kind in ("number", "weights")
        if operand.source == "unit":
            return self.attributes[operand.name].type == "decimal"
        return True

    def operands(self, raw: Raw) -> tuple[Operand, ...]:
        """Read a list of operands that is not empty."""
        found = tuple(self.operand(each) for each in as_list(raw))
        if not found:
            raise refuse(raw, "policy.empty_list")
        return found

    def line(self, raw: Raw) -> str:
        """Read the name of an earlier line that whatever is being read rests on."""
        name = self.known_line(raw)
        self.uses.setdefault(self.reader, set()).add(name)
        return name

    def unreached(self) -> tuple[str, ...]:
        """Return the lines on which neither score nor grade nor anything that follows rests."""
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            fresh = self.uses.get(waiting.pop(), set()) - reached
            reached |= fresh
            waiting += fresh
        return tuple(name for name in self.places if name not in reached)

    def known_line(self, raw: Raw) -> str:
        """Read the name of an earlier line."""
        name = as_text(raw)
        if name not in self.lines:
            raise refuse(raw, "scoring.unknown_line", name=name, known=", ".join(self.lines))
        return name

    def known_parameter(self, raw: Raw, name: str, kind: str = "") -> Parameter:
        """Return a parameter, of the given kind when one is wanted."""
        parameter = self.parameters.get(name)
        if parameter is None:
            known = ", ".join(sorted(self.parameters))
            raise refuse(raw, "scoring.unknown_parameter", name=name, known=known)
        if kind and parameter.kind != kind:
            raise refuse(raw, "scoring.parameter_kind", name=name, kind=parameter.kind, wanted=kind)
        return parameter

    def kind(self, raw: Raw, name: str) -> RecordKind:
        """Return a kind of records."""
        if name not in self.kinds:
            known = ", ".join(sorted(self.kinds))
            raise refuse(raw, "scoring.unknown_kind", name=name, known=known)
        return self.kinds[name]

    def field_name(self, raw: Raw, kind: RecordKind, name: str) -> str:
        """Return a field of a kind; ``month`` and ``on`` exist in every kind."""
        if name not in ("month", "on") and kind.field(name) is None:
            known = ", ".join(each.id for each in kind.fields)
            raise refuse(raw, "scoring.unknown_field", name=name, kind=kind.id, known=known)
        return name

    def cites(self, raw: Raw | None) -> str:
        """Read a citation of an article that the pack must have."""
        if raw is None:
            return ""
        text = as_text(raw)
        if not text.startswith(tuple(self.articles)):
            raise refuse(raw, "policy.unknown_article", found=found_text(raw))
        check_length(raw, text, _CITED)
        return text

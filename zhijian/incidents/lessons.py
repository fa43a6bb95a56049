"""What a bulletin says: the cells of the form that the circulating step issues, for readers who may
not see the case itself. Personal facts are hidden from everybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from zhijian.cases import queries as cases
from zhijian.cases.queries import Known
from zhijian.cases.showing.names import Names
from zhijian.domain.casework.paper import Cell, PaperRule
from zhijian.foundation.language import language
from zhijian.incidents.models import Bulletin


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bulletin with its facts in words."""

    title: str
    pairs: tuple[tuple[str, str], ...]


def lessons(row: Bulletin) -> tuple[Part, ...]:
    """Return the parts of a bulletin as far as something is known for them."""
    known = cases.known(row.case)
    rule = _form(known)
    if rule is None:
        return ()
    facts = known.kind.facts
    names = Names.of((facts[name], value) for name, value in known.facts.items())
    parts = (
        Part(each.title.to(language()), tuple(_pairs(each.cells, known, names)))
        for each in rule.parts
    )
    return tuple(each for each in parts if each.pairs)


def _form(known: Known) -> PaperRule | None:
    safety = known.kind.safety
    step = safety.incident.circulates if safety and safety.incident else ""
    papers = [form.paper for form in known.kind.forms.values() if form.paper]
    return next((each for each in papers if step in each.issued), None)


def _pairs(cells: tuple[Cell, ...], known: Known, names: Names) -> Iterator[tuple[str, str]]:
    words = cases.words_of(known.case)
    of_case = {"unit": known.case.unit.name, "level": words.level, "number": known.case.number}
    for cell in cells:
        text = of_case.get(cell.name, "") if cell.source == "case" else ""
        value = known.facts.get(cell.name) if cell.source == "fact" else None
        if value is not None:
            text = names.line(known.kind.facts[cell.name], value, reveals=False).text
        if text:
            yield cell.title.to(language()), text

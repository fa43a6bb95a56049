"""What looks like a rule and is none: lines, parameters and values on which nothing rests."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from zhijian.domain.policy.raw import Raw, as_list, as_text, entries
from zhijian.domain.problems import Problem
from zhijian.domain.scoring.operand import Scope

_NAME = re.compile(r"[\w{}-]+(?:\.[\w{}-]+)*")
_SLOT = re.compile(r"\\\{.*?\\\}")


def idle(files: Mapping[str, Raw], units: Iterable[str], scopes: Iterable[Scope]) -> list[Problem]:
    """Return a problem for each line, parameter and value for a unit that nothing uses."""
    return [
        *(each for scope in scopes for each in _lines(scope)),
        *_parameters(files),
        *_units(files, tuple(units)),
    ]


def _lines(scope: Scope) -> Iterator[Problem]:
    """A line that nothing rests on looks like a rule and is none, such as a forgotten cap."""
    for name in scope.unreached():
        yield Problem.at(scope.places[name].where, "scoring.line_unused", line=name)


def _parameters(files: Mapping[str, Raw]) -> Iterator[Problem]:
    words = {
        name
        for path, raw in files.items()
        if not path.startswith(("parameters/", "examples/", "articles.yaml", "terms.yaml"))
        for text in _texts(raw)
        for name in _NAME.findall(text)
    }
    # Lines that are written for several names hold a place for them: ``parameter.{i}_target``.
    named = {name.removeprefix("parameter.").partition(".")[0] for name in words}
    held = (name.removeprefix("parameter.") for name in words if name.startswith("parameter."))
    slots = "|".join(_SLOT.sub(".*", re.escape(name)) for name in held if "{" in name)
    for path, raw in files.items():
        for key, each in entries(raw) if path.startswith("parameters/") else ():
            name = as_text(each) if key == "id" else ""
            if name and name not in named and not (slots and re.fullmatch(slots, name)):
                yield Problem.at(each.where, "policy.parameter_unused", name=name)


def _texts(raw: Raw) -> Iterator[str]:
    if isinstance(raw.value, str):
        yield raw.value
    elif isinstance(raw.value, tuple):
        for each in raw.value:
            yield from _texts(each)
    elif isinstance(raw.value, Mapping):
        for key, each in entries(raw):
            yield key
            yield from _texts(each)


def _units(files: Mapping[str, Raw], units: tuple[str, ...]) -> Iterator[Problem]:
    """A misspelt unit would silently go by the value of all others."""
    for path, raw in files.items():
        for name, each in _own_values(raw) if units and path.startswith("parameters/") else ():
            if name not in units:
                known = ", ".join(units)
                yield Problem.at(each.where, "policy.unknown_unit", unit=name, known=known)


def _own_values(raw: Raw) -> Iterator[tuple[str, Raw]]:
    for key, each in entries(raw):
        for entry in as_list(each) if key == "entries" else ():
            for inner, values in entries(entry):
                yield from entries(values) if inner == "for_units" else ()

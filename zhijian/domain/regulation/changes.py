"""How a value of a pack differs from another one, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from fractions import Fraction

from zhijian.domain.deadlines.hours import Span
from zhijian.domain.exact import plain
from zhijian.domain.policy.telling import told
from zhijian.domain.policy.values import Bands, Points, Table, Weights
from zhijian.domain.scoring.operand import Operand
from zhijian.domain.words import Words

_SHORT = 200
_STEP = "op"
_WHOLE = (Weights, Bands, Points, Table, Words, Operand, Span)


def changes(old: object, new: object, path: str = "") -> list[str]:
    """Return what differs, each as ``place: old → new``; places are the names of packs."""
    if old == new:
        return []
    if path == _STEP and type(old) is not type(new):
        return []  # the name of the step, which stands beside it, says it already
    alike = is_dataclass(old) and type(old) is type(new)
    if alike and not isinstance(old, _WHOLE):
        return [
            each
            for field in fields(old)  # type: ignore[arg-type]  # ``alike`` says it is an instance
            if field.compare
            for each in changes(
                getattr(old, field.name), getattr(new, field.name), _below(path, field.name)
            )
        ]
    if isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True), 1)
        return [each for place, pair in pairs for each in changes(*pair, _below(path, str(place)))]
    named = f"{path}: " if path else ""
    return [f"{named}{_short(old)} → {_short(new)}"]


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path not in ("", _STEP) else name


def _short(value: object) -> str:
    """Write a value for people; whatever is long is cut."""
    text = _written(value)
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"


def _written(value: object) -> str:
    match value:
        case None | "" | ():
            return "—"
        case bool():
            return "true" if value else "false"
        case Fraction():
            return plain(value)
        case date() | Span():
            return str(value)
        case Weights() | Bands() | Points() | Table():
            return told(value)
        case Operand():
            prefix = "" if value.source in ("line", "constant") else f"{value.source}."
            return ".".join((prefix + value.name, *value.cell))
        case Words():
            return f"{value.zh} / {value.en}" if value.en else value.zh
    return _listed(value)


def _listed(value: object) -> str:
    if isinstance(value, Mapping):
        if all(isinstance(each, Words) for each in value.values()):
            return ", ".join(map(_written, value.values()))
        return ", ".join(f"{name}: {_written(each)}" for name, each in value.items())
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ", ".join(_written(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        held = ((each.name, getattr(value, each.name)) for each in fields(value))
        return " ".join(f"{name} {_written(each)}" for name, each in held if each not in (None, ()))
    return str(value)

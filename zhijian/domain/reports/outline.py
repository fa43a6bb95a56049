"""The outline of a report: its parts in order, and the figures and texts each part holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zhijian.domain.policy.raw import Raw, Reading, refuse, refuse_twice
from zhijian.domain.records.kind import RecordKind
from zhijian.domain.words import NOTHING, Words

FIGURES = (
    "results",
    "components",
    "measures",
    "ranking",
    "trend",
    "money",
    "records",
    "satisfaction",
    "complaints",
    "call_backs",
    "pareto",
    "missing",
    "unconfirmed",
)
"""What a part may show; each figure leads to its rows."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a part; ``kind`` and ``by`` narrow it to records of a kind, by a field."""

    show: str
    title: Words
    kind: str
    by: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part: figures made from results and, where ``written_by`` is set, a text by people."""

    id: str
    title: Words
    cites: str
    figures: tuple[Figure, ...]
    written_by: str
    prompt: Words


@dataclass(frozen=True, slots=True)
class Outline:
    """A report of the pack."""

    id: str
    title: Words
    cites: str
    scheme: str
    parts: tuple[Part, ...]


def read_outline(
    reading: Reading, raw: Raw, schemes: tuple[str, ...], kinds: Mapping[str, RecordKind]
) -> Outline:
    """Read one file of ``reports/``."""
    fields = reading.fields(raw)
    scheme = fields.word("scheme", schemes, schemes[0] if schemes else "")
    outline = Outline(
        id=fields.name(),
        title=fields.title(),
        cites=fields.text("cites", ""),
        scheme=scheme,
        parts=tuple(_read_part(reading, each, kinds) for each in fields.items("parts")),
    )
    fields.close()
    if not outline.parts:
        raise refuse(raw, "policy.empty_list")
    refuse_twice((raw, each.id) for each in outline.parts)
    return outline


def _read_part(reading: Reading, raw: Raw, kinds: Mapping[str, RecordKind]) -> Part:
    fields = reading.fields(raw)
    part = Part(
        id=fields.name(),
        title=fields.title(),
        cites=fields.text("cites", ""),
        figures=tuple(_read_figure(reading, each, kinds) for each in fields.items("figures")),
        written_by=fields.text("written_by", ""),
        prompt=fields.words("prompt", NOTHING),
    )
    fields.close()
    return part


def _read_figure(reading: Reading, raw: Raw, kinds: Mapping[str, RecordKind]) -> Figure:
    fields = reading.fields(raw)
    figure = Figure(
        show=fields.word("show", FIGURES),
        title=fields.title(),
        kind=fields.text("kind", ""),
        by=fields.text("by", ""),
    )
    fields.close()
    kind = kinds.get(figure.kind)
    if figure.kind and kind is None:
        known = ", ".join(sorted(kinds))
        raise refuse(raw, "scoring.unknown_kind", name=figure.kind, known=known)
    if figure.by and (kind is None or kind.field(figure.by) is None):
        known = ", ".join(each.id for each in kind.fields) if kind else "—"
        raise refuse(
            raw, "scoring.unknown_field", name=figure.by, kind=figure.kind or "—", known=known
        )
    return figure

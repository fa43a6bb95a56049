"""The exact text of an event: what is digested, kept for good, and read back as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone

from zhijian.cases.models import CaseEvent
from zhijian.domain.casework.course import Happened
from zhijian.domain.casework.fact import FactValue
from zhijian.foundation.audit import chain


def document_of(happened: Happened, **more: Any) -> str:
    """Return the text of a step; ``more`` is what an opening adds: kind, law, unit, title."""
    told = {
        "facts": kept_facts(happened.facts),
        "reason": happened.reason,
        "level": happened.level,
        "roles": sorted(happened.roles),
    }
    return chain.canonical({**told, **more})


def hand_over_document(to_id: int, reason: str) -> str:
    """Return the text of a hand-over."""
    return chain.canonical({"to": to_id, "reason": reason})


def told_in(event: CaseEvent) -> dict[str, Any]:
    """Return what the text of an event says."""
    told: dict[str, Any] = json.loads(event.document)
    return told


def happened_of(event: CaseEvent, seq: int) -> Happened:
    """Return a step as the domain knows it; ``seq`` counts steps only."""
    told = told_in(event)
    return Happened(
        seq,
        event.step,
        str(event.actor_id or ""),
        frozenset(told["roles"]),
        timezone.localtime(event.at),
        read_facts(told["facts"]),
        told["reason"],
        told["level"],
    )


def hash_of(event: CaseEvent, number: str) -> str:
    """Return the digest of an event of the case with a number, on top of the one before it."""
    told = {
        "case": number,
        "seq": event.seq,
        "sort": str(event.sort),
        "step": event.step,
        "at": chain.moment(event.at),
        "actor": event.actor_id,
        "document": event.document,
    }
    return chain.digest(event.previous_hash, told)


def written_facts(facts: Mapping[str, FactValue]) -> dict[str, Any]:
    """Return facts as plain JSON, for programs."""
    return {name: _plain(value) for name, value in facts.items()}


def kept_facts(facts: Mapping[str, FactValue]) -> dict[str, Any]:
    """Return facts as JSON from which ``read_facts`` makes the same facts again."""
    return {name: _written(value) for name, value in facts.items()}


def read_facts(told: Mapping[str, Any]) -> dict[str, FactValue]:
    """Return the facts that ``kept_facts`` wrote."""
    return {name: _read(value) for name, value in told.items()}


def _plain(value: FactValue) -> Any:
    written = _written(value)
    return next(iter(written.values())) if isinstance(written, dict) else written


def _written(value: FactValue) -> Any:
    match value:
        case Fraction():
            return {"number": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case tuple():
            return {"files": list(value)}
    return value


def _read(written: Any) -> FactValue:
    if not isinstance(written, dict):
        return written  # type: ignore[no-any-return]
    ((sort, value),) = written.items()
    match sort:
        case "number":
            return Fraction(value)
        case "moment":
            return datetime.fromisoformat(value).astimezone(timezone.get_default_timezone())
        case "day":
            return date.fromisoformat(value)
    return tuple(value)

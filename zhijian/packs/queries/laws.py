"""The law of a day: a version's parameters with what people have confirmed or replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zhijian.domain.policy.law import Law
from zhijian.domain.regulation.pack import Pack
from zhijian.packs.entries import body_of, entry_texts
from zhijian.packs.models import Confirmation
from zhijian.packs.queries.typed import PackUnreadable, Values, contents, typed, typed_with
from zhijian.packs.replacing import replaced_pack

_DECIDED = ("parameter", "kind", "value")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a proposed value; ``value`` is empty when it was confirmed."""

    id: int
    parameter: str
    kind: str
    value: str
    reason: str
    by: str
    at: datetime


def law_of(version_id: int, day: date, read: Pack | None = None) -> Law:
    """Return the law of ``day``; what was replaced counts as if it stood in the files.

    ``read`` is the pack of the version, where the caller has it already.
    """
    rows = Confirmation.objects.filter(version_id=version_id).order_by("pk")
    latest = {name: (kind, value) for name, kind, value in rows.values_list(*_DECIDED)}
    confirmed = frozenset(name for name, (kind, _value) in latest.items() if kind == "confirmed")
    values = tuple(
        sorted((name, value) for name, (kind, value) in latest.items() if kind == "replaced")
    )
    pack = typed_with(version_id, values) if values or read is None else read
    return pack.law(day, confirmed)


def confirmed_pack(version_id: int) -> Pack:
    """Return the pack of a version with the replaced values in their places."""
    return typed_with(version_id, _values(latest_decisions(version_id)))


def decisions(version_id: int) -> tuple[Decision, ...]:
    """Return every decision about the proposed values of a version, the newest first."""
    rows = Confirmation.objects.filter(version_id=version_id).select_related("by").order_by("-pk")
    return tuple(_decision(row) for row in rows)


def unconfirmed(version_id: int) -> tuple[str, ...]:
    """Return the parameters with a proposed value that nobody has decided about yet."""
    decided = {each.parameter for each in latest_decisions(version_id)}
    return tuple(name for name in proposed(typed(version_id)) if name not in decided)


def proposed(pack: Pack) -> tuple[str, ...]:
    """Return the parameters of a pack with a proposed value in their history."""
    return tuple(
        name
        for name, parameter in pack.parameters.items()
        if any(entry.proposed for entry in parameter.entries)
    )


def replaced_values(version_id: int) -> Values:
    """Return the values that stand in the place of proposed ones, as YAML of an entry."""
    return _values(latest_decisions(version_id))


def latest_decisions(version_id: int) -> tuple[Decision, ...]:
    """Return the decision that counts for each parameter that one was made about."""
    found: dict[str, Decision] = {}
    for each in decisions(version_id):
        found.setdefault(each.parameter, each)
    return tuple(found.values())


def _values(latest: tuple[Decision, ...]) -> Values:
    return tuple(sorted((each.parameter, each.value) for each in latest if each.kind == "replaced"))


def _decision(row: Confirmation) -> Decision:
    by = row.by.display_name if row.by else ""
    return Decision(row.pk, row.parameter, row.kind, row.value, row.reason, by, row.at)


def tried_pack(version_id: int, tried: Mapping[str, str]) -> Pack:
    """Return the pack with other values; raise ``PackUnreadable`` where they break it.

    ``tried`` maps parameters to the YAML of an entry. Nothing is stored.
    """
    answer = replaced_pack(contents(version_id), dict(replaced_values(version_id)), tried)
    if isinstance(answer, Pack):
        return answer
    raise PackUnreadable(answer)


def values_as_yaml(version_id: int) -> dict[str, str]:
    """Return the value of each parameter as YAML, with what was decided in its place."""
    return {**entry_texts(contents(version_id)), **dict(replaced_values(version_id))}


def value_bodies(version_id: int) -> dict[str, dict[str, Any]]:
    """Return the bodies of the same entries as plain data, decimals as text."""
    return {name: body_of(text) for name, text in values_as_yaml(version_id).items()}

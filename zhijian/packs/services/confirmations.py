"""What people with authority decide about proposed values (POL-21)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhijian.domain.regulation.pack import Pack
from zhijian.foundation.audit.facts import Actor, Subject
from zhijian.foundation.audit.services import record
from zhijian.packs.models import Confirmation, PackVersion
from zhijian.packs.queries.laws import proposed, replaced_values
from zhijian.packs.queries.typed import typed
from zhijian.packs.replacing import replaced_pack
from zhijian.packs.services.refusals import PackRefused, locked, require


@dataclass(frozen=True, slots=True)
class Choice:
    """Which parameter is decided about and why.

    ``entry`` is YAML as in a parameter file: ``value`` and, if need be, ``for_units`` and
    ``for_groups``; empty when the proposed value stays.
    """

    parameter: str
    reason: str
    entry: str = ""


@transaction.atomic
def confirm_parameter(
    version_id: int, choice: Choice, actor: Actor | None, at: datetime
) -> Confirmation:
    """Let a proposed value count as it stands."""
    row = _open(version_id, choice, actor)
    decision = Confirmation(
        parameter=choice.parameter, kind=Confirmation.Kind.CONFIRMED, reason=choice.reason
    )
    return _decide(row, decision, actor, at)


@transaction.atomic
def replace_parameter(
    version_id: int, choice: Choice, actor: Actor | None, at: datetime
) -> Confirmation:
    """Put another value in the place of a proposed one.

    The whole pack is read again with it, as strictly as any file.
    """
    row = _open(version_id, choice, actor)
    values = {**dict(replaced_values(version_id)), choice.parameter: choice.entry}
    answer = replaced_pack(row.files, values)
    if not isinstance(answer, Pack):
        raise PackRefused("packs.value_refused", answer, parameter=choice.parameter)
    decision = Confirmation(
        parameter=choice.parameter,
        kind=Confirmation.Kind.REPLACED,
        value=choice.entry,
        reason=choice.reason,
    )
    return _decide(row, decision, actor, at)


def _open(version_id: int, choice: Choice, actor: Actor | None) -> PackVersion:
    require(actor, "packs.confirm_default")
    row = locked(version_id)
    if row.state != PackVersion.State.PUBLISHED:
        raise PackRefused("packs.not_published", title=row.words, version=row.version)
    if choice.parameter not in proposed(typed(version_id)):
        raise PackRefused("packs.not_proposed", parameter=choice.parameter)
    if not choice.reason.strip():
        raise PackRefused("packs.reason_missing")
    return row


def _decide(
    row: PackVersion, decision: Confirmation, actor: Actor | None, at: datetime
) -> Confirmation:
    decision.version = row
    decision.by_id = actor.pk if actor is not None else None
    decision.at = at
    decision.save(force_insert=True)
    record(
        actor=actor,
        action=f"packs.{'confirm' if decision.kind == 'confirmed' else 'replace'}_value",
        subject=Subject("packs.version", str(row.pk), f"{row} · {decision.parameter}"),
        after={
            "parameter": decision.parameter,
            "kind": str(decision.kind),
            "value": decision.value,
            "reason": decision.reason,
        },
    )
    return decision

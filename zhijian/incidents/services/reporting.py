"""Reporting an incident, also one at which a complaint or a check has hinted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.cases import services as cases
from zhijian.cases.services import Opening
from zhijian.incidents.models import HintWord, Incident
from zhijian.incidents.queries.kinds import kind_for
from zhijian.incidents.refusals import IncidentRefused
from zhijian.incidents.services.settling import locked, settled

if TYPE_CHECKING:
    from zhijian.accounts.models import User


@transaction.atomic
def report(*, actor: User, opening: Opening, at: datetime, hint_id: int | None = None) -> Incident:
    """Open the case of an incident by its quick report; with a hint, that is settled by it.

    Asked again under the same key, the same incident is returned. Raises ``IncidentRefused`` and
    ``StepRefused``.
    """
    ref = kind_for("incident", opening.pack_id, opening.kind)
    rule = ref.kind.safety.incident if ref and ref.kind.safety else None
    if rule is None or opening.taking.step != rule.step:
        raise IncidentRefused("incidents.no_such_kind", kind=opening.kind, pack=opening.pack_id)
    hint = locked(actor, hint_id) if hint_id is not None else None
    case = cases.open_case(actor=actor, opening=opening, at=at)
    if hint is not None and hint.incident_id != case.pk:
        settled(hint, HintWord.REPORTED, actor, at, case)
    return Incident.objects.select_related("case").get(case_id=case.pk)

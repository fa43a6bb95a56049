"""Remedial measures as a person may see them, and what of them is late or waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from zhijian.accounts import queries as accounts
from zhijian.foundation.files import queries as files
from zhijian.foundation.files.queries import FileRef
from zhijian.outcomes.models import Remedy, RemedyState, RemedyStep, StepKind

EVIDENCE_OF_REMEDY = "outcomes.remedy"
OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Sought:
    """Which measures somebody looks for; empty fields do not restrict."""

    state: str = ""
    unit: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Load:
    """How many measures there are of each sort."""

    open: int
    overdue: int
    done: int


@dataclass(frozen=True, slots=True)
class StepView:
    """A step with the files that show it."""

    row: RemedyStep
    evidence: list[FileRef]


def remedies_seen(user: Any, sought: Sought, today: date) -> QuerySet[Remedy]:
    """Return the measures of the units a person may look at, the one due first in front."""
    rows = _seen(user)
    if sought.state == OVERDUE:
        rows = rows.filter(_late(today))
    elif sought.state:
        rows = rows.filter(state=sought.state)
    if sought.unit:
        rows = rows.filter(entry__unit_id=sought.unit)
    if sought.text:
        named = Q(entry__unit_name__icontains=sought.text)
        rows = rows.filter(named | Q(entry__title__icontains=sought.text))
    closed = Q(state__in=(RemedyState.VERIFIED, RemedyState.LIFTED))
    return rows.annotate(is_closed=closed).order_by(
        "is_closed", F("entry__due_on").asc(nulls_last=True), "-pk"
    )


def load(user: Any, today: date) -> Load:
    """Count the measures that a person may look at."""
    return Load(
        **_seen(user)
        .order_by()
        .aggregate(
            open=Count("pk", filter=Q(state=RemedyState.OPEN)),
            overdue=Count("pk", filter=_late(today)),
            done=Count("pk", filter=Q(state=RemedyState.DONE)),
        )
    )


def to_do(unit_ids: frozenset[int]) -> list[Remedy]:
    """Return the open measures of some units, the one due first in front."""
    rows = _with_entry().filter(state=RemedyState.OPEN, entry__unit_id__in=unit_ids)
    return list(rows.order_by(F("entry__due_on").asc(nulls_last=True), "pk"))


def to_verify(user: Any) -> int:
    """Count the measures that were reported as done by somebody else."""
    allowed = accounts.units_allowed(user, "outcomes.verify_remedy")
    rows = Remedy.objects.filter(state=RemedyState.DONE)
    if allowed is not accounts.ALL:
        rows = rows.filter(entry__unit_id__in=allowed)
    own = RemedyStep.objects.filter(kind=StepKind.DONE, by=user)
    return rows.exclude(pk__in=own.values("remedy_id")).count()


def remedy_for(user: Any, remedy_id: int) -> Remedy | None:
    """Return one measure, or nothing for who may not see its unit."""
    found = _with_entry().filter(pk=remedy_id).first()
    if found is None or not accounts.may(user, "outcomes.view", found.entry.unit_id):
        return None
    return found


def steps_of(remedy: Remedy) -> list[StepView]:
    """Return what was done with a measure, oldest first."""
    rows = remedy.steps.select_related("by")
    return [StepView(row, files.files_of(EVIDENCE_OF_REMEDY, str(row.pk))) for row in rows]


def was_reported_by(remedy: Remedy, user: Any) -> bool:
    """Tell whether a person has reported a measure as done, and so cannot verify it."""
    return remedy.steps.filter(kind=StepKind.DONE, by=user).exists()


def overdue(today: date) -> list[Remedy]:
    """Return every measure that is late, whoever may look at it."""
    return list(_with_entry().filter(_late(today)).order_by("pk"))


def is_late(remedy: Remedy, today: date) -> bool:
    """Tell whether the limit has passed and nothing was reported."""
    due = remedy.entry.due_on
    return remedy.state == RemedyState.OPEN and due is not None and due < today


def may_read_remedy_evidence(user: Any, file: FileRef) -> bool:
    """Tell whether a person may read what shows that a measure was taken."""
    step = RemedyStep.objects.filter(pk=file.owner_key) if file.owner_key.isdigit() else None
    found = step.first() if step is not None else None
    return found is not None and remedy_for(user, found.remedy_id) is not None


def _seen(user: Any) -> QuerySet[Remedy]:
    allowed = accounts.units_allowed(user, "outcomes.view")
    rows = _with_entry()
    return rows if allowed is accounts.ALL else rows.filter(entry__unit_id__in=allowed)


def _with_entry() -> QuerySet[Remedy]:
    return Remedy.objects.select_related("entry__assessment__pack_version").defer(
        "entry__working", "entry__assessment__pack_version__files"
    )


def _late(today: date) -> Q:
    return Q(state=RemedyState.OPEN, entry__due_on__lt=today)

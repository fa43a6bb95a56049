"""Decisions about persons as somebody may see them, and the quality file of a person (DIS-21)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.domain.outcomes.personal import PersonalPlan
from zhijian.foundation.files import queries as files
from zhijian.foundation.files.queries import FileRef
from zhijian.outcomes.models import LIVE, PersonalDecision, PersonalState
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.accounts.models import User

EVIDENCE_OF_PERSONAL = "outcomes.personal"
VIEW, PROPOSE, DECIDE = (f"outcomes.{word}_personal" for word in ("view", "propose", "decide"))
_COUNTING = (PersonalState.IN_FORCE, PersonalState.OBJECTED)


@dataclass(frozen=True, slots=True)
class SoughtPersonal:
    """Which decisions somebody looks for; empty fields do not restrict."""

    state: str = ""
    kind: str = ""
    unit: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class PlanRef:
    """The rewards and penalties of persons of one regulation in force."""

    version: packs.VersionRef
    plan: PersonalPlan


@dataclass(frozen=True, slots=True)
class QualityFile:
    """What is on record about a person, as far as the reader may see it; amounts in yuan."""

    person: User
    decisions: list[PersonalDecision]
    faults: list[Any]
    counts: dict[str, int]
    fined: Decimal
    rewarded: Decimal


def plans() -> list[PlanRef]:
    """Return the plans of the regulations in force."""
    return [
        PlanRef(version, plan)
        for version in packs.published_packs()
        for plan in packs.typed_ref(version).personal.values()
    ]


def plan_of(version_id: int, plan: str) -> tuple[packs.VersionRef, PersonalPlan] | None:
    """Return one plan with its version, if that version has it."""
    version = packs.version_ref(version_id)
    found = packs.typed(version_id).personal.get(plan) if version else None
    return (version, found) if version and found else None


def personal_seen(user: Any, sought: SoughtPersonal | None = None) -> QuerySet[PersonalDecision]:
    """Return the decisions about the person, and about those of the units they look after."""
    allowed = accounts.units_allowed(user, VIEW)
    rows = PersonalDecision.objects.select_related("person", "proposed_by", "pack_version").defer(
        "pack_version__files"
    )
    if allowed is not accounts.ALL:
        rows = rows.filter(Q(unit_id__in=allowed) | Q(person_id=user.pk))
    if sought is None:
        return rows.order_by("-pk")
    wanted = {"state": sought.state, "kind": sought.kind, "unit_id": sought.unit}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if sought.text:
        named = Q(person__display_name__icontains=sought.text)
        rows = rows.filter(named | Q(person__username__icontains=sought.text))
    return rows.order_by("-pk")


def personal_for(user: Any, decision_id: int) -> PersonalDecision | None:
    """Return one decision, or nothing for who may not see it."""
    rows = personal_seen(user).select_related("offender", "fault__case")
    return rows.filter(pk=decision_id).first()


def offenders(user: Any, pack_id: str) -> list[PersonalDecision]:
    """Return the decisions in force on which another one under the same regulation may rest."""
    rows = personal_seen(user).filter(pack_id=pack_id, state=PersonalState.IN_FORCE)
    return list(rows[:200])


def faults_undecided(user: Any) -> QuerySet[Any]:
    """Return the faults of cases for which nothing counts or is proposed yet."""
    decided = PersonalDecision.objects.filter(state__in=LIVE, fault__isnull=False)
    rows = cases.faults_seen(user).exclude(person=None)
    return rows.exclude(pk__in=decided.values("fault_id"))


def to_decide_personal(user: Any) -> int:
    """Count the proposals and objections that wait for the person."""
    allowed = accounts.units_allowed(user, DECIDE)
    if not allowed:
        return 0
    waiting = (PersonalState.PROPOSED, PersonalState.OBJECTED)
    rows = PersonalDecision.objects.filter(state__in=waiting)
    if allowed is not accounts.ALL:
        rows = rows.filter(unit_id__in=allowed)
    return rows.exclude(Q(person=user) | Q(proposed_by=user)).count()


def people_on_record(user: Any) -> QuerySet[Any]:
    """Return who has decisions that count, with how many of each kind and the yuan."""
    rows = personal_seen(user).filter(state__in=_COUNTING).order_by()
    return (
        rows.values("person_id", "person__display_name", "person__username")
        .annotate(
            penalties=Count("pk", filter=Q(kind="penalty")),
            trainings=Count("pk", filter=Q(kind="training")),
            rewards=Count("pk", filter=Q(kind="reward")),
            fined=Sum("amount", filter=Q(kind="penalty")),
            rewarded=Sum("amount", filter=Q(kind="reward")),
        )
        .order_by("-penalties", "person__username")
    )


def quality_file(user: Any, person_id: int) -> QualityFile | None:
    """Return the file of a person; nothing for who may see nothing of it."""
    person = accounts.person(person_id)
    decisions = list(personal_seen(user).filter(person_id=person_id)) if person else []
    sees_all = accounts.units_allowed(user, VIEW) is accounts.ALL or user.pk == person_id
    if person is None or not (decisions or sees_all):
        return None
    counting = [each for each in decisions if each.state in _COUNTING]
    return QualityFile(
        person=person,
        decisions=decisions,
        faults=list(cases.faults_seen(user).filter(person_id=person_id)),
        counts={
            kind: sum(each.kind == kind for each in counting)
            for kind in ("penalty", "training", "reward")
        },
        fined=_yuan(counting, "penalty"),
        rewarded=_yuan(counting, "reward"),
    )


def evidence_of_personal(row: PersonalDecision) -> list[FileRef]:
    """Return the files that show what a decision rests on."""
    return files.files_of(EVIDENCE_OF_PERSONAL, str(row.pk))


def may_read_personal_evidence(user: Any, file: FileRef) -> bool:
    """Tell whether a person may read what a decision rests on."""
    return file.owner_key.isdigit() and personal_for(user, int(file.owner_key)) is not None


def _yuan(rows: Iterable[PersonalDecision], kind: str) -> Decimal:
    return sum((each.amount or Decimal(0) for each in rows if each.kind == kind), Decimal(0))

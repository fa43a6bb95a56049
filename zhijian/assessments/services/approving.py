"""Handing results to the committee, approving, reopening and publishing them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q, QuerySet

from zhijian.accounts import queries as accounts
from zhijian.assessments import snapshot
from zhijian.assessments.approval import hold, on_approved
from zhijian.assessments.bench_of import assessed_units, assessor_of, period_of
from zhijian.assessments.freezing import frozen_facts, rebuilt
from zhijian.assessments.judging import Judged
from zhijian.assessments.models import Assessment, ObjectionState, ScoreSheet, State
from zhijian.assessments.outdated import outdated_units
from zhijian.assessments.refusals import AssessmentRefused
from zhijian.assessments.services import telling
from zhijian.assessments.services.closing import (
    close_for_good,
    close_for_review,
    end_review,
    hand_back,
)
from zhijian.assessments.services.computing import as_stored, judge_all, result_digest
from zhijian.assessments.services.opening import subject
from zhijian.cases import queries as cases
from zhijian.domain.words import Words, listed
from zhijian.foundation import clock
from zhijian.foundation.audit.services import record
from zhijian.foundation.files.services import Owner, store_archive
from zhijian.intake import queries
from zhijian.intake import services as intake
from zhijian.packs import queries as packs
from zhijian.packs.queries.typed import digest_of_version

if TYPE_CHECKING:
    from zhijian.accounts.models import User

_NAMED = 8


@transaction.atomic
def submit(*, actor: User, assessment_id: int) -> None:
    """Hand the results to the committee."""
    if not accounts.may(actor, "assessments.compute"):
        raise AssessmentRefused("assessments.may_not")
    assessment = _locked(assessment_id, State.COMPUTED)
    for refusal in (*_unmended(assessment), *_outdated(assessment)):
        raise refusal
    close_for_review(actor, assessment)
    assessment.state = State.IN_REVIEW
    assessment.submitted_by, assessment.submitted_at = actor, clock.now()
    assessment.save(update_fields=["state", "submitted_by", "submitted_at"])
    telling.submitted(assessment, actor)
    record(actor=actor, action="assessments.submit", subject=subject(assessment))


@transaction.atomic
def send_back(*, actor: User, assessment_id: int, reason: str) -> None:
    """Return the results to the working group with a reason."""
    if not accounts.may(actor, "assessments.approve"):
        raise AssessmentRefused("assessments.may_not")
    if not reason.strip():
        raise AssessmentRefused("assessments.reason_needed")
    assessment = _locked(assessment_id, State.IN_REVIEW)
    hand_back(actor, assessment, reason.strip())
    telling.sent_back(assessment, actor, reason.strip())
    record(
        actor=actor,
        action="assessments.send_back",
        subject=subject(assessment),
        after={"reason": reason.strip()},
    )


def hindrances(assessment: Assessment) -> list[AssessmentRefused]:
    """Everything that stands between the results and their approval, in words."""
    sheets = assessment.sheets.filter(is_current=True)
    found = []
    # Equal lists are read once: a thousand sheets were mostly computed with the same values.
    used = list(sheets.values_list("unconfirmed", flat=True).distinct())
    if not used:
        found.append(AssessmentRefused("assessments.nothing_computed"))
    open_values = {name for names in used for name in names} & set(_still_proposed(assessment))
    if open_values:
        titles = packs.typed_of(assessment.pack_version).parameters
        names = listed(titles[name].title for name in sorted(open_values))
        found.append(AssessmentRefused("assessments.unconfirmed_values", names=names))
    blocked, open_amounts = _unfinished(sheets)
    if blocked:
        found.append(AssessmentRefused("assessments.units_blocked", units=_named(blocked)))
    if open_amounts:
        found.append(AssessmentRefused("assessments.amounts_open", units=_named(open_amounts)))
    waiting = _names(assessment.sheets.filter(objections__state=ObjectionState.RAISED).distinct())
    if waiting:
        found.append(AssessmentRefused("assessments.objections_open", units=_named(waiting)))
    found += _outdated(assessment)
    found += _unmended(assessment)
    found += _undecided(assessment)
    if _needs_person(assessment):
        lacking = _names(sheets.filter(status="assessed", confirmed_grade=""))
        if lacking:
            found.append(AssessmentRefused("assessments.grades_unconfirmed", units=_named(lacking)))
    return found


def _outdated(assessment: Assessment) -> list[AssessmentRefused]:
    """Records that changed after the computation; a result is not what they say any more."""
    units = outdated_units(assessment)
    told = {"units": _listed(units)}
    return [AssessmentRefused("assessments.records_changed", **told)] if units else []


def _unmended(assessment: Assessment) -> list[AssessmentRefused]:
    """Objections that were upheld, and whose line was not computed anew since."""
    rows = assessment.sheets.filter(objections__state=ObjectionState.AWAITING)
    units = _names(rows.order_by("unit_name").distinct())
    return [AssessmentRefused("assessments.mending_awaited", units=_named(units))] if units else []


def _undecided(assessment: Assessment) -> list[AssessmentRefused]:
    numbers = undecided_cases(assessment)
    if not numbers:
        return []
    return [AssessmentRefused("assessments.cases_undecided", cases=_named(numbers))]


def _names(sheets: QuerySet[ScoreSheet]) -> list[str]:
    return list(sheets.values_list("unit_name", flat=True))


def _unfinished(sheets: QuerySet[ScoreSheet]) -> tuple[list[str], list[str]]:
    """Units that are blocked, and those with a consequence whose amount waits for data."""
    rows = sheets.filter(Q(status="blocked") | Q(status="assessed", yuan=None))
    told = list(rows.values_list("unit_name", "status", "proposals"))
    blocked = [unit for unit, status, _ in told if status == "blocked"]
    # Without a consequence no amount is due.
    return blocked, [unit for unit, status, due in told if status != "blocked" and due]


def not_assessed(assessment: Assessment) -> list[str]:
    """The units without result that do not block, but need a reason at approval."""
    rows = assessment.sheets.filter(is_current=True, status="not_assessed")
    return list(rows.values_list("unit_name", flat=True))


def undecided_cases(assessment: Assessment) -> list[str]:
    """The numbers of the cases of the period that are to be decided, or that cannot be counted.

    What changed in a case after its days were closed is no hindrance: the records stand.
    """
    period = period_of(assessment)
    waiting = queries.waiting_cases(assessment.pack_id, period)
    open_rows = waiting.filter(Q(is_pending=True) | ~Q(problems=[]))
    found = list(open_rows.values_list("case_id", "unit_id"))
    if not found:
        return []
    units = assessed_units(assessor_of(assessment).pack, assessment.pack_id, period)
    ids = {unit.id for unit in units}
    wanted = {case for case, unit_id in found if unit_id is None or unit_id in ids}
    return sorted(cases.numbers(wanted).values())


def _still_proposed(assessment: Assessment) -> tuple[str, ...]:
    pack = packs.typed_of(assessment.pack_version)
    day = assessment.last if pack.header.law_day == "last_day" else assessment.first
    return packs.law_of(assessment.pack_version_id, day).unconfirmed()


def _needs_person(assessment: Assessment) -> bool:
    grading = packs.typed_of(assessment.pack_version).schemes[assessment.scheme].grading
    return grading is not None and grading.needs_person


def _named(units: Sequence[str]) -> Words:
    return _listed([Words(unit) for unit in units])


def _listed(units: Sequence[Words]) -> Words:
    named = listed(units[:_NAMED])
    more = "" if len(units) <= _NAMED else f"…({len(units)})"
    return Words(f"{named.zh}{more}", f"{named.en}{more}")


def approve(*, actor: User, assessment_id: int, exceptions_reason: str = "") -> None:
    """Make the results final: freeze facts and law, close the period, let the money follow.

    Everything happens in one transaction, so that of two people who approve one wins and nothing
    is left half-done. The results are worked out anew and must be those on the sheets.
    """
    if not accounts.may(actor, "assessments.approve"):
        raise AssessmentRefused("assessments.may_not")
    with transaction.atomic():
        assessment = _locked(assessment_id, State.IN_REVIEW)
        hold(assessment)
        intake.take_cases(pack_id=assessment.pack_id, at=clock.now())
        _check_approval(actor, assessment, exceptions_reason)
        end_review(actor, assessment, exceptions_reason.strip())
        close_for_good(actor, assessment)
        judged = _agreeing(assessment)
        _freeze(actor, assessment, judged)
        assessment.state, assessment.approved_by = State.APPROVED, actor
        assessment.approved_at = clock.now()
        assessment.exceptions_reason = exceptions_reason.strip()
        _take_over(assessment)
        assessment.save()
        for function in on_approved():
            function(assessment, actor, assessment.approved_at)
        telling.approved(assessment, actor)
        record(
            actor=actor,
            action="assessments.approve",
            subject=subject(assessment),
            after={
                "pack_digest": assessment.pack_digest,
                "result_digest": assessment.result_digest,
                "exceptions": assessment.exceptions_reason,
            },
        )


def _locked(assessment_id: int, *states: str) -> Assessment:
    assessment = Assessment.objects.select_for_update().get(pk=assessment_id)
    if assessment.state not in states:
        raise AssessmentRefused("assessments.other_state", state=assessment.get_state_display())
    return assessment


def _check_approval(actor: User, assessment: Assessment, exceptions_reason: str) -> None:
    if assessment.submitted_by_id == actor.pk:
        raise AssessmentRefused("assessments.own_submission")
    if assessment.corrects_id and assessment.opened_by_id == actor.pk:
        raise AssessmentRefused("assessments.own_reopening")
    for refusal in hindrances(assessment):
        raise refusal
    left_out = not_assessed(assessment)
    if left_out and not exceptions_reason.strip():
        raise AssessmentRefused("assessments.exceptions_reason_needed", units=_named(left_out))


def _take_over(assessment: Assessment) -> None:
    """Let a correction stand in the place of what it corrects."""
    if assessment.corrects_id:
        Assessment.objects.filter(pk=assessment.corrects_id).update(is_current=False)
        assessment.is_current = True


def _agreeing(assessment: Assessment) -> list[Judged]:
    """Work everything out anew; records that changed since then must be computed first."""
    anew = {unit.id: judged for unit, judged in judge_all(assessment, lambda *_progress: None)}
    current = {row.unit_id: row for row in assessment.sheets.filter(is_current=True)}
    differing = [
        judged.unit
        for unit_id, judged in anew.items()
        if unit_id not in current or as_stored(current[unit_id]) != judged
    ]
    differing += [row.unit_name for unit_id, row in current.items() if unit_id not in anew]
    if differing:
        raise AssessmentRefused("assessments.facts_changed", units=_named(differing))
    return list(anew.values())


def _freeze(actor: User, assessment: Assessment, judged: list[Judged]) -> None:
    """Store the facts and prove on the spot that they give these results."""
    content = snapshot.write(frozen_facts(assessment))
    assessment.pack_digest = digest_of_version(assessment.pack_version_id)
    assessment.result_digest = result_digest(judged)
    if result_digest(rebuilt(content)) != assessment.result_digest:
        raise AssessmentRefused("assessments.snapshot_differs")
    edition = f"-{assessment.edition}" if assessment.edition > 1 else ""
    name = f"{assessment.pack_id}-{assessment.period}{edition}.jsonl.gz"
    stored = store_archive(
        content=content,
        name=name,
        owner=Owner("assessments.snapshot", str(assessment.pk)),
        uploader=actor,
    )
    assessment.snapshot_id = stored.id


@transaction.atomic
def publish(*, actor: User, assessment_id: int) -> Assessment:
    """Make approved results public under a name of their own."""
    if not accounts.may(actor, "assessments.publish"):
        raise AssessmentRefused("assessments.may_not")
    assessment = _locked(assessment_id, State.APPROVED)
    if assessment.was_reopened:
        raise AssessmentRefused("assessments.under_correction")
    assessment.state, assessment.published_by = State.PUBLISHED, actor
    assessment.published_at = clock.now()
    assessment.public_name = secrets.token_urlsafe(9)
    assessment.save(update_fields=["state", "published_by", "published_at", "public_name"])
    telling.published(assessment, actor)
    record(actor=actor, action="assessments.publish", subject=subject(assessment))
    return assessment

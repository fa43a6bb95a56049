"""Reading assessments. Other rooms get frozen values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OrderBy, Q, QuerySet, Sum

from zhijian.accounts import queries as accounts
from zhijian.assessments import money
from zhijian.assessments.models import (
    FINAL,
    Assessment,
    Objection,
    ObjectionState,
    ScoreSheet,
    State,
)
from zhijian.assessments.workings import standalone_proposals
from zhijian.domain.scoring.direction import LOWER
from zhijian.foundation.files import queries as files
from zhijian.foundation.files.queries import FileRef

#: The state of a correction that was given up.
CANCELLED = State.CANCELLED
#: The states in which a line of a sheet can be objected to.
OBJECTABLE = (State.COMPUTED, State.IN_REVIEW)
#: The kind of files that come with objections.
EVIDENCE = "assessments.objection"


@dataclass(frozen=True, slots=True)
class Result:
    """One unit's current result, for rooms above."""

    sheet_id: int
    unit_id: int
    unit: str
    status: str
    score: Decimal | None
    grade: str
    yuan: Decimal | None
    money: money.Money
    components: list[dict[str, Any]]
    proposals: list[dict[str, Any]]
    working: dict[str, Any]
    unconfirmed: list[str]
    missing: list[dict[str, Any]]


def assessments_seen(user: Any) -> QuerySet[Assessment]:
    """Return the assessments a person may look at, the latest period and edition first."""
    if not accounts.may(user, "assessments.view"):
        return Assessment.objects.none()
    related = ("pack_version", "corrects", "correction", "was_to_correct", "cancelled_by")
    rows = Assessment.objects.select_related(*related)
    # The files of a regulation are long, and are asked for by digest where they are needed.
    return rows.defer("pack_version__files").order_by("-last", "pack_id", "scheme", "-edition")


def sees_every_unit(user: Any) -> bool:
    """Tell whether a person may be told of all units, as in what hinders an approval."""
    return accounts.units_allowed(user, "assessments.view") is accounts.ALL


def assessment_for(user: Any, assessment_id: int) -> Assessment | None:
    """Return one assessment, or nothing for who may not see it."""
    return assessments_seen(user).filter(pk=assessment_id).first()


def sheets_seen(user: Any, assessment: Assessment) -> QuerySet[ScoreSheet]:
    """Return the current sheets of the units a person may look at, without the workings-out."""
    rows = assessment.sheets.filter(is_current=True).defer("working", "grading", "proposals")
    allowed = accounts.units_allowed(user, "assessments.view")
    return rows if allowed is accounts.ALL else rows.filter(unit_id__in=allowed)


def sheet_for(user: Any, sheet_id: int) -> ScoreSheet | None:
    """Return one sheet with its assessment, or nothing for who may not see its unit."""
    rows = ScoreSheet.objects.select_related(
        "assessment__pack_version",
        "assessment__corrects",
        "assessment__correction",
        "assessment__was_to_correct",
        "assessment__cancelled_by",
        "objection",
        "confirmed_by",
    )
    sheet = rows.defer("assessment__pack_version__files").filter(pk=sheet_id).first()
    if sheet is None or not accounts.may(user, "assessments.view", sheet.unit_id):
        return None
    return sheet


def current_sheet(assessment_id: int, unit_id: int) -> ScoreSheet | None:
    """Return the sheet of a unit that counts now."""
    rows = ScoreSheet.objects.filter(assessment_id=assessment_id, unit_id=unit_id)
    return rows.filter(is_current=True).first()


def best_first(better: str) -> tuple[OrderBy | str, ...]:
    """Return the order of sheets from the best, as a scheme says; those without a score last."""
    score = F("score")
    from_best = score.asc(nulls_last=True) if better == LOWER else score.desc(nulls_last=True)
    return (from_best, "unit_name")


def results(assessment_id: int) -> list[Result]:
    """Return all current results of an assessment, by unit."""
    rows = ScoreSheet.objects.filter(assessment_id=assessment_id, is_current=True)
    return _results(list(rows.select_related("assessment").order_by("unit_name", "pk")))


def results_to_book(assessment_id: int) -> list[Result]:
    """Return all current results, each proposal with a working-out that stands on its own."""
    rows = ScoreSheet.objects.filter(assessment_id=assessment_id, is_current=True)
    found = list(rows.select_related("assessment").order_by("-score", "unit_name"))
    return [
        replace(each, proposals=standalone_proposals(row))
        for each, row in zip(_results(found), found, strict=True)
    ]


def _results(rows: list[ScoreSheet]) -> list[Result]:
    moneys = money.of_sheets(rows[0].assessment, rows) if rows else {}
    return [_result(row, moneys[row.pk]) for row in rows]


def _result(row: ScoreSheet, told: money.Money) -> Result:
    return Result(
        sheet_id=row.pk,
        unit_id=row.unit_id,
        unit=row.unit_name,
        status=row.status,
        score=row.score,
        grade=row.confirmed_grade or row.grade,
        yuan=row.yuan,
        money=told,
        components=row.components,
        proposals=row.proposals,
        working=row.working,
        unconfirmed=row.unconfirmed,
        missing=row.missing,
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """An assessment in figures; ``money`` says how many amounts are still to be typed."""

    units: int
    assessed: int
    blocked: int
    not_assessed: int
    grades: Mapping[str, int]
    mean: Decimal | None
    money: money.Totals
    open_objections: int


def summary(sheets: QuerySet[ScoreSheet], assessment: Assessment) -> Summary:
    """Count what the sheets of an assessment say; money that stands is told from the ledger."""
    groups = (
        sheets.order_by()
        .values("status", "grade", "confirmed_grade")
        .annotate(
            times=Count("pk"),
            scored=Count("score"),
            points=Sum("score"),
            rewards=Sum("yuan", filter=Q(yuan__gt=0)),
            penalties=Sum("yuan", filter=Q(yuan__lt=0)),
        )
    )
    statuses: Counter[str] = Counter()
    grades: Counter[str] = Counter()
    scored, sums = 0, dict.fromkeys(("points", "rewards", "penalties"), Decimal(0))
    for row in groups:
        statuses[row["status"]] += row["times"]
        if row["status"] == "assessed":
            grades[row["confirmed_grade"] or row["grade"]] += row["times"]
        scored += row["scored"]
        sums = {name: total + (row[name] or 0) for name, total in sums.items()}
    waiting = Objection.objects.filter(sheet__in=sheets, state=ObjectionState.RAISED).count()
    return Summary(
        units=statuses.total(),
        assessed=statuses["assessed"],
        blocked=statuses["blocked"],
        not_assessed=statuses["not_assessed"],
        grades=dict(grades),
        mean=sums["points"] / scored if scored else None,
        money=_money_of(sheets, assessment, sums),
        open_objections=waiting,
    )


def money_of(sheet: ScoreSheet) -> money.Money:
    """Return the money of one sheet."""
    return money.of_sheets(sheet.assessment, [sheet])[sheet.pk]


def moneys_of(sheets: QuerySet[ScoreSheet], assessment: Assessment) -> dict[int, money.Money]:
    """Return the money of many sheets of one assessment, by the id of the sheet."""
    told = sheets.only("assessment", "unit_id", "yuan", "awaited", "is_current")
    return money.of_sheets(assessment, list(told))


def _money_of(
    sheets: QuerySet[ScoreSheet], assessment: Assessment, sums: Mapping[str, Decimal]
) -> money.Totals:
    """What all sheets come to; ``sums`` are those of the sheets themselves."""
    if money.is_booked(assessment):
        return money.totals(moneys_of(sheets, assessment).values())
    awaited = sheets.exclude(awaited=[]).values_list("awaited", flat=True)
    return money.Totals(
        rewards=sums["rewards"], penalties=sums["penalties"], awaited=sum(map(len, awaited))
    )


@dataclass(frozen=True, slots=True)
class Earlier:
    """A result of the same unit in another period."""

    period: str
    sheet_id: int
    score: Decimal | None
    grade: str
    status: str
    money: money.Money
    components: list[dict[str, Any]]


def earlier_results(sheet: ScoreSheet, limit: int = 8) -> list[Earlier]:
    """Return the results of a unit in the periods before, oldest first."""
    rows = ScoreSheet.objects.filter(
        unit_id=sheet.unit_id,
        is_current=True,
        assessment__is_current=True,
        assessment__pack_id=sheet.assessment.pack_id,
        assessment__scheme=sheet.assessment.scheme,
        assessment__last__lt=sheet.assessment.first,
    )
    latest = rows.select_related("assessment").defer("working", "grading", "proposals")
    found = list(reversed(latest.order_by("-assessment__last")[:limit]))
    moneys = money.of_earlier(sheet.assessment, found)
    return [
        Earlier(
            period=row.assessment.period,
            sheet_id=row.pk,
            score=row.score,
            grade=row.confirmed_grade or row.grade,
            status=row.status,
            money=moneys[row.pk],
            components=row.components,
        )
        for row in found
    ]


def objections_seen(user: Any, assessment: Assessment) -> QuerySet[Objection]:
    """Return the objections to an assessment that a person may look at, latest first."""
    rows = Objection.objects.filter(sheet__assessment=assessment)
    allowed = accounts.units_allowed(user, "assessments.view")
    if allowed is not accounts.ALL:
        rows = rows.filter(sheet__unit_id__in=allowed)
    return rows.select_related("sheet", "raised_by", "decided_by").order_by("-raised_at", "-pk")


def objection_for(user: Any, objection_id: int) -> Objection | None:
    """Return one objection, or nothing for who may not see its unit."""
    rows = Objection.objects.select_related(
        "sheet__assessment__pack_version", "raised_by", "decided_by"
    )
    found = rows.filter(pk=objection_id).first()
    if found is None or not accounts.may(user, "assessments.view", found.sheet.unit_id):
        return None
    return found


def undecided_objections(assessment_id: int) -> int:
    """Return how many objections to an assessment wait for the committee."""
    rows = Objection.objects.filter(sheet__assessment_id=assessment_id)
    return rows.filter(state=ObjectionState.RAISED).count()


def objections_by(user: Any) -> QuerySet[Objection]:
    """Return the objections that a person raised, latest first."""
    rows = Objection.objects.filter(raised_by=user).select_related("sheet__assessment")
    return rows.order_by("-raised_at")


def is_opened(pack_id: str, period: str) -> bool:
    """Tell whether an assessment of a regulation was opened for a period."""
    return Assessment.objects.filter(pack_id=pack_id, period=period).exists()


def has_sample() -> bool:
    """Tell whether there are assessments of the sample."""
    return Assessment.objects.filter(is_sample=True).exists()


def every_edition() -> QuerySet[Assessment]:
    """Return all that was ever decided, also what a correction took the place of."""
    rows = Assessment.objects.filter(state__in=FINAL)
    return rows.order_by("-last", "pack_id", "scheme", "-edition")


def standing_edition(assessment: Assessment) -> Assessment:
    """Return the edition that stands in the period of an assessment."""
    if assessment.is_current:
        return assessment
    rows = Assessment.objects.select_related("pack_version").filter(is_current=True)
    return rows.defer("pack_version__files").get(
        pack_id=assessment.pack_id, scheme=assessment.scheme, period=assessment.period
    )


def final_assessments(pack_id: str = "", scheme: str = "") -> QuerySet[Assessment]:
    """Return the results that stand, one for each period, the latest period first."""
    rows = Assessment.objects.filter(state__in=FINAL, is_current=True)
    if pack_id:
        rows = rows.filter(pack_id=pack_id)
    if scheme:
        rows = rows.filter(scheme=scheme)
    return rows.order_by("-last", "pk")


def evidence_of(objections: Iterable[Objection]) -> dict[int, list[FileRef]]:
    """Return the files that came with each of some objections."""
    found = files.files_of_each(EVIDENCE, [str(row.pk) for row in objections])
    return {int(key): refs for key, refs in found.items()}


def may_read_evidence(user: Any, file: FileRef) -> bool:
    """Tell whether a person may read a file that belongs to an objection."""
    key = file.owner_key
    return key.isdigit() and objection_for(user, int(key)) is not None


def may_read_snapshot(user: Any, file: FileRef) -> bool:
    """Tell whether a person may read the facts of a whole assessment."""
    return sees_every_unit(user)

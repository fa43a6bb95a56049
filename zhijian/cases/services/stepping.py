"""A step in a case whose row is locked: what is looked at, and what is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from zhijian.cases.followers import follow
from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseEvent, EventSort
from zhijian.cases.refusals import MovedOn
from zhijian.cases.services.asked import NOBODY, Once, Taking
from zhijian.cases.services.checking import evidence_of
from zhijian.cases.services.files import keep_files
from zhijian.cases.services.planning import Before, Moment, Planned, after_step, plan_followers
from zhijian.cases.services.writing import write_opened, write_step
from zhijian.cases.to_domain import Standing, standing_of

Check = Callable[[Case, Standing], None]
"""Looks at a case after a step and before anything is written; it may refuse, and note."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The case as somebody saw it when they decided: its id, and how much had happened by then."""

    case_id: int
    seq: int


def _nothing(case: Case, standing: Standing) -> None:
    return


@dataclass(frozen=True, slots=True)
class Around:
    """When a step is taken and by whom, under which key, and what else is looked at."""

    moment: Moment
    told: Once = NOBODY
    check: Check = _nothing


def held(case_id: int) -> Case:
    """Lock the row of a case: nothing happens in it until the transaction ends."""
    return Case.objects.select_for_update().get(pk=case_id)


def locked(seen: Seen) -> Case:
    """Lock the row of a case, and refuse where more has happened than somebody saw."""
    case = held(seen.case_id)
    if case.seq != seen.seq:
        raise MovedOn("cases.moved_on", number=case.number, **_last(case))
    return case


def step_in(library: Library, case: Case, taking: Taking, around: Around) -> Standing:
    """Take a step in a case whose row is locked, with all that it opens; return the case after."""
    standing = standing_of(case, library)
    moment = around.moment
    who = moment.person(standing.pack, case.unit_id)
    before = Before(standing, case.unit_id, case.pk, evidence_of(case.pk))
    moved = after_step(before, taking, who, moment.at)
    around.check(case, moved)
    main = Planned(case.pack_version_id, moved, case.unit_id, case.title, taking, case.is_sample)
    planned = plan_followers(library, main, who, moment.at)
    write_step(case, moved, moment, around.told)
    if planned:
        write_opened(planned, moment, source=case)
    keep_files(case, taking, moved, moment)
    follow(case, moved, moment.user, moment.at)
    return moved


def _last(case: Case) -> dict[str, object]:
    """Return what happened last, in words."""
    event = CaseEvent.objects.select_related("actor").get(case=case, seq=case.seq)
    if event.sort == EventSort.HAND_OVER:
        return {"step": EventSort.HAND_OVER.label, "who": str(event.actor or "—")}
    kind = Library().kind(case.pack_version_id, case.kind)
    return {"step": kind.steps[event.step].title, "who": str(event.actor or "—")}

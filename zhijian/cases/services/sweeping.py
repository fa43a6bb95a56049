"""What time brings about: reminders, overdue clocks, levels, faults, and steps of the platform.

Everything has a key and is written once, however often and by however many it is looked for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseClock, CaseNotice
from zhijian.cases.services import telling
from zhijian.cases.services.asked import Taking
from zhijian.cases.services.planning import Moment
from zhijian.cases.services.stepping import Around, step_in
from zhijian.cases.services.timing import Alarm, alarms_of, read_clocks
from zhijian.cases.services.writing import write_copies, write_faults
from zhijian.cases.to_domain import Standing, standing_of
from zhijian.domain.casework.permitting import hindrances
from zhijian.domain.casework.who import PLATFORM

log = logging.getLogger(__name__)

_CHUNK = 200
_STEPS_AT_ONCE = 10


@dataclass(slots=True)
class Swept:
    """What a sweep did. ``failed`` are cases that could not be read; the others were done."""

    cases: int = 0
    notices: int = 0
    faults: int = 0
    failed: tuple[int, ...] = ()


Tell = Callable[[int], None]


def _silent(done: int) -> None:
    return


def sweep(*, at: datetime, tell: Tell = _silent) -> Swept:
    """Do in every case what has come due by ``at``; a case that cannot be read stops no other."""
    library, swept = Library(), Swept()
    tried: set[int] = set()
    while chunk := _due(at, tried):
        for case_id in chunk:
            tried.add(case_id)
            _sweep_one(library, case_id, at, swept)
            tell(swept.cases)
    return swept


def recount(*, at: datetime, most: int) -> int:
    """Read the clocks of open cases again that were read with another calendar; at most so many.

    Return how many cases were read. What has ended keeps its verdict.
    """
    library = Library()
    done = 0
    for case_id in _outdated(library.calendar().digest, most):
        with transaction.atomic():
            case = Case.objects.select_for_update().get(pk=case_id)
            standing = standing_of(case, library)
            write_copies(case, standing, _not_before(standing, at))
        done += 1
    return done


@transaction.atomic
def take_due(library: Library, case_id: int, at: datetime) -> tuple[int, int]:
    """Do in one case what has come due; return how many notices and faults are new."""
    case = Case.objects.select_for_update().get(pk=case_id)
    standing = standing_of(case, library)
    at = _not_before(standing, at)
    notices = _write_notices(case, standing, at)
    faults = write_faults(case, standing, at)
    standing = _platform_steps(library, case, standing, at)
    write_copies(case, standing, at)
    return notices, faults


def _sweep_one(library: Library, case_id: int, at: datetime, swept: Swept) -> None:
    try:
        notices, faults = take_due(library, case_id, at)
    except Exception:
        log.exception("case %s could not be swept", case_id)
        swept.failed = (*swept.failed, case_id)
        return
    swept.cases += 1
    swept.notices += notices
    swept.faults += faults


def _due(at: datetime, tried: set[int]) -> list[int]:
    """Return the next cases of which something is due, each once in a run."""
    rows = CaseClock.objects.filter(next_at__lte=at).order_by("next_at", "pk")
    found: dict[int, None] = {}
    for case_id in rows.values_list("case_id", flat=True)[: _CHUNK + len(tried)]:
        if case_id not in tried:
            found.setdefault(case_id)
        if len(found) == _CHUNK:
            break
    return list(found)


def _outdated(digest: str, most: int) -> Iterator[int]:
    running = CaseClock.objects.filter(is_over=False)
    # Two ranges instead of "not equal", which no index answers.
    for rows in (running.filter(calendar__lt=digest), running.filter(calendar__gt=digest)):
        ids = rows.order_by("calendar", "pk").values_list("case_id", flat=True)[:most]
        found = dict.fromkeys(ids)
        most -= len(found)
        yield from found


def _not_before(standing: Standing, at: datetime) -> datetime:
    """Return the moment in the zone of the case, not before the last thing that happened."""
    return max(Moment.of(at).at, standing.course.happened[-1].at)


def _write_notices(case: Case, standing: Standing, at: datetime) -> int:
    read = read_clocks(standing, at)
    alarms = [each for name, clock in read.items() for each in alarms_of(name, clock)]
    known = set(CaseNotice.objects.filter(case=case).values_list("key", flat=True))
    new = [each for each in alarms if each.at <= at and each.key not in known]
    telling.alarms(case, standing.kind, new)
    CaseNotice.objects.bulk_create([_notice(case, each) for each in new], ignore_conflicts=True)
    return len(new)


def _notice(case: Case, alarm: Alarm) -> CaseNotice:
    return CaseNotice(
        case=case,
        key=alarm.key,
        clock=alarm.clock,
        word=alarm.word,
        level=alarm.level,
        to=alarm.to,
        owner_id=case.owner_id,
        due_at=case.due_at,
        at=alarm.at,
    )


def _platform_steps(library: Library, case: Case, standing: Standing, at: datetime) -> Standing:
    """Take the steps that the platform takes by itself, as long as there are any."""
    for _ in range(_STEPS_AT_ONCE):
        step = _open_to_platform(standing, at)
        if not step:
            break
        standing = step_in(library, case, Taking(step), Around(Moment(at)))
    return standing


def _open_to_platform(standing: Standing, at: datetime) -> str:
    course = standing.course
    for step in course.kind.steps_from(course.state):
        is_own = any(each.word == "platform" for each in step.by)
        if is_own and not hindrances(course, step, PLATFORM, at, standing.around):
            return step.id
    return ""

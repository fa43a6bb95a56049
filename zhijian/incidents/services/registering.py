"""The registers: copies of what the events of cases say, made in the transaction of every step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from zhijian.accounts import queries as accounts
from zhijian.accounts.roles import WORKING_GROUP
from zhijian.cases import queries as cases
from zhijian.domain.casework.safety import Hazard as HazardRule
from zhijian.domain.casework.safety import Incident as IncidentRule
from zhijian.domain.casework.safety import Recurring, Safety
from zhijian.domain.casework.timing import clocks
from zhijian.domain.deadlines.clock import Clock
from zhijian.foundation.notifications.services import News, notify
from zhijian.incidents.events import HINT
from zhijian.incidents.models import Duty, Hazard, Hint, HintWord, Incident
from zhijian.incidents.queries.kinds import kinds
from zhijian.incidents.services.circulating import circulate_missing
from zhijian.organizations import queries as organizations

if TYPE_CHECKING:
    from zhijian.accounts.models import User
    from zhijian.cases.to_domain import Standing

_LONGEST = 200
_AT_ONCE = 200
_UNFOUNDED = ("rejected", "withdrawn", "merged")
_ROLES = ("incident", "hazard", "recurring", "hint")


def follow(case: Any, standing: Standing, _user: User | None, _at: datetime) -> None:
    """Copy what is known after a step, where the kind of the case concerns safety."""
    if standing.kind.safety is not None:
        _copy(case, standing.kind.safety, standing)
        _tell_of_hint(case, standing)


def register_anew() -> int:
    """Make every row anew from the events, also of cases opened before the regulation said what
    its kinds are; return how many cases were read."""
    count = 0
    for role in _ROLES:
        for ref in kinds(role):
            for case in _each(ref.pack_id, ref.kind.id):
                if ref.kind.safety is not None:
                    _copy(case, ref.kind.safety, cases.known(case).standing)
                count += 1
    return count


def _each(pack_id: str, kind: str) -> Iterator[Any]:
    ids = list(cases.of_kind(pack_id, kind).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_ONCE):
        yield from cases.with_ids(ids[start : start + _AT_ONCE])


def _copy(case: Any, safety: Safety, standing: Standing) -> None:
    if safety.incident is not None:
        _incident(case, safety.incident, standing)
        circulate_missing(case, safety.incident, standing)
    if safety.hazard is not None:
        _hazard(case, safety.hazard, standing)
    if safety.recurring is not None:
        _duty(case, safety.recurring, standing)
    if safety.hint is not None:
        _hint(case, safety, standing)


def _incident(case: Any, rule: IncidentRule, standing: Standing) -> None:
    course = standing.course
    facts, steps = course.facts, [each.step for each in course.happened]
    chain = rule.chain(steps)
    happened = facts.get(rule.happened)
    levels = [each.level for each in course.happened if each.level]
    Incident.objects.update_or_create(
        case_id=case.pk,
        defaults={
            "happened_at": happened if isinstance(happened, datetime) else case.opened_at,
            "sort": _text(facts.get(rule.sort)),
            "place": _text(facts.get(rule.place)),
            "first_level": levels[0] if levels else "",
            "reports": len(chain),
            "is_final": any(word == "final" for _, word in chain),
            "was_late": _was_late(rule, standing),
            "is_sample": case.is_sample,
        },
    )


def _was_late(rule: IncidentRule, standing: Standing) -> bool:
    """Tell whether the first rung was reported too late; it ended with the first report."""
    if not rule.ladder:
        return False
    at = standing.course.happened[-1].at
    first = clocks(standing.course, standing.around, at).get(rule.ladder[0])
    return isinstance(first, Clock) and first.state == "overdue"


def _hazard(case: Any, rule: HazardRule, standing: Standing) -> None:
    course = standing.course
    Hazard.objects.update_or_create(
        case_id=case.pk,
        defaults={
            "area": _text(course.facts.get(rule.area)),
            "place": _text(course.facts.get(rule.place)),
            "on_spot": course.happened[0].step == rule.on_spot,
            "is_sample": case.is_sample,
        },
    )


def _duty(case: Any, rule: Recurring, standing: Standing) -> None:
    course = standing.course
    done = [each.at for each in course.happened if each.step == rule.done]
    clock = clocks(course, standing.around, course.happened[-1].at).get(rule.clock)
    Duty.objects.update_or_create(
        case_id=case.pk,
        defaults={
            "area": _text(course.facts.get(rule.area)),
            "due_at": clock.due if isinstance(clock, Clock) else None,
            "done_at": done[-1] if done else None,
            "is_sample": case.is_sample,
        },
    )


def _hint(case: Any, safety: Safety, standing: Standing) -> None:
    """Note a hint, once; one that nobody has dealt with goes when the case speaks of none."""
    course = standing.course
    speaks = course.ends not in _UNFOUNDED and safety.is_hint(
        standing.kind.facts, course.facts, course.level, standing.around
    )
    if speaks:
        Hint.objects.get_or_create(
            case_id=case.pk,
            defaults={"seen_at": course.happened[-1].at, "is_sample": case.is_sample},
        )
    else:
        Hint.objects.filter(case_id=case.pk, word=HintWord.OPEN).delete()


def _tell_of_hint(case: Any, standing: Standing) -> None:
    """Tell the unit and whoever judges hints that an incident may have to be reported."""
    hint = Hint.objects.filter(case_id=case.pk, word=HintWord.OPEN).first()
    if hint is None:
        return
    unit = organizations.who_looks_after("cases.act", [case.unit_id])[case.unit_id]
    judges = [each.id for each in accounts.people_with_role(WORKING_GROUP, case.unit_id)]
    news = News(
        HINT,
        key=f"incidents.hint:{hint.pk}",
        url=f"{reverse('incidents:hints')}#hint-{hint.pk}",
        facts={"number": case.number, "kind": standing.kind.title},
        unit_id=case.unit_id,
    )
    notify(sorted({*unit, *judges}), news)


def _text(value: object) -> str:
    return str(value or "")[:_LONGEST]

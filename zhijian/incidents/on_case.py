"""An incident on the page of its case: how it was graded, who was told when, which reports came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from zhijian.accounts import queries as accounts
from zhijian.cases.showing.clocks import ClockLine, clock_lines
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.safety import Incident
from zhijian.domain.casework.timing import clock_events
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.incidents import queries
from zhijian.incidents.grading import grades, table
from zhijian.incidents.models import Hint
from zhijian.incidents.services import JUDGE


@dataclass(frozen=True, slots=True)
class Report:
    """A report of the chain: its place, what it is, when, by whom."""

    place: int
    word: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung of the ladder; ``clock`` is missing until it has begun."""

    title: str
    clock: ClockLine | None


def fill(user: Any, case: Any, standing: Standing) -> dict[str, Any]:
    """Return what the page of a case shows of this room; nothing where it has no part in it."""
    safety = standing.kind.safety
    if safety is None:
        return {}
    hint = queries.hint_of(user, case.pk) if safety.hint else None
    if safety.incident is None:
        return _of_hint(user, case, hint) if hint else {}
    rule = safety.incident
    return {
        "grades": grades(standing),
        "table": table(standing),
        "rungs": list(_rungs(rule, case, standing)),
        "reports": list(_reports(rule, standing)),
        "bulletins": queries.bulletins_of(case.pk),
        "hints": queries.hints_behind(user, case.pk),
        "incident": queries.incident_of(case.pk),
    }


def _of_hint(user: Any, case: Any, hint: Hint) -> dict[str, Any]:
    return {"hint": hint, "may_judge": accounts.may(user, JUDGE, case.unit_id)}


def _rungs(rule: Incident, case: Any, standing: Standing) -> Iterator[Rung]:
    """Yield the rungs from the lowest to the highest, with their clocks as the page shows them."""
    lines = clock_lines(standing, case, clock.now())
    started = dict(zip(_started(standing), lines, strict=True))
    for name in rule.ladder:
        yield Rung(standing.kind.clocks[name].title.to(language()), started.get(name))


def _started(standing: Standing) -> list[str]:
    """Return the clocks that were started, in the order in which they are told."""
    return list(clock_events(standing.course))


def _reports(rule: Incident, standing: Standing) -> Iterator[Report]:
    happened = standing.course.happened
    chain = rule.chain([each.step for each in happened])
    people = accounts.people_by_id(
        int(happened[place].actor) for place, _word in chain if happened[place].actor
    )
    names = {str(pk): each.display_name for pk, each in people.items()}
    words = {"first": _("初报"), "more": _("续报"), "final": _("终报")}
    for number, (place, word) in enumerate(chain, start=1):
        told = happened[place]
        yield Report(number, words[word], timezone.localtime(told.at), names.get(told.actor, "—"))

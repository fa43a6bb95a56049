"""Whom a case concerns when time runs, and when it comes into somebody's hands."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from zhijian.accounts import queries as accounts
from zhijian.cases.events import ASSIGNED, BY_WORD
from zhijian.cases.models import Case, NoticeWord
from zhijian.cases.services.timing import Alarm
from zhijian.domain.casework.kind import CaseKind
from zhijian.foundation.notifications.services import News, notify, notify_each


def alarms(case: Case, kind: CaseKind, new: Iterable[Alarm]) -> None:
    """Tell the owner of reminders and of the due moment, and a role of a level that was reached."""
    told = [
        (
            _concerned(case, each),
            News(
                BY_WORD[each.word],
                key=f"cases:{case.pk}:{each.key}"[:200],
                url=_url(case),
                facts={**_facts(case, kind), "clock": kind.clocks[each.clock].title},
                unit_id=case.unit_id,
            ),
        )
        for each in new
    ]
    if told:
        notify_each(told)


def assigned(case: Case, kind: CaseKind, by: int | None) -> None:
    """Tell somebody that a case is theirs now, unless they took it themselves."""
    if case.owner_id is None or case.owner_id == by:
        return
    news = News(
        ASSIGNED,
        key=f"cases:{case.pk}:assigned:{case.seq}",
        url=_url(case),
        facts=_facts(case, kind),
        unit_id=case.unit_id,
    )
    notify([case.owner_id], news)


def _concerned(case: Case, alarm: Alarm) -> list[int]:
    if alarm.word == NoticeWord.ESCALATION:
        return [each.id for each in accounts.people_with_role(alarm.to, case.unit_id)]
    return [case.owner_id] if case.owner_id else []


def _facts(case: Case, kind: CaseKind) -> dict[str, object]:
    """What may be said anywhere: never a title, which people write."""
    return {"number": case.number, "kind": kind.title}


def _url(case: Case) -> str:
    return reverse("cases:case", args=[case.pk])

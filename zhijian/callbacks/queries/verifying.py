"""The ledger compared with the cases: every arrival has its row, and no row is without one.

The rows are written step by step; here all is worked out anew from the events, in another way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from zhijian.callbacks.models import CallBack
from zhijian.callbacks.queries.rows import kinds
from zhijian.cases import queries as cases
from zhijian.domain.callbacks.arising import arrivals
from zhijian.domain.casework.course import Course

Key = tuple[int, str, int, int]
"""Whose call it is, by which rule, which case it waited for, and with which step it came."""


def differences() -> tuple[str, ...]:
    """Return each call-back that is lacking or is too many; nothing where the ledger is right."""
    wanted = Counter(_wanted())
    held = Counter(
        CallBack.objects.filter(draw=None).values_list("case_id", "rule", "root_id", "seq")
    )
    lacking = [f"- {_told(each)}" for each in (wanted - held).elements()]
    return (*lacking, *(f"+ {_told(each)}" for each in (held - wanted).elements()))


def _told(key: Key) -> str:
    case, rule, root, seq = key
    return f"case {case} rule {rule} root {root} step {seq}"


def _wanted() -> Iterator[Key]:
    for case in cases.of_kinds((each.pack_id, each.kind.id) for each in kinds()).order_by("pk"):
        own = cases.known(case).standing
        yield from _of(case.pk, case, own.course, None)
        member, since = case, None
        while member.merged_into_id:
            joined = cases.known(member).standing.course.happened[-1].at
            since = max(filter(None, (since, joined)))
            (member,) = cases.with_ids([member.merged_into_id])
            yield from _of(case.pk, member, cases.known(member).standing.course, since)


def _of(case_id: int, root: Any, course: Course, since: datetime | None) -> Iterator[Key]:
    """Yield the call-backs that a case has for the arrivals of one; from a moment on, if told."""
    for rule in course.kind.call_backs.values():
        for each in () if rule.drawn else arrivals(course, rule.due):
            left = course.happened[each.left - 1].at if each.left else None
            if since is None or left is None or left > since:
                yield case_id, rule.id, root.pk, each.seq

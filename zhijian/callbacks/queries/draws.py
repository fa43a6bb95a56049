"""What may be drawn from, what was drawn, and whether drawing again gives the same sample."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from zhijian.accounts import queries as accounts
from zhijian.callbacks.models import CallBack, CallState, Check, Draw
from zhijian.cases import queries as cases
from zhijian.cases.queries import KindRef
from zhijian.domain.callbacks import sampling
from zhijian.domain.casework import call_back as rules


@dataclass(frozen=True, slots=True)
class Framed:
    """All that could be drawn, by number, with the ids of the rows."""

    ids: Mapping[str, int]

    def drawn_for(self, rule: str) -> frozenset[str]:
        """Return those whose people were drawn for another call-back."""
        found = CallBack.objects.filter(
            rule=rule, draw__isnull=False, case_id__in=self.ids.values()
        ).values_list("case_id", flat=True)
        held = set(found)
        return frozenset(number for number, pk in self.ids.items() if pk in held)


def frame(ref: KindRef, rule: rules.CallBack, unit_id: int, first: date, last: date) -> Framed:
    """Return the cases of a unit that came into a due state within a span and are in it."""
    rows = cases.of_kinds([(ref.pack_id, ref.kind.id)]).filter(
        unit_id=unit_id, state__in=rule.due, since__range=_moments(first, last)
    )
    return Framed(dict(rows.values_list("number", "pk")))


def checks_frame(
    ref: KindRef, rule: rules.CallBack, unit_id: int, first: date, last: date
) -> Framed:
    """Return the records of call-backs of a unit that were made within a span."""
    rows = CallBack.objects.filter(
        case__pack_id=ref.pack_id, case__kind=ref.kind.id, rule=rule.id, unit_id=unit_id,
        state=CallState.DONE, settled_at__range=_moments(first, last),
    )  # fmt: skip
    return Framed(dict(rows.values_list("number", "pk")))


def _moments(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the first moment of a span of days and the last one before its end."""
    zone = timezone.get_default_timezone()
    begins = datetime.combine(first, time.min, zone)
    ends = datetime.combine(last + timedelta(days=1), time.min, zone)
    return begins, ends - timedelta(microseconds=1)


def draws_seen(user: Any) -> QuerySet[Draw]:
    """Return the draws of the units whose cases a person may see, the latest first."""
    units = accounts.units_allowed(user, "cases.view")
    rows = Draw.objects.select_related("unit", "by").order_by("-at", "-pk")
    return rows if units is accounts.ALL else rows.filter(unit_id__in=units)


def draw_for(user: Any, draw_id: int) -> Draw | None:
    """Return one of them."""
    return draws_seen(user).filter(pk=draw_id).first()


def sampled(
    seed: str, members: Collection[str], before: Collection[str] | None, percent: Fraction
) -> tuple[tuple[str, ...], int]:
    """Return the sample that a seed gives, and how many were lacking for equal halves."""
    count = sampling.size(percent, len(members))
    if before is None:
        return sampling.draw(seed, members, count), 0
    halves = sampling.draw_halves(seed, members, before, count)
    return halves.sample, halves.lacking


def is_repeatable(row: Draw) -> bool:
    """Tell whether frame and seed as stored give the sample that is stored."""
    again = sampled(row.seed, row.frame, row.before, Fraction(row.percent))
    told = (tuple(row.sample), row.lacking)
    return sampling.digest_of(row.frame) == row.digest and again == told


def calls_of(row: Draw) -> QuerySet[CallBack]:
    """Return the call-backs that a draw brought about."""
    return row.call_backs.select_related("case", "caller").order_by("pk")


def checks_of(row: Draw) -> QuerySet[Check]:
    """Return the records that a draw picked to be checked."""
    named = row.checks.select_related("call_back__case", "call_back__caller", "finding", "by")
    return named.order_by("pk")


def check_for(user: Any, check_id: int) -> Check | None:
    """Return one check, where the draw and the case may be seen."""
    found = Check.objects.select_related(
        "draw__unit", "call_back__case__unit", "call_back__root__unit", "call_back__unit", "finding"
    ).filter(pk=check_id, draw__in=draws_seen(user), call_back__case__in=cases.seen_by(user))
    return found.first()

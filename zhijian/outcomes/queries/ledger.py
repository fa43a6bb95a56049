"""The ledger as a person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet, Sum

from zhijian.accounts import queries as accounts
from zhijian.outcomes.models import AmountState, LedgerEntry

if TYPE_CHECKING:
    from zhijian.assessments.models import Assessment


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty fields do not restrict."""

    period: str = ""
    unit: int | None = None
    kind: str = ""
    text: str = ""
    awaiting: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums over all entries that match; reversals have taken effect in them."""

    count: int
    rewards: Decimal
    penalties: Decimal

    @property
    def balance(self) -> Decimal:
        """Rewards less penalties."""
        return self.rewards + self.penalties


def entries_seen(user: Any, wanted: Wanted = Wanted()) -> QuerySet[LedgerEntry]:
    """Return the entries of the units a person may look at, the latest first."""
    rows = LedgerEntry.objects.select_related(
        "assessment__pack_version", "reverses", "reversed_by", "open_amount"
    ).defer("working", "assessment__pack_version__files")
    allowed = accounts.units_allowed(user, "outcomes.view")
    if allowed is not accounts.ALL:
        rows = rows.filter(unit_id__in=allowed)
    if wanted.period:
        rows = rows.filter(period=wanted.period)
    if wanted.unit:
        rows = rows.filter(unit_id=wanted.unit)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.awaiting:
        rows = rows.filter(open_amount__state=AmountState.OPEN)
    if wanted.text:
        rows = rows.filter(Q(unit_name__icontains=wanted.text) | Q(title__icontains=wanted.text))
    return rows.order_by("-effective_on", "-pk")


def totals(rows: QuerySet[LedgerEntry]) -> Totals:
    """Add up the entries by kind."""
    found = rows.aggregate(
        count=Count("pk"),
        rewards=Sum("amount", filter=Q(kind="reward")),
        penalties=Sum("amount", filter=Q(kind="penalty")),
    )
    return Totals(found["count"], found["rewards"] or Decimal(0), found["penalties"] or Decimal(0))


def periods_seen(user: Any) -> list[str]:
    """Return the periods that have entries, the latest first."""
    rows = entries_seen(user).order_by().values_list("period", flat=True).distinct()
    return sorted(rows, reverse=True)


def entry_for(user: Any, entry_id: int) -> LedgerEntry | None:
    """Return one entry with all that belongs to it, or nothing for who may not see its unit."""
    rows = LedgerEntry.objects.select_related(
        "assessment__pack_version",
        "sheet",
        "proposed_by",
        "approved_by",
        "reverses",
        "reversed_by",
        "remedy",
        "open_amount",
        "typed_as__open_amount__entry",
        "typed_as__by",
    )
    found = rows.filter(pk=entry_id).first()
    if found is None or not accounts.may(user, "outcomes.view", found.unit_id):
        return None
    return found


@dataclass(frozen=True, slots=True)
class Turn:
    """The decisions before and after one: each takes the place of a reversed one."""

    former: LedgerEntry | None
    successor: LedgerEntry | None


def turn_of(entry: LedgerEntry) -> Turn:
    """Return what was decided about the same unit, rule and period before and after an entry."""
    if entry.is_reversal:
        return Turn(None, None)
    rows = _of_period(entry.assessment).filter(
        unit_id=entry.unit_id, rule=entry.rule, reverses=None
    )
    rows = rows.defer("working")
    return Turn(
        former=rows.filter(pk__lt=entry.pk).order_by("-pk").first(),
        successor=rows.filter(pk__gt=entry.pk).order_by("pk").first(),
    )


def entries_of(assessment: Assessment) -> list[LedgerEntry]:
    """Return every entry about the period of an assessment in the order of booking.

    Entries of all editions count together: what a correction left as it was stays booked.
    """
    rows = _of_period(assessment).select_related("reverses", "open_amount")
    return list(rows.order_by("pk"))


def _of_period(assessment: Assessment) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(
        assessment__pack_id=assessment.pack_id,
        assessment__scheme=assessment.scheme,
        assessment__period=assessment.period,
    )

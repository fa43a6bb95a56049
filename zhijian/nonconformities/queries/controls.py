"""Counts against their limits as they stand: what is counted, how many there are, which cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Max

from zhijian.accounts import queries as accounts
from zhijian.cases import queries as cases
from zhijian.cases.library import Library
from zhijian.cases.to_domain import circumstances
from zhijian.domain.casework.register import judged, span_of
from zhijian.domain.exact import plain
from zhijian.domain.explain.step import Step
from zhijian.domain.words import Words
from zhijian.foundation import clock
from zhijian.nonconformities.models import Proposal, Tally

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Standing:
    """A count with its limit: as many as the limit are in order, more are not."""

    key: str
    title: Words
    cites: str
    regulation: Words
    unit: str
    told: tuple[str, ...]
    first: date
    last: date
    found: int
    working: Step
    cases: tuple[Any, ...]
    proposal: Proposal | None

    @property
    def limit(self) -> Step:
        """The limit as a leaf of the working-out."""
        return self.working.because[1]

    @property
    def limit_shown(self) -> str:
        """The limit as it is written, or a dash where it is not in force."""
        value = self.limit.value
        return plain(value) if not isinstance(value, str | None) else "—"

    @property
    def hidden(self) -> int:
        """How many of the cases a person may not see."""
        return self.found - len(self.cases)

    @property
    def exceeds(self) -> bool:
        """Tell whether there are too many."""
        return self.working.value is True


def standings(user: Any, since: date) -> tuple[Standing, ...]:
    """Return the counts of spans that began on a day or later, the latest and fullest first."""
    rows = Tally.objects.filter(starts_on__gte=since)
    allowed = accounts.units_allowed(user, "cases.view")
    if allowed is not accounts.ALL:
        rows = rows.filter(case__unit_id__in=allowed)
    counts = (
        rows.values("key")
        .annotate(found=CountOf("pk"), last=Max("case_id"), first=Max("starts_on"))
        .order_by("-first", "-found", "key")[:SHOWN]
    )
    return tuple(_standings(user, [row["key"] for row in counts]))


def _standings(user: Any, keys: list[str]) -> Iterator[Standing]:
    library = Library()
    tallies: dict[str, list[Tally]] = {key: [] for key in keys}
    for tally in Tally.objects.filter(key__in=keys).order_by("case_id"):
        tallies[tally.key].append(tally)
    ids = [each.case_id for held in tallies.values() for each in held]
    rows = {row.pk: row for row in cases.with_ids(ids).select_related("nonconformity")}
    seen = cases.seen_ids(user, ids)
    proposals = {each.key: each for each in Proposal.objects.filter(key__in=keys)}
    for key, held in tallies.items():
        case = rows[held[-1].case_id]
        pack = library.pack(case.pack_version_id)
        control = next(
            (each for each in pack.cases[case.kind].controls if each.id == held[0].control), None
        )
        if control is None:
            continue
        day = clock.day_of(case.opened_at)
        around = circumstances(library, case.pack_version_id, day, case.unit_id)
        aspects = pack.cases[case.kind].listing
        names = {fact: name for name, fact in aspects.aspects.items()} if aspects else {}
        told = (
            str(getattr(case.nonconformity, names[each])) for each in control.each if each in names
        )
        yield Standing(
            key,
            control.title,
            control.cites,
            pack.header.title,
            case.unit.name,
            tuple(told),
            *span_of(control.span, held[0].starts_on),
            len(held),
            judged(control, len(held), around),
            tuple(rows[each.case_id] for each in held if each.case_id in seen),
            proposals.get(key),
        )

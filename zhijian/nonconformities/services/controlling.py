"""Counts against their limits: past one, corrective action is proposed, once for each crossing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from zhijian.cases import queries as cases
from zhijian.cases.library import Library
from zhijian.cases.to_domain import circumstances
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.register import Control, judged, span_of
from zhijian.domain.exact import plain
from zhijian.domain.explain.step import Step
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation import clock
from zhijian.nonconformities.models import Origin, Proposal, ProposalState, ProposedCase, Tally
from zhijian.nonconformities.services.telling import proposed as tell


@dataclass(frozen=True, slots=True)
class Crossing:
    """A control of a kind, and the law under which it is judged."""

    pack: Pack
    kind: CaseKind
    control: Control
    around: Circumstances


def propose(crossing: Crossing, key: str, at: datetime) -> bool:
    """Propose corrective action where a count exceeds its limit; tell whether it is new.

    The key of the count is that of the proposal, so that of two who cross it at once one writes
    it. Cases that come later are added to a proposal that still waits.
    """
    tallies = list(Tally.objects.filter(key=key).order_by("case_id"))
    step = judged(crossing.control, len(tallies), crossing.around)
    if step.value is not True:
        return False
    rows = list(cases.with_ids(each.case_id for each in tallies))
    made = Proposal.objects.bulk_create(
        [_proposal(crossing, tallies[0], rows, step, at)], ignore_conflicts=True
    )
    row = Proposal.objects.select_for_update().get(key=key)
    is_new = bool(made) and not row.cases.exists()
    if row.state == ProposalState.WAITING:
        row.found = len(rows)
        row.save(update_fields=["found"])
        add_cases(row, [each.pk for each in rows])
    if is_new:
        tell(row)
    return is_new


def add_cases(row: Proposal, ids: list[int]) -> None:
    """Let a proposal rest on cases, each once."""
    ProposedCase.objects.bulk_create(
        [ProposedCase(proposal=row, case_id=each) for each in ids], ignore_conflicts=True
    )


def sweep(at: datetime) -> int:
    """Look at every count again; return how many proposals are new.

    Steps look at them as they are taken. The sweep finds what a changed limit brings about, and
    what two who acted in the same moment could not see of each other.
    """
    library, made = Library(), 0
    for key in list(Tally.objects.order_by("key").values_list("key", flat=True).distinct()):
        last = Tally.objects.filter(key=key).order_by("-case_id").first()
        if last is None:
            continue
        (case,) = cases.with_ids([last.case_id])
        kind = library.kind(case.pack_version_id, case.kind)
        control = next((each for each in kind.controls if each.id == last.control), None)
        if control is not None:
            day = clock.day_of(case.opened_at)
            around = circumstances(library, case.pack_version_id, day, case.unit_id)
            crossing = Crossing(library.pack(case.pack_version_id), kind, control, around)
            with transaction.atomic():
                made += propose(crossing, key, at)
    return made


def _proposal(
    crossing: Crossing, tally: Tally, rows: list[Any], step: Step, at: datetime
) -> Proposal:
    control, opens = crossing.control, crossing.control.opens
    first, last = span_of(control.span, tally.starts_on)
    facts = next(iter(cases.facts_of_each(rows[-1:])))[1]
    carried = {own: str(facts.get(name) or "") for own, name in opens.carries.items()}
    return Proposal(
        key=tally.key,
        origin=Origin.CONTROL,
        unit_id=rows[-1].unit_id,
        title=control.title.zh,
        title_en=control.title.en,
        cites=control.cites,
        pack_id=crossing.pack.id,
        kind=opens.kind,
        step=opens.step,
        facts={"count": opens.count, "text": opens.text, "carries": carried},
        found=len(rows),
        limit=_limit(step),
        first=first,
        last=last,
        made_at=at,
        is_sample=rows[-1].is_sample,
    )


def _limit(step: Step) -> str:
    value = step.because[1].value
    return plain(value) if not isinstance(value, str | None) else ""

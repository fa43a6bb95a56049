"""Repeats become part of one case; each keeps its own record, so that everybody is called back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.cases.library import Library
from zhijian.cases.models import Case, CaseLink, LinkWord
from zhijian.cases.refusals import CaseRefused
from zhijian.cases.services.advancing import catch_up
from zhijian.cases.services.asked import Once, Taking, once
from zhijian.cases.services.checking import check_may_act
from zhijian.cases.services.planning import Moment
from zhijian.cases.services.stepping import Around, Seen, locked, step_in
from zhijian.cases.to_domain import Standing
from zhijian.cases.visibility import case_for

if TYPE_CHECKING:
    from zhijian.accounts.models import User

_MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Merging:
    """A case as it was seen, and the case that it becomes part of."""

    seen: Seen
    into_id: int


def merge(*, actor: User, merging: Merging, taking: Taking, at: datetime) -> Case:
    """Take the step that ends a case as part of another one; return the merged case.

    Only a step of the regulation that ends a case as merged does it. The merged case keeps its
    number, its facts and whoever is to be called back. Raises as ``advance_case`` does.
    """
    check_may_act(actor)
    told = Once.of(actor.pk, taking, merging.seen.case_id, merging.into_id)

    def act() -> Case:
        catch_up(merging.seen.case_id, at)
        with transaction.atomic():
            return _merge(actor, merging, taking, (at, told))

    return once(told, act)


def _merge(actor: User, merging: Merging, taking: Taking, asked: tuple[datetime, Once]) -> Case:
    at, told = asked
    # Both rows are locked in one order, so that two who merge crosswise wait for each other.
    ids = (merging.seen.case_id, merging.into_id)
    rows = {
        row.pk: row for row in Case.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    case, into = locked(merging.seen), rows.get(merging.into_id)
    if into is None or case_for(actor, into.pk) is None:
        raise CaseRefused("cases.nothing_to_merge_into")
    _check(case, into)

    def ends_merged(row: Case, standing: Standing) -> None:
        if standing.course.ends != _MERGED:
            step = standing.kind.steps[taking.step].title
            raise CaseRefused("cases.step_does_not_merge", step=step)
        row.merged_into = into

    moment = Moment.of(at, actor)
    step_in(Library(), case, taking, Around(moment, told, ends_merged))
    CaseLink.objects.get_or_create(
        source=case, target=into, word=LinkWord.MERGED, defaults={"by": actor, "at": moment.at}
    )
    return case


def _check(case: Case, into: Case) -> None:
    if into.pk == case.pk:
        raise CaseRefused("cases.merge_with_itself")
    if (into.pack_id, into.kind) != (case.pack_id, case.kind):
        raise CaseRefused("cases.merge_other_kind", number=into.number)
    if into.ends:
        raise CaseRefused("cases.merge_into_ended", number=into.number)

"""Opening a case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from zhijian.cases.library import Library
from zhijian.cases.models import Case
from zhijian.cases.services.asked import Once, Opening, once
from zhijian.cases.services.checking import check_may_act
from zhijian.cases.services.planning import Moment, plan_opening
from zhijian.cases.services.writing import write_opened

if TYPE_CHECKING:
    from zhijian.accounts.models import User


def open_case(
    *, actor: User, opening: Opening, at: datetime, library: Library | None = None
) -> Case:
    """Open a case, and those that it opens, in one transaction; asked again, return the same.

    Where the step leaves no name, nothing that is stored tells who it was. ``library`` holds what
    the caller has read already. Raises ``CaseRefused`` and ``StepRefused``.
    """
    check_may_act(actor)
    # A key is kept without the person where they may want to leave no name.
    named = None if opening.taking.anonymous else actor.pk
    return _open(opening, Moment.of(at, actor), named, library or Library())


def open_for_public(*, opening: Opening, at: datetime, library: Library | None = None) -> Case:
    """Open a case for somebody from outside, where the regulation lets the public do so.

    Whoever calls it keeps scripts away. Raises ``CaseRefused`` and ``StepRefused``.
    """
    return _open(opening, Moment.outside(at), None, library or Library())


def _open(opening: Opening, moment: Moment, named: int | None, library: Library) -> Case:
    told = Once.of(
        named, opening.taking, opening.pack_id, opening.kind, opening.unit_id, opening.title
    )

    def act() -> Case:
        with transaction.atomic():
            return write_opened(plan_opening(library, opening, moment), moment, told)[0]

    return once(told, act)

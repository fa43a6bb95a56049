"""Which cases somebody may see: those of their units, less the confidential ones of others."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhijian.accounts import queries as accounts
from zhijian.cases.models import Case, CaseParty


def seen_by(user: Any) -> QuerySet[Case]:
    """Return the cases that a person may see.

    Whoever has a part in a case sees it, whatever its unit; a confidential one is hidden from all
    others but those with the right to.
    """
    part = Exists(CaseParty.objects.filter(case=OuterRef("pk"), person_id=user.pk))
    units = accounts.units_allowed(user, "cases.view")
    secret = accounts.units_allowed(user, "cases.view_confidential")
    rows = Case.objects.all()
    if units is not accounts.ALL:
        rows = rows.filter(Q(unit_id__in=units) | part)
    if secret is not accounts.ALL:
        rows = rows.filter(Q(is_confidential=False) | Q(unit_id__in=secret) | part)
    return rows


def case_for(user: Any, case_id: int) -> Case | None:
    """Return one case, or nothing for who may not see it."""
    named = ("unit", "owner", "opener", "merged_into", "pack_version")
    rows = seen_by(user).select_related(*named).defer("pack_version__files")
    return rows.filter(pk=case_id).first()

"""Who may enter which records."""

from __future__ import annotations

from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.domain.records.kind import RecordKind
from zhijian.intake.refusals import RecordRefused

ENTER = "records.enter"
IMPORT = "records.import"


def enterable_units(actor: Any, permission: str = ENTER) -> accounts.UnitsAllowed:
    """Return the units whose records a person may enter."""
    return accounts.units_allowed(actor, permission)


def may_enter_kind(actor: Any, kind: RecordKind) -> bool:
    """Tell whether a person holds a role that the pack lets enter the kind, for some unit.

    What only cases give, nobody enters. A register concerns every unit, so entering it asks for
    the right everywhere.
    """
    if not kind.by_hand:
        return False
    allowed = enterable_units(actor)
    if kind.entered_by and not accounts.roles_of(actor) & set(kind.entered_by):
        return False
    return allowed is accounts.ALL if kind.is_register else bool(allowed)


def refuse_stranger(
    actor: Any, kind: RecordKind, unit_id: int | None, permission: str = ENTER
) -> None:
    """Refuse whoever may not enter this kind for this unit, and everybody what only cases give.

    The program itself may.
    """
    if actor is None:
        return
    if not kind.by_hand:
        raise RecordRefused("intake.only_from_cases", kind=kind.title)
    if kind.entered_by and not accounts.roles_of(actor) & set(kind.entered_by):
        raise RecordRefused("intake.role_may_not_enter", kind=kind.title)
    if not kind.is_register and unit_id is not None:
        if not accounts.may(actor, permission, unit_id):
            raise RecordRefused("intake.unit_not_yours")
    elif accounts.units_allowed(actor, permission) is not accounts.ALL:
        raise RecordRefused("intake.register_not_yours", kind=kind.title)

"""How the services of this room say no."""

from __future__ import annotations

from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.domain.problems import Problem
from zhijian.domain.regulation.examples import Verdict
from zhijian.foundation.audit.facts import Actor, Subject
from zhijian.foundation.refusal import Refusal
from zhijian.packs.models import PackVersion


class PackRefused(Refusal):
    """A change of a pack is refused; ``problems`` and ``examples`` list what is to be mended."""

    def __init__(
        self,
        code: str,
        /,
        problems: tuple[Problem, ...] = (),
        examples: tuple[Verdict, ...] = (),
        **facts: object,
    ) -> None:
        super().__init__(code, **facts)
        self.problems = problems
        self.examples = examples


def require(actor: Actor | None, permission: str) -> None:
    """Refuse whoever does not hold ``permission``; ``None`` is the program itself."""
    if actor is not None and not accounts.may(actor, permission):
        raise PackRefused("accounts.not_permitted", permission=permission)


def subject(row: PackVersion) -> Subject:
    """Return how the audit trail names a version."""
    return Subject("packs.version", str(row.pk), str(row))


def told(row: PackVersion) -> dict[str, Any]:
    """Return what the audit trail keeps of a version."""
    return {
        "pack_id": row.pack_id,
        "version": row.version,
        "state": str(row.state),
        "effective": row.effective,
        "digest": row.digest,
    }


def locked(version_id: int) -> PackVersion:
    """Return a version for changing; another writer waits until the transaction is over."""
    row = PackVersion.objects.select_for_update().filter(pk=version_id).first()
    if row is None:
        raise PackRefused("packs.version_gone")
    return row


def locked_draft(version_id: int) -> PackVersion:
    """Return a version that may still be changed."""
    row = locked(version_id)
    if row.state == PackVersion.State.PUBLISHED:
        raise PackRefused("packs.version_fixed", title=row.words, version=row.version)
    return row

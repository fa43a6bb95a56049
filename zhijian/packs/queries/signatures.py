"""Who signs a version, who has signed it, and when the approval is due again (POL-13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from zhijian.domain.dates.months import shift_months
from zhijian.domain.policy.signing import SigningStep
from zhijian.domain.regulation.pack import Pack
from zhijian.foundation import clock
from zhijian.foundation.audit import queries as audit
from zhijian.packs.models import PackVersion, Signature
from zhijian.packs.queries.typed import contents, read, typed
from zhijian.packs.queries.versions import VersionRef, all_versions, published_packs, version_ref

_AHEAD = timedelta(days=30)
_WRITTEN = frozenset({"packs.load", "packs.edit"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A signature that a version needs, and the one that was given last on these files."""

    step: SigningStep
    given: Signature | None


@dataclass(frozen=True, slots=True)
class RenewalDue:
    """The approval of a regulation in force that has to be given again by ``due_on``."""

    ref: VersionRef
    step: SigningStep
    last: date
    due_on: date
    is_overdue: bool


def signatures_asked(ref: VersionRef) -> tuple[Asked, ...]:
    """Return every signature a version needs, in their order; none while it does not read."""
    pack = read(contents(ref.id))
    if not isinstance(pack, Pack):
        return ()
    given = last_signatures(ref.id, ref.digest)
    return tuple(Asked(each, given.get(each.step)) for each in pack.header.signing.steps)


def unsigned(version_id: int) -> tuple[SigningStep, ...]:
    """Return the signatures that keep a version from being published."""
    ref = version_ref(version_id)
    return tuple(e.step for e in signatures_asked(ref) if e.given is None) if ref else ()


def signatures(version_id: int) -> tuple[Signature, ...]:
    """Return every signature ever given on a version, the newest first."""
    rows = Signature.objects.filter(version_id=version_id).select_related("by")
    return tuple(rows.order_by("-pk"))


def last_signatures(version_id: int, digest: str) -> dict[str, Signature]:
    """Return the signatures on the files of ``digest``, the last of each step."""
    rows = Signature.objects.filter(version_id=version_id, digest=digest).select_related("by")
    return {row.step: row for row in rows.order_by("pk")}


def authors_of(version_id: int) -> frozenset[int]:
    """Return the people who wrote on a version, as the audit trail tells."""
    row = PackVersion.objects.only("created_by_id").get(pk=version_id)
    wrote = {
        each.actor_id
        for each in audit.of_subject("packs.version", str(version_id))
        if each.action in _WRITTEN
    }
    return frozenset(each for each in {row.created_by_id, *wrote} if each is not None)


def waiting_for_signature(roles: frozenset[str]) -> tuple[tuple[VersionRef, SigningStep], ...]:
    """Return the drafts whose next signature is given by one of ``roles``."""
    found = []
    for ref in all_versions():
        if ref.is_published:
            continue
        missing = unsigned(ref.id)
        if missing and missing[0].role in roles:
            found.append((ref, missing[0]))
    return tuple(found)


def renewal_due(ref: VersionRef, day: date | None = None) -> RenewalDue | None:
    """Return by when the approval of a published version is given again, or nothing."""
    signing = typed(ref.id).header.signing
    step = signing.step("approved")
    if step is None or not signing.renew_months or ref.published_at is None:
        return None
    given = last_signatures(ref.id, ref.digest).get("approved")
    last = clock.day_of(given.at if given else ref.published_at)
    due = shift_months(last, signing.renew_months)
    return RenewalDue(ref, step, last, due, (day or clock.today()) > due)


def renewals_due(day: date | None = None) -> tuple[RenewalDue, ...]:
    """Return the approvals that are due within a month or overdue, the longest first."""
    today = day or clock.today()
    found = (renewal_due(ref, today) for ref in published_packs(today))
    due = [each for each in found if each is not None and each.due_on - _AHEAD <= today]
    return tuple(sorted(due, key=lambda each: each.due_on))

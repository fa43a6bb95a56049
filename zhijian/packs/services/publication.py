"""From checked to published: once, never changed afterwards, with its record of revisions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhijian.domain.regulation.sources import wrong_sources
from zhijian.foundation import clock
from zhijian.foundation.audit.facts import Actor
from zhijian.foundation.audit.services import record
from zhijian.packs.models import PackVersion, Revision
from zhijian.packs.queries.typed import typed, typed_of
from zhijian.packs.queries.versions import number, pack_in_force
from zhijian.packs.revising import revisions
from zhijian.packs.services.checking import checked_files
from zhijian.packs.services.refusals import PackRefused, locked, require, subject, told
from zhijian.packs.services.signatures import refuse_unsigned

_PUBLISHED = PackVersion.State.PUBLISHED


def publish(version_id: int, actor: Actor | None, at: datetime) -> PackVersion:
    """Publish a version; its former version expires by itself on the day this one takes effect.

    Refused while a check fails, an example is red, or a signature that the regulation asks for is
    missing; and for whoever wrote on the version. Of two people who publish at once the second
    is told that it has happened.
    """
    require(actor, "packs.publish")
    row = PackVersion.objects.filter(pk=version_id).first()
    if row is None:
        raise PackRefused("packs.version_gone")
    checked = checked_files(row.digest, row.files, at)
    if not checked.is_green:
        raise PackRefused(
            "packs.not_green",
            checked.problems,
            checked.red,
            problems_count=len(checked.problems),
            examples_count=len(checked.red),
        )
    return _publish(version_id, row.digest, actor, at)


@transaction.atomic
def _publish(version_id: int, digest: str, actor: Actor | None, at: datetime) -> PackVersion:
    row = locked(version_id)
    # All versions of the pack, so that two drafts cannot take effect side by side.
    others = list(
        PackVersion.objects.select_for_update().filter(pack_id=row.pack_id).order_by("pk")
    )
    former = max(
        (each for each in others if each.state == _PUBLISHED and each.pk != row.pk),
        key=lambda each: each.effective,
        default=None,
    )
    _refuse_wrong(row, digest, former)
    _refuse_misfits(row, at)
    refuse_unsigned(row, actor)
    before = told(row)
    row.state = _PUBLISHED
    row.published_at = at
    row.published_by_id = actor.pk if actor is not None else None
    row.save()
    files = former.files if former is not None else {}
    Revision.objects.bulk_create(
        Revision(version=row, **change) for change in revisions(files, row.files)
    )
    after = {**told(row), "supersedes": former.version if former is not None else ""}
    record(actor=actor, action="packs.publish", subject=subject(row), before=before, after=after)
    return row


def _refuse_wrong(row: PackVersion, digest: str, former: PackVersion | None) -> None:
    if row.state == _PUBLISHED:
        by = row.published_by.display_name if row.published_by else "–"
        raise PackRefused("packs.already_published", title=row.words, version=row.version, by=by)
    if row.digest != digest:
        raise PackRefused("packs.changed_meanwhile", title=row.words, version=row.version)
    if number(row.version) < (1,):
        raise PackRefused("packs.below_one", title=row.words, version=row.version)
    if former is None:
        return
    if number(row.version) <= number(former.version):
        raise PackRefused("packs.version_not_higher", version=row.version, former=former.version)
    if row.effective <= former.effective:
        raise PackRefused(
            "packs.effective_not_later",
            version=row.version,
            effective=row.effective,
            former=former.version,
            since=former.effective,
        )


def _refuse_misfits(row: PackVersion, at: datetime) -> None:
    """Refuse records from cases of other regulations in force that cannot give them."""
    pack = typed_of(row)
    named = {each.pack for kind in pack.kinds.values() for each in kind.sources if each.pack}
    refs = (pack_in_force(name, clock.day_of(at)) for name in sorted(named))
    found = tuple(wrong_sources(pack, {ref.pack_id: typed(ref.id) for ref in refs if ref}))
    if found:
        raise PackRefused("packs.not_green", found, (), problems_count=len(found), examples_count=0)

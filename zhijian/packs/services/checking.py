"""Run the checks and examples of a version and remember what they said."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhijian.foundation.audit.facts import Actor
from zhijian.foundation.audit.services import record
from zhijian.packs.models import CheckReport, PackVersion
from zhijian.packs.queries.calendar import calendar
from zhijian.packs.queries.typed import read
from zhijian.packs.reports import Checked, check_files, edition, from_rows, to_rows
from zhijian.packs.services.refusals import locked, require, subject, told


def check(version_id: int, actor: Actor | None, at: datetime) -> Checked:
    """Check a version; a draft without faults becomes *checked*.

    Equal files are checked once for each edition of the program.
    """
    require(actor, "packs.draft")
    row = PackVersion.objects.get(pk=version_id)
    checked = checked_files(row.digest, row.files, at)
    if checked.is_green and row.state == PackVersion.State.DRAFT:
        _mark_checked(row.pk, row.digest, actor)
    return checked


def checked_files(digest: str, files: dict[str, str], at: datetime) -> Checked:
    """Return what the checks say about files; nothing is locked while they run."""
    stored = CheckReport.objects.filter(digest=digest, edition=edition()).first()
    if stored is not None:
        return from_rows(stored.problems, stored.examples)
    checked = check_files(read(files), calendar())
    problems, examples = to_rows(checked)
    CheckReport.objects.bulk_create(
        [
            CheckReport(
                digest=digest, edition=edition(), at=at, problems=problems, examples=examples
            )
        ],
        ignore_conflicts=True,
    )
    return checked


@transaction.atomic
def _mark_checked(version_id: int, digest: str, actor: Actor | None) -> None:
    """Mark the draft, unless somebody changed it while the checks ran."""
    row = locked(version_id)
    if row.digest != digest or row.state != PackVersion.State.DRAFT:
        return
    before = told(row)
    row.state = PackVersion.State.CHECKED
    row.save(update_fields=["state"])
    record(actor=actor, action="packs.check", subject=subject(row), before=before, after=told(row))

"""What a version changes against the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from zhijian.domain.words import Words
from zhijian.foundation.language import language
from zhijian.packs.models import PackVersion, Revision
from zhijian.packs.queries.versions import VersionRef, number, version_ref, versions
from zhijian.packs.revising import revisions


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the revision record: ``A`` added, ``M`` modified, ``D`` deleted."""

    change: str
    path: str
    title_zh: str
    title_en: str

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return Words(self.title_zh, self.title_en).to(language())

    @property
    def words(self) -> str:
        """The kind of change in words."""
        return str(Revision.Change(self.change).label)


def changes_of(version_id: int) -> tuple[Change, ...]:
    """Return the revision record: as written when published, as it would be for a draft."""
    ref = version_ref(version_id)
    if ref is None:
        return ()
    if ref.is_published:
        rows = Revision.objects.filter(version_id=version_id).order_by("path")
        return tuple(Change(row.change, row.path, row.title, row.title_en) for row in rows)
    before = former(ref)
    ids = [ref.id, *([before.id] if before else [])]
    files = dict(PackVersion.objects.filter(pk__in=ids).values_list("pk", "files"))
    told = revisions(files[before.id] if before else {}, files[ref.id])
    return tuple(
        Change(each["change"], each["path"], each["title"], each["title_en"]) for each in told
    )


def former(ref: VersionRef) -> VersionRef | None:
    """Return the published version before this one, or nothing for the first."""
    return next(
        (
            each
            for each in versions(ref.pack_id)
            if each.is_published
            and each.id != ref.id
            and number(each.version) < number(ref.version)
        ),
        None,
    )

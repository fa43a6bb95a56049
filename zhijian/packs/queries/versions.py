"""Which versions there are, and which one counts on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from zhijian.domain.words import Words
from zhijian.foundation import clock
from zhijian.foundation.language import language
from zhijian.packs.models import PackVersion

_PUBLISHED = PackVersion.State.PUBLISHED


@dataclass(frozen=True, slots=True)
class VersionRef:
    """A version as other apps may know it.

    ``expires`` is the first day of its successor, so the first day on which it no longer counts.
    """

    id: int
    pack_id: str
    version: str
    title_zh: str
    title_en: str
    trial: bool
    effective: date
    expires: date | None
    state: str
    digest: str
    changed_at: datetime
    published_at: datetime | None

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return Words(self.title_zh, self.title_en).to(language())

    @property
    def is_published(self) -> bool:
        """Tell whether the version was published, also when it has been superseded."""
        return self.state in ("published", "superseded")

    def is_in_force(self, day: date) -> bool:
        """Tell whether the version counts on ``day``."""
        return (
            self.is_published
            and self.effective <= day
            and (self.expires is None or day < self.expires)
        )


def pack_in_force(pack_id: str, day: date) -> VersionRef | None:
    """Return the version of a pack that counts on ``day``: the last to take effect by then."""
    return next((ref for ref in versions(pack_id) if ref.is_in_force(day)), None)


def published_packs(day: date | None = None) -> tuple[VersionRef, ...]:
    """Return the version in force on ``day`` (today) of every pack that has one."""
    on = day or clock.today()
    found = [ref for ref in all_versions() if ref.is_in_force(on)]
    return tuple(sorted(found, key=lambda ref: ref.pack_id))


def versions(pack_id: str) -> tuple[VersionRef, ...]:
    """Return every version of a pack, the newest first."""
    return _refs(PackVersion.objects.filter(pack_id=pack_id))


def all_versions() -> tuple[VersionRef, ...]:
    """Return every version of every pack, pack by pack, the newest first."""
    return _refs(PackVersion.objects.all())


def version_ref(version_id: int) -> VersionRef | None:
    """Return one version, or nothing."""
    pack_id = PackVersion.objects.filter(pk=version_id).values_list("pack_id", flat=True).first()
    if pack_id is None:
        return None
    return next(ref for ref in versions(pack_id) if ref.id == version_id)


def number(version: str) -> tuple[int, ...]:
    """Return a version number in an order: 1.10 comes after 1.9."""
    return tuple(int(part) for part in version.split("."))


def _refs(rows: QuerySet[PackVersion]) -> tuple[VersionRef, ...]:
    today = clock.today()
    by_pack: defaultdict[str, list[PackVersion]] = defaultdict(list)
    for row in rows.defer("files"):
        by_pack[row.pack_id].append(row)
    return tuple(ref for pack_id in sorted(by_pack) for ref in _of_pack(by_pack[pack_id], today))


def _of_pack(rows: list[PackVersion], today: date) -> list[VersionRef]:
    starts = sorted(row.effective for row in rows if row.state == _PUBLISHED)
    rows.sort(key=lambda row: number(row.version), reverse=True)
    return [_ref(row, starts, today) for row in rows]


def _ref(row: PackVersion, starts: list[date], today: date) -> VersionRef:
    published = row.state == _PUBLISHED
    expires = next((day for day in starts if day > row.effective), None) if published else None
    superseded = expires is not None and expires <= today
    return VersionRef(
        id=row.pk,
        pack_id=row.pack_id,
        version=row.version,
        title_zh=row.title,
        title_en=row.title_en,
        trial=row.trial,
        effective=row.effective,
        expires=expires,
        state="superseded" if superseded else str(row.state),
        digest=row.digest,
        changed_at=row.changed_at,
        published_at=row.published_at,
    )

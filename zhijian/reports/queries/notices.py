"""What everybody may read: published results; and the register of where they were published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from zhijian.accounts import queries as accounts
from zhijian.assessments import queries as assessments
from zhijian.domain.dates.period import Period
from zhijian.domain.scoring.direction import LOWER
from zhijian.foundation import clock
from zhijian.foundation.files import queries as files
from zhijian.foundation.files.queries import FileRef
from zhijian.packs import queries as packs
from zhijian.reports.models import Publication
from zhijian.reports.owners import PROOF


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of a notice."""

    unit: str
    score: Decimal | None
    grade: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Published results without money, workings-out or anybody's name.

    ``superseded_by`` and ``corrects`` name the notices of the next and the former edition that was
    published; one in between that nobody published is passed over.
    """

    name: str
    pack_id: str
    period: Period
    title_zh: str
    title_en: str
    pack_zh: str
    pack_en: str
    version: str
    digest: str
    pack_version_id: int
    trial: bool
    published_at: datetime
    is_sample: bool
    edition: int = 1
    superseded_on: date | None = None
    superseded_by: str = ""
    corrects_of: date | None = None
    corrects: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def pack_digest(self) -> str:
        """Return the digest of the regulation the results rest on."""
        return self.digest

    def title(self, language: str) -> str:
        """Return the title of the results in a language."""
        return self.title_en if language == "en" and self.title_en else self.title_zh

    def pack(self, language: str) -> str:
        """Return the title of the regulation in a language."""
        return self.pack_en if language == "en" and self.pack_en else self.pack_zh


@dataclass(frozen=True, slots=True)
class Duty:
    """A publication duty with its proof and whether its day has passed."""

    row: Publication
    proofs: list[FileRef]
    is_overdue: bool


def notices() -> list[Notice]:
    """Return everything that is published, also what was corrected since, the latest first."""
    return [_notice(row) for row in _published()]


def notice(public_name: str) -> Notice | None:
    """Return one published result with its units, or nothing."""
    row = _published().filter(public_name=public_name).first() if public_name else None
    if row is None:
        return None
    scheme = packs.typed(row.pack_version_id).schemes[row.scheme]
    found = assessments.results(row.pk)
    scored = [each for each in found if each.score is not None]
    scored.sort(key=lambda each: each.score or 0, reverse=scheme.better != LOWER)
    unscored = [each for each in found if each.score is None]
    lines = tuple(Line(each.unit, each.score, each.grade) for each in (*scored, *unscored))
    return _notice(row, lines)


def _published() -> QuerySet[Any]:
    rows = assessments.every_edition().exclude(published_at=None).exclude(public_name="")
    related = ("pack_version", "corrects", "correction")
    rows = rows.select_related(*related).defer("pack_version__files")
    return rows.order_by("-published_at")


def _notice(row: Any, lines: tuple[Line, ...] = ()) -> Notice:
    title = packs.typed(row.pack_version_id).schemes[row.scheme].title
    return Notice(
        name=row.public_name,
        pack_id=row.pack_id,
        period=Period.parse(row.period),
        title_zh=title.zh,
        title_en=title.en,
        pack_zh=row.pack_version.title,
        pack_en=row.pack_version.title_en,
        version=row.pack_version.version,
        digest=row.pack_digest,
        pack_version_id=row.pack_version_id,
        trial=row.pack_version.trial,
        published_at=row.published_at,
        is_sample=row.is_sample,
        edition=row.edition,
        lines=lines,
        **_superseding(row),
        **_corrected(row),
    )


def _superseding(row: Any) -> dict[str, Any]:
    if not row.is_superseded:
        return {}
    later = row.correction
    told = {"superseded_on": clock.day_of(later.approved_at)}
    while later.published_at is None and later.is_superseded:
        later = later.correction
    return {**told, "superseded_by": later.public_name}


def _corrected(row: Any) -> dict[str, Any]:
    former = row.corrects
    while former is not None and former.published_at is None:
        former = former.corrects
    if former is None:
        return {}
    return {"corrects_of": clock.day_of(former.published_at), "corrects": former.public_name}


def duties(today: date) -> list[Duty]:
    """Return the register: what is still to be done first, by its day."""
    rows = Publication.objects.select_related("assessment", "by").order_by("-pk")
    found = [
        Duty(
            row=row,
            proofs=files.files_of(PROOF, str(row.pk)),
            is_overdue=row.published_on is None and row.due_on is not None and row.due_on < today,
        )
        for row in rows[:200]
    ]
    return sorted(
        found,
        key=lambda each: (each.row.published_on is not None, each.row.due_on or date.max),
    )


def duty(publication_id: int) -> Publication | None:
    """Return one line of the register, or nothing."""
    return Publication.objects.filter(pk=publication_id).first()


def may_read_proof(user: Any, file: FileRef) -> bool:
    """Tell whether a person may read the proof of a publication."""
    return accounts.units_allowed(user, "reports.view") is accounts.ALL

"""What stands around a case: evidence, comments, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from zhijian.cases.models import Case, CaseComment, CaseEvidence, CaseLink, LinkWord
from zhijian.cases.queries.evidence import EVIDENCE
from zhijian.cases.visibility import seen_by
from zhijian.foundation.files import queries as files
from zhijian.foundation.files.queries import FileRef


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence with its file."""

    row: CaseEvidence
    file: FileRef

    @property
    def is_photo(self) -> bool:
        """Tell whether it can be looked at on the page."""
        return self.file.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another case and how it is linked, told from this one."""

    word: str
    case: Case


def evidence_of(case: Case) -> list[EvidenceView]:
    """Return the evidence of a case, oldest first; the files of a case taken over count too."""
    rows = list(case.evidence.select_related("by").order_by("pk"))
    if not rows:
        return []
    twins: Mapping[str, list[int]] = _twins(rows)
    keys = [str(pk) for found in twins.values() for pk in found]
    held = files.files_of_each(EVIDENCE, keys)
    found = []
    for row in rows:
        mine = [each for pk in (row.pk, *twins[row.digest]) for each in held.get(str(pk), [])]
        if mine:
            found.append(EvidenceView(row, mine[0]))
    return found


def _twins(rows: list[CaseEvidence]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {row.digest: [] for row in rows}
    same = CaseEvidence.objects.filter(digest__in=found).order_by("pk")
    for digest, pk in same.values_list("digest", "pk"):
        found[digest].append(pk)
    return found


def comments_of(case: Case) -> list[CaseComment]:
    """Return what was said about a case, oldest first."""
    return list(case.comments.select_related("by").order_by("at", "pk"))


def links_of(case: Case, user: Any) -> list[LinkView]:
    """Return the linked cases that a person may see, told from this one."""
    rows = list(CaseLink.objects.filter(Q(source=case) | Q(target=case)))
    if not rows:
        return []
    rows.sort(key=lambda row: (row.target_id == case.pk, row.pk))
    ids = {row.target_id if row.source_id == case.pk else row.source_id for row in rows}
    seen = {each.pk: each for each in seen_by(user).filter(pk__in=ids)}
    told = []
    for row in rows:
        is_out = row.source_id == case.pk
        other = seen.get(row.target_id if is_out else row.source_id)
        if other is not None:
            told.append(LinkView(_word(row.word, is_out), other))
    return told


def _word(word: str, is_out: bool) -> str:
    words = {
        (LinkWord.OPENED, True): _("由此打开"),
        (LinkWord.OPENED, False): _("来源"),
        (LinkWord.MERGED, True): _("并入"),
        (LinkWord.MERGED, False): _("已并入本案"),
    }
    return words.get((LinkWord(word), is_out), _("相关"))

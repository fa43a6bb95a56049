"""The files of a case, and who may read them."""

from __future__ import annotations

from typing import Any

from zhijian.cases.models import CaseEvidence
from zhijian.cases.visibility import seen_by
from zhijian.foundation.files.queries import FileRef

EVIDENCE = "cases.evidence"
"""Whose files these are; the key is that of the row of evidence."""


def may_read_evidence(user: Any, file: FileRef) -> bool:
    """Tell whether a person may see a case that holds the file: its own, or one that took it over.

    The bytes of equal files lie once, so that the digest says which cases hold it.
    """
    held = CaseEvidence.objects.filter(digest=file.digest)
    return seen_by(user).filter(pk__in=held.values("case_id")).exists()

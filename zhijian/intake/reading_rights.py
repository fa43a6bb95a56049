"""Who may download the files of this room."""

from __future__ import annotations

from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.foundation.files.queries import FileRef
from zhijian.intake import queries


def may_read_evidence(user: Any, ref: FileRef) -> bool:
    """Let people read the proofs of the records they may see."""
    row = queries.record(int(ref.owner_key))
    if row is None:
        return False
    return accounts.may(user, "records.view", row.unit_id)


def may_read_workbook(user: Any, ref: FileRef) -> bool:
    """Let people read their own workbooks, and all of them who may import for every unit."""
    if ref.uploader_id == user.pk:
        return accounts.may(user, "records.import")
    return accounts.units_allowed(user, "records.import") is accounts.ALL

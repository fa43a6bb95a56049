"""Whether a decided result still follows from its snapshot, and whether the sheets still say it."""

from __future__ import annotations

from zhijian.assessments.freezing import rebuilt
from zhijian.assessments.models import Assessment
from zhijian.assessments.services.computing import as_stored, result_digest
from zhijian.foundation.files import queries as files
from zhijian.packs.queries.typed import digest_of_version


def differences(assessment: Assessment) -> list[str]:
    """Return the codes of what does not agree any more; none when all is as it was approved."""
    found = []
    if digest_of_version(assessment.pack_version_id) != assessment.pack_digest:
        found.append("assessments.verify_pack")
    if not _snapshot_gives(assessment):
        found.append("assessments.verify_snapshot")
    sheets = assessment.sheets.filter(is_current=True)
    if result_digest([as_stored(sheet) for sheet in sheets]) != assessment.result_digest:
        found.append("assessments.verify_sheets")
    return found


def _snapshot_gives(assessment: Assessment) -> bool:
    stored = assessment.snapshot_id
    if stored is None or not _is_there(stored):
        return False
    with files.open_file(stored) as content:
        return result_digest(rebuilt(content.read())) == assessment.result_digest


def _is_there(file_id: int) -> bool:
    try:
        return files.is_intact(file_id)
    except FileNotFoundError:
        return False

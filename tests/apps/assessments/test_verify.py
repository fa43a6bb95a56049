"""`manage.py assessments_verify`: what was approved can be worked out again, or it is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.corrections import make_approved
from tests.quarters import Quarter
from zhijian.assessments.models import ScoreSheet
from zhijian.foundation.files.models import StoredFile
from zhijian.foundation.wording import say

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved() -> Quarter:
    return make_approved()


@pytest.mark.req("ASM-14")
def test_an_approved_result_comes_out_again(
    approved: Quarter, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("assessments_verify")

    assert (
        f"✓ {approved.assessment}: {approved.assessment.result_digest}" in capsys.readouterr().out
    )


def test_a_changed_sheet_is_named(approved: Quarter, capsys: pytest.CaptureFixture[str]) -> None:
    ScoreSheet.objects.filter(unit_name="市场经营部").update(grade="不合格")

    with pytest.raises(CommandError):
        call_command("assessments_verify")
    assert say("assessments.verify_sheets") in capsys.readouterr().out


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_harmed_snapshot_is_named(
    approved: Quarter, harm: str, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    row = StoredFile.objects.get(pk=approved.assessment.snapshot_id)
    path = Path(settings.MEDIA_ROOT) / row.path  # type: ignore[attr-defined]
    kept = path.read_bytes()
    try:
        path.unlink()
        if harm == "changed":
            path.write_bytes(kept[:-1])
        with pytest.raises(CommandError):
            call_command("assessments_verify")
    finally:
        path.unlink(missing_ok=True)
        path.write_bytes(kept)
    assert say("assessments.verify_snapshot") in capsys.readouterr().out


def test_without_decided_results_nothing_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("assessments_verify")

    assert capsys.readouterr().out == ""

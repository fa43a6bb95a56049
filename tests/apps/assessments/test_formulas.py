"""A result keeps what it was computed from: inputs, version, and the working of each step."""

from __future__ import annotations

import gzip
import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.corrections import make_approved
from tests.people import make_people
from tests.quarters import Quarter
from zhijian.domain.policy.parameter import InForce
from zhijian.domain.policy.values import Weights
from zhijian.foundation import clock
from zhijian.foundation.audit.queries import of_subject
from zhijian.foundation.files import queries as files
from zhijian.packs import queries as packs
from zhijian.packs.services import Choice, load_from_folder, publish, replace_parameter

pytestmark = pytest.mark.django_db

PACKS = Path(__file__).parents[3] / "packs"


@pytest.fixture
def approved() -> Quarter:
    return make_approved()


def steps(step: dict[str, Any]) -> list[dict[str, Any]]:
    return [step, *(each for inner in step.get("because", ()) for each in steps(inner))]


@pytest.mark.req("SYS-13")
def test_a_score_keeps_inputs_version_and_a_line_for_each_step(approved: Quarter) -> None:
    sheet, assessment = approved.sheet(), approved.assessment

    told = steps(sheet.working)
    assert sheet.score is not None
    assert Decimal(told[0]["value"]) == sheet.score
    assert len(told) > 10
    assert {"第九条", "第十条"} <= {each.get("cites", "") for each in told}
    assert assessment.pack_digest == approved.assessment.pack_version.digest
    with files.open_file(assessment.snapshot_id) as content:
        kept = [json.loads(line) for line in gzip.decompress(content.read()).splitlines()]
    own = [each for each in kept if each.get("of") == "市场经营部"]
    assert {each["kind"] for each in own} >= {"self_check", "office_sample", "questionnaire"}
    assert (kept[0]["digest"], kept[0]["version"]) == (
        assessment.pack_digest,
        assessment.pack_version_id,
    )


@pytest.mark.req("ASM-19")
def test_weights_are_changed_with_a_reason_that_is_kept() -> None:
    row = load_from_folder(PACKS / "property-assessment-a", None, clock.now())
    publish(row.pk, None, clock.now())
    before = weights(row.pk)
    entry = (
        'value: {timely_score: "30", satisfaction_score: "20", facility_score: "20", '
        'safety_score: "10", environment_score: "10", fee_score: "10"}'
    )
    choice = Choice("weights", "业主大会纪要三号", entry)

    replace_parameter(row.pk, choice, make_people().committee, clock.now())

    after = weights(row.pk)
    assert (before["timely_score"], after["timely_score"]) == (20, 30)
    assert sum(before.values()) == sum(after.values()) == 100
    (told,) = [
        each for each in of_subject("packs.version", str(row.pk)) if each.actor == "committee"
    ]
    assert "业主大会纪要三号" in str(told.after)
    (decision,) = packs.decisions(row.pk)
    assert (decision.by, decision.kind) == ("committee", "replaced")


def weights(version_id: int) -> dict[str, Fraction]:
    found = packs.law_of(version_id, date(2024, 6, 30)).find("weights")
    assert isinstance(found, InForce)
    assert isinstance(found.value, Weights)
    return dict(found.value.parts)

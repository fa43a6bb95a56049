"""The sample organisation: built from a fixed seed, marked, and gone after one command."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from tests.kept import kept
from tests.quarters import FOLDER, published_pack
from zhijian.accounts.models import User
from zhijian.assessments.models import Assessment, State
from zhijian.assessments.services import correcting
from zhijian.cases.models import Case
from zhijian.cases.verifying import verify
from zhijian.config.sample import (
    cases,
    complaints,
    incidents,
    nonconformities,
    persons,
    removal,
    story,
)
from zhijian.foundation import clock
from zhijian.foundation.audit.queries import verify_chain
from zhijian.intake.models import Record
from zhijian.organizations.models import Unit
from zhijian.outcomes.models import (
    AmountState,
    LedgerEntry,
    OpenAmount,
    PersonalDecision,
    Remedy,
    RemedyState,
    StepKind,
)
from zhijian.outcomes.services import reverse
from zhijian.packs.services.drafts import load_from_folder
from zhijian.packs.services.publication import publish
from zhijian.reports.models import Minutes, Report

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@kept
def build() -> None:
    published_pack()
    other = load_from_folder(FOLDER.parent / story.PROPERTY, None, clock.now())
    publish(other.pk, None, clock.now())
    decided = load_from_folder(FOLDER.parent / story.PROPERTY_DECIDED, None, clock.now())
    publish(decided.pk, None, clock.now())
    for name in (
        cases.COMPLAINT_PACK, cases.LAPSE_PACK, complaints.PACK, persons.PACK, incidents.PACK,
        incidents.SAFETY, nonconformities.PACK,
    ):  # fmt: skip
        publish(load_from_folder(FOLDER.parent / name, None, clock.now()).pk, None, clock.now())
    call_command("sample", months=2, stdout=io.StringIO())


@pytest.fixture
def built() -> None:
    build()


def test_it_is_built_marked_and_removed(built: None) -> None:
    published = Assessment.objects.filter(state=State.PUBLISHED)
    assert published.filter(is_current=True).count() == len(story.SETTLED)
    assert Report.objects.filter(state="delivered").count() == len(story.REPORTED)
    assert Minutes.objects.count() == len(story.REPORTED)
    assert not Unit.objects.filter(is_sample=False).exists()
    assert not User.objects.filter(is_sample=False).exists()

    assert Case.objects.filter(ends="").count() < Case.objects.count()
    assert verify().discrepancies == []
    given = Record.objects.filter(kind="complaint", source="case", voided_at=None)
    assert set(given.values_list("values__validity", flat=True)) == {"有效", "无效", "待定"}
    states = PersonalDecision.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == ["in_force", "in_force", "in_force", "objected", "proposed"]

    # What visitors do with the sample goes with it, also rows that name each other.
    second = User.objects.get(username="weiyuan2")
    decided = published.filter(is_current=True).first()
    correcting.reopen(actor=second, assessment_id=decided.pk, reason="试一试更正")
    standing = LedgerEntry.objects.filter(reverses=None, reversed_by=None).first()
    reverse(actor=second, entry_id=standing.pk, reason="试一试冲销")
    call_command("sample", remove=True)

    for model in (Assessment, Case, LedgerEntry, Minutes, Record, Report, Unit, User):
        assert not model.objects.exists(), model
    assert removal.was_removed()
    assert verify_chain().is_sound

    call_command("sample")  # what was removed does not come back by itself
    assert not Unit.objects.exists()


def test_one_result_was_corrected_and_its_report_written_anew(built: None) -> None:
    former, correction = Assessment.objects.filter(
        pack_id=story.QUARTERLY, period=story.CORRECTED
    ).order_by("edition")

    assert (correction.corrects, correction.is_current, former.is_current) == (former, True, False)
    assert [each.state for each in Report.objects.filter(assessment=former)] == ["withdrawn"]
    assert [each.state for each in Report.objects.filter(assessment=correction)] == ["delivered"]
    assert LedgerEntry.objects.filter(assessment__in=(former, correction)).count() == 7 + 2


def test_measures_are_in_every_state_and_one_amount_is_still_to_be_typed(built: None) -> None:
    assert set(Remedy.objects.values_list("state", flat=True)) == set(RemedyState.values)
    states = [row.state for row in OpenAmount.objects.order_by("entry__kind")]
    assert states == [AmountState.TYPED, AmountState.OPEN]
    steps = Remedy.objects.get(state=RemedyState.OPEN).steps.values_list("kind", flat=True)
    assert list(steps) == [StepKind.DONE, StepKind.RETURNED]

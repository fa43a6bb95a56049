"""A case is opened with its number, its law, its first event and its clocks, or not at all."""

from __future__ import annotations

import pytest
from django.db import transaction

from tests.apps.cases.stories import PACK, START, Story, codes, make_office, moment, photo, steps
from zhijian.cases.models import Case, CaseClock, CaseEvent, CaseEvidence, CaseParty
from zhijian.cases.refusals import CaseRefused, StepRefused
from zhijian.cases.services import Upload
from zhijian.foundation.audit.models import AuditEntry
from zhijian.foundation.files.models import StoredFile
from zhijian.foundation.idempotency.services import KeyReused

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(make_office())


@pytest.mark.req("CMP-02")
def test_an_opened_case_has_number_law_level_owner_and_due_moment(story: Story) -> None:
    case = story.open(more={"place": "3 号窗口"})

    people = story.people
    assert case.number == "CK2024-0001"
    assert (case.pack_id, case.kind, case.state, case.level) == (
        PACK,
        "complaint",
        "open",
        "general",
    )
    assert (case.opener, case.owner, case.unit) == (people.working_group, people.clerk, people.unit)
    assert case.due_at == moment("2024-06-21T23:59:59")
    assert case.title == "排队"
    assert steps(case) == ["register"]
    held = CaseClock.objects.get(case=case)
    # Half of a day and a half has passed on the first day at 22:59:59.5, rounded up.
    assert (held.state, held.due_at, held.is_over) == ("running", case.due_at, False)
    assert held.next_at is not None
    assert held.next_at < held.due_at
    parties = set(CaseParty.objects.filter(case=case).values_list("person_id", flat=True))
    assert parties == {people.clerk.pk, people.working_group.pk}


@pytest.mark.req("SYS-05")
def test_numbers_run_without_gaps_by_kind_and_year(story: Story) -> None:
    story.open()
    with pytest.raises(StepRefused):
        story.open(more={"subject": "天气"})
    with transaction.atomic():
        story.open()
        transaction.set_rollback(True)
    story.open(at=moment("2025-01-02T09:00"))
    story.open(kind="action", step="begin", facts={"cause": "培训不足"})

    numbers = sorted(Case.objects.values_list("number", flat=True))

    assert numbers == ["CJ2024-0001", "CK2024-0001", "CK2025-0001"]
    assert story.open().number == "CK2024-0002"


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_stored(story: Story) -> None:
    wrong = {"subject": "天气", "injured": None, "handler": "9999999", "place": "窗" * 61}

    with pytest.raises(StepRefused) as refused:
        story.open(more=wrong)

    assert {(each.where, each.code) for each in refused.value.problems} >= {
        ("injured", "casework.fact_missing"),
        ("handler", "cases.unknown_person"),
    }
    assert {each.where for each in refused.value.problems} >= {"subject", "place"}
    assert "有人受伤" in refused.value.words()
    assert "Handler" in refused.value.words("en")
    assert (Case.objects.count(), CaseEvent.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"kind": "riddle"}, "cases.no_such_kind"),
        ({"pack_id": "nothing"}, "cases.no_such_kind"),
        ({"at": moment("2023-12-31T10:00")}, "cases.no_such_kind"),
        ({"unit_id": 9_999_999}, "cases.unit_needed"),
        ({"unit_id": None}, "cases.unit_needed"),
    ],
)
def test_what_cannot_be_opened_is_refused_in_words(
    story: Story, told: dict[str, object], code: str
) -> None:
    with pytest.raises(CaseRefused) as refused:
        story.open(**told)  # type: ignore[arg-type]

    assert refused.value.code == code


def test_only_who_acts_for_a_body_of_the_regulation_in_the_unit_opens(story: Story) -> None:
    with pytest.raises(StepRefused) as refused:
        story.open(actor=story.people.other_clerk)
    assert codes(refused) == ["casework.not_entitled"]

    own = story.open(actor=story.people.other_clerk, unit_id=story.people.other_unit.pk)
    assert own.unit == story.people.other_unit


@pytest.mark.parametrize("name", ["outsider", "auditor", "administrator"])
def test_who_has_no_part_in_cases_does_nothing_even_where_anyone_may(
    story: Story, name: str
) -> None:
    with pytest.raises(CaseRefused) as refused:
        story.open(
            actor=getattr(story.people, name), step="report",
            facts={"subject": "态度", "injured": "否"},
        )  # fmt: skip
    assert refused.value.code == "cases.may_not_act"


def test_asked_again_under_a_key_the_same_case_comes_back(story: Story) -> None:
    first = story.open(key="k1")
    again = story.open(key="k1")
    with pytest.raises(KeyReused):
        story.open(key="k1", more={"subject": "态度"})
    other = story.open(key="k1", actor=story.people.committee)

    assert first.pk == again.pk != other.pk
    assert Case.objects.count() == 2
    assert not CaseEvent.objects.filter(key="k1").exists()


@pytest.mark.req("NCS-32")
def test_an_anonymous_report_leaves_no_name_anywhere(story: Story) -> None:
    before = AuditEntry.objects.count()
    case = story.open(
        actor=story.people.inspector, step="report", anonymous=True, key="k1",
        facts={"subject": "态度", "injured": "否"}, uploads=(Upload("photos", photo()),),
    )  # fmt: skip

    assert (case.is_anonymous, case.opener, case.owner) == (True, None, None)
    event = case.events.get()
    assert event.actor is None
    assert '"roles":[]' in event.document
    assert not CaseParty.objects.filter(case=case).exists()
    assert [row.by for row in CaseEvidence.objects.filter(case=case)] == [None]
    assert StoredFile.objects.get(owner_kind="cases.evidence").uploader is None
    written = AuditEntry.objects.filter(number__gt=before)
    assert {row.actor for row in written} == {"system"}
    # The key is remembered without the person, so that nothing leads back to them.
    again = story.open(
        actor=story.people.leader, step="report", anonymous=True, key="k1",
        facts={"subject": "态度", "injured": "否"}, uploads=(Upload("photos", photo()),),
    )  # fmt: skip
    assert again.pk == case.pk


@pytest.mark.req("NCS-32")
def test_what_would_give_the_reporter_away_is_refused(story: Story) -> None:
    with pytest.raises(StepRefused) as refused:
        story.open(
            step="report", anonymous=True,
            facts={"subject": "态度", "injured": "否", "customer": "王小明"},
        )  # fmt: skip

    assert codes(refused) == ["casework.gives_away"]
    with pytest.raises(StepRefused) as refused:
        story.open(anonymous=True)
    assert "casework.not_anonymous" in codes(refused)


@pytest.mark.req("NCS-55")
def test_the_second_one_within_thirty_days_is_graver(story: Story) -> None:
    story.open(at=moment("2024-05-20T10:00"))
    last_day = story.open(at=moment("2024-06-19T10:00"))
    other_subject = story.open(more={"subject": "态度"})
    elsewhere = story.open(unit_id=story.people.other_unit.pk)

    assert last_day.level == "grave"
    assert (other_subject.level, elsewhere.level) == ("general", "general")
    assert story.open(at=moment("2024-07-20T10:00")).level == "general"


def test_what_was_withdrawn_does_not_repeat(story: Story) -> None:
    first = story.open()
    story.step(first, "withdraw", story.people.working_group, "2024-06-20T11:00", reason="误报")

    assert story.open(at=moment("2024-06-20T12:00")).level == "general"


def test_a_title_may_be_given(story: Story) -> None:
    assert story.open(title=" 大厅排队过长 ").title == "大厅排队过长"
    assert story.open(at=START, more={"account": "张三反映", "place": "1 号"}).title == "排队"

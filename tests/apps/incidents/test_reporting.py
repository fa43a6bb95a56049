"""An incident from its quick report to the bulletin that every unit takes note of."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.apps.incidents.company import (
    KIND,
    PACK,
    circulated,
    facts,
    hurt,
    make_company,
    opening,
    reported,
    stepped,
    verified,
)
from tests.people import People
from zhijian.cases.models import Case, CaseFault, CaseLink
from zhijian.cases.refusals import StepRefused
from zhijian.foundation import clock
from zhijian.incidents import services
from zhijian.incidents.models import Acknowledgement, Bulletin, Hint, HintWord, Incident
from zhijian.incidents.refusals import IncidentRefused
from zhijian.papers.models import Paper

pytestmark = pytest.mark.django_db
REPORT = reverse("incidents:report", kwargs={"pack_id": PACK, "kind": KIND})
REGISTER = reverse("incidents:register")


@pytest.fixture
def people() -> People:
    return make_company()


def client_of(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def sent(people: People, **changed: object) -> dict[str, str]:
    told = {**facts(people), "unit_": str(people.unit.pk), "key_": "", **changed}
    return {f"report-{name}": str(value) for name, value in told.items()}


def test_the_quick_report_opens_a_case_that_is_graded_by_its_facts(people: People) -> None:
    client = client_of(people.clerk)
    shown = client.get(REPORT).content.decode()
    answer = client.post(REPORT, sent(people, injured="3"))

    row = Incident.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("cases:case", args=[row.case_id])
    assert (row.case.level, row.place, row.sort, row.was_late) == (
        "major", "3 号楼", "设施设备", False,
    )  # fmt: skip
    assert row.case.owner == people.clerk
    # What can wait stands in a part that is closed; the level is nobody's to choose.
    assert shown.index("report-account") < shown.index("<details") < shown.index("report-injured")
    assert "level_" not in shown
    assert Paper.objects.get(case=row.case).prefix == "SJBG"


def test_what_is_wrong_is_told_at_its_field_and_nothing_is_stored(people: People) -> None:
    client = client_of(people.clerk)
    answer = client.post(REPORT, sent(people, place="", injured="-1"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "report-place" in page
    # The part with what can wait is open, because something in it is wrong.
    assert '<details class="mb-3" open>' in page
    assert not Incident.objects.exists()


def test_a_report_under_the_same_key_is_one_incident(people: People) -> None:
    told = opening(people, key="one")
    first, second = (
        services.report(actor=people.clerk, opening=told, at=clock.now()) for _ in range(2)
    )

    assert first.pk == second.pk
    assert Case.objects.filter(kind=KIND).count() == 1


def test_another_step_or_kind_is_no_report(people: People) -> None:
    told = opening(people)
    with pytest.raises(IncidentRefused) as refused:
        services.report(
            actor=people.clerk, at=clock.now(),
            opening=type(told)("company-hotline", "complaint", told.taking, people.unit.pk),
        )  # fmt: skip
    assert refused.value.code == "incidents.no_such_kind"


@pytest.mark.req("INC-01")
def test_a_late_first_report_is_noted_and_charged(people: People) -> None:
    row = reported(people, known_at="2024-06-03T09:00", happened_at="2024-06-03T08:00")

    assert row.was_late
    assert CaseFault.objects.get(case=row.case).person == people.clerk
    page = client_of(people.clerk).get(reverse("cases:case", args=[row.case_id])).content.decode()
    assert "首次上报超过了时限" in page
    listed = client_of(people.clerk).get(REGISTER, {"late": "1"}).content.decode()
    assert row.case.number in listed


@pytest.mark.req("INC-03", "INC-08")
def test_more_facts_grade_anew_and_both_levels_stay(people: People) -> None:
    row = reported(people, injured="1")
    stepped(row.case_id, "follow_up", people.clerk, progress="又有两人就医", injured="3")
    row.refresh_from_db()

    page = client_of(people.clerk).get(reverse("cases:case", args=[row.case_id])).content.decode()
    assert (row.first_level, row.case.level, row.reports) == ("larger", "major", 2)
    assert page.index("较大") < page.index("上调")
    # Each measure with its bounds on both sides of the value.
    assert "≥ 10" in page
    assert "≥ 3" in page
    assert "二级机构上报公司" in page
    assert "2. 续报" in page
    listed = client_of(people.clerk).get(REGISTER, {"regraded": "1"}).content.decode()
    assert row.case.number in listed
    assert "原为较大" in listed


@pytest.mark.req("INC-04")
def test_no_verification_before_the_corrective_action_is_in_place(people: People) -> None:
    row = reported(people)
    office, clerk = people.working_group, people.clerk
    stepped(row.case_id, "pass_up", office, containment="关阀")
    stepped(row.case_id, "analyze", clerk, direct_cause="老化", root_cause="未列入计划",
            cause_sort="设施设备", cause_proof=True)  # fmt: skip
    with pytest.raises(StepRefused):
        stepped(row.case_id, "correct", clerk)
    today = f"{clock.today():%Y-%m-%d}"
    stepped(row.case_id, "correct", clerk, actions="更换管道", action_owner=str(clerk.pk),
            action_due=today)  # fmt: skip
    action = CaseLink.objects.get(source_id=row.case_id).target
    told = {"result": "合格", "effective": "是", "verified_by_proof": True}
    with pytest.raises(StepRefused) as refused:
        stepped(row.case_id, "verify", office, **told)
    assert "casework.case_open" in {each.code for each in refused.value.problems}

    stepped(action.pk, "finish", clerk, done="已更换", proof=True)
    stepped(action.pk, "confirm", office, in_order="是")
    stepped(row.case_id, "verify", office, **told)
    assert Case.objects.get(pk=row.case_id).state == "verified"


@pytest.mark.req("INC-05")
def test_lessons_reach_every_unit_and_each_takes_note(people: People) -> None:
    row = circulated(people)
    bulletin = Bulletin.objects.get(case=row.case)
    owed = Acknowledgement.objects.filter(bulletin=bulletin, at=None)
    assert {people.unit.pk, people.other_unit.pk} <= {each.unit_id for each in owed}
    place = reverse("incidents:bulletin", args=[bulletin.pk])
    other = client_of(people.other_clerk)

    # The clerk of another unit cannot see the case, and reads what it teaches.
    assert other.get(reverse("cases:case", args=[row.case_id])).status_code == 404
    page = other.get(place).content.decode()
    assert "管道要更换" in page
    assert "七日内排查" in page
    assert "打开案件" not in page
    other.post(reverse("incidents:note", args=[bulletin.pk]), {"measures": "已排查，无隐患"})

    noted = Acknowledgement.objects.get(bulletin=bulletin, unit=people.other_unit)
    assert (noted.by, noted.measures) == (people.other_clerk, "已排查，无隐患")
    assert Acknowledgement.objects.get(bulletin=bulletin, unit=people.unit).at is None
    assert "签收</button>" not in other.get(place).content.decode()
    assert Paper.objects.filter(case=row.case, prefix="SJTB").count() == 1


def test_taking_note_twice_adds_nothing_and_a_bulletin_must_be_there(people: People) -> None:
    row = circulated(people)
    bulletin = Bulletin.objects.get(case=row.case)
    counts = [
        services.take_note(actor=people.clerk, bulletin_id=bulletin.pk, at=clock.now())
        for _ in range(2)
    ]
    assert counts[0] > 0
    assert counts[1] == 0
    for told, code in (
        ({"bulletin_id": 0}, "incidents.no_such_bulletin"),
        ({"bulletin_id": bulletin.pk, "measures": "长" * 1001}, "incidents.too_long"),
    ):
        with pytest.raises(IncidentRefused) as refused:
            services.take_note(actor=people.clerk, at=clock.now(), **told)
        assert refused.value.code == code


def test_a_case_that_is_circulated_again_has_a_second_edition(people: People) -> None:
    row = circulated(people)
    office = people.working_group
    stepped(row.case_id, "reopen", office, "又发生渗水")
    stepped(row.case_id, "pass_up", office, containment="关阀")
    stepped(row.case_id, "tell_client", office, told_client="主业物业处")
    stepped(row.case_id, "analyze", people.clerk, direct_cause="接头", root_cause="材料",
            cause_sort="设施设备", cause_proof=True)  # fmt: skip
    stepped(row.case_id, "correct", people.clerk, no_action="已拆除")
    stepped(row.case_id, "verify", office, result="合格", effective="是", verified_by_proof=True)
    stepped(row.case_id, "circulate", office, lessons="接头也要查", demands="再排查")

    assert list(row.case.bulletins.order_by("edition").values_list("edition", flat=True)) == [1, 2]


def test_the_register_is_filtered_and_leaves_as_a_file(people: People) -> None:
    small, grave = reported(people), reported(people, injured="3", sort="消防", place="食堂")
    client = client_of(people.working_group)

    page = client.get(REGISTER).content.decode()
    assert page.index(grave.case.number) < page.index(small.case.number)
    assert small.case.number not in client.get(REGISTER, {"sort": "消防"}).content.decode()
    later = client.get(REGISTER, {"first": "2999-01-01", "last": "2999-01-02"}).content.decode()
    assert small.case.number not in later
    odd = client.get(REGISTER, {"unit": "x", "first": "never", "shown": "none"}).content.decode()
    assert small.case.number in odd
    file = client.get(reverse("incidents:export", args=["csv"]), {"shown": "all"})
    assert grave.case.number in file.content.decode("utf-8-sig")


@pytest.mark.req("INC-01")
def test_a_complaint_that_speaks_of_an_incident_is_settled_by_reporting_it(people: People) -> None:
    complaint = hurt(people)
    hint = Hint.objects.get(case=complaint)
    client = client_of(people.working_group)
    case_page = client.get(reverse("cases:case", args=[complaint.pk])).content.decode()
    assert "本案提到事件" in case_page
    leads = client.get(reverse("incidents:kinds"), {"hint": hint.pk})
    assert leads["Location"] == f"{REPORT}?hint={hint.pk}"

    client.post(f"{REPORT}?hint={hint.pk}", sent(people, source="客户投诉", injured="1"))

    hint.refresh_from_db()
    row = Incident.objects.get()
    assert (hint.word, hint.incident_id) == (HintWord.REPORTED, row.case_id)
    assert CaseLink.objects.filter(source=complaint, target_id=row.case_id).exists()
    page = client.get(reverse("incidents:hints"), {"word": "reported"}).content.decode()
    assert row.case.number in page
    assert "100" in page


def test_verified_incidents_wait_for_their_bulletin(people: People) -> None:
    row = verified(people)
    assert not Bulletin.objects.exists()
    assert Case.objects.get(pk=row.case_id).state == "verified"
    row.refresh_from_db()
    assert row.is_final

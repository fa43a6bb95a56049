"""Each page of assessments: shown, refused to the outsider, corrected when the form is bad."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.quarters import PACK, Quarter, make_complete_quarter
from zhijian.assessments.models import Objection, ScoreSheet
from zhijian.assessments.services import objecting
from zhijian.assessments.services.objecting import Plea
from zhijian.foundation.jobs.models import Job

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def quarter() -> Quarter:
    return make_complete_quarter()


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def line_of(sheet: ScoreSheet) -> str:
    """A line of the working-out that was measured from records."""
    return next(step["id"] for step in walk(sheet.working) if step.get("records"))


def walk(step: dict) -> list[dict]:
    below = [each for inner in step.get("because", ()) for each in walk(inner)]
    return [step, *below]


def object_to(quarter: Quarter) -> Objection:
    sheet = quarter.sheet()
    return objecting.raise_objection(
        actor=quarter.people.clerk, sheet_id=sheet.pk, plea=Plea(line_of(sheet), "数据有误")
    )


def pages(quarter: Quarter) -> dict[str, str]:
    of = {"assessment_id": quarter.assessment.pk}
    sheet = quarter.sheet()
    line = {"sheet_id": sheet.pk, "line": line_of(sheet)}
    return {
        "list": reverse("assessments:list"),
        "matrix": reverse("assessments:matrix", kwargs=of),
        "export": reverse("assessments:export", kwargs={**of, "form": "csv"}),
        "objections": reverse("assessments:objections", kwargs=of),
        "sheet": reverse("assessments:sheet", kwargs={"sheet_id": sheet.pk}),
        "impact": reverse("assessments:impact", kwargs={"sheet_id": sheet.pk}),
        "line": reverse("assessments:line", kwargs=line),
        "objection": reverse(
            "assessments:objection", kwargs={"objection_id": object_to(quarter).pk}
        ),
    }


def test_every_page_is_shown_to_who_may_see_it_and_to_nobody_else(quarter: Quarter) -> None:
    addresses, people = pages(quarter), quarter.people
    for reader in (people.clerk, people.working_group, people.committee, people.auditor):
        answers = {name: signed_in(reader).get(path) for name, path in addresses.items()}
        assert {name: each.status_code for name, each in answers.items()} == dict.fromkeys(
            addresses, 200
        )
    for stranger in (people.outsider, people.security_administrator, people.administrator):
        refused = {signed_in(stranger).get(path).status_code for path in addresses.values()}
        assert refused == {403}
    assert {Client().get(path).status_code for path in addresses.values()} == {302}


@pytest.mark.parametrize("page", ["sheet", "impact", "line", "objection"])
def test_what_belongs_to_another_unit_does_not_exist_for_a_clerk(
    quarter: Quarter, page: str
) -> None:
    path = pages(quarter)[page]

    assert signed_in(quarter.people.clerk).get(path).status_code == 200
    assert signed_in(quarter.people.other_clerk).get(path).status_code == 404


def test_a_clerk_sees_only_their_own_unit_in_lists_and_exports(quarter: Quarter) -> None:
    addresses, clerk = pages(quarter), signed_in(quarter.people.other_clerk)

    matrix = clerk.get(addresses["matrix"]).content.decode()
    rows = exported(clerk, quarter)

    assert "储运中心" in matrix
    assert "市场经营部" not in matrix
    assert [row[0] for row in rows[1:]] == ["储运中心"]
    assert "市场经营部" not in clerk.get(addresses["objections"]).content.decode()


def exported(client: Client, quarter: Quarter, query: str = "") -> list[list[str]]:
    path = reverse(
        "assessments:export", kwargs={"assessment_id": quarter.assessment.pk, "form": "csv"}
    )
    content = client.get(path + query).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_an_export_holds_the_rows_of_the_page(quarter: Quarter) -> None:
    client = signed_in(quarter.people.working_group)

    rows = exported(client, quarter)
    found = exported(client, quarter, "?q=市场")

    assert len(rows) == 1 + len(quarter.units)
    assert [row[0] for row in found[1:]] == ["市场经营部"]
    assert found[1][-4] == f"{quarter.sheet().score:.2f}"


def test_an_exported_workbook_holds_numbers_as_numbers(quarter: Quarter) -> None:
    path = reverse(
        "assessments:export", kwargs={"assessment_id": quarter.assessment.pk, "form": "xlsx"}
    )
    content = signed_in(quarter.people.working_group).get(path).content
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))

    assert len(rows) == 1 + len(quarter.units)
    assert isinstance(rows[1][-2], int | float)


def test_an_export_in_another_form_does_not_exist(quarter: Quarter) -> None:
    path = reverse(
        "assessments:export", kwargs={"assessment_id": quarter.assessment.pk, "form": "exe"}
    )
    assert signed_in(quarter.people.working_group).get(path).status_code == 404


@pytest.mark.parametrize("name", ["=1+1", "+A1", "-1+1", "@SUM(A1)", "\t=1"])
def test_no_exported_cell_begins_a_formula(quarter: Quarter, name: str) -> None:
    ScoreSheet.objects.filter(pk=quarter.sheet().pk).update(unit_name=name)

    cells = [row[0] for row in exported(signed_in(quarter.people.leader), quarter)]

    assert name not in cells
    assert any(cell.endswith(name) and cell[0] == "'" for cell in cells)


def test_the_matrix_leads_nobody_to_papers_they_may_not_see(quarter: Quarter) -> None:
    quarter.confirm_values()
    quarter.compute()
    address = reverse("assessments:matrix", kwargs={"assessment_id": quarter.assessment.pk})
    paper = reverse("reports:results", kwargs={"assessment_id": quarter.assessment.pk})

    assert paper in signed_in(quarter.people.leader).get(address).content.decode()
    assert paper not in signed_in(quarter.people.clerk).get(address).content.decode()


def test_the_matrix_comes_alone_when_the_page_asks_for_it(quarter: Quarter) -> None:
    client = signed_in(quarter.people.working_group)
    path = pages(quarter)["matrix"]

    alone = client.get(path, {"q": "储运"}, headers=HTMX).content.decode()

    assert "<html" not in alone
    assert "储运中心" in alone
    assert "市场经营部" not in alone
    assert "<html" in client.get(path).content.decode()


def test_a_bad_choice_of_order_or_page_shows_the_matrix_all_the_same(quarter: Quarter) -> None:
    client = signed_in(quarter.people.working_group)
    path = pages(quarter)["matrix"]

    assert client.get(path, {"sort": "'; drop", "page": "9999"}).status_code == 200


def test_opening_a_period_names_what_is_wrong(quarter: Quarter) -> None:
    client = signed_in(quarter.people.working_group)
    path = reverse("assessments:open")

    assert client.get(path).status_code == 200
    assert client.post(path, {}).status_code == 422
    nonsense = client.post(path, {"scheme": f"{PACK}/department", "period": "nonsense"})
    again = client.post(path, {"scheme": f"{PACK}/department", "period": "2024Q1"})
    opened = client.post(path, {"scheme": f"{PACK}/department", "period": "2024Q2"})

    assert nonsense.status_code == 422
    assert "nonsense" in nonsense.content.decode()
    assert again.status_code == 422
    assert opened.status_code == 302


def test_only_the_working_group_opens_periods(quarter: Quarter) -> None:
    for person in (quarter.people.clerk, quarter.people.committee, quarter.people.auditor):
        assert signed_in(person).get(reverse("assessments:open")).status_code == 403


def test_the_button_starts_one_computation(quarter: Quarter) -> None:
    client = signed_in(quarter.people.working_group)
    path = reverse("assessments:compute", kwargs={"assessment_id": quarter.assessment.pk})

    assert client.get(path).status_code == 405
    assert [client.post(path).status_code for _ in range(2)] == [302, 302]
    assert Job.objects.count() == 1


def test_a_clerk_objects_with_a_reason(quarter: Quarter) -> None:
    sheet = quarter.sheet()
    path = reverse("assessments:object", kwargs={"sheet_id": sheet.pk, "line": line_of(sheet)})
    client = signed_in(quarter.people.clerk)

    assert client.get(path).status_code == 200
    assert client.post(path, {"reason": ""}).status_code == 422
    assert client.post(path, {"record_id": "0", "reason": "数据有误"}).status_code == 302
    assert Objection.objects.get().reason == "数据有误"
    assert client.post(path, {"record_id": "0", "reason": "再说一遍"}).status_code == 422


def test_nobody_objects_for_another_unit(quarter: Quarter) -> None:
    sheet = quarter.sheet()
    path = reverse("assessments:object", kwargs={"sheet_id": sheet.pk, "line": line_of(sheet)})

    assert signed_in(quarter.people.other_clerk).post(path, {"reason": "不"}).status_code == 404
    assert signed_in(quarter.people.working_group).post(path, {"reason": "不"}).status_code == 403
    assert not Objection.objects.exists()


def test_a_line_that_a_sheet_lacks_does_not_exist(quarter: Quarter) -> None:
    path = reverse("assessments:line", kwargs={"sheet_id": quarter.sheet().pk, "line": "nothing"})

    assert signed_in(quarter.people.clerk).get(path).status_code == 404


def test_the_committee_decides_with_a_reason(quarter: Quarter) -> None:
    objection = object_to(quarter)
    path = reverse("assessments:objection", kwargs={"objection_id": objection.pk})
    committee = signed_in(quarter.people.committee)

    assert signed_in(quarter.people.clerk).post(path, {"decision": "rejected"}).status_code == 404
    assert committee.post(path, {"decision": "rejected", "reason": ""}).status_code == 422
    answer = committee.post(path, {"decision": "rejected", "reason": "记录属实"})

    objection.refresh_from_db()
    assert answer.status_code == 302
    assert objection.state == "rejected"


def test_only_who_objected_withdraws(quarter: Quarter) -> None:
    objection = object_to(quarter)
    path = reverse("assessments:withdraw", kwargs={"objection_id": objection.pk})

    assert signed_in(quarter.people.other_clerk).post(path).status_code == 404
    signed_in(quarter.people.committee).post(path)
    objection.refresh_from_db()
    assert objection.state == "raised"
    signed_in(quarter.people.clerk).post(path)
    objection.refresh_from_db()
    assert objection.state == "withdrawn"


@pytest.mark.parametrize("step", ["send_back", "meeting"])
def test_a_step_of_the_committee_needs_its_reason(quarter: Quarter, step: str) -> None:
    path = reverse(f"assessments:{step}", kwargs={"assessment_id": quarter.assessment.pk})

    assert signed_in(quarter.people.committee).get(path).status_code == 200
    assert signed_in(quarter.people.committee).post(path, {}).status_code == 422
    assert signed_in(quarter.people.working_group).get(path).status_code == 403


def test_results_are_handed_in_approved_and_published_by_their_own_people(
    quarter: Quarter,
) -> None:
    quarter.confirm_values()
    quarter.compute()
    of = {"assessment_id": quarter.assessment.pk}
    group, committee = (
        signed_in(person) for person in (quarter.people.working_group, quarter.people.committee)
    )

    assert committee.post(reverse("assessments:submit", kwargs=of)).status_code == 403
    group.post(reverse("assessments:submit", kwargs=of))
    assert group.post(reverse("assessments:approve", kwargs=of)).status_code == 403
    assert committee.get(reverse("assessments:approve", kwargs=of)).status_code == 200
    reason = {"exceptions_reason": ""}
    assert committee.post(reverse("assessments:approve", kwargs=of), reason).status_code == 302
    assert committee.post(reverse("assessments:publish", kwargs=of)).status_code == 403
    group.post(reverse("assessments:publish", kwargs=of))

    quarter.assessment.refresh_from_db()
    assert quarter.assessment.state == "published"


def test_what_hinders_the_approval_is_said_in_words(quarter: Quarter) -> None:
    quarter.submit()
    path = reverse("assessments:approve", kwargs={"assessment_id": quarter.assessment.pk})

    answer = signed_in(quarter.people.committee).post(path, {"exceptions_reason": ""})

    assert answer.status_code == 422
    assert "尚未确认的建议值" in answer.content.decode()


def test_every_page_is_there_in_english(quarter: Quarter) -> None:
    client = signed_in(quarter.people.working_group)
    for path in pages(quarter).values():
        assert client.get(path, headers={"Accept-Language": "en"}).status_code == 200

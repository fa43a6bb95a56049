"""Trial runs: asked on a page, answered in the background, kept apart from every result."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from tests.quarters import Quarter, make_complete_quarter
from zhijian.assessments.models import ScoreSheet, TrialRun
from zhijian.assessments.services import trials
from zhijian.assessments.services.trials import Question, TrialRefused
from zhijian.foundation import clock
from zhijian.foundation.jobs.worker import Options, Worker
from zhijian.packs import queries as packs
from zhijian.packs import services as pack_services
from zhijian.packs.contents import HEADER

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def quarter() -> Quarter:
    found = make_complete_quarter()
    found.compute()
    return found


def question(quarter: Quarter, **other: object) -> Question:
    told = {
        "title": "投诉更重",
        "version_id": quarter.version_id,
        "scheme": quarter.assessment.scheme,
        "assessment_ids": (quarter.assessment.pk,),
        "changes": {"points_per_complaint": 'value: "30"'},
        **other,
    }
    return Question(**told)  # type: ignore[arg-type]


def answered(quarter: Quarter, asked: Question) -> TrialRun:
    run = trials.request_trial(actor=quarter.people.working_group, question=asked, at=clock.now())
    Worker(Options(until_empty=True)).work()
    run.refresh_from_db()
    return run


def test_who_moves_grade_and_what_it_costs(quarter: Quarter) -> None:
    before = list(ScoreSheet.objects.values_list("pk", "score", "grade", "yuan", "revision"))

    result = answered(quarter, question(quarter)).result

    assert result is not None
    move = next(each for each in result["moves"] if each["unit"] == "储运中心")
    # 0.5 × 95 + 0.3 × 100 + 0.2 × 90 = 95.5; with 30 points for the complaint 0.2 × 70: 91.5
    assert (move["before"]["score"], move["after"]["score"]) == ("95.50", "91.50")
    assert (move["before"]["grade"], move["after"]["grade"]) == ("优秀", "不合格")
    # from a reward of 0.5 × 2000 to a penalty of 3.5 × 1000
    assert move["yuan"] == "-4500.00"
    assert result["alone"][0]["parameter"] == "points_per_complaint"
    assert Decimal(result["yuan_after"]) < Decimal(result["yuan_before"])
    # Nothing of a result was touched.
    assert before == list(
        ScoreSheet.objects.values_list("pk", "score", "grade", "yuan", "revision")
    )


def test_a_draft_is_tried_as_it_stands(quarter: Quarter) -> None:
    files = packs.contents(quarter.version_id)
    files[HEADER] = files[HEADER].replace('version: "1.0"', 'version: "1.9"')
    files[HEADER] = files[HEADER].replace("effective: 2013-07-01", "effective: 2030-01-01")
    files["parameters/points_per_complaint.yaml"] = files[
        "parameters/points_per_complaint.yaml"
    ].replace('value: "10"', 'value: "30"')
    draft = pack_services.load_from_contents(files, None, clock.now())

    result = answered(quarter, question(quarter, target_id=draft.pk, changes={})).result

    assert result is not None
    assert result["moved"] > 0


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"changes": {}}, "assessments.trial_nothing"),
        ({"changes": {"points_per_complaint": "value: 0.5"}}, "assessments.trial_values"),
        ({"assessment_ids": ()}, "assessments.trial_periods"),
        ({"assessment_ids": (999_999,)}, "assessments.trial_periods"),
    ],
)
def test_a_question_without_sense_is_refused(
    quarter: Quarter, other: dict[str, object], code: str
) -> None:
    with pytest.raises(TrialRefused, match=code):
        trials.request_trial(
            actor=quarter.people.working_group, question=question(quarter, **other), at=clock.now()
        )
    assert not TrialRun.objects.exists()


def test_the_pages_ask_and_show(quarter: Quarter) -> None:
    client = Client()
    client.force_login(quarter.people.working_group)
    rules = f"{quarter.version_id}:{quarter.assessment.scheme}"
    address = f"{reverse('assessments:new_trial')}?rules={rules}"
    told = {"title": "看看", "periods": [quarter.assessment.pk], "target": ""}
    texts = packs.values_as_yaml(quarter.version_id)
    told |= {f"value-{name}": text for name, text in texts.items()}

    wrong = client.post(address, {**told, "value-pass_mark": "value: 9.5"})
    asked = client.post(address, {**told, "value-pass_mark": 'value: "96"'})
    Worker(Options(until_empty=True)).work()
    shown = client.get(asked.headers["Location"]).content.decode()

    assert wrong.status_code == 422
    assert TrialRun.objects.get().changes == {"pass_mark": 'value: "96"'}
    assert "市场经营部" in shown
    assert "逐个结果" in shown
    outsider = Client()
    outsider.force_login(quarter.people.inspector)
    assert outsider.get(address).status_code == 403


def test_the_page_says_how_many_amounts_the_sum_leaves_out(quarter: Quarter) -> None:
    run = answered(quarter, question(quarter))
    assert run.result is not None
    assert run.result["uncounted"] == [0, 0]
    client = Client()
    client.force_login(quarter.people.working_group)
    address = reverse("assessments:trial", kwargs={"run_id": run.pk})
    assert "未计入" not in client.get(address).content.decode()

    TrialRun.objects.filter(pk=run.pk).update(result={**run.result, "uncounted": [2, 1]})

    assert "未计入：2 笔 → 1 笔" in client.get(address).content.decode()

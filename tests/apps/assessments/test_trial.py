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
    form = client.get(address).context["form"]
    told = {name: form[name].value() or "" for name in form.fields}
    told |= {"title": "看看", "periods": [quarter.assessment.pk], "target": ""}

    asked = client.post(address, {**told, "value-pass_mark": "９６"})
    Worker(Options(until_empty=True)).work()
    shown = client.get(asked.headers["Location"]).content.decode()

    assert TrialRun.objects.get().changes == {"pass_mark": "{value: '96'}\n"}
    assert "市场经营部" in shown
    assert '<p class="mb-0">96 分</p>' in shown
    assert "逐个结果" in shown
    outsider = Client()
    outsider.force_login(quarter.people.inspector)
    assert outsider.get(address).status_code == 403


def trial_form(quarter: Quarter) -> tuple[Client, str, dict[str, object]]:
    client = Client()
    client.force_login(quarter.people.working_group)
    rules = f"{quarter.version_id}:{quarter.assessment.scheme}"
    address = f"{reverse('assessments:new_trial')}?rules={rules}"
    form = client.get(address).context["form"]
    told = {name: form[name].value() or "" for name in form.fields}
    return client, address, {**told, "periods": [quarter.assessment.pk]}


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("value-pass_mark", "1e2", "合格线</a>:请填写数字，如 12 或 12.5。"),
        ("value-weights-self_check", "60", "各项合计为 110，应为 100。"),
        ("value-gap_bands-1-is", "", "请填写这一档的结果，或把这一行清空。"),
        ("value-gap_bands-2-high", "", "请填写数值，或改选“不限”。"),
        ("value-gap_bands-2-from", "", "请选择这个数含不含在内；不设限的，把数清空。"),
        ("value-gap_bands-2-high", "0.8", "自查与抽查差异扣分"),
        ("value-pass_mark--source", "value: 9.5", "合格线：按政策包的写法填写"),
    ],
)
def test_a_wrong_value_is_named_by_its_field(
    quarter: Quarter, field: str, typed: str, words: str
) -> None:
    client, address, told = trial_form(quarter)

    answer = client.post(address, {**told, field: typed})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not TrialRun.objects.exists()


def test_weights_bands_and_choices_are_typed_in_fields(quarter: Quarter) -> None:
    client, address, told = trial_form(quarter)
    other = {
        "value-weights-self_check": "40",
        "value-weights-survey": "40.0",
        "value-gap_mode": "计绝对差",
        "value-gap_bands-6-to": "at_most",
        "value-gap_bands-6-high": "20",
        "value-gap_bands-7-from": "above",
        "value-gap_bands-7-low": "20",
        "value-gap_bands-7-is": "15",
    }

    client.post(address, {**told, **other})

    run = TrialRun.objects.get()
    tried = packs.tried_pack(run.version_id, run.changes).parameters
    assert sorted(run.changes) == ["gap_bands", "gap_mode", "weights"]
    assert dict(tried["weights"].values()[0].parts)["survey"] == 40
    assert tried["gap_mode"].values() == ("计绝对差",)
    assert [str(each.interval) for each in tried["gap_bands"].values()[0].bands][-2:] == [
        "(10, 20]",
        "(20, +∞)",
    ]


def test_the_form_names_the_regulation_and_speaks_the_language(quarter: Quarter) -> None:
    client, address, _told = trial_form(quarter)

    chinese = client.get(address).content.decode()
    client.cookies["django_language"] = "en"
    english = client.get(address).content.decode()

    assert "XX公司服务质量管理办法(试行) 1.0" in chinese
    assert "Nothing is taken off where the sample is higher" in english
    assert "抽查高于自查时不扣分" not in english


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

"""The four forms of the quarterly assessment: who fills them in, how often, out of how much."""

from __future__ import annotations

import pytest

from tests import people
from zhijian.domain.records.kind import RecordKind
from zhijian.intake import services
from zhijian.intake.models import Record
from zhijian.intake.services import Entry, RecordRefused, RecordsWrong

from .books import quarterly

pytestmark = pytest.mark.django_db
BOOK = quarterly()
OWN, OTHER = "市场经营部", "储运中心"


@pytest.fixture
def cast():
    return people.make_people()


def enter(actor: object, kind: str, **cells: str) -> Record:
    return services.enter_record(actor=actor, book=BOOK, entry=Entry(kind, cells))


def wrong(actor: object, kind: str, **cells: str) -> list[str]:
    with pytest.raises(RecordsWrong) as refusal:
        enter(actor, kind, **cells)
    return [each.code for each in refusal.value.problems]


def not_theirs(actor: object, kind: str, **cells: str) -> str:
    with pytest.raises(RecordRefused) as refusal:
        enter(actor, kind, **cells)
    return refusal.value.code


def full_marks(kind: RecordKind) -> int:
    return sum(int(part.at_most or 0) for part in kind.parts)


@pytest.mark.req("ASM-04")
def test_the_clerk_checks_the_department_every_month_out_of_a_hundred(cast) -> None:
    kind = BOOK.kind("self_check")
    items = {part.id: str(part.at_most) for part in kind.parts}
    for month in ("2024-01", "2024-02", "2024-03"):
        row = enter(cast.clerk, "self_check", unit=OWN, month=month, score="", **items)
        assert row.values["score"] == "100"

    assert full_marks(kind) == 100
    titles = "".join(part.title.zh for part in kind.parts)
    assert all(told in titles for told in ("台账", "单据", "系统数据"))
    assert kind.cites == "附件2"
    assert wrong(cast.clerk, "self_check", unit=OWN, month="2024-03", score="90") == [
        "records.duplicate"
    ]
    assert wrong(cast.clerk, "self_check", unit=OWN, month="2024-04", score="90") == [
        "records.outside_period"
    ]
    refused = not_theirs(cast.clerk, "self_check", unit=OTHER, month="2024-01", score="90")
    assert refused == "intake.unit_not_yours"


@pytest.mark.req("ASM-05")
def test_the_working_group_samples_one_month_and_gives_its_own_score(cast) -> None:
    looked_at = "实物、业务单式、系统数据、台账"
    sample = {"unit": OWN, "month": "2024-02", "score": "94", "looked_at": looked_at}

    assert not_theirs(cast.clerk, "office_sample", **sample) == "intake.role_may_not_enter"
    enter(cast.clerk, "self_check", unit=OWN, month="2024-02", score="96")
    row = enter(cast.working_group, "office_sample", **sample)

    assert row.values["score"] == "94"
    assert Record.objects.get(kind="self_check").values["score"] == "96"
    for month in ("2024-02", "2024-03"):
        again = wrong(cast.working_group, "office_sample", **{**sample, "month": month})
        assert again == ["records.duplicate"]
    over = wrong(cast.working_group, "office_sample", unit=OTHER, month="2024-01", score="100.01")
    assert over == ["records.out_of_range"]


@pytest.mark.req("SRV-01")
def test_key_customers_are_asked_every_quarter_by_the_working_group(cast) -> None:
    kind = BOOK.kind("questionnaire")
    enter(cast.working_group, "key_customer", name="采油一厂")
    answer = {"unit": OWN, "on": "2024-03-20", "customer": "采油一厂"}
    items = {part.id: str(part.at_most) for part in kind.parts}

    assert not_theirs(cast.clerk, "questionnaire", **answer) == "intake.role_may_not_enter"
    row = enter(cast.working_group, "questionnaire", **answer, score="", **items)

    assert (full_marks(kind), row.values["score"], kind.cites) == (100, "100", "附件3")
    assert wrong(cast.working_group, "questionnaire", **answer, score="90") == ["records.duplicate"]
    stranger = {**answer, "customer": "过路客户", "score": "90"}
    assert wrong(cast.working_group, "questionnaire", **stranger) == ["records.not_in_register"]
    later = {**answer, "on": "2024-04-01", "score": "90"}
    assert wrong(cast.working_group, "questionnaire", **later) == ["records.outside_period"]


@pytest.mark.req("SPT-11")
def test_a_department_keeps_its_call_backs_itself(cast) -> None:
    call = {
        "unit": OWN, "on": "2024-03-04", "number": "H1", "called_by": "李", "customer": "甲公司",
        "content": "到货是否及时", "opinion": "及时",
    }  # fmt: skip

    enter(cast.clerk, "call_back", **call)

    assert wrong(cast.clerk, "call_back", **call) == ["records.duplicate"]
    other = {**call, "unit": OTHER}
    assert not_theirs(cast.clerk, "call_back", **other) == "intake.unit_not_yours"
    assert not_theirs(cast.working_group, "call_back", **call) == "intake.role_may_not_enter"

"""The case library: lessons with photos, found again, and noted where they are used."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.apps.nonconformities.checks import found, make_checks
from tests.people import People
from zhijian.foundation import clock
from zhijian.nonconformities import queries, services
from zhijian.nonconformities.models import Lesson
from zhijian.nonconformities.refusals import NonconformityRefused
from zhijian.nonconformities.services import NewLesson

pytestmark = pytest.mark.django_db
TEACH = reverse("nonconformities:teach")


@pytest.fixture
def people() -> People:
    return make_checks()


@pytest.fixture
def clerk(people: People) -> Client:
    client = Client()
    client.force_login(people.clerk)
    return client


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("大堂.png", b"\x89PNG\r\n\x1a\n", "image/png")


@pytest.mark.req("CAP-20")
def test_a_lesson_is_kept_with_photo_department_and_case_and_used_again(
    clerk: Client, people: People
) -> None:
    case = found(people)
    told = {
        "title": "大堂水渍", "unit": people.unit.pk, "problem": "雨天大堂地面反复有水渍",
        "lesson": "雨天先铺吸水垫，再配拧干桶", "number": case.number, "photos": photo(),
    }  # fmt: skip

    assert clerk.post(TEACH, {**told, "number": "BHG0000-0000", "photos": photo()}
                      ).status_code == 422  # fmt: skip
    page = clerk.post(TEACH, {**told, "photos": photo()}, follow=True).content.decode()

    row = Lesson.objects.get()
    (kept,) = queries.photos_of(row)
    assert "吸水垫" in page
    assert case.number in page
    answer = clerk.get(reverse("foundation:file", kwargs={"file_id": kept.id}))
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    place = reverse("nonconformities:use", kwargs={"lesson_id": row.pk})
    assert clerk.post(place, {"where": ""}).status_code == 422
    assert (
        "二期项目开荒" in clerk.post(place, {"where": "二期项目开荒"}, follow=True).content.decode()
    )
    assert queries.lessons("吸水")[0].used == 1
    assert not queries.lessons("电梯").exists()
    listed = clerk.get(reverse("nonconformities:lessons"), {"q": "水渍", "unit": people.unit.pk})
    assert "大堂水渍" in listed.content.decode()


def test_lessons_are_for_ones_own_units(people: People) -> None:
    new = NewLesson("标题", "问题", "教训", people.unit.pk)

    with pytest.raises(NonconformityRefused) as refused:
        services.teach(actor=people.other_clerk, lesson=new, photos=[], at=clock.now())
    assert refused.value.code == "nonconformities.may_not_teach"
    with pytest.raises(NonconformityRefused) as empty:
        services.teach(
            actor=people.clerk, lesson=NewLesson(" ", "问题", "教训", people.unit.pk), photos=[],
            at=clock.now(),
        )  # fmt: skip
    assert empty.value.code == "nonconformities.lesson_empty"
    assert not Lesson.objects.exists()

"""How much evidence a case holds, and how large a photo may be: what exceeds it is refused."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.apps.cases.stories import PNG, START, Story, make_office
from zhijian.cases import services
from zhijian.cases.models import Case, CaseEvidence
from zhijian.cases.refusals import CaseRefused
from zhijian.cases.services.checking import EVIDENCE_LIMIT
from zhijian.foundation.files.checking import FileRefused
from zhijian.foundation.files.models import StoredFile
from zhijian.foundation.wording import say

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(make_office())


def photo(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("现场.png", PNG + content, "image/png")


def attach(story: Story, case: Case, file: SimpleUploadedFile) -> CaseEvidence:
    return services.attach(
        actor=story.people.working_group, case_id=case.pk, upload=file, title="", at=START
    )


def test_the_thirty_first_attachment_is_refused(story: Story) -> None:
    case = story.open()
    for number in range(EVIDENCE_LIMIT):
        attach(story, case, photo(str(number).encode()))

    with pytest.raises(CaseRefused) as refused:
        attach(story, case, photo(b"one more"))

    assert refused.value.code == "cases.too_much_evidence"
    assert str(EVIDENCE_LIMIT) in refused.value.words("zh")
    assert case.evidence.count() == EVIDENCE_LIMIT == 30


def test_the_same_photo_again_takes_no_place(story: Story) -> None:
    case = story.open()
    for _ in range(EVIDENCE_LIMIT + 2):
        attach(story, case, photo(b"the same"))

    assert case.evidence.count() == 1


def test_a_photo_of_200_megabytes_is_refused_and_nothing_is_stored(story: Story) -> None:
    case, large = story.open(), photo(b"large")
    large.size = 200 * 1024 * 1024

    with pytest.raises(FileRefused) as refused:
        attach(story, case, large)

    assert refused.value.code == "files.too_large"
    told = say(refused.value.code, dict(refused.value.facts), "zh")
    assert "200" in told
    assert not StoredFile.objects.exists()


def test_a_page_that_calls_itself_a_photo_is_refused(story: Story) -> None:
    case = story.open()
    page = SimpleUploadedFile("现场.png", b"<html><script>alert(1)</script>", "image/png")

    with pytest.raises(FileRefused) as refused:
        attach(story, case, page)

    assert refused.value.code == "files.content_differs"

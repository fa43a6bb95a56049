"""The pages of regulations: read by many, written by few, published by the committee."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.apps.packs import tiny
from tests.people import People, make_people
from zhijian.accounts.models import User
from zhijian.foundation import clock
from zhijian.foundation.audit.queries import of_subject
from zhijian.packs import queries, services
from zhijian.packs.archive import ArchiveRefused, unzipped, zipped
from zhijian.packs.models import PackVersion
from zhijian.packs.services import PackRefused, Training

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return make_people()


def page(user: User, name: str, **arguments: object) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(reverse(f"packs:{name}", kwargs=arguments))
    assert answer.status_code == 200
    return answer.content.decode()


def post(user: User, name: str, data: dict[str, object], **arguments: object):
    client = Client()
    client.force_login(user)
    return client.post(reverse(f"packs:{name}", kwargs=arguments), data, follow=True)


def archive(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as opened:
        for name, text in files.items():
            opened.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.req("POL-17")
def test_the_document_shows_cover_articles_values_and_rules(people: People) -> None:
    text = page(people.clerk, "version", version_id=tiny.published().pk)

    for told in ("窗口服务办法", "公平", "第二条", "每次投诉扣分", "投诉得分", "2024-01-01"):
        assert told in text
    assert 'id="parameter-weights"' in text
    assert "#scheme-desk" in text


def test_a_trial_regulation_carries_its_mark_on_every_page_about_it(people: People) -> None:
    files = tiny.contents()
    files["pack.yaml"] += "trial: true\n"
    row = services.load_from_contents(files, None, clock.now())
    for name in ("version", "coverage", "examples", "values", "changes", "files"):
        assert "试行" in page(people.clerk, name, version_id=row.pk)


@pytest.mark.req("POL-02")
def test_the_empty_ones_of_the_seven_blocks_are_told(people: People) -> None:
    row = tiny.published()
    blocks = {each.title: each.articles for each in queries.blocks_of(queries.typed(row.pk))}

    assert blocks["评估指标"] == ("第二条",)
    assert blocks["不良事件处理"] == ()
    assert len(blocks) == 7
    assert page(people.clerk, "coverage", version_id=row.pk).count("空缺") == 4


def test_a_stale_or_red_example_is_seen(people: People) -> None:
    row = tiny.draft()
    assert "还没有按现在的程序跑过" in page(people.clerk, "examples", version_id=row.pk)
    answer = post(people.working_group, "check", {}, version_id=row.pk)
    assert "全部相符" in answer.content.decode()


@pytest.mark.req("POL-01")
def test_upload_check_and_publish_in_the_browser(people: People) -> None:
    upload = SimpleUploadedFile("tiny.zip", zipped(tiny.contents(), "tiny"))
    post(people.working_group, "upload", {"archive": upload})
    row = PackVersion.objects.get()

    answer = post(people.committee, "publish", {}, version_id=row.pk)
    again = post(people.committee, "publish", {}, version_id=row.pk)

    assert "本版本从此不再改变" in answer.content.decode()
    assert again.status_code == 409
    assert "已由" in again.content.decode()


def test_a_red_draft_is_refused_with_the_list(people: People) -> None:
    files = tiny.contents()
    files["examples/desk.yaml"] = files["examples/desk.yaml"].replace(
        'score: "90"}\n', 'score: "9"}\n'
    )
    row = services.load_from_contents(files, None, clock.now())

    answer = post(people.committee, "publish", {}, version_id=row.pk)

    assert answer.status_code == 409
    assert "检查 90、投诉一次" in answer.content.decode()


def test_a_file_is_saved_with_its_problems_beside_it(people: People) -> None:
    row = tiny.draft()
    where = {"version_id": row.pk, "path": "parameters/weights.yaml"}
    text = tiny.contents()["parameters/weights.yaml"].replace('"40"', '"41"')

    answer = post(people.working_group, "file", {"text": text}, **where).content.decode()
    assert "101" in answer
    assert 'data-line="7"' in answer

    refused = post(
        people.working_group, "file", {"text": "id: [\n"}, version_id=row.pk, path="pack.yaml"
    )
    assert refused.status_code == 422
    assert "id: [" in refused.content.decode()
    row.refresh_from_db()
    assert row.files["pack.yaml"] == tiny.contents()["pack.yaml"]


def test_a_published_file_is_read_only(people: People) -> None:
    row = tiny.published()
    text = page(people.working_group, "file", version_id=row.pk, path="articles.yaml")
    assert "<textarea" not in text
    answer = post(
        people.working_group, "file", {"text": "x: 1"}, version_id=row.pk, path="articles.yaml"
    )
    assert answer.status_code == 422


@pytest.mark.req("POL-21")
def test_the_committee_confirms_a_value_on_the_page(people: People) -> None:
    row = tiny.published()
    where = {"version_id": row.pk, "parameter": "weights"}
    wrong = {"kind": "replaced", "entry": 'value: {inspection: "1"}', "reason": "纪要"}
    assert post(people.committee, "value", wrong, **where).status_code == 422

    answer = post(people.committee, "value", {"kind": "confirmed", "reason": "纪要三号"}, **where)

    assert "纪要三号" in answer.content.decode()
    assert queries.unconfirmed(row.pk) == ()


def test_differences_between_versions_in_plain_words(people: People) -> None:
    tiny.published()
    files = tiny.contents("1.1", "2025-01-01")
    name = "parameters/points_per_complaint.yaml"
    files[name] = files[name].replace('value: "10"', 'value: "20"')
    row = services.load_from_contents(files, None, clock.now())

    text = page(people.clerk, "changes", version_id=row.pk)

    assert "每次投诉扣分" in text
    assert "20" in text


def test_an_overdue_review_is_told_until_one_is_recorded(people: People) -> None:
    row = tiny.published()
    ref = queries.pack_in_force("tiny", clock.today())
    assert ref is not None
    due = queries.review_due(ref).due_on
    assert not queries.review_due(ref, due).is_overdue
    assert queries.review_due(ref, due.replace(year=due.year + 1)).is_overdue

    told = {"held_on": clock.today(), "is_effective": "on", "findings": "有效；尚可简化。"}
    answer = post(people.working_group, "review", told, pack_id="tiny")

    assert "尚可简化" in answer.content.decode()
    assert queries.review_due(ref).last == clock.today()
    assert queries.reviews("tiny")[0].version_id == row.pk


@pytest.mark.req("POL-20")
def test_units_must_follow_or_may_refer(people: People) -> None:
    tiny.published()
    told = {"unit": people.unit.pk, "obligation": "must", "starts": "2024-01-01"}
    post(people.working_group, "follow", told, pack_id="tiny")
    other = {"unit": people.other_unit.pk, "obligation": "may", "starts": "2024-01-01"}
    post(people.working_group, "follow", other, pack_id="tiny")

    assert queries.units_following("tiny") == frozenset({people.unit.pk})
    assert queries.packs_of_unit(people.other_unit.pk) == {"tiny": "may"}


@pytest.mark.req("POL-14")
def test_a_version_is_handed_out_and_read(people: People) -> None:
    row = tiny.published()
    post(people.working_group, "distribution", {"roles": ["inspector"]}, version_id=row.pk)
    assert "待您阅知" in page(people.inspector, "packs")

    post(people.inspector, "read", {}, version_id=row.pk)

    (receipt,) = queries.receipts(row.pk)
    assert receipt.person_id == people.inspector.pk
    assert receipt.read_at is not None
    assert queries.unread_of(people.inspector.pk) == ()


@pytest.mark.req("POL-14")
def test_who_was_trained_is_noted_with_the_day(people: People) -> None:
    row = tiny.published()
    post(people.working_group, "distribution", {"roles": ["inspector"]}, version_id=row.pk)
    trained = {"people": [people.inspector.pk], "on": str(clock.today())}
    of = {"version_id": row.pk}

    shown = page(people.working_group, "distribution", **of)
    assert "未培训" in shown
    assert "已培训 0 人" in shown
    for bad in ({"on": "2999-01-01"}, {"on": ""}, {"people": [people.leader.pk]}, {"people": []}):
        answer = post(people.working_group, "training", {**trained, **bad}, **of)
        assert answer.status_code == 422
    assert queries.receipts(row.pk)[0].trained_on is None
    post(people.working_group, "training", trained, **of)

    assert queries.receipts(row.pk)[0].trained_on == clock.today()
    assert "已培训 1 人" in page(people.working_group, "distribution", **of)
    told = [
        each for each in of_subject("packs.version", str(row.pk)) if each.action == "packs.train"
    ]
    assert [each.after["people"] for each in told] == [["inspector"]]


def test_nobody_is_trained_in_what_they_have_not_received(people: People) -> None:
    row = tiny.published()
    training = Training(frozenset({people.leader.pk}), clock.today())

    with pytest.raises(PackRefused, match=r"^packs\.trained_without_receipt$"):
        services.record_training(row.pk, training, people.working_group, clock.today())
    with pytest.raises(PackRefused, match=r"^accounts\.not_permitted$"):
        services.record_training(row.pk, training, people.clerk, clock.today())


def test_what_was_downloaded_comes_back_the_same() -> None:
    files = tiny.contents()
    assert unzipped(zipped(files, "tiny")) == files
    assert zipped(files, "tiny") == zipped(files, "tiny")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no archive", "packs.archive_broken"),
        (archive(), "packs.archive_empty"),
        (archive(**{"../pack.yaml": "a: 1"}), "packs.archive_unsafe"),
        (archive(**{"/etc/pack.yaml": "a: 1"}), "packs.archive_unsafe"),
        (archive(**{"pack.py": "a"}), "packs.archive_not_yaml"),
        (archive(**{"pack.yaml": "a" * 2_000_001}), "packs.archive_too_large"),
        (archive(**{f"{n}.yaml": "a" for n in range(401)}), "packs.archive_too_many"),
    ],
)
def test_an_archive_is_opened_as_if_from_a_stranger(content: bytes, code: str) -> None:
    with pytest.raises(ArchiveRefused, match=code):
        unzipped(content)

"""A version is signed by the roles its regulation names, by different people, and again in time."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.urls import reverse

from tests.apps.packs import tiny
from tests.people import People, make_people, make_person
from zhijian.accounts import roles
from zhijian.accounts.models import User
from zhijian.accounts.services import NewGrant, grant_role
from zhijian.desk.tasks import tasks_of
from zhijian.foundation import clock
from zhijian.foundation.audit.queries import of_subject
from zhijian.packs import queries, services
from zhijian.packs.models import PackVersion, Signature
from zhijian.packs.queries.signatures import authors_of
from zhijian.packs.services import PackRefused, Signed

pytestmark = pytest.mark.django_db

APPROVED, REVIEWED = Signed("approved", "同意"), Signed("reviewed")
STEPS = """\
signing:
  - {step: reviewed, by: 质量部, role: inspector}
  - {step: approved, by: {zh: 总经理, en: the general manager}, role: leader}
renew_months: 12
issued_to: [销售管理部, 项目部]
"""


@pytest.fixture
def people() -> People:
    return make_people()


def draft(actor: User | None = None, more: str = STEPS, version: str = "1.0") -> PackVersion:
    files = tiny.contents(version, "2024-01-01" if version == "1.0" else "2024-07-01")
    files["pack.yaml"] += more
    return services.load_from_contents(files, actor, clock.now())


def sign(row: PackVersion, signed: Signed, actor: User) -> Signature:
    return services.sign(row.pk, signed, actor, clock.now())


def publish(row: PackVersion, actor: User | None) -> PackVersion:
    return services.publish(row.pk, actor, clock.now())


def refused(code: str):
    return pytest.raises(PackRefused, match=rf"^packs\.{code}$")


def titles(user: User, today: date | None = None) -> list[str]:
    return [each.title for each in tasks_of(user, today or clock.today(), "zh")]


@pytest.mark.req("POL-13")
def test_nothing_is_published_before_it_is_approved_as_the_regulation_asks(people: People) -> None:
    row = draft(people.working_group)

    with refused("signature_missing"):
        publish(row, people.committee)
    with refused("signature_missing"):
        sign(row, APPROVED, people.leader)
    sign(row, REVIEWED, people.inspector)
    with refused("signature_missing"):
        publish(row, people.committee)
    sign(row, APPROVED, people.leader)

    assert publish(row, people.committee).state == "published"
    told = [e.after for e in of_subject("packs.version", str(row.pk)) if e.action == "packs.sign"]
    assert [(each["step"], each["digest"]) for each in told] == [
        ("reviewed", row.digest),
        ("approved", row.digest),
    ]


def test_only_who_holds_the_role_signs_and_only_what_is_asked(people: People) -> None:
    row = draft()

    with refused("signature_role"):
        sign(row, REVIEWED, people.leader)
    with refused("signature_not_asked"):
        sign(tiny_plain(), APPROVED, people.leader)
    sign(row, REVIEWED, people.inspector)
    with refused("signed_already"):
        sign(row, REVIEWED, people.inspector)
    assert Signature.objects.count() == 1


def tiny_plain() -> PackVersion:
    files = {**tiny.contents(), "pack.yaml": tiny.contents()["pack.yaml"].replace("tiny", "plain")}
    return services.load_from_contents(files, None, clock.now())


def give(user: User, role: str) -> None:
    grant_role(actor=None, user=user, grant=NewGrant(role, date(2020, 1, 1)))


@pytest.mark.req("ORG-27")
def test_author_reviewer_and_approver_are_different_people(people: People) -> None:
    for role in (roles.INSPECTOR, roles.LEADER, roles.COMMITTEE):
        give(people.working_group, role)
    give(people.inspector, roles.LEADER)
    row = draft(people.working_group)

    with refused("signs_own"):
        sign(row, REVIEWED, people.working_group)
    sign(row, REVIEWED, people.inspector)
    with refused("signs_twice"):
        sign(row, APPROVED, people.inspector)
    sign(row, APPROVED, people.leader)
    with refused("publishes_own"):
        publish(row, people.working_group)

    assert authors_of(row.pk) == {people.working_group.pk}
    assert publish(row, people.committee).state == "published"


@pytest.mark.req("ORG-27")
def test_a_regulation_may_let_one_person_do_it_all(people: People) -> None:
    for role in (roles.INSPECTOR, roles.LEADER, roles.COMMITTEE):
        give(people.working_group, role)
    row = draft(people.working_group, STEPS + "same_person: true\n")

    sign(row, REVIEWED, people.working_group)
    sign(row, APPROVED, people.working_group)

    assert publish(row, people.working_group).state == "published"


def test_who_edits_a_draft_becomes_its_author(people: People) -> None:
    give(people.committee, roles.WORKING_GROUP)
    row = draft(people.working_group, "")
    text = row.files["articles.yaml"].replace("计分。", "计分考核。")
    services.save_draft_file(row.pk, "articles.yaml", text, people.committee, clock.now())

    assert authors_of(row.pk) == {people.working_group.pk, people.committee.pk}
    with refused("publishes_own"):
        publish(row, people.committee)


def test_changed_files_are_signed_again(people: People) -> None:
    row = draft(people.working_group)
    sign(row, REVIEWED, people.inspector)
    sign(row, APPROVED, people.leader)
    text = row.files["articles.yaml"].replace("计分。", "计分考核。")
    services.save_draft_file(row.pk, "articles.yaml", text, people.working_group, clock.now())

    with refused("signature_missing"):
        publish(row, people.committee)
    shown = page(people.leader, row)
    assert "文件已改动" in shown
    assert shown.count("还没有签署。") == 2


def page(user: User, row: PackVersion, **sent: str) -> str:
    client = Client()
    client.force_login(user)
    url = reverse("packs:signatures", args=[row.pk])
    answer = client.post(url, sent, follow=True) if sent else client.get(url)
    return answer.content.decode()


@pytest.mark.req("POL-13")
def test_the_draft_waits_on_the_desk_of_who_signs_next(people: People) -> None:
    row = draft()
    task = "签署《窗口服务办法》1.0 版"

    assert task in titles(people.inspector)
    assert task not in titles(people.leader)
    assert "已签署。" in page(people.inspector, row, step="reviewed", remark="可行")
    assert task in titles(people.leader)
    assert "您没有对应的角色" in page(people.clerk, row, step="approved")
    assert "已签署。" in page(people.leader, row, step="approved", remark="同意下发")
    assert task not in titles(people.leader)
    assert "同意下发" in page(people.clerk, row)


@pytest.mark.req("POL-13")
def test_the_approval_is_given_again_every_year(people: People) -> None:
    row = draft()
    sign(row, REVIEWED, people.inspector)
    sign(row, APPROVED, people.leader)
    publish(row, people.committee)
    ref = queries.version_ref(row.pk)
    assert ref is not None
    due = queries.renewal_due(ref)
    today = clock.today()
    assert due is not None
    assert (due.last, due.due_on.year, due.is_overdue) == (today, today.year + 1, False)

    early, late = due.due_on - timedelta(days=31), due.due_on + timedelta(days=1)
    again = "重新批准《窗口服务办法》"
    assert again not in titles(people.leader, early)
    assert again in titles(people.leader, due.due_on - timedelta(days=30))
    assert again in titles(people.working_group, late)
    assert again not in titles(people.clerk, late)
    assert [each.is_overdue for each in queries.renewals_due(late)] == [True]

    with refused("signed_already"):
        sign(row, REVIEWED, people.inspector)
    year_on = clock.now() + timedelta(days=400)
    services.sign(row.pk, APPROVED, people.leader, year_on)
    renewed = queries.renewal_due(ref)
    assert renewed is not None
    assert renewed.last == clock.day_of(year_on)
    assert "下次批准" in page(people.leader, row)


@pytest.mark.req("POL-13")
def test_a_revised_version_needs_the_same_approval(people: People) -> None:
    row = draft()
    sign(row, REVIEWED, people.inspector)
    sign(row, APPROVED, people.leader)
    publish(row, people.committee)
    revised = services.new_version(
        row.pk, "1.1", date(2024, 7, 1), people.working_group, clock.now()
    )

    with refused("signature_missing"):
        publish(revised, people.committee)
    assert [each.step for each in queries.unsigned(revised.pk)] == ["reviewed", "approved"]
    assert "销售管理部" in document(people.clerk, revised)


def document(user: User, row: PackVersion) -> str:
    client = Client()
    client.force_login(user)
    return client.get(reverse("packs:version", args=[row.pk])).content.decode()


def test_without_renewal_or_approval_nothing_falls_due() -> None:
    row = tiny.published()
    ref = queries.version_ref(row.pk)
    assert ref is not None
    assert queries.renewal_due(ref) is None
    assert queries.renewal_due(replace(ref, published_at=None)) is None
    assert queries.renewals_due() == ()


def test_an_unreadable_draft_asks_for_nothing_and_cannot_be_signed(people: People) -> None:
    row = draft()
    services.save_draft_file(row.pk, "articles.yaml", "- {}\n", None, clock.now())
    ref = queries.version_ref(row.pk)
    assert ref is not None

    assert queries.signatures_asked(ref) == ()
    with refused("not_readable"):
        sign(row, REVIEWED, people.inspector)


def test_a_signature_is_never_changed_and_goes_with_a_draft_only(people: People) -> None:
    row = draft()
    sign(row, REVIEWED, people.inspector)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Signature.objects.update(step="approved")

    services.delete_draft(row.pk, None)

    assert not Signature.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_sign_at_once_one_is_told() -> None:
    row = draft(more="signing: [{step: approved, by: 总经理, role: leader}]\n")
    signers = [make_person(name, roles.LEADER) for name in ("first", "second")]
    begin, told = threading.Barrier(2), []

    def work(person: User) -> None:
        begin.wait(timeout=10)
        try:
            sign(row, APPROVED, person)
            told.append("signed")
        except PackRefused as refusal:
            told.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(person,)) for person in signers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(told) == ["packs.signed_already", "signed"]
    assert Signature.objects.count() == 1

"""From draft to published: once, unchangeable, superseded by itself."""

from __future__ import annotations

import threading
from datetime import date
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.apps.packs import tiny
from tests.people import make_people, make_person
from zhijian.accounts import roles
from zhijian.domain.policy.parameter import InForce
from zhijian.domain.policy.values import Weights
from zhijian.foundation import clock
from zhijian.foundation.audit import queries as audit
from zhijian.packs import queries, services
from zhijian.packs.models import CheckReport, Confirmation, PackVersion
from zhijian.packs.services import Choice, PackRefused

pytestmark = pytest.mark.django_db

SPRING = date(2024, 3, 31)


def actions(row: PackVersion) -> list[str]:
    return [entry.action for entry in audit.of_subject("packs.version", str(row.pk))]


def test_loaded_checked_published_with_a_trail() -> None:
    row = tiny.draft()

    checked = services.check(row.pk, None, clock.now())
    services.publish(row.pk, None, clock.now())

    assert checked.is_green
    assert actions(row) == ["packs.load", "packs.check", "packs.publish"]
    assert queries.typed(row.pk).header.title.zh == "窗口服务办法"


def test_equal_files_change_nothing_and_are_read_once() -> None:
    row = tiny.published()

    again = tiny.draft()

    assert (again.pk, again.state) == (row.pk, "published")
    assert queries.typed(row.pk) is queries.typed(again.pk)
    assert len(actions(row)) == 2


def test_other_files_under_a_published_version_are_refused() -> None:
    tiny.published()
    with pytest.raises(PackRefused, match=r"packs.version_fixed"):
        tiny.draft(articles="- {number: 第一条, title: 目的, text: 别的。, coverage: manual}\n")


def test_the_database_refuses_to_change_or_delete_what_is_published() -> None:
    row = tiny.published()
    services.confirm_parameter(row.pk, Choice("weights", "会议纪要一号"), None, clock.now())
    attempts = (
        lambda: PackVersion.objects.filter(pk=row.pk).update(title="改"),
        lambda: PackVersion.objects.filter(pk=row.pk).update(state="draft"),
        lambda: PackVersion.objects.filter(pk=row.pk)._raw_delete("default"),
        lambda: Confirmation.objects.update(kind="replaced"),
        lambda: row.revisions.update(change="D"),
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError, match=r"never changed"), transaction.atomic():
            attempt()


@pytest.mark.req("POL-06")
def test_a_new_version_lets_the_former_expire_on_the_day_it_takes_effect() -> None:
    first = tiny.published("1.0", "2024-01-01")
    second = tiny.published("1.1", "2024-07-01")

    def on(day: date) -> int:
        found = queries.pack_in_force("tiny", day)
        return found.id if found else 0

    assert on(date(2023, 12, 31)) == 0
    assert on(date(2024, 1, 1)) == on(date(2024, 6, 30)) == first.pk
    assert on(date(2024, 7, 1)) == second.pk
    newest, oldest = queries.versions("tiny")
    assert (newest.state, oldest.state) == ("published", "superseded")
    assert oldest.expires == date(2024, 7, 1)


def test_a_version_below_one_is_readable_and_drives_nothing() -> None:
    row = tiny.draft("0.9")

    with pytest.raises(PackRefused, match=r"packs.below_one"):
        services.publish(row.pk, None, clock.now())

    assert queries.typed(row.pk).header.is_draft
    assert queries.pack_in_force("tiny", SPRING) is None


@pytest.mark.req("POL-07")
def test_publishing_writes_the_record_of_revisions() -> None:
    tiny.published("1.0")
    files = tiny.contents("1.1", "2024-07-01")
    files["parameters/pass_mark.yaml"] = files.pop("parameters/points_per_complaint.yaml").replace(
        "points_per_complaint", "pass_mark"
    )
    files["scoring/desk.yaml"] = files["scoring/desk.yaml"].replace(
        "points_per_complaint", "pass_mark"
    )
    row = services.load_from_contents(files, None, clock.now())
    services.publish(row.pk, None, clock.now())

    assert [(each.change, each.path) for each in row.revisions.order_by("path")] == [
        ("M", "pack.yaml"),
        ("A", "parameters/pass_mark.yaml"),
        ("D", "parameters/points_per_complaint.yaml"),
        ("M", "scoring/desk.yaml"),
    ]
    assert row.revisions.get(change="A").title == "每次投诉扣分"


def test_a_red_example_and_a_failed_check_keep_a_pack_from_being_published() -> None:
    files = tiny.contents()
    files["examples/desk.yaml"] = files["examples/desk.yaml"].replace(
        'score: "90"}\n', 'score: "91"}\n'
    )
    red = services.load_from_contents(files, None, clock.now())
    with pytest.raises(PackRefused, match=r"packs.not_green") as refused:
        services.publish(red.pk, None, clock.now())
    (verdict,) = refused.value.examples
    assert [each.code for each in verdict.problems] == ["examples.differs"]

    del files["examples/desk.yaml"]
    untried = services.load_from_contents(files, None, clock.now())
    with pytest.raises(PackRefused) as refused:
        services.publish(untried.pk, None, clock.now())
    assert [each.code for each in refused.value.problems] == ["packs.no_examples"]
    assert PackVersion.objects.get().state == "draft"


@pytest.mark.parametrize(
    ("version", "effective", "code"),
    [
        ("0.99", "2024-07-01", "packs.below_one"),
        ("1.9", "2024-07-01", "packs.version_not_higher"),
        ("1.11", "2024-01-01", "packs.effective_not_later"),
    ],
)
def test_versions_never_overlap(version: str, effective: str, code: str) -> None:
    tiny.published("1.10")
    with pytest.raises(PackRefused, match=code):
        tiny.published(version, effective)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_publish_at_once_one_is_told() -> None:
    row = tiny.draft()
    services.check(row.pk, None, clock.now())
    people = [make_person(name, roles.COMMITTEE) for name in ("first", "second")]
    begin, told = threading.Barrier(2), []

    def work(person: object) -> None:
        begin.wait(timeout=10)
        try:
            services.publish(row.pk, person, clock.now())
            told.append("published")
        except PackRefused as refusal:
            told.append(refusal.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(told) == ["packs.already_published", "published"]
    assert connection.is_usable()


def test_who_may_do_what() -> None:
    people = make_people()
    row = tiny.draft()
    with pytest.raises(PackRefused, match=r"not_permitted"):
        services.publish(row.pk, people.working_group, clock.now())
    with pytest.raises(PackRefused, match=r"not_permitted"):
        services.save_draft_file(row.pk, "articles.yaml", "", people.committee, clock.now())
    services.check(row.pk, people.working_group, clock.now())
    services.publish(row.pk, people.committee, clock.now())
    with pytest.raises(PackRefused, match=r"not_permitted"):
        services.confirm_parameter(
            row.pk, Choice("weights", "纪要"), people.working_group, clock.now()
        )


@pytest.mark.req("POL-21")
def test_a_proposed_value_is_confirmed_or_replaced_by_somebody_with_a_reason() -> None:
    people = make_people()
    row = tiny.published()
    assert queries.unconfirmed(row.pk) == ("weights",)
    assert queries.law_of(row.pk, SPRING).unconfirmed() == ("weights",)

    at = clock.now()
    services.confirm_parameter(row.pk, Choice("weights", "委员会纪要"), people.committee, at)
    assert queries.unconfirmed(row.pk) == queries.law_of(row.pk, SPRING).unconfirmed() == ()

    entry = (
        'value: {inspection: "70", complaints: "30"}\n'
        'for_units:\n  大厅: {inspection: "80", complaints: "20"}\n'
    )
    services.replace_parameter(row.pk, Choice("weights", "改", entry), people.committee, at)
    law = queries.law_of(row.pk, SPRING)
    found, hall = law.find("weights"), law.find("weights", "大厅")
    assert isinstance(found, InForce)
    assert isinstance(hall, InForce)
    assert not found.proposed
    assert isinstance(found.value, Weights)
    assert found.value.of("inspection") == Fraction(70)
    assert hall.value.of("inspection") == Fraction(80)
    assert [each.kind for each in queries.decisions(row.pk)] == ["replaced", "confirmed"]
    # The published files stay as they were.
    assert queries.typed(row.pk).parameters["weights"].entries[0].proposed


@pytest.mark.req("POL-21")
@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ('value: {inspection: "70", complaints: "31"}', "policy.weights_do_not_add_up"),
        ("value: {inspection: 70.5, complaints: 29.5}", "policy.unquoted_fraction"),
        ("valeu: 3", "packs.not_an_entry"),
        ("value: [", "policy.not_yaml"),
        ("- 3", "packs.not_an_entry"),
    ],
)
def test_a_replaced_value_is_read_as_strictly_as_a_file(entry: str, code: str) -> None:
    row = tiny.published()
    with pytest.raises(PackRefused, match=r"packs.value_refused") as refused:
        services.replace_parameter(row.pk, Choice("weights", "改", entry), None, clock.now())
    assert [each.code for each in refused.value.problems] == [code]


def test_only_proposed_values_of_published_versions_are_decided_about() -> None:
    row = tiny.draft()
    for choice, code in (
        (Choice("weights", "纪要"), "packs.not_published"),
        (Choice("points_per_complaint", "纪要"), "packs.not_proposed"),
        (Choice("weights", " "), "packs.reason_missing"),
    ):
        if code != "packs.not_published" and row.state == "draft":
            row = services.publish(row.pk, None, clock.now())
        with pytest.raises(PackRefused, match=code):
            services.confirm_parameter(row.pk, choice, None, clock.now())


def test_checks_run_once_for_equal_files() -> None:
    row = tiny.draft()
    services.check(row.pk, None, clock.now())
    services.publish(row.pk, None, clock.now())
    assert CheckReport.objects.count() == 1

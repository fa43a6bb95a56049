"""What may be entered, changed and voided, by whom, and what is said when it may not."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests import factories, people
from zhijian.foundation.audit.models import AuditEntry
from zhijian.foundation.wording import say
from zhijian.intake import queries, services
from zhijian.intake.models import Record
from zhijian.intake.services import Entry, RecordRefused, RecordsWrong

from .books import quarterly

BOOK = quarterly()


@pytest.fixture
def cast():
    return people.make_people()


def self_check(**changed):
    return Entry("self_check", {"unit": "市场经营部", "month": "2024-01", "score": "96", **changed})


def finding(points):
    told = {"unit": "储运中心", "on": "2024-02-05", "problem": "记录不全", "reason": "无时间"}
    return Entry("call_back_finding", {**told, "points": points})


def refused(actor, entry, book=BOOK):
    with pytest.raises(RecordsWrong) as wrong:
        services.enter_record(actor=actor, book=book, entry=entry)
    assert not Record.objects.exists()
    for each in wrong.value.problems:
        for lang in ("zh", "en"):
            assert each.code not in say(each.code, dict(each.facts), lang)
    return [(each.where, each.code) for each in wrong.value.problems]


@pytest.mark.django_db
def test_a_record_keeps_author_time_and_exact_values(cast) -> None:
    row = services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check(score="96.50"))

    row.refresh_from_db()
    assert row.values == {"score": "96.5"}
    assert (row.author, row.source, row.month) == (cast.clerk, "form", 202401)
    assert row.on == date(2024, 1, 1)
    assert AuditEntry.objects.get(action="intake.enter").actor == "clerk"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (self_check(unit="没有这个部门"), [("unit", "records.unknown_unit")]),
        (self_check(month="2024-04"), [("month", "records.outside_period")]),
        (self_check(score="100.01"), [("score", "records.out_of_range")]),
        (self_check(score="九十六"), [("score", "records.not_a_number")]),
        (self_check(score=""), [("score", "records.required")]),
        (finding("0.4"), [("points", "records.out_of_range")]),
        (finding("1.1"), [("points", "records.out_of_range")]),
        (finding("0.55"), [("points", "records.too_many_places")]),
        (self_check(colour="红"), [("colour", "records.unknown_field")]),
    ],
)
@pytest.mark.req("SYS-20")
def test_what_breaks_a_rule_is_refused_with_its_place(cast, entry, expected) -> None:
    assert refused(cast.working_group, entry) == expected


@pytest.mark.django_db
@pytest.mark.parametrize("points", ["0.5", "0.6", "0.7", "0.8", "0.9", "1", "1.0"])
def test_call_backs_take_half_a_point_to_one_in_tenths(cast, points) -> None:
    row = services.enter_record(actor=cast.working_group, book=BOOK, entry=finding(points))

    assert row.values["points"] == points.removesuffix(".0")


@pytest.mark.django_db
def test_only_key_customers_answer_questionnaires(cast) -> None:
    answer = {"unit": "储运中心", "on": "2024-03-01", "customer": "过路客户", "score": "97"}
    assert refused(cast.working_group, Entry("questionnaire", answer)) == [
        ("customer", "records.not_in_register")
    ]
    customer = Entry("key_customer", {"name": "采油一厂"})
    services.enter_record(actor=cast.working_group, book=BOOK, entry=customer)

    row = services.enter_record(
        actor=cast.working_group,
        book=BOOK,
        entry=Entry("questionnaire", {**answer, "customer": "采油一厂"}),
    )

    assert row.values == {"customer": "采油一厂", "score": "97"}


@pytest.mark.django_db
def test_a_month_has_one_self_check(cast) -> None:
    services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check())

    with pytest.raises(RecordsWrong) as wrong:
        services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check(score="97"))

    assert [each.code for each in wrong.value.problems] == ["records.duplicate"]
    assert Record.objects.count() == 1


@pytest.mark.django_db
def test_the_database_itself_keeps_a_second_one_out(cast) -> None:
    row = services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check())
    row.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db
def test_the_checklist_adds_up_to_the_score(cast) -> None:
    items = {part.id: "5" for part in BOOK.kind("self_check").parts}
    row = services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check(score="", **items))

    assert row.values["score"] == "60"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "entry", "code"),
    [
        ("clerk", self_check(unit="储运中心"), "intake.unit_not_yours"),
        ("clerk", finding("0.5"), "intake.role_may_not_enter"),
        ("clerk", Entry("key_customer", {"name": "采油一厂"}), "intake.role_may_not_enter"),
        ("leader", self_check(), "intake.role_may_not_enter"),
        ("outsider", self_check(), "intake.role_may_not_enter"),
        ("working_group", Entry("weather", {}), "intake.unknown_kind"),
    ],
)
def test_people_enter_only_what_is_theirs(cast, who, entry, code) -> None:
    with pytest.raises(RecordRefused) as refusal:
        services.enter_record(actor=getattr(cast, who), book=BOOK, entry=entry)

    assert refusal.value.code == code
    assert code not in refusal.value.words("en")
    assert not Record.objects.exists()


@pytest.mark.django_db
def test_a_change_keeps_what_was_before(cast) -> None:
    first = services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check())

    second = services.change_record(
        actor=cast.clerk, book=BOOK, record_id=first.pk, entry=self_check(score="95"),
        reason="抄录有误",
    )  # fmt: skip

    first.refresh_from_db()
    assert (first.is_voided, first.void_reason, first.values["score"]) == (True, "抄录有误", "96")
    assert [row.pk for row in queries.history(first)] == [first.pk, second.pk]
    assert [row.pk for row in queries.records(BOOK.pack_id, BOOK.period)] == [second.pk]


@pytest.mark.django_db
def test_a_bad_change_changes_nothing(cast) -> None:
    row = services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check())

    for entry, reason in ((self_check(score="101"), "更正"), (self_check(score="90"), " ")):
        with pytest.raises(RecordRefused):
            services.change_record(
                actor=cast.clerk, book=BOOK, record_id=row.pk, entry=entry, reason=reason
            )

    row.refresh_from_db()
    assert not row.is_voided
    assert Record.objects.count() == 1


@pytest.mark.django_db
def test_a_voided_record_makes_room_for_another(cast) -> None:
    row = services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check())
    services.void_record(actor=cast.clerk, book=BOOK, record_id=row.pk, reason="填错部门")

    services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check())
    with pytest.raises(RecordRefused) as refusal:
        services.void_record(actor=cast.clerk, book=BOOK, record_id=row.pk, reason="再次")

    assert refusal.value.code == "intake.voided_already"


@pytest.mark.django_db
def test_nothing_moves_in_a_locked_period(cast) -> None:
    row = services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check())
    days = {"pack_id": BOOK.pack_id, "first": BOOK.period.first, "last": BOOK.period.last}
    services.lock_period(actor=cast.committee, reason="考核已审定", **days)

    tries = [
        lambda: services.enter_record(
            actor=cast.clerk, book=BOOK, entry=self_check(month="2024-02")
        ),
        lambda: services.void_record(actor=cast.clerk, book=BOOK, record_id=row.pk, reason="x"),
        lambda: services.bulk_enter(
            book=BOOK, records=[], origin=services.Origin("sample", None, row.entered_at)
        ),
        lambda: services.correct_record(
            actor=cast.committee, book=BOOK, record_id=row.pk, values={"score": "1"}, reason="x"
        ),
    ]
    for attempt in tries:
        with pytest.raises(RecordRefused) as refusal:
            attempt()
        assert refusal.value.code == "intake.period_locked"
    unlock = {"actor": cast.committee, "pack_id": BOOK.pack_id, "reason": "退回"}
    services.unlock_period(locked_for="另一项考核", **unlock)
    with pytest.raises(RecordRefused):
        tries[0]()
    services.unlock_period(locked_for="考核已审定", **unlock)
    tries[0]()

    assert Record.objects.count() == 2


@pytest.mark.django_db
def test_a_decision_corrects_a_record_of_somebody_else(cast) -> None:
    row = services.enter_record(actor=cast.clerk, book=BOOK, entry=self_check())
    with pytest.raises(RecordRefused):
        services.correct_record(
            actor=cast.clerk, book=BOOK, record_id=row.pk, values={"score": "99"}, reason="x"
        )

    new = services.correct_record(
        actor=cast.committee, book=BOOK, record_id=row.pk, values={"score": "99"}, reason="异议成立"
    )

    assert (new.values, new.replaces_id) == ({"score": "99"}, row.pk)
    assert services.label_for_objection(row.pk) is None
    assert services.label_for_objection(new.pk, new.unit_id, {"self_check"}) is not None


@pytest.mark.django_db
def test_numbers_that_cannot_be_kept_exactly_are_refused(cast) -> None:
    from dataclasses import replace

    kind = BOOK.kind("direct_deduction")
    loose = tuple(
        replace(each, at_most=None, places=9) if each.id == "points" else each
        for each in kind.fields
    )
    pack = replace(BOOK.pack, kinds={**BOOK.pack.kinds, kind.id: replace(kind, fields=loose)})
    told = {"unit": "储运中心", "on": "2024-02-05", "proof": "函件"}
    book = type(BOOK)(pack, BOOK.period)

    for points in ("1000000000000", "0.1234567"):
        entry = Entry(kind.id, {**told, "points": points})
        assert [code for _, code in refused(cast.working_group, entry, book)] == [
            "intake.number_too_large"
        ]


@pytest.mark.django_db
def test_a_register_is_taken_over_from_the_period_before(cast) -> None:
    for name in ("采油一厂", "采油二厂"):
        services.enter_record(
            actor=cast.working_group, book=BOOK, entry=Entry("key_customer", {"name": name})
        )
    later = quarterly("2024Q2")
    services.enter_record(
        actor=cast.working_group, book=later, entry=Entry("key_customer", {"name": "采油二厂"})
    )

    taken = [
        services.carry_register(actor=cast.working_group, book=later, kind="key_customer")
        for _ in range(2)
    ]

    assert taken == [1, 0]
    assert queries.registers(later)["key_customer.name"] == {"采油一厂", "采油二厂"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_enter_the_same_at_once_one_wins() -> None:
    for name in ("市场经营部", "储运中心"):
        factories.make_unit(name=name)
    told: list[str] = []
    together = threading.Barrier(2)

    def enter(score: str) -> None:
        try:
            together.wait(10)
            services.enter_record(actor=None, book=BOOK, entry=self_check(score=score))
            told.append("entered")
        except RecordRefused as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=(score,)) for score in ("95", "96")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(told) == ["entered", "intake.not_accepted"]
    assert Record.objects.count() == 1

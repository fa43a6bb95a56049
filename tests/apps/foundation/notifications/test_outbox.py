"""People are told once, in the transaction of what happened, and each by the ways they chose."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest
from django.db import connection

from tests.apps.foundation.failing import rolled_back
from tests.apps.foundation.notifications.example_rows import make_robot, tell
from tests.people import make_people, make_person
from zhijian.domain.words import Words
from zhijian.foundation import clock
from zhijian.foundation.jobs.tasks import tidy
from zhijian.foundation.notifications import events, queries, services, words
from zhijian.foundation.notifications.models import Delivery, Message, Notification
from zhijian.foundation.wording import catalogue, placeholders

#: Parts of the catalogue that belong to no event.
OTHER = {"notify.test"}


@pytest.mark.django_db
class TestTelling:
    def test_everybody_hears_it_once_however_often_it_is_told(self) -> None:
        first, second = make_person("zhou"), make_person("wu")

        tell([first, first])
        tell([first, second])

        told = Notification.objects.values_list("recipient_id", flat=True)
        assert sorted(told) == sorted([first.pk, second.pk])
        assert Message.objects.count() == 1

    def test_what_is_rolled_back_was_never_told(self) -> None:
        user = make_person("zhou")

        with pytest.raises(RuntimeError):
            rolled_back(lambda: tell([user]))

        assert not Notification.objects.exists()

    def test_an_event_that_nobody_registered_is_a_fault(self) -> None:
        with pytest.raises(KeyError):
            tell([make_person("zhou")], event="jobs.unheard_of")

    def test_mail_goes_to_who_has_an_address_and_did_not_decline(self) -> None:
        people = [make_person(name) for name in ("zhou", "wu", "zheng")]
        for each in people[:2]:
            each.email = f"{each.username}@example.com"
            each.save()
        services.set_preference(user=people[1], language="zh", without_mail=["jobs.failed", "x"])

        tell(people)
        tell(people)

        assert [row.recipient_id for row in Delivery.objects.all()] == [people[0].pk]
        assert queries.without_mail(people[1]) == {"jobs.failed"}

    def test_no_mail_waits_where_the_site_has_no_way_to_send_any(self, settings: object) -> None:
        settings.NOTIFICATIONS_BY_MAIL = False
        user = make_person("zhou")
        user.email = "zhou@example.com"
        user.save()

        tell([user])

        assert not Delivery.objects.exists()

    def test_a_group_hears_what_it_asked_for_about_its_units(self) -> None:
        people = make_people()
        everything = make_robot(name="all")
        below = make_robot(name="company", unit_ids=[people.unit.parent_id])
        other = make_robot(name="other", unit_ids=[people.other_unit.pk])
        make_robot(name="silent", is_active=False)
        make_robot(name="deaf", events=[])
        facts = {"regulation": "R", "period": "P"}
        event = "assessments.submitted"

        tell([], "a", event=event, facts=facts, unit_id=people.unit.pk)
        tell([], "b", event=event, facts=facts)
        tell([], "c")

        heard = {(row.message.key, row.robot_id) for row in Delivery.objects.all()}
        assert heard == {("a", everything.pk), ("a", below.pk), ("b", everything.pk)}
        assert other.pk not in {robot for _key, robot in heard}

    def test_many_things_are_told_with_few_queries(
        self, django_assert_max_num_queries: object
    ) -> None:
        people = [make_person(f"person{number}").pk for number in range(3)]
        told = [
            (people, services.News("jobs.failed", f"k{number}", "/", {"title": str(number)}))
            for number in range(700)
        ]

        with django_assert_max_num_queries(40):
            services.notify_each(told)

        assert Notification.objects.count() == 2100

    def test_old_messages_are_thrown_away(self) -> None:
        message = tell([make_person("zhou")])
        Message.objects.update(made_at=clock.now() - timedelta(days=401))
        tell([make_person("wu")], "new")

        tidy.func()

        assert not Message.objects.filter(pk=message.pk).exists()
        assert Notification.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_say_the_same_at_the_same_moment_say_it_once() -> None:
    user = make_person("zhou")
    start = threading.Barrier(4)
    faults: list[BaseException] = []

    def say() -> None:
        try:
            start.wait()
            tell([user])
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=say) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert faults == []
    assert (Message.objects.count(), Notification.objects.count()) == (1, 1)


class TestWords:
    @pytest.mark.parametrize("code", [each.code for each in events.registered()])
    def test_every_event_is_worded(self, code: str) -> None:
        assert {f"notify.{code}.{part}" for part in ("name", "title", "text")} <= set(catalogue())

    def test_every_wording_belongs_to_an_event(self) -> None:
        known = {each.code for each in events.registered()}
        worded = {code for code in catalogue() if code.startswith("notify.")} - OTHER
        assert {re.sub(r"^notify\.(.*)\.\w+$", r"\1", code) for code in worded} == known

    @pytest.mark.parametrize("each", events.registered(), ids=lambda event: event.code)
    def test_a_group_chat_hears_no_names_and_nothing_that_somebody_wrote(
        self, each: events.Event
    ) -> None:
        for wording in catalogue()[f"notify.{each.code}.title"].values():
            asked = {name.removesuffix("_en") for name in placeholders(wording)}
            assert asked <= events.PUBLIC_FACTS

    def test_a_message_is_told_in_either_language_and_on_one_line(self) -> None:
        facts = {
            "regulation": "考核\n办法",
            "regulation_en": "Rules",
            "period": "2024",
            "reason": "R",
        }

        assert (
            words.title("assessments.sent_back", facts, "zh") == "《考核 办法》2024考核结果被退回"
        )
        assert "“Rules”" in words.text("assessments.sent_back", facts, "en")

    @pytest.mark.django_db
    def test_words_of_both_languages_are_kept(self) -> None:
        user = make_person("zhou")
        tell([user], facts={"title": Words("整理", "Tidying")})

        (told,) = queries.told(queries.notifications_of(user))

        assert "整理" in told.text
        assert words.text(told.event, Message.objects.get().facts, "en").count("Tidying") == 1

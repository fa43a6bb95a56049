"""The pages of cases: list, opening, one case, and what people do on it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.apps.cases.stories import PACK, PNG, Story, make_office, photo
from zhijian.cases import services
from zhijian.cases.models import Case, CaseComment, CaseEvidence, CaseLink
from zhijian.foundation import clock
from zhijian.foundation.audit.models import AuditEntry
from zhijian.foundation.files.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return Story(make_office())


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def opened(story: Story, **told: Any) -> Case:
    return story.open(at=clock.now(), **told)


def text(answer: Any) -> str:
    return str(answer.content.decode())


class TestList:
    def test_the_one_due_first_stands_in_front_and_filters_hold(self, story: Story) -> None:
        later = story.open(more={"injured": "是"})
        first = story.open(more={"subject": "态度"})
        ended = story.closed(more={"subject": "态度", "handler": str(story.people.clerk.pk)})
        client = signed_in(story.people.working_group)
        address = reverse("cases:cases")

        shown = text(client.get(address))
        assert shown.index(first.number) < shown.index(later.number)
        assert ended.number not in shown
        assert "已逾期" in shown
        for asked, number, hidden in (
            ("shown=ended", ended, first),
            (f"kind={PACK}:complaint&level=grave", later, first),
            (f"kind={PACK}:complaint&state=open&level=general", first, later),
            (f"q={later.number.lower()}", later, first),
            ("q=态度", first, later),
        ):
            told = text(client.get(f"{address}?{asked}"))
            assert number.number in told, asked
            assert hidden.number not in told, asked
        nothing = text(client.get(f"{address}?owner=me&unit=99999999999999&shown=riddle"))
        assert "没有符合条件的案件" in nothing

    def test_a_clerk_sees_the_cases_of_their_unit_and_those_they_have_a_part_in(
        self, story: Story
    ) -> None:
        elsewhere, inspector = story.people.other_unit.pk, str(story.people.inspector.pk)
        own, part = opened(story), opened(story, unit_id=elsewhere)
        foreign = opened(story, unit_id=elsewhere, more={"handler": inspector})

        shown = text(signed_in(story.people.clerk).get(reverse("cases:cases")))

        assert own.number in shown
        assert part.number in shown
        assert foreign.number not in shown
        page = reverse("cases:case", args=[foreign.pk])
        assert signed_in(story.people.clerk).get(page).status_code == 404

    @pytest.mark.req("SYS-11")
    def test_a_confidential_case_is_hidden_from_all_without_a_part(self, story: Story) -> None:
        case = opened(story, more={"secret": "是"})
        page = reverse("cases:case", args=[case.pk])
        for name, status in (
            ("clerk", 200), ("working_group", 200), ("committee", 200), ("leader", 404),
            ("auditor", 404), ("inspector", 404), ("other_clerk", 404),
        ):  # fmt: skip
            client = signed_in(getattr(story.people, name))
            assert client.get(page).status_code == status, name
            listed = case.number in text(client.get(reverse("cases:cases")))
            assert listed is (status == 200), name

    def test_the_number_of_queries_does_not_grow_with_the_cases(
        self, story: Story, django_assert_num_queries: Any
    ) -> None:
        client, address = signed_in(story.people.working_group), reverse("cases:cases")
        opened(story)
        client.get(address)
        with CaptureQueriesContext(connection) as one:
            client.get(address)
        for _ in range(5):
            opened(story, unit_id=story.people.other_unit.pk)
        with django_assert_num_queries(len(one)):
            client.get(address)

    def test_a_number_leads_to_its_case(self, story: Story) -> None:
        case = opened(story)
        client = signed_in(story.people.working_group)
        found = client.get(reverse("cases:number", args=[case.number]))
        assert found.headers["Location"] == reverse("cases:case", args=[case.pk])
        missing = client.get(reverse("cases:number", args=["NO1"]))
        assert missing.headers["Location"] == reverse("cases:cases")


class TestOpening:
    address = reverse("cases:kinds")
    form = reverse("cases:open", args=[PACK, "complaint", "register"])

    def send(self, client: Client, people: Any, **changed: Any) -> Any:
        told = {
            "register-subject": "排队", "register-injured": "否", "register-key_": "k1",
            "register-handler": people.clerk.pk, "register-unit_": people.unit.pk,
        }  # fmt: skip
        return client.post(self.form, {**told, **changed})

    def test_what_may_be_opened_is_offered(self, story: Story) -> None:
        office = text(signed_in(story.people.working_group).get(self.address))
        inspector = text(signed_in(story.people.inspector).get(self.address))
        assert "登记" in office
        assert "登记" not in inspector
        assert "员工举报" in inspector

    def test_the_form_of_the_regulation_opens_a_case_once(self, story: Story) -> None:
        client = signed_in(story.people.working_group)
        page = text(client.get(self.form))
        assert "有人受伤" in page
        assert "窗口（可不填）" in page
        files = {"register-photos": [photo(), photo("b.png", b"2")]}

        answer = self.send(client, story.people, **files, **{"register-title_": "大厅排队"})
        again = self.send(client, story.people, **{"register-title_": "大厅排队", **{
            "register-photos": [photo(), photo("b.png", b"2")]}})  # fmt: skip

        case = Case.objects.get()
        assert answer.headers["Location"] == reverse("cases:case", args=[case.pk])
        assert again.headers["Location"] == answer.headers["Location"]
        assert (case.title, CaseEvidence.objects.count()) == ("大厅排队", 2)

    def test_every_error_stands_at_its_place_and_what_was_typed_stays(self, story: Story) -> None:
        client = signed_in(story.people.working_group)

        answer = self.send(
            client, story.people,
            **{"register-injured": "", "register-place": "窗" * 61, "register-unit_": ""},
        )  # fmt: skip
        assert answer.status_code == 422
        assert "没有写明案件所属的单位" in text(answer)
        assert "窗" * 61 in text(answer)
        answer = self.send(
            client, story.people, **{"register-injured": "", "register-place": "窗" * 61}
        )
        assert "有 2 处需要更正" in text(answer)
        assert "须填“有人受伤”" in text(answer)
        assert not Case.objects.exists()

    def test_an_anonymous_report_is_not_kept_as_a_draft_and_leads_away(self, story: Story) -> None:
        client = signed_in(story.people.inspector)
        form = reverse("cases:open", args=[PACK, "complaint", "report"])
        assert 'data-draft="' not in text(client.get(form))

        told = {"report-subject": "态度", "report-injured": "否", "report-anonymous_": "on",
                "report-unit_": story.people.unit.pk, "report-secret": "是"}  # fmt: skip
        # Nobody who has no part in it any more can look at it.
        answer = client.post(form, told)

        assert answer.headers["Location"] == reverse("cases:kinds")
        assert Case.objects.get().opener is None

    def test_what_does_not_exist_is_not_found(self, story: Story) -> None:
        client = signed_in(story.people.working_group)
        for step in ("answer", "riddle"):
            path = reverse("cases:open", args=[PACK, "complaint", step])
            assert client.get(path).status_code == 404
        assert client.get(reverse("cases:open", args=[PACK, "riddle", "x"])).status_code == 404


class TestCase:
    def page(self, case: Case) -> str:
        return reverse("cases:case", args=[case.pk])

    def act(self, client: Client, case: Case, step: str, **told: Any) -> Any:
        facts = {f"{step}-{name}": value for name, value in told.items()}
        case.refresh_from_db()
        seq = facts.pop(f"{step}-seq", case.seq)
        path = reverse("cases:step", args=[case.pk, step])
        return client.post(path, {**facts, "seq": seq})

    def test_it_tells_what_is_open_what_is_not_and_why(self, story: Story) -> None:
        case = opened(story)
        group = text(signed_in(story.people.working_group).get(self.page(case)))
        clerk = text(signed_in(story.people.clerk).get(self.page(case)))
        auditor = text(signed_in(story.people.auditor).get(self.page(case)))

        assert "“另约时间”只能由承办人办理" in group
        assert reverse("cases:step", args=[case.pk, "answer"]) in clerk
        assert reverse("cases:step", args=[case.pk, "answer"]) not in group
        assert "转督办" not in clerk
        assert "逐日计算" in auditor
        assert "第 1 个工作日" in auditor
        assert "现在可以办理" not in auditor

    def test_the_whole_way_through_the_pages(self, story: Story) -> None:
        case = opened(story)
        clerk, group = signed_in(story.people.clerk), signed_in(story.people.working_group)
        assert self.act(clerk, case, "answer", answer="已致歉", photos=photo()).status_code == 302
        assert self.act(group, case, "send_back", reason_="").status_code == 422
        back = self.act(group, case, "send_back", reason_="未答复")
        assert back.headers["Location"] == self.page(case)
        self.act(clerk, case, "answer", answer="再次致歉")
        self.act(group, case, "verify", satisfied="是")
        case.refresh_from_db()
        assert case.ends == "closed"
        shown = text(group.get(self.page(case)))
        for told in ("按时办结", "已办结", "未答复", "再次致歉", "1 个文件"):
            assert told in shown

    def test_what_is_wrong_stands_in_the_form_and_stays_typed(self, story: Story) -> None:
        case = opened(story)
        answer = self.act(
            signed_in(story.people.clerk), case, "answer", answer="已致歉", loss="很多"
        )
        assert answer.status_code == 422
        assert "很多" in text(answer)
        assert "已致歉" in text(answer)
        assert case.seq == 1

    def test_the_second_of_two_is_told(self, story: Story) -> None:
        case, client = opened(story), signed_in(story.people.clerk)
        self.act(client, case, "answer", answer="已致歉")
        answer = self.act(client, case, "answer", answer="已致歉", seq=1)
        assert answer.status_code == 422
        assert "您的操作没有生效" in text(answer)
        assert "您刚才填写的内容" in text(answer)

    @pytest.mark.req("SYS-06")
    def test_personal_data_are_hidden_until_a_purpose_is_given(self, story: Story) -> None:
        case = opened(story, more={"account": "张三的手机丢在三号窗口", "customer": "李四"})
        client = signed_in(story.people.clerk)
        shown = text(client.get(self.page(case)))
        assert "手机丢在" not in shown
        assert "李＊＊＊" in shown
        path = reverse("cases:reveal", args=[case.pk])
        assert client.post(path, {"purpose": " "}).status_code == 422
        before = AuditEntry.objects.count()

        shown = text(client.post(path, {"purpose": "联系顾客"}))

        assert "张三的手机丢在三号窗口" in shown
        entry = AuditEntry.objects.get(number__gt=before)
        assert (entry.action, entry.actor, entry.after) == (
            "cases.reveal", "clerk", {"purpose": "联系顾客"},
        )  # fmt: skip
        assert signed_in(story.people.auditor).post(path, {"purpose": "看"}).status_code == 403

    def test_comments_evidence_and_links(self, story: Story) -> None:
        case, other = opened(story), opened(story, more={"subject": "态度"})
        client = signed_in(story.people.clerk)

        def post(name: str, **told: Any) -> Any:
            return client.post(reverse(f"cases:{name}", args=[case.pk]), told)

        assert post("comment", text=" ").status_code == 422
        assert post("comment", text="顾客下午再来").status_code == 302
        assert post("link", number="NO1").status_code == 422
        assert post("link", number=case.number).status_code == 422
        assert post("link", number=other.number.lower()).status_code == 302
        assert post("link", number=other.number).status_code == 302
        assert post("attach", upload=photo("a.exe")).status_code == 422
        assert post("attach", upload=photo(), title="现场").status_code == 302
        assert post("attach", upload=photo(), title="现场").status_code == 302

        assert CaseComment.objects.get().text == "顾客下午再来"
        assert (CaseLink.objects.count(), CaseEvidence.objects.count()) == (1, 1)
        shown = text(client.get(self.page(other)))
        assert case.number in shown
        ref = StoredFile.objects.get(owner_kind="cases.evidence")
        file = client.get(reverse("foundation:file", args=[ref.pk]))
        assert file.getvalue() == PNG
        outsider = signed_in(story.people.other_clerk)
        assert outsider.get(reverse("foundation:file", args=[ref.pk])).status_code == 404

    def test_the_thirty_first_piece_of_evidence_is_refused(self, story: Story) -> None:
        case = opened(story)
        for number in range(30):
            CaseEvidence.objects.create(case=case, digest=f"{number:064d}", at=clock.now())
        client = signed_in(story.people.clerk)
        path = reverse("cases:attach", args=[case.pk])
        assert "最多 30 份" in text(client.post(path, {"upload": photo()}))
        answer = self.act(client, case, "answer", answer="已致歉", photos=photo())
        assert "最多 30 份" in text(answer)
        assert CaseEvidence.objects.filter(case=case).count() == 30

    def test_hand_over_and_merge(self, story: Story) -> None:
        case, into = opened(story), opened(story, more={"place": "2 号"})
        group = signed_in(story.people.working_group)
        path = reverse("cases:hand_over", args=[case.pk])
        given = {"to": story.people.inspector.pk, "reason": "休假", "seq": 1}
        assert group.post(path, {**given, "reason": ""}).status_code == 422
        assert group.post(path, given).status_code == 302
        assert self.act(group, case, "join", reason_="同一事件").status_code == 422
        case.refresh_from_db()
        address = reverse("cases:step", args=[case.pk, "join"])
        told = {"join-reason_": "同一事件", "number": into.number, "seq": case.seq}
        assert group.post(address, told).status_code == 302
        case.refresh_from_db()
        assert case.merged_into == into
        shown = text(group.get(self.page(into)))
        assert "已并入本案" in shown

    def test_faults_and_notices_are_shown(self, story: Story) -> None:
        case = story.open()
        services.sweep(at=clock.now())
        shown = text(signed_in(story.people.working_group).get(self.page(case)))
        for told in ("已记过失", "逾期未办", "已逾期", "升级 2", "系统"):
            assert told in shown

    def test_in_english_too(self, story: Story) -> None:
        case = opened(story)
        client = signed_in(story.people.clerk)
        shown = text(client.get(self.page(case), headers={"accept-language": "en"}))
        for told in (
            "Complaint of a customer", "Time to handle", "working day 1", "What you can do now",
        ):  # fmt: skip
            assert told in shown


class TestDesk:
    def test_what_one_owns_and_what_waits_for_ones_body_stand_on_the_desk(
        self, story: Story
    ) -> None:
        own = opened(story)
        late = story.answered(more={"subject": "态度"})
        desk = reverse("desk:home")

        clerk = text(signed_in(story.people.clerk).get(desk))
        committee = text(signed_in(story.people.committee).get(desk))
        other = text(signed_in(story.people.other_clerk).get(desk))

        assert f"办理 {own.number}" in clerk
        assert f"待办 {late.number}" in committee
        assert own.number not in committee
        assert own.number not in other

"""The public page: no account, scripts kept away, numbers that cannot be guessed."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.apps.complaints.hotline import (
    MASKED,
    PHONE,
    make_hotline,
    office_of,
    page_of,
    received,
    sent,
    solved,
)
from tests.people import People
from zhijian.cases.models import Case, CaseEvidence
from zhijian.cases.services import Seen, Taking, advance_case
from zhijian.complaints import limits, proof, services
from zhijian.complaints.keys import case_of_pass, code_of, is_code_of, pass_for
from zhijian.complaints.models import Complaint, Office
from zhijian.complaints.refusals import ComplaintRefused, NotProved, TooOften
from zhijian.complaints.services import NewOffice
from zhijian.foundation import clock
from zhijian.foundation.audit.models import AuditEntry
from zhijian.foundation.rates import Rate, address_of

pytestmark = pytest.mark.django_db
TRACK = reverse("complaints:track")


@pytest.fixture
def people() -> People:
    return make_hotline()


@pytest.fixture
def office(people: People) -> Office:
    return office_of(people)


def step(complaint: Complaint, name: str, actor: object, **facts: object) -> None:
    seen = Seen(complaint.case_id, Case.objects.get(pk=complaint.case_id).seq)
    reason = str(facts.pop("reason", ""))
    advance_case(actor=actor, seen=seen, taking=Taking(name, facts, reason), at=clock.now())  # type: ignore[arg-type]


def answered(people: People, complaint: Complaint) -> None:
    told = {"department": str(people.unit.pk), "handler": str(people.clerk.pk)}
    step(complaint, "dispatch", people.working_group, **told)
    step(complaint, "answer", people.clerk, findings="属实", cause="设施设备", measures="换灯",
         reply="已换新灯")  # fmt: skip


def tracked(complaint: Complaint, secret: str = PHONE) -> str:
    told = {"number": complaint.case.number, "secret": secret}
    return Client().post(TRACK, told).content.decode()


def acts(complaint: Complaint, step: str, **facts: str) -> str:
    page = tracked(complaint)
    passed = re.search(r'name="pass" value="([^"]+)"', page)
    assert passed
    told = {f"{step}-{name}": value for name, value in facts.items()}
    address = reverse("complaints:act", kwargs={"step": step})
    return Client().post(address, {"pass": passed[1], **told}).content.decode()


@pytest.mark.req("CMP-50")
def test_anybody_complains_and_gets_a_number_and_a_code(office: Office) -> None:
    answer = sent(office)

    row = Complaint.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 200
    assert (row.office, row.channel, row.masked) == (office, "公众网页", MASKED)
    assert row.case.unit_id == office.unit_id
    assert row.case.title == "设施设备"
    assert row.case.opener is None
    assert row.case.number in page
    assert code_of(row.case.number) in page
    assert "首次响应" in page


def test_the_page_fills_in_channel_time_and_unit_whatever_is_sent(
    office: Office, people: People
) -> None:
    sent(office, channel="媒体", received_at="2020-01-01T00:00", unit_=str(people.other_unit.pk))

    row = Complaint.objects.get()
    assert (row.channel, row.received_on) == ("公众网页", clock.today())
    assert row.case.unit_id == office.unit_id


def test_a_second_press_opens_no_second_case(office: Office) -> None:
    client = Client()
    puzzle = proof.puzzle()
    told = {"puzzle": puzzle, "answer": solved(puzzle)}

    first = sent(office, client, **told)
    second = sent(office, client, **told)

    assert Complaint.objects.count() == 1
    assert Complaint.objects.get().case.number in second.content.decode()
    assert first.status_code == second.status_code == 200


def test_one_puzzle_opens_one_case_only(office: Office) -> None:
    puzzle = proof.puzzle()
    told = {"puzzle": puzzle, "answer": solved(puzzle)}
    sent(office, **told)

    answer = sent(office, content="另一件", **told)

    assert answer.status_code == 422
    assert Complaint.objects.count() == 1


@pytest.mark.parametrize(
    "told",
    [{"answer": ""}, {"answer": "x"}, {"puzzle": "made-up"}, {"website_": "spam"}, {"puzzle": ""}],
)
def test_a_script_is_refused(office: Office, told: dict[str, str]) -> None:
    answer = sent(office, **told)

    assert answer.status_code == 422
    assert "没有通过防机器人检验" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_puzzle_of_somebody_else_is_none(office: Office) -> None:
    made = "forged:signature"

    with pytest.raises(NotProved):
        proof.key_from(made, solved(made), "")


def test_an_old_puzzle_is_refused_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    puzzle = proof.puzzle()
    answer = solved(puzzle)
    monkeypatch.setattr(proof, "VALID_SECONDS", -1)

    with pytest.raises(NotProved) as refused:
        proof.key_from(puzzle, answer, "")
    assert refused.value.code == "complaints.puzzle_too_old"


def test_one_phone_and_one_address_send_only_so_much(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SENT_BY_PHONE", Rate("phone", 1, 3600))
    sent(office)

    again = sent(office)
    other = sent(office, phone="13900001111")

    assert "过于频繁" in again.content.decode()
    assert other.status_code == 200
    assert Complaint.objects.count() == 2

    monkeypatch.setattr(limits, "SENT_BY_ADDRESS", Rate("address", 0, 3600))
    assert sent(office, phone="13900002222").status_code == 422


def test_a_limit_counts_again_when_its_time_is_over() -> None:
    limit = Rate("short", 1, 0)

    for _ in range(3):
        limits.count(limit, "somebody")

    longer = Rate("long", 1, 60)
    limits.count(longer, "somebody")
    with pytest.raises(TooOften):
        limits.count(longer, "somebody")


@pytest.mark.req("SYS-09")
def test_a_photo_is_evidence_and_what_could_run_is_refused(office: Office) -> None:
    photo = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\nx")
    harmful = SimpleUploadedFile("a.png", b"<script>alert(1)</script>")

    assert sent(office, evidence=harmful).status_code == 422
    assert not Case.objects.exists()
    assert sent(office, evidence=photo).status_code == 200
    assert CaseEvidence.objects.count() == 1


def test_too_many_and_too_large_files_are_refused(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos = [SimpleUploadedFile(f"{n}.png", b"\x89PNG\r\n\x1a\nx%d" % n) for n in range(6)]
    assert "最多 5 个文件" in sent(office, evidence=photos).content.decode()

    monkeypatch.setattr("zhijian.complaints.forms._LARGEST_MB", 0)
    photo = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\nx")
    assert "每个文件不超过" in sent(office, evidence=photo).content.decode()


def test_what_is_missing_is_told_and_what_was_typed_stays(office: Office) -> None:
    answer = sent(office, phone="", content="写了很久")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "写了很久" in page
    assert not Case.objects.exists()


def test_a_closed_office_has_no_page(people: People, office: Office) -> None:
    services.close_office(actor=people.working_group, office_id=office.pk)
    assert Client().get(page_of(office)).status_code == 404

    services.open_office(actor=people.working_group, office_id=office.pk)
    assert Client().get(page_of(office)).status_code == 200
    actions = AuditEntry.objects.values_list("action", flat=True)
    assert "complaints.close_office" in actions


def test_an_office_is_kept_by_who_may_and_only_where_the_public_may_act(people: People) -> None:
    new = NewOffice("二号楼", "company-hotline", "complaint", people.other_unit.pk)
    with pytest.raises(ComplaintRefused) as refused:
        services.make_office(actor=people.clerk, office=new, at=clock.now())
    assert refused.value.code == "complaints.may_not_keep_offices"

    wrong = NewOffice("二号楼", "company-hotline", "device", people.unit.pk)
    with pytest.raises(ComplaintRefused) as refused:
        services.make_office(actor=people.working_group, office=wrong, at=clock.now())
    assert refused.value.code == "complaints.not_public"

    nowhere = NewOffice("二号楼", "company-hotline", "complaint", 10**9)
    with pytest.raises(ComplaintRefused) as refused:
        services.make_office(actor=people.working_group, office=nowhere, at=clock.now())
    assert refused.value.code == "complaints.no_such_unit"


@pytest.mark.req("CMP-42", "CMP-50")
def test_whoever_complained_tracks_it_by_phone_or_code(people: People, office: Office) -> None:
    sent(office)
    row = Complaint.objects.get()

    page = tracked(row, "+86 138-0000-5678")
    assert "已受理" in page
    assert MASKED in page
    assert PHONE not in page

    answered(people, row)
    page = tracked(row, code_of(row.case.number).lower())
    assert "已答复" in page
    assert "已换新灯" in page
    assert people.clerk.display_name not in page


def test_a_wrong_number_and_a_wrong_phone_are_told_the_same(office: Office) -> None:
    sent(office)
    row = Complaint.objects.get()

    told = [tracked(row, "13900001111"), tracked(row, "AAAA-AAAA-AAAA-AAAA")]
    unknown = Client().post(TRACK, {"number": "RX2026-9999", "secret": PHONE}).content.decode()

    for page in (*told, unknown):
        assert "没有找到" in page
        assert 'name="pass"' not in page


def test_a_complaint_without_a_phone_is_not_found_by_an_empty_one(people: People) -> None:
    row = received(people, phone=None, caller=None)

    for secret in ("-", "?", "没有", "0"):
        assert "没有找到" in tracked(row, secret)
    assert "已受理" in tracked(row, code_of(row.case.number))


def test_guessing_is_stopped_and_locks_out_nobody_else(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TRACKED_NUMBER", Rate("number", 1, 3600))
    sent(office)
    row = Complaint.objects.get()
    tracked(row, "13900001111")

    assert "过于频繁" in tracked(row)
    told = {"number": row.case.number, "secret": PHONE}
    elsewhere = Client(REMOTE_ADDR="203.0.113.9").post(TRACK, told).content.decode()
    assert "已受理" in elsewhere


def test_where_many_guess_from_everywhere_the_code_still_opens(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "TRACKED_BY_PHONE", Rate("phone", 1, 3600))
    sent(office)
    row = Complaint.objects.get()
    tracked(row, "13900001111")

    assert "只能用查询码" in tracked(row)
    assert "已受理" in tracked(row, code_of(row.case.number))


def test_a_code_of_a_former_key_still_opens(settings: object) -> None:
    code = code_of("RX2026-0001")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another key of this site, long enough"  # type: ignore[attr-defined]

    assert code_of("RX2026-0001") != code
    assert is_code_of("RX2026-0001", code)
    assert not is_code_of("RX2026-0002", code)


def test_a_pass_ends_and_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    assert case_of_pass(pass_for(7)) == 7
    assert case_of_pass("7") is None
    made = pass_for(7)
    monkeypatch.setattr("zhijian.complaints.keys.PASS_SECONDS", -1)
    assert case_of_pass(made) is None


def test_the_customer_says_more_rates_and_reports_again(people: People, office: Office) -> None:
    sent(office)
    row = Complaint.objects.get()
    assert "已收到" in acts(row, "more", more="在三号楼")

    answered(people, row)
    assert "已收到" in acts(row, "rate", rating="满意")
    step(row, "call_back", people.working_group, satisfied="是")
    assert "已办结" in tracked(row)

    told = acts(row, "reopen", reason_="又不亮了")
    row.case.refresh_from_db()
    assert "已收到" in told
    assert row.case.state == "received"
    assert row.case.events.filter(actor=None).count() == 4


def test_the_customer_is_told_what_is_wrong_and_takes_no_step_of_the_house(
    people: People, office: Office
) -> None:
    sent(office)
    row = Complaint.objects.get()

    assert "有 1 处需要更正" in acts(row, "more", more="")
    assert "现在不能办理这一项" in acts(row, "dispatch")
    assert Case.objects.get().seq == 1
    address = reverse("complaints:act", kwargs={"step": "more"})
    assert Client().post(address, {"pass": "7"}).headers["Location"] == TRACK


def test_addresses_of_one_line_count_together(rf: object) -> None:
    def of(address: str) -> str:
        return address_of(rf.get("/", REMOTE_ADDR=address))  # type: ignore[attr-defined]

    assert of("10.0.0.1") == "10.0.0.1"
    assert of("2001:db8::1") == of("2001:db8::2")
    assert of("2001:db8::1") != of("2001:db8:0:1::1")

"""The pages of records as people use them."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from zhijian.foundation.cells import neutral
from zhijian.foundation.files.queries import files_of
from zhijian.intake import queries, services
from zhijian.intake.models import Record
from zhijian.intake.services import Entry

from .books import quarterly
from .test_imports import make_site

BOOK = quarterly()
HERE = f"/intake/books/{BOOK.pack_id}/{BOOK.period}/"


@pytest.fixture
def cast(db):
    return make_site()


@pytest.fixture
def clerk(client, cast):
    client.force_login(cast.clerk)
    return client


@pytest.fixture
def office(client, cast):
    client.force_login(cast.working_group)
    return client


def enter(kind, **values):
    return services.enter_record(actor=None, book=BOOK, entry=Entry(kind, values))


def checks(count=2, unit="市场经营部"):
    for month in range(1, count + 1):
        enter("self_check", unit=unit, month=f"2024-0{month}", score=str(90 + month))


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.req("RPT-03", "SYS-20")
def test_missing_months_are_seen_to_block_the_result(office) -> None:
    checks(2)
    page = text(office.get(HERE))

    assert "缺以下记录，本期不能计算" in page
    assert ":".join(("市场经营部", "月度自查 缺 3月")) in page
    assert ":".join(("储运中心", "月度自查 缺 1、2、3月")) in page


def test_a_clerk_sees_the_own_unit_only(clerk) -> None:
    checks(1)
    checks(1, "储运中心")
    book, listed = text(clerk.get(HERE)), text(clerk.get(f"{HERE}self_check/"))
    other = queries.records(BOOK.pack_id, BOOK.period).filter(unit__name="储运中心").get()

    assert "市场经营部" in book
    assert "储运中心" not in book
    assert "市场经营部" in listed
    assert "储运中心" not in listed
    assert clerk.get(f"/intake/records/{other.pk}/").status_code == 404


def test_a_record_is_entered_with_its_evidence(clerk, cast) -> None:
    form = {"unit": "市场经营部", "month": "2024-01", "score": "96.5"}
    proof = ContentFile("台账".encode(), name="台账.txt")

    there = clerk.post(f"{HERE}self_check/new", {**form, "evidence": proof, "save": ""})

    row = Record.objects.get()
    assert (there.url, row.author) == (f"/intake/records/{row.pk}/", cast.clerk)
    assert [each.name for each in files_of("intake.record", str(row.pk))] == ["台账.txt"]
    page = text(clerk.get(there.url))
    assert "96.5" in page
    assert "台账.txt" in page
    assert "clerk" in page


def test_the_checklist_is_added_up_while_it_is_filled_in(clerk) -> None:
    answer = clerk.post(f"{HERE}self_check/sum", {"ledger_complete": "9.5", "data_timely": "8"})

    assert "17.5" in text(answer)
    assert "还有 10 项未填" in text(answer)


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(clerk) -> None:
    form = {"unit": "市场经营部", "month": "2024-01", "score": "101", "note": "月底补录"}
    answer = clerk.post(f"{HERE}self_check/new", form)

    assert answer.status_code == 422
    assert "0 至 100" in text(answer)
    assert 'href="#id_score"' in answer.content.decode()
    assert "月底补录" in answer.content.decode()
    assert not Record.objects.exists()


def test_evidence_that_is_refused_keeps_the_record_out(clerk) -> None:
    form = {"unit": "市场经营部", "month": "2024-01", "score": "96"}
    proof = ContentFile(b"MZ\x90\x00", name="tool.exe")

    answer = clerk.post(f"{HERE}self_check/new", {**form, "evidence": proof})

    assert answer.status_code == 422
    assert not Record.objects.exists()


@pytest.mark.req("CMP-12")
def test_a_complaint_is_decided_with_a_reason(office) -> None:
    told = {"unit": "储运中心", "on": "2024-02-03", "number": "TS-1", "customer": "采油一厂",
            "content": "送货迟延", "validity": "待定"}  # fmt: skip
    first = enter("complaint", **told)
    decided = {**told, "validity": "有效", "decided_by": "人力资源部"}
    address = f"/intake/records/{first.pk}/change"

    assert office.post(address, {**decided, "reason": ""}).status_code == 422
    office.post(address, {**decided, "reason": "调查属实，可归责"})

    row = queries.records(BOOK.pack_id, BOOK.period, ["complaint"]).get()
    assert (row.values["validity"], row.replaces_id) == ("有效", first.pk)
    page = text(office.get(f"/intake/records/{row.pk}/"))
    assert "待定 → 有效" in page
    assert "调查属实，可归责" in page


def test_voiding_keeps_the_record_and_the_reason(office) -> None:
    checks(1)
    row = Record.objects.get()
    office.post(f"/intake/records/{row.pk}/void", {"reason": "重复登记"})

    assert "重复登记" in text(office.get(f"/intake/records/{row.pk}/"))
    assert "本期还没有记录" in text(office.get(f"{HERE}self_check/"))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["93", "92", "91", "81"]),
        ("?month=2024-02", ["92"]),
        ("?q=储运", ["81"]),
        ("?sort=score", ["81", "91", "92", "93"]),
        ("?sort=-score", ["93", "92", "91", "81"]),
        ("?month=1999-01", ["93", "92", "91", "81"]),
        ("?q=没有", []),
    ],
)
def test_list_and_export_show_the_same(office, asked, expected) -> None:
    checks(3)
    enter("self_check", unit="储运中心", month="2024-01", score="81")

    answer = office.get(f"{HERE}self_check/export.csv{asked}")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    page = office.get(f"{HERE}self_check/{asked}").content.decode()

    assert [line["自查得分"] for line in lines] == expected
    shown = re.findall(r'<td class="num">([\d.]+)</td>', page)
    assert shown == expected


def test_sums_and_means_stand_below_numbers(office) -> None:
    checks(3)

    assert re.search(r"276<br>92.00", office.get(f"{HERE}self_check/").content.decode())


def test_an_export_holds_no_formula(office) -> None:
    enter("key_customer", name="=HYPERLINK(1)", contact="+8613800001234")

    lines = office.get(f"{HERE}key_customer/export.csv").content.decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(office.get(f"{HERE}key_customer/export.xlsx").content))
    cell = book.active["A2"]

    assert "'=HYPERLINK(1)" in lines
    assert "'+8613800001234" in lines
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    assert [neutral(each) for each in ("-5", "-5+3", "@x", "a=b")] == ["-5", "'-5+3", "'@x", "a=b"]


#: Re-record on purpose; the number is the same however many records there are.
QUERIES = {"": 12, "self_check/": 12, "import": 8}


@pytest.mark.parametrize("address", QUERIES)
def test_more_records_ask_no_more_of_the_database(office, cast, address) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            office.get(HERE + address)
        return len(found)

    checks(1)
    asked()
    before = asked()
    checks_of = [unit for unit in BOOK.pack.header.units if unit != "市场经营部"]
    for unit in checks_of:
        checks(3, unit)
    after = asked()

    assert after == before
    assert after == QUERIES[address]


def test_an_unknown_book_is_not_found(office) -> None:
    for address in ("/intake/books/nothing/2024Q1/", f"/intake/books/{BOOK.pack_id}/soon/",
                    f"/intake/books/{BOOK.pack_id}/1999Q1/", f"{HERE}weather/"):  # fmt: skip
        assert office.get(address).status_code == 404


def test_template_and_list_of_books(clerk) -> None:
    template = clerk.get(f"{HERE}template.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(template.content))["月度自查"]["A1"].value
    assert BOOK.pack.header.title.zh in text(clerk.get("/intake/"))


def test_every_kind_has_a_form_for_who_enters_it(client, cast) -> None:
    factories.make_unit(name="甲")
    for kind in BOOK.pack.kinds.values():
        is_of_clerks = kind.entered_by == ("department_clerk",)
        client.force_login(cast.clerk if is_of_clerks else cast.working_group)
        page = client.get(f"{HERE}{kind.id}/new")
        assert page.status_code == 200
        for field in kind.fields:
            assert f'name="{field.id}"' in page.content.decode()


def test_a_locked_period_offers_no_entry(office) -> None:
    checks(1)
    services.lock_period(
        actor=None, pack_id=BOOK.pack_id, first=BOOK.period.first, last=BOOK.period.last,
        reason="已审定",
    )  # fmt: skip

    assert "本期已锁定" in text(office.get(HERE))
    for address in (HERE, f"{HERE}self_check/"):
        assert "self_check/new" not in office.get(address).content.decode()

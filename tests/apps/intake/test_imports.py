"""Workbooks in: preview before anything is written, all or nothing, twice is once, undone."""

from __future__ import annotations

import io
import threading

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection

from tests import factories, people
from tests.kept import kept
from zhijian.foundation.jobs.worker import Options, Worker
from zhijian.foundation.refusal import Refusal
from zhijian.intake import queries, services
from zhijian.intake.models import BatchState, Record, StagedRow
from zhijian.intake.reading import marked_workbook, read_batch
from zhijian.intake.services import Entry
from zhijian.intake.workbooks.template import write_template

from .books import PACKS, quarterly

BOOK = quarterly()
CHECKS = [("市场经营部", "2024-01", "96"), ("市场经营部", "2024-02", "95.5")]


def workbook(checks=CHECKS, findings=(), pack=None) -> bytes:
    """Fill the template like a person would."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(pack or BOOK.pack, "", BOOK.period)))
    _fill(book["月度自查"], ["单位", "月份", "自查得分"], checks)
    _fill(book["回访抽查扣分"], ["单位", "日期", "问题类别", "扣分", "理由"], findings)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(sheet, titles, rows) -> None:
    heads = {
        str(cell.value).rstrip("*＊ ").split("\n")[0].strip(): (cell.row, cell.column)
        for line in sheet.iter_rows(max_row=5)
        for cell in line
        if cell.value
    }
    for number, values in enumerate(rows, start=1):
        for title, value in zip(titles, values, strict=True):
            row, column = heads[title]
            sheet.cell(row + number, column, value)


@kept
def make_site():
    """The cast, the units that the regulation names, and the regulation itself, published."""
    found = people.make_people()
    known = {found.unit.name, found.other_unit.name}
    for name in BOOK.pack.header.units:
        if name not in known:
            factories.make_unit(name=name)
    call_command("load_packs", str(PACKS / BOOK.pack_id), stdout=io.StringIO())
    return found


@pytest.fixture
def cast():
    return make_site()


def uploaded(actor, content):
    upload = ContentFile(content, name="自查.xlsx")
    return services.upload_workbook(actor=actor, book=BOOK, upload=upload)


def staged(actor, content):
    batch = uploaded(actor, content)
    services.stage_rows(batch_id=batch.pk, outcome=read_batch(batch, lambda *_: None))
    batch.refresh_from_db()
    return batch


def committed(actor, content, **how):
    batch = staged(actor, content)
    services.commit_batch(actor=actor, batch_id=batch.pk, **how)
    batch.refresh_from_db()
    return batch


def scores():
    rows = queries.records(BOOK.pack_id, BOOK.period, ["self_check"])
    return {(row.unit.name, row.month): row.values["score"] for row in rows}


@pytest.mark.django_db
@pytest.mark.req("DEC-15")
def test_a_workbook_is_looked_at_before_it_is_taken(cast) -> None:
    batch = staged(cast.clerk, workbook())

    assert batch.state == BatchState.STAGED
    assert batch.counts["new"] == 2
    assert not Record.objects.exists()

    services.commit_batch(actor=cast.clerk, batch_id=batch.pk)

    assert scores() == {("市场经营部", 202401): "96", ("市场经营部", 202402): "95.5"}
    row = Record.objects.first()
    assert (row.source, row.author, row.batch_id) == ("workbook", cast.clerk, batch.pk)
    assert not StagedRow.objects.exists()


@pytest.mark.django_db
def test_the_same_file_again_changes_nothing(cast) -> None:
    findings = [("储运中心", "2024-02-05", "记录不全", "0.7", "无时间")] * 2
    content = workbook(findings=findings)
    committed(cast.working_group, content)

    again = staged(cast.working_group, content)

    assert again.counts["unchanged"] == 4
    assert again.counts["new"] == again.counts["changed"] == again.counts["conflicting"] == 0
    with pytest.raises(Refusal) as refusal:
        services.commit_batch(actor=cast.working_group, batch_id=again.pk)
    assert refusal.value.code == "intake.nothing_to_import"
    assert Record.objects.count() == 4


@pytest.mark.django_db
def test_one_wrong_cell_keeps_everything_out(cast) -> None:
    content = workbook([*CHECKS, ("市场经营部", "2024-03", "101")])
    batch = staged(cast.clerk, content)

    assert batch.state == BatchState.REFUSED
    assert [(each["where"], each["code"]) for each in batch.report if each["stops"]] == [
        ("月度自查!C4", "records.out_of_range")
    ]
    with pytest.raises(Refusal):
        services.commit_batch(actor=cast.clerk, batch_id=batch.pk)
    assert not Record.objects.exists()

    marked = openpyxl.load_workbook(io.BytesIO(marked_workbook(batch, "zh")))
    assert marked["月度自查"]["C4"].value == "101"
    assert marked["月度自查"]["C4"].fill.fgColor.rgb != marked["月度自查"]["C3"].fill.fgColor.rgb


@pytest.mark.django_db
def test_a_clerk_imports_only_the_own_unit(cast) -> None:
    batch = staged(cast.clerk, workbook([("储运中心", "2024-01", "96")]))

    assert [each["code"] for each in batch.report] == ["intake.unit_not_yours"]


@pytest.mark.django_db
def test_a_changed_row_takes_the_place_of_the_former(cast) -> None:
    committed(cast.clerk, workbook())
    batch = staged(cast.clerk, workbook([("市场经营部", "2024-01", "90"), CHECKS[1]]))
    assert (batch.counts["changed"], batch.counts["unchanged"]) == (1, 1)

    services.commit_batch(actor=cast.clerk, batch_id=batch.pk)

    assert scores()["市场经营部", 202401] == "90"
    former = Record.objects.get(voided_at__isnull=False)
    assert [row.values["score"] for row in queries.history(former)] == ["96", "90"]


@pytest.mark.django_db
def test_what_others_entered_is_replaced_only_on_purpose(cast) -> None:
    committed(cast.clerk, workbook())
    batch = staged(cast.working_group, workbook([("市场经营部", "2024-01", "90")]))
    assert batch.counts["conflicting"] == 1

    with pytest.raises(Refusal) as refusal:
        services.commit_batch(actor=cast.working_group, batch_id=batch.pk)
    assert refusal.value.code == "intake.conflicts_unconfirmed"
    services.commit_batch(actor=cast.working_group, batch_id=batch.pk, over_others=True)

    assert scores()["市场经营部", 202401] == "90"


@pytest.mark.django_db
def test_a_preview_that_no_longer_holds_is_not_taken(cast) -> None:
    batch = staged(cast.clerk, workbook())
    told = {"unit": "市场经营部", "month": "2024-01", "score": "99"}
    services.enter_record(actor=cast.working_group, book=BOOK, entry=Entry("self_check", told))

    with pytest.raises(Refusal) as refusal:
        services.commit_batch(actor=cast.clerk, batch_id=batch.pk)

    assert refusal.value.code == "intake.changed_meanwhile"
    assert scores() == {("市场经营部", 202401): "99"}


@pytest.mark.django_db
def test_an_import_is_undone_as_a_whole(cast) -> None:
    first = committed(cast.clerk, workbook())
    second = committed(cast.clerk, workbook([("市场经营部", "2024-01", "90")]))

    services.undo_batch(actor=cast.clerk, batch_id=second.pk)

    assert scores() == {("市场经营部", 202401): "96", ("市场经营部", 202402): "95.5"}
    with pytest.raises(Refusal) as refusal:
        services.undo_batch(actor=cast.clerk, batch_id=first.pk)
    assert refusal.value.code == "intake.batch_changed_since"


@pytest.mark.django_db
def test_a_locked_period_takes_no_workbook_and_gives_none_back(cast) -> None:
    batch = committed(cast.clerk, workbook())
    waiting = staged(cast.clerk, workbook([("市场经营部", "2024-03", "90")]))
    days = {"first": BOOK.period.first, "last": BOOK.period.last}
    services.lock_period(actor=None, pack_id=BOOK.pack_id, reason="已审定", **days)

    for attempt in (
        lambda: services.undo_batch(actor=cast.clerk, batch_id=batch.pk),
        lambda: services.commit_batch(actor=cast.clerk, batch_id=waiting.pk),
        lambda: uploaded(cast.clerk, workbook()),
    ):
        with pytest.raises(Refusal) as refusal:
            attempt()
        assert refusal.value.code == "intake.period_locked"


@pytest.mark.django_db
def test_a_discarded_workbook_leaves_nothing(cast) -> None:
    batch = staged(cast.clerk, workbook())

    services.discard_batch(actor=cast.clerk, batch_id=batch.pk)

    assert not StagedRow.objects.exists()
    with pytest.raises(Refusal):
        services.commit_batch(actor=cast.clerk, batch_id=batch.pk)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_import_at_once_one_wins() -> None:
    cast = make_site()
    batches = [staged(cast.working_group, workbook([("储运中心", "2024-01", score)]))
               for score in ("90", "91")]  # fmt: skip
    told: list[str] = []
    together = threading.Barrier(2)

    def take(batch_id: int) -> None:
        try:
            together.wait(10)
            services.commit_batch(actor=cast.working_group, batch_id=batch_id)
            told.append("taken")
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=(batch.pk,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(told) == ["intake.changed_meanwhile", "taken"]
    assert Record.objects.count() == 1
    assert sorted(batch.state for batch in queries.batches(BOOK)) == ["committed", "staged"]


@pytest.mark.django_db(transaction=True)
def test_through_the_pages_with_a_worker(client) -> None:
    cast = make_site()
    client.force_login(cast.clerk)
    address = f"/intake/books/{BOOK.pack_id}/{BOOK.period}/import"
    upload = ContentFile(workbook(), name="自查.xlsx")

    there = client.post(address, {"workbook": upload})
    assert client.get(there.url).status_code == 200
    Worker(Options(until_empty=True)).work()
    assert "确认导入" in client.get(there.url).content.decode()
    batch = queries.batches(BOOK).get()
    client.post(f"/intake/imports/{batch.pk}/commit")
    Worker(Options(until_empty=True)).work()

    assert len(scores()) == 2
    assert "撤销这次导入" in client.get(there.url).content.decode()
    client.post(f"/intake/imports/{batch.pk}/undo")
    assert scores() == {}

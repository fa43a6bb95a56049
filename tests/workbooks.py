"""Workbooks for tests: the template of the quarterly regulation, filled in and then spoiled."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from zhijian.domain.dates.period import Period
from zhijian.domain.regulation.pack import Pack
from zhijian.intake.workbooks.layout import Layout
from zhijian.intake.workbooks.reading import Asked, read_workbook
from zhijian.intake.workbooks.reading import Workbook as Read
from zhijian.intake.workbooks.template import write_template
from zhijian.packs.files import digest, load_pack

FOLDER = Path(__file__).parents[1] / "packs" / "quarterly-service-quality"
QUARTER = Period.parse("2024Q1")
SELF, SAMPLE, FORMS, COMPLAINTS = "月度自查", "工作组抽查", "满意度问卷", "客户投诉"
CUSTOMERS, CHECKED = "重点客户", "登记核对"


@cache
def pack() -> Pack:
    found = load_pack(FOLDER)
    assert isinstance(found, Pack), found
    return found


@cache
def pack_digest() -> str:
    return digest(FOLDER)


@cache
def template() -> bytes:
    return write_template(pack(), pack_digest(), QUARTER)


def put(book: Workbook, sheet: str, rows: list[Mapping[str, object]]) -> None:
    """Write rows below the header, each value under its title."""
    page = book[sheet]
    places = {str(cell.value).rstrip("*"): cell.column for cell in page[1]}
    for number, row in enumerate(rows, start=2):
        for title, value in row.items():
            page.cell(number, places[title]).value = value


def fill(book: Workbook) -> None:
    """Fill in a sound quarter: every department 96, one valid complaint against the first."""
    units = pack().header.units
    months = ("2024-01", "2024-02", "2024-03")
    put(book, CUSTOMERS, [{"客户名称": "甲公司"}, {"客户名称": "乙公司"}])
    put(book, SELF, [{"单位": u, "月份": m, "自查得分": 96} for u in units for m in months])
    put(book, SAMPLE, [{"单位": u, "月份": "2024-01", "抽查得分": 96} for u in units])
    forms = [(u, c) for u in units for c in ("甲公司", "乙公司")]
    put(
        book,
        FORMS,
        [{"单位": u, "日期": "2024-03-20", "重点客户": c, "问卷得分": 95} for u, c in forms],
    )
    complaint = {"单位": units[0], "日期": "2024-02-05", "投诉编号": "T1", "投诉客户": "甲公司"}
    put(book, COMPLAINTS, [{**complaint, "投诉内容": "迟到", "是否有效": "有效"}])
    put(book, CHECKED, [{"单位": u, "登记齐全": "齐全", "核对人": "王"} for u in units])


def filled(change: Callable[[Workbook], None] = lambda _book: None) -> bytes:
    """Return the filled template after a change."""
    book = openpyxl.load_workbook(io.BytesIO(template()))
    fill(book)
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def read(content: bytes) -> Read:
    return read_workbook(content, Layout.of(pack()), Asked(QUARTER), pack_digest())


def told(content: bytes) -> list[tuple[str, str]]:
    """Return what is wrong with a workbook: codes and places."""
    return [(each.code, each.where) for each in read(content).problems]


def rewritten(content: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """Return the package with its parts changed and more parts added."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, body in more.items():
            new.writestr(name, body)
    return result.getvalue()

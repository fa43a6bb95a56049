"""Workbooks that want more than to be read are refused, with a code and without being opened."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter

from tests.workbooks import SELF, filled, read, rewritten, template, told


def same(_name: str, body: bytes) -> bytes:
    return body


def codes(content: bytes) -> list[str]:
    return [code for code, _ in told(content)]


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/vbaProject.bin", "workbook.macros"),
        ("xl/externalLinks/externalLink1.xml", "workbook.external_link"),
        ("xl/connections.xml", "workbook.external_link"),
        ("xl/embeddings/oleObject1.bin", "workbook.embedded"),
    ],
)
def test_what_runs_or_fetches_something_is_refused(part: str, code: str) -> None:
    assert codes(rewritten(template(), same, **{part: b"x"})) == [code]


def test_a_workbook_that_calls_itself_one_with_macros_is_refused() -> None:
    def enabled(name: str, body: bytes) -> bytes:
        if name != "[Content_Types].xml":
            return body
        return body.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")

    assert codes(rewritten(template(), enabled)) == ["workbook.macros"]


def test_a_part_that_swells_a_thousandfold_is_refused_unread() -> None:
    bomb = b"0" * 120_000_000
    assert codes(rewritten(template(), same, **{"xl/media/image1.xml": bomb})) == [
        "workbook.swells"
    ]


def test_too_many_parts_are_refused() -> None:
    more = {f"xl/media/{number}.bin": b"" for number in range(2001)}
    assert codes(rewritten(template(), same, **more)) == ["workbook.too_many_parts"]


def test_a_lie_about_the_size_of_a_part_is_found() -> None:
    content = bytearray(template())
    place = content.rfind(b"PK\x01\x02", 0, content.rfind(b"xl/worksheets/sheet10.xml"))
    content[place + 24 : place + 28] = (64).to_bytes(4, "little")
    assert codes(bytes(content)) == ["workbook.damaged"]


def test_a_far_away_cell_does_not_swell_the_sheet() -> None:
    def far(name: str, body: bytes) -> bytes:
        if name != "xl/worksheets/sheet10.xml":
            return body
        cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return body.replace(b"</sheetData>", cell)

    found = read(rewritten(template(), far))
    assert [each.code for each in found.problems] == ["workbook.too_many_cells"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook.not_a_workbook"),
        (b"a,b\n1,2\n", "workbook.not_a_workbook"),
        (b"PK\x03\x04" + b"\x00" * 60, "workbook.damaged"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "workbook.old_format"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "workbook.encrypted",
        ),
    ],
)
def test_what_is_no_open_workbook_is_refused_in_words(content: bytes, code: str) -> None:
    assert codes(content) == [code]


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("readme.txt", "hello")
    assert codes(content.getvalue()) == ["workbook.not_a_workbook"]


def test_entities_are_never_expanded() -> None:
    def entity(name: str, body: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet10"):
            return body
        return body.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)

    assert codes(rewritten(template(), entity)) == ["workbook.damaged"]


def test_a_million_stray_formatted_rows_are_passed_over() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as book:
        page = book.add_worksheet(SELF)
        page.write_row(0, 0, ["单位*", "月份*", "自查得分*"])
        page.write_row(1, 0, ["市场经营部", "2024-01", 96])
        yellow = book.add_format({"bg_color": "yellow"})
        for row in range(2, 100_000):
            page.write_blank(row, 1, None, yellow)
    found = read(content.getvalue())
    assert len(found.tables["self_check"]) == 1


def test_text_that_looks_like_a_formula_is_only_text() -> None:
    def formula_text(book: object) -> None:
        cell = book[SELF]["D2"]  # type: ignore[index]
        cell.value = None
        book[SELF]["Q2"].value = "=cmd|' /C calc'!A0"  # type: ignore[index]
        book[SELF]["Q2"].data_type = "s"  # type: ignore[index]

    found = read(filled(formula_text))
    assert found.problems == ()

"""The user's own workbook comes back with every bad cell colored and noted."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.workbook import Workbook

from tests.workbooks import COMPLAINTS, SELF, filled, read, rewritten, told
from zhijian.foundation.wording import say
from zhijian.intake.workbooks.marking import mark

WARNING = "FFFFC7CE"


def spoil(book: Workbook) -> None:
    page = book[SELF]
    page["C5"], page["C6"], page["A7"] = 101, "九十", "财务部"
    page["C8"] = None
    page["Q3"].font = Font(bold=True)
    page["Q3"] = "我的说明"
    book[COMPLAINTS]["F2"] = "也许"


def marked(content: bytes) -> bytes:
    problems = read(content).problems
    return mark(content, problems, lambda each: say(each.code, dict(each.facts)))


def colored(book: Workbook) -> set[str]:
    return {
        f"{page.title}!{cell.coordinate}"
        for page in book
        for row in page
        for cell in row
        if cell.fill.fgColor.rgb == WARNING
    }


@pytest.mark.req("DEC-22")
def test_every_bad_cell_is_colored_and_noted_and_nothing_else() -> None:
    content = filled(spoil)
    book = openpyxl.load_workbook(io.BytesIO(marked(content)))

    assert colored(book) == {where for _, where in told(content)}
    assert "九十" in book[SELF]["C6"].comment.text
    assert book[SELF]["C5"].value == 101
    assert book[SELF]["C8"].comment is not None


def test_what_people_added_of_their_own_stays() -> None:
    book = openpyxl.load_workbook(io.BytesIO(marked(filled(spoil))))

    assert book[SELF]["Q3"].value == "我的说明"
    assert book[SELF]["Q3"].font.bold
    assert "必填" in book[SELF]["A1"].comment.text
    assert book[SELF].data_validations.dataValidation


def test_the_list_of_problems_leads_to_the_cells() -> None:
    content = filled(spoil)
    page = openpyxl.load_workbook(io.BytesIO(marked(content)))["问题清单"]
    rows = list(page.iter_rows(min_row=2, values_only=True))

    assert [(row[4], row[1]) for row in rows] == told(content)
    assert page["B2"].hyperlink.location == "'客户投诉'!F2"


def test_a_marked_workbook_can_be_mended_and_read_again() -> None:
    content = marked(filled(spoil))
    assert told(content) == told(filled(spoil))
    again = marked(content)
    assert openpyxl.load_workbook(io.BytesIO(again)).sheetnames.count("问题清单") == 1


def test_all_parts_are_sound_xml_and_typed() -> None:
    with zipfile.ZipFile(io.BytesIO(marked(filled(spoil)))) as package:
        assert len(package.namelist()) == len(set(package.namelist()))
        for name in package.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(package.read(name))
        types = package.read("[Content_Types].xml").decode()
        for name in package.namelist():
            assert f'"/{name}"' in types or f'Extension="{name.rpartition(".")[2]}"' in types


def test_sheets_written_with_a_prefix_are_marked_too() -> None:
    def prefix(name: str, body: bytes) -> bytes:
        if name != "xl/worksheets/sheet10.xml":
            return body
        tree = ElementTree.fromstring(body)
        ElementTree.register_namespace(
            "x", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        )
        return ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True)

    content = rewritten(filled(spoil), prefix)
    assert told(content) == told(filled(spoil))
    book = openpyxl.load_workbook(io.BytesIO(marked(content)))
    assert colored(book) == {where for _, where in told(content)}


def test_what_a_user_typed_is_never_a_formula_in_the_list() -> None:
    def type_formula(book: Workbook) -> None:
        book[SELF]["A7"] = "=1+1"
        book[SELF]["A7"].data_type = "s"

    page = openpyxl.load_workbook(io.BytesIO(marked(filled(type_formula))))["问题清单"]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"inlineStr", "s", "n"}

"""The template says what it wants, helps to fill it in, and is always the same."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.workbooks import QUARTER, SELF, pack, read, template, told
from zhijian.intake.workbooks.layout import Layout
from zhijian.intake.workbooks.template import write_template


def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template()))


def test_the_same_pack_and_period_give_the_same_bytes() -> None:
    assert write_template(pack(), "abc", QUARTER) == write_template(pack(), "abc", QUARTER)


def test_there_is_a_sheet_of_instructions_the_units_and_one_sheet_for_each_kind() -> None:
    titles = [kind.title.zh for kind in pack().kinds.values()]
    assert book().sheetnames[:3] == ["填写说明", "单位", "重点客户"]
    assert set(titles) <= set(book().sheetnames)
    assert book()["_选项"].sheet_state == "hidden"


def test_the_instructions_name_the_pack_the_period_and_every_column() -> None:
    cells = [str(cell.value) for row in book()["填写说明"] for cell in row if cell.value]
    assert "试行" in cells
    assert any("quarterly-service-quality" in cell and "1.0" in cell for cell in cells)
    assert any("2024年第一季度" in cell for cell in cells)
    assert {"自查得分", "0 至 100；最多 2 位小数"} <= set(cells)


def test_units_are_filled_in_already() -> None:
    assert [row[0].value for row in book()["单位"].iter_rows(min_row=2, max_row=8)] == list(
        pack().header.units
    )


def test_headers_are_locked_frozen_marked_and_explained() -> None:
    page = book()[SELF]
    header = page["C1"]
    assert header.value == "自查得分*"
    assert header.protection.locked
    assert not page.column_dimensions["C"].protection.locked
    assert page.protection.sheet
    assert page.freeze_panes == "C2"
    assert "0 至 100" in header.comment.text


def test_cells_offer_units_months_and_limits() -> None:
    rules = {
        str(each.sqref).split("2:")[0]: each
        for each in book()[SELF].data_validations.dataValidation
    }
    assert rules["A"].type == "list"
    assert rules["A"].formula1.startswith("'单位'!")
    assert rules["B"].type == "list"
    assert (rules["C"].type, rules["C"].formula1, rules["C"].formula2) == ("decimal", "0", "100")
    assert "自查得分" in rules["C"].prompt


def test_an_untouched_template_has_no_problem_and_no_record() -> None:
    assert told(template()) == []
    assert read(template()).count == 0


@pytest.mark.parametrize("title", ["很长" * 20, "a/b:c*d?[e]", "单位", "填写说明", "'引号'"])
def test_names_of_sheets_are_what_a_spreadsheet_accepts(title: str) -> None:
    from dataclasses import replace

    from zhijian.domain.words import Words

    kinds = {
        name: replace(kind, title=Words(title)) for name, kind in list(pack().kinds.items())[:2]
    }
    layout = Layout.of(replace(pack(), kinds=kinds))
    names = [sheet.title for sheet in layout.sheets]
    assert len({name.casefold() for name in names}) == 3
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)

"""A filled template becomes records; whatever is wrong with it is named by sheet and cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

import pytest
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

from tests.workbooks import COMPLAINTS, CUSTOMERS, FORMS, SELF, filled, pack, put, read, told
from zhijian.foundation.wording import catalogue, placeholders


def cell(sheet: str, address: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][address] = value

    return change


def test_a_filled_template_becomes_records() -> None:
    found = read(filled())

    assert found.problems == ()
    assert found.count == 52
    first = next(record for record in found.records() if record.kind == "self_check")
    assert (first.key, first.unit, first.on) == ("月度自查!2", "市场经营部", date(2024, 1, 1))
    assert first.values["score"] == Fraction(96)
    assert [unit.id for unit in found.units] == list(pack().header.units)


@pytest.mark.parametrize(
    ("sheet", "address", "value", "code"),
    [
        (SELF, "C5", 100.01, "records.out_of_range"),
        (SELF, "C5", "九十", "records.not_a_number"),
        (SELF, "C5", 95.123, "records.too_many_places"),
        (SELF, "C5", None, "records.required"),
        (SELF, "A5", "财务部", "records.unknown_unit"),
        (SELF, "B5", "2024-04", "records.outside_period"),
        (SELF, "B5", "一月", "records.not_a_month"),
        (FORMS, "B2", date(2023, 12, 31), "records.outside_period"),
        (FORMS, "B2", "2024-02-30", "records.not_a_date"),
        (FORMS, "C2", "丙公司", "records.not_in_register"),
        (COMPLAINTS, "F2", "也许", "records.unknown_option"),
        (SELF, "C5", "=1+95", "workbook.formula"),
        ("单位", "A2", "财务部", "records.unknown_unit"),
    ],
)
def test_a_wrong_cell_is_named(sheet: str, address: str, value: object, code: str) -> None:
    assert (code, f"{sheet}!{address}") in told(filled(cell(sheet, address, value)))


def test_a_problem_says_what_was_found_and_is_worded_in_both_languages() -> None:
    problem = read(filled(cell(SELF, "C5", "九十"))).problems[0]
    assert (problem.fact("field"), problem.fact("found")) == ("自查得分", "九十")
    for each in read(filled(cell(SELF, "C5", 101))).problems:
        facts = {name for name, _ in each.facts}
        assert all(placeholders(words) <= facts for words in catalogue()[each.code].values())


def test_a_second_self_check_of_one_month_names_the_first() -> None:
    def repeat(book: Workbook) -> None:
        book[SELF]["A3"], book[SELF]["B3"] = book[SELF]["A2"].value, book[SELF]["B2"].value

    problem = next(
        each for each in read(filled(repeat)).problems if each.code == "records.duplicate"
    )
    assert (problem.where, problem.fact("other")) == ("月度自查!B3", "月度自查!B2")


def test_one_key_customer_cannot_answer_twice_about_one_department() -> None:
    assert told(filled(cell(FORMS, "C3", "甲公司"))) == [("records.duplicate", "满意度问卷!C3")]


def test_full_width_digits_date_serials_and_dates_with_a_time_are_read() -> None:
    def change(book: Workbook) -> None:
        book[SELF]["C2"] = "９６．５"
        book[SELF]["B2"] = "２０２４年１月"
        book[FORMS]["B2"] = 45371  # 2024-03-20
        book[FORMS]["B3"] = datetime(2024, 3, 20)  # noqa: DTZ001  # a cell has no zone
        book[FORMS]["D2"] = "９５"

    found = read(filled(change))
    assert found.problems == ()
    rows = {record.key: record for record in found.records()}
    assert rows["月度自查!2"].values["score"] == Fraction("96.5")
    assert rows["满意度问卷!2"].on == rows["满意度问卷!3"].on == date(2024, 3, 20)


def test_an_error_value_is_named_and_not_taken_for_a_blank() -> None:
    def spoil(book: Workbook) -> None:
        book[SELF]["C5"] = "#DIV/0!"
        book[SELF]["C5"].data_type = "e"

    problem = read(filled(spoil)).problems
    assert [(each.code, each.where) for each in problem] == [
        ("workbook.error_value", "月度自查!C5")
    ]
    assert problem[0].fact("found") == "#DIV/0!"


def test_merged_cells_in_the_data_are_named() -> None:
    problems = told(filled(lambda book: book[SELF].merge_cells("C5:C6")))
    assert ("workbook.merged", "月度自查!C5") in problems


def test_hidden_rows_columns_and_sheets_with_data_are_named() -> None:
    def hide(book: Workbook) -> None:
        book[SELF].row_dimensions[4].hidden = True
        book[SELF].column_dimensions["C"].hidden = True
        book[CUSTOMERS].sheet_state = "hidden"

    assert set(told(filled(hide))) == {
        ("workbook.hidden_row", "月度自查!A4"),
        ("workbook.hidden_column", "月度自查!C1"),
        ("workbook.hidden_sheet", "重点客户"),
    }


def test_hidden_but_empty_columns_do_not_matter() -> None:
    def hide(book: Workbook) -> None:
        book[SELF].column_dimensions["D"].hidden = True

    assert told(filled(hide)) == []


def test_sheets_and_columns_may_stand_in_any_order() -> None:
    def shuffle(book: Workbook) -> None:
        book.move_sheet(SELF, offset=-8)
        page = book[CUSTOMERS]
        for row in page.iter_rows(min_row=1, max_row=3):
            row[0].value, row[1].value = row[1].value, row[0].value

    found = read(filled(shuffle))
    assert found.problems == ()
    assert found.count == 52


def test_a_renamed_sheet_or_header_is_recognized_by_its_hidden_mark() -> None:
    def rename(book: Workbook) -> None:
        book[SELF]["C1"] = "分数"
        page = book[SELF]
        page.title = "自查表"
        for name, each in list(book.defined_names.items()):
            each.value = each.attr_text.replace(SELF, "自查表")
            book.defined_names[name] = each

    found = read(filled(rename))
    assert found.problems == ()
    assert len(found.tables["self_check"]) == 21


def test_without_the_mark_titles_alone_will_do() -> None:
    found = read(filled(lambda book: book.defined_names.clear()))
    assert found.problems == ()
    assert found.count == 52


def test_missing_sheets_and_columns_are_named() -> None:
    def remove(book: Workbook) -> None:
        del book[COMPLAINTS]
        book[SELF].delete_cols(3)
        book.defined_names.clear()

    problems = read(filled(remove)).problems
    assert ("workbook.sheet_missing", "") in [(each.code, each.where) for each in problems]
    missing = [each for each in problems if each.code == "workbook.column_missing"]
    assert [(each.where, each.fact("title")) for each in missing] == [(SELF, "自查得分")]


def test_a_column_or_sheet_nobody_knows_is_named_when_it_holds_data() -> None:
    def add(book: Workbook) -> None:
        book[SELF]["R1"], book[SELF]["R5"] = "奖励分", 5
        book[SELF]["S1"] = "空列"
        book.create_sheet("草稿")
        book.create_sheet("附加")["A1"] = "数据"

    assert told(filled(add)) == [
        ("workbook.unknown_column", "月度自查!R5"),
        ("workbook.unknown_sheet", "附加"),
    ]


def test_a_column_that_stands_twice_is_named() -> None:
    def add(book: Workbook) -> None:
        book[SELF]["R1"] = "自查得分"

    assert ("workbook.column_twice", "月度自查!R1") in told(filled(add))


def test_stray_formatted_rows_do_not_hurt() -> None:
    def format_rows(book: Workbook) -> None:
        for row in range(100, 3000):
            book[SELF].cell(row, 5).fill = PatternFill("solid", fgColor="FFFF00")

    found = read(filled(format_rows))
    assert found.problems == ()
    assert len(found.tables["self_check"]) == 21


def test_cells_that_hold_only_blanks_are_blank() -> None:
    def blanks(book: Workbook) -> None:
        put(book, SELF, [])
        for column in range(1, 8):
            book[SELF].cell(40, column).value = " \u3000"

    assert told(filled(blanks)) == []


def test_another_pack_or_period_is_refused() -> None:
    from zhijian.domain.dates.period import Period
    from zhijian.intake.workbooks.layout import Layout
    from zhijian.intake.workbooks.reading import Asked, read_workbook

    asked = Asked(Period.parse("2024Q2"))
    found = read_workbook(filled(), Layout.of(pack()), asked)
    assert [each.code for each in found.problems] == ["workbook.other_period"]

    def other(book: Workbook) -> None:
        book.defined_names["zhijian.pack"].value = '"another"'

    assert [code for code, _ in told(filled(other))] == ["workbook.other_pack"]


def test_a_template_of_an_earlier_digest_is_read_and_said() -> None:
    def older(book: Workbook) -> None:
        book.defined_names["zhijian.digest"].value = '"0123456789abcdef"'

    found = read(filled(older))
    assert found.problems == ()
    assert [each.code for each in found.notices] == ["workbook.other_version"]


def test_a_unit_that_was_taken_off_the_list_is_said() -> None:
    def remove(book: Workbook) -> None:
        book["单位"]["A8"] = None
        for page in (book[SELF], book["工作组抽查"], book[FORMS], book["登记核对"]):
            for row in page.iter_rows(min_row=2):
                if row[0].value == "计量检测中心":
                    for each in row:
                        each.value = None

    found = read(filled(remove))
    assert found.problems == ()
    assert [(each.code, each.fact("unit")) for each in found.notices] == [
        ("workbook.unit_not_listed", "计量检测中心")
    ]


def test_every_wording_of_the_family_is_there() -> None:
    import re
    from pathlib import Path

    import zhijian.intake.workbooks as room

    texts = [path.read_text(encoding="utf-8") for path in Path(room.__file__).parent.glob("*.py")]
    codes = {code for text in texts for code in re.findall(r'"(workbook\.[a-z_]+)"', text)}
    assert codes
    assert codes <= catalogue().keys()


@pytest.mark.parametrize(("wrong", "other"), [("C2", "B2"), ("C3", "B2")])
def test_rows_are_there_twice_whatever_else_is_wrong_with_them(wrong: str, other: str) -> None:
    def repeat(book: Workbook) -> None:
        book[SELF]["A3"], book[SELF]["B3"] = book[SELF]["A2"].value, book[SELF]["B2"].value
        book[SELF][wrong] = 101

    problems = [
        (each.code, each.where, each.fact("other")) for each in read(filled(repeat)).problems
    ]
    assert ("records.duplicate", "月度自查!B3", f"月度自查!{other}") in problems
    assert [code for code, where, _ in problems if where == f"{SELF}!{wrong}"] == [
        "records.out_of_range"
    ]
    assert len(problems) == 2

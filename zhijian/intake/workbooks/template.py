"""The workbook that collects the facts of a period, generated from a pack.

The same pack and period always give the same bytes, so a template can be compared by digest.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from zhijian.domain.dates.period import Period
from zhijian.domain.regulation.pack import Pack
from zhijian.intake.workbooks import marker
from zhijian.intake.workbooks.guide import write_guide
from zhijian.intake.workbooks.hints import english_of, note_of, type_of
from zhijian.intake.workbooks.layout import LISTS_TITLE, UNITS, Column, Layout, Sheet
from zhijian.intake.workbooks.validation import Lists, validation_of

LAST_ROW = 1_048_575
"""The last row of a sheet, counted from 0: a drop-down serves the whole column."""

_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_WIDTHS = {"text": 28, "month": 12, "on": 13, "date": 13, "unit": 18, "flag": 8}
_FORMATS = {"month": "@", "text": "@", "on": "yyyy-mm-dd", "date": "yyyy-mm-dd"}


def write_template(
    pack: Pack, digest: str, period: Period | None = None, kinds: tuple[str, ...] = ()
) -> bytes:
    """Return the template of a pack as the bytes of a workbook."""
    return _Template(Layout.of(pack, kinds), digest, period).bytes()


class _Template:
    def __init__(self, layout: Layout, digest: str, period: Period | None) -> None:
        self.layout = layout
        self.digest = digest
        self.period = period
        self.content = io.BytesIO()
        self.book: Workbook = xlsxwriter.Workbook(self.content, {"in_memory": True})
        self.lists = Lists(layout, period)
        self.formats = {
            "header": self._format(bold=True, bg_color="#DCE6F1", border=1, text_wrap=True),
            "required": self._format(
                bold=True, bg_color="#DCE6F1", border=1, text_wrap=True, font_color="#C00000"
            ),
        }

    def bytes(self) -> bytes:
        """Write every sheet, then the marker, and close."""
        pack = self.layout.pack
        self.book.set_properties({"title": pack.header.title.zh, "created": _CREATED})
        write_guide(self.book, self.layout, self.digest, self.period)
        for sheet in self.layout.sheets:
            self._sheet(sheet)
        self._lists()
        for name, text in marker.texts(pack, self.digest, self.period).items():
            self.book.define_name(name, f'="{text}"')
        self.book.close()
        return self.content.getvalue()

    def _format(self, **properties: object) -> Format:
        return self.book.add_format(
            {"font_name": "等线", "font_size": 11, "valign": "vcenter", **properties}
        )

    def _sheet(self, sheet: Sheet) -> None:
        page: Worksheet = self.book.add_worksheet(sheet.title)
        page.freeze_panes(1, 2 if len(sheet.columns) > 2 else 1)
        page.set_row(0, 32)
        for place, column in enumerate(sheet.columns):
            self._column(page, sheet, place, column)
        page.autofilter(0, 0, 0, len(sheet.columns) - 1)
        # Only the header is locked; sorting, filtering and wider columns stay allowed.
        page.protect(
            "",
            {
                "sort": True, "autofilter": True, "format_columns": True, "format_rows": True,
                "insert_rows": True, "delete_rows": True, "format_cells": True,
            },
        )  # fmt: skip
        if sheet.id == UNITS:
            page.write_column(1, 0, self.layout.pack.header.units, self._open("text"))

    def _open(self, role: str) -> Format:
        shown = _FORMATS.get(role)
        return self._format(locked=False, **({"num_format": shown} if shown else {}))

    def _column(self, page: Worksheet, sheet: Sheet, place: int, column: Column) -> None:
        page.set_column(place, place, _WIDTHS.get(column.role, 14), self._open(column.role))
        title = f"{column.title}*" if column.required else column.title
        page.write_string(
            0, place, title, self.formats["required" if column.required else "header"]
        )
        note = "\n\n".join(filter(None, [note_of(column), english_of(column)]))
        page.write_comment(0, place, note, {"author": "质鉴", "x_scale": 1.6, "y_scale": 1.6})
        rule = validation_of(column, self.lists, self.period)
        if rule:
            told = {
                "input_title": column.title[:32],
                "input_message": note_of(column)[:255],
                "error_title": f"{column.title[:20]}不符合要求"[:32],
                "error_message": f"应填{type_of(column)}。{note_of(column)}"[:255],
            }
            page.data_validation(1, place, LAST_ROW, place, {**rule, **told})
        letters = xl_col_to_name(place)
        self.book.define_name(
            marker.column_name(sheet.id, column.id), f"='{sheet.title}'!${letters}$1"
        )

    def _lists(self) -> None:
        """Write the words of the drop-downs into a hidden sheet: inline lists end at 255 signs."""
        page = self.book.add_worksheet(LISTS_TITLE)
        for place, words in enumerate(self.lists.columns):
            page.write_column(0, place, words, self._format(num_format="@"))
        page.hide()

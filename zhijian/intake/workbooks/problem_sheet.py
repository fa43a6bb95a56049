"""The sheet that lists every problem of a workbook, each with a link to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr  # nosec B406 - writes, parses nothing

from zhijian.domain.problems import Problem
from zhijian.intake.workbooks.layout import PROBLEMS_TITLE

MOST_LINKS = 60_000
"""A spreadsheet keeps 65 530 links in a sheet."""

_HEADS = ("序号", "位置", "问题与办法", "填写的值", "代码")
_WIDTHS = (8, 22, 90, 24, 26)
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def free_name(taken: set[str]) -> str:
    """Return a name for the sheet that the workbook does not have yet."""
    name, number = PROBLEMS_TITLE, 2
    while name in taken:
        name, number = f"{PROBLEMS_TITLE}{number}", number + 1
    return name


def sheet_xml(problems: Sequence[Problem], say: object, sheets: set[str]) -> bytes:
    """Return the sheet; ``say`` words a problem, links lead to cells of the given sheets."""
    rows = [_row(1, _HEADS)]
    links = []
    for number, each in enumerate(problems, start=1):
        words = say(each)  # type: ignore[operator]
        rows.append(
            _row(number + 1, (str(number), each.where, words, each.fact("found"), each.code))
        )
        sheet, _, address = each.where.rpartition("!")
        if sheet in sheets and number <= MOST_LINKS:
            quoted = sheet.replace("'", "''")
            location = quoteattr(f"'{quoted}'!{address}")
            links.append(f'<hyperlink ref="B{number + 1}" location={location}/>')
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(_WIDTHS, start=1)
    )
    linked = f"<hyperlinks>{''.join(links)}</hyperlinks>" if links else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetPr><tabColor rgb="FFC00000"/></sheetPr>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>{linked}</worksheet>"
    ).encode()


def _row(number: int, cells: Sequence[str]) -> str:
    """Write cells as plain text: whatever a user typed, nothing of it is calculated."""
    told = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(cell.translate(_ILLEGAL))}</t></is></c>"
        for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{told}</row>'

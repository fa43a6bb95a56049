"""The sheet of instructions, written from the pack."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.workbook import Workbook

from zhijian.domain.dates.period import Period
from zhijian.domain.records.checking import PLACING
from zhijian.domain.words import Words
from zhijian.intake.workbooks.hints import example_of, limits_of, type_of
from zhijian.intake.workbooks.layout import GUIDE_TITLE, UNITS, Column, Layout

_HOW = (
    "每行填一条记录；一格只填一个值；不要合并单元格，不要写公式(请粘贴为数值)。",
    "标题带 * 的列必填；标题行已锁定，请勿改动；不用的工作表留空即可。",
    "日期写如 2024-01-15，月份写如 2024-01；被隐藏的行、列不能有数据。",
    "“单位”表列出参加考核的单位；其他各表的单位须与它一致。",
)
_COLUMNS = ("工作表", "列", "必填", "类型", "范围或选项", "示例", "说明")
_ABSENCE = {
    "missing": "没有记录视为数据缺失",
    "none_happened": "没有记录视为没有发生",
}


def write_guide(book: Workbook, layout: Layout, digest: str, period: Period | None) -> None:
    """Write the first sheet: what this is, how to fill it in, and every column."""
    page = book.add_worksheet(GUIDE_TITLE)
    plain = {"font_name": "等线", "font_size": 11, "text_wrap": True, "valign": "top"}
    title = book.add_format({**plain, "bold": True, "font_size": 15, "text_wrap": False})
    strong = book.add_format({**plain, "bold": True, "bg_color": "#DCE6F1", "border": 1})
    cell = book.add_format({**plain, "border": 1, "num_format": "@"})
    text = book.add_format({**plain, "text_wrap": False})
    for place, width in enumerate((18, 22, 8, 10, 44, 16, 44)):
        page.set_column(place, place, width)
    page.write_string(0, 0, layout.pack.header.title.zh, title)
    row = 1
    for line in _front(layout, digest, period):
        page.write_string(row, 0, line, text)
        row += 1
    page.write_row(row + 1, 0, _COLUMNS, strong)
    for line, cells in enumerate(_rows(layout, period), start=row + 2):
        for place, each in enumerate(cells):
            page.write_string(line, place, each, cell)
    page.protect("", {"format_columns": True, "format_rows": True})
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _front(layout: Layout, digest: str, period: Period | None) -> Iterator[str]:
    header = layout.pack.header
    if header.trial:
        yield "试行"
    yield f"政策包 {header.id} · 版本 {header.version} · 摘要 {digest[:12]}"
    yield (
        f"考核期：{period.title()}({period.first} 至 {period.last})"
        if period
        else "考核期：由填报人确定"
    )
    if header.copyright:
        yield header.copyright.zh
    yield from _HOW


def _rows(layout: Layout, period: Period | None) -> Iterator[tuple[str, ...]]:
    units = layout.pack.header.units
    unit = units[0] if units else "甲单位"
    for sheet in layout.sheets:
        if sheet.kind is not None:
            absence = _ABSENCE.get(
                sheet.kind.absence, f"没有记录时以“{_named(layout, sheet.kind.absence)}”为准"
            )
            once = "、".join(_title(sheet.columns, name) for name in sheet.kind.unique)
            about = [
                sheet.kind.note.zh,
                f"依据：{sheet.kind.cites}" if sheet.kind.cites else "",
                absence,
            ]
            about.append(f"同一{once}只填一条" if once else "")
            yield (sheet.title, "", "", "", "", "", "；".join(filter(None, about)))
        else:
            yield (sheet.title, "", "", "", "", "", "参加考核的单位、组别和属性")
        for column in sheet.columns:
            yield (
                sheet.title,
                column.title,
                "是" if column.required else "",
                type_of(column),
                "" if sheet.id == UNITS and column.id == "unit" else limits_of(column),
                example_of(column, unit, period),
                column.rule.note.zh if column.rule else "",
            )


def _title(columns: tuple[Column, ...], name: str) -> str:
    known = next((each.title for each in columns if each.id == name), None)
    return known or PLACING.get(name, Words(name)).zh


def _named(layout: Layout, kind: str) -> str:
    return layout.pack.kinds[kind].title.zh if kind in layout.pack.kinds else kind

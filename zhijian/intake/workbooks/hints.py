"""What a cell wants, in words: for notes, input messages and the sheet of instructions."""

from __future__ import annotations

from zhijian.domain.dates.period import Period
from zhijian.domain.exact import plain
from zhijian.domain.records.kind import Field
from zhijian.intake.workbooks.layout import Column

TYPES = {
    "unit": "单位名称",
    "month": "月份",
    "on": "日期",
    "group": "文字",
    "decimal": "数字",
    "integer": "整数",
    "text": "文字",
    "choice": "选项",
    "flag": "是/否",
    "date": "日期",
    "reference": "选项",
}


def type_of(column: Column) -> str:
    """Return the type of a column as people call it."""
    role = column.attribute.type if column.attribute else column.role
    return TYPES[role]


def limits_of(column: Column) -> str:
    """Return the limits that the cells of a column keep."""
    if column.rule is not None:
        return _field_limits(column.rule)
    if column.attribute is not None:
        return "、".join(column.attribute.options)
    return {"unit": "与“单位”表一致", "month": "考核期内的月份", "on": "考核期内的日期"}.get(
        column.role, ""
    )


def _field_limits(rule: Field) -> str:
    told = []
    if rule.at_least is not None or rule.at_most is not None:
        low = "" if rule.at_least is None else plain(rule.at_least)
        high = "" if rule.at_most is None else plain(rule.at_most)
        told.append(
            f"{low} 至 {high}" if low and high else f"不低于 {low}" if low else f"不高于 {high}"
        )
    if rule.is_number:
        told.append(f"最多 {rule.places} 位小数" if rule.places else "不带小数")
    if rule.step:
        told.append(f"每 {plain(rule.step)} 一档")
    if rule.options:
        told.append("、".join(rule.options))
    if rule.to:
        told.append(f"须已登记({rule.to.partition('.')[0]})")
    if rule.type == "text":
        told.append(f"不超过 {rule.max_length} 字")
    return "；".join(told)


def example_of(column: Column, unit: str, period: Period | None) -> str:
    """Return a value that the column would accept."""
    day = period.first if period else None
    match column.role:
        case "unit":
            return unit
        case "month":
            return f"{day:%Y-%m}" if day else "2024-01"
        case "on" | "date":
            return f"{day:%Y-%m-%d}" if day else "2024-01-15"
        case "flag":
            return "是"
    if column.options:
        return next(iter(column.options))
    if column.rule is not None and column.rule.is_number:
        number = column.rule.at_most if column.rule.at_most is not None else column.rule.at_least
        return "1" if number is None else plain(number)
    return ""


def note_of(column: Column) -> str:
    """Return the note of a column's header."""
    told = [f"{column.title}:{'必填' if column.required else '选填'},{type_of(column)}"]
    limits = limits_of(column)
    if limits:
        told.append(limits)
    if column.rule is not None and column.rule.note:
        told.append(column.rule.note.zh)
    return "\n".join(told)


def english_of(column: Column) -> str:
    """Return what the pack says of a column in English, for readers of the Chinese sheet."""
    options = [f"{word} = {each.en}" for word, each in column.options.items() if each.en]
    note = column.rule.note.en if column.rule else ""
    return "\n".join(filter(None, [column.words.en, "; ".join(options), note]))

"""The results of an assessment as one workbook: matrix, a working-out per unit, ledger."""

from __future__ import annotations

import io
import re
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook

from zhijian.foundation.cells import neutral
from zhijian.outcomes import queries as outcomes
from zhijian.reports.material import material
from zhijian.reports.office import spoken
from zhijian.reports.papers import amounts
from zhijian.reports.papers.blocks import ranked
from zhijian.reports.papers.findings import unconfirmed_titles
from zhijian.reports.papers.speech import Speech
from zhijian.reports.papers.working import lines_of

_UNSAFE = re.compile(r"[\[\]:*?/\\']")
_MOST_SHEETS = 300
_DEEPEST = 12
_STATUS = ("assessed", "not_assessed", "blocked")


def results_workbook(assessment: Any, language: str = "zh") -> bytes:
    """Return the workbook; scores and amounts are numbers, texts can never be formulas."""
    data = {**material(assessment), **spoken(assessment, language)}
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        _matrix(book, data)
        _ledger(book, assessment, Speech.of(data))
        _workings(book, data)
    return content.getvalue()


def _matrix(book: Workbook, data: dict[str, Any]) -> None:
    speech = Speech.of(data)
    sheet = book.add_worksheet(speech.say("workings_sheet"))
    results = ranked(data)
    components = results[0]["components"] if results else []
    titles = [neutral(speech.told(each["title"])) for each in components]
    pack = data["pack"]
    told = [speech.told(data["title"]), speech.period_of(data), speech.told(pack["title"])]
    head = [neutral(str(each)) for each in (*told, pack["version"])]
    sheet.write_row(0, 0, head, _strong(book))
    if remarks := _remarks(data):
        sheet.write_string(1, 0, remarks, _warning(book))
    before, after_parts = ("unit", "status"), ("score", "grade", "amount")
    heads = [*map(speech.say, before), *titles, *map(speech.say, after_parts)]
    sheet.write_row(2, 0, heads, _strong(book))
    number, money = book.add_format({"num_format": "0.00"}), _money(book)
    for line, each in enumerate(results, start=3):
        sheet.write_string(line, 0, neutral(each["unit"]))
        sheet.write_string(line, 1, _status(each["status"], speech))
        for column, part in enumerate(each["components"], start=2):
            _write(sheet, line, column, part["score"], number)
        after = 2 + len(components)
        _write(sheet, line, after, each["score"], number)
        sheet.write_string(line, after + 1, neutral(speech.told(each["grade"])))
        _write(sheet, line, after + 2, _amount(each, speech), money)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 4 + len(components), 16)
    sheet.freeze_panes(3, 1)


def _amount(result: dict[str, Any], speech: Speech) -> str | None:
    """The amount as a number, or in words while a part of it is still to be typed."""
    return amounts.in_cell(result, speech)[0] if amounts.awaited(result) else result["amount"]


def _remarks(data: dict[str, Any]) -> str:
    speech = Speech.of(data)
    names, units = unconfirmed_titles(data), len(data["results"])
    told = {"names": speech.listed(names)}
    remarks = [speech.say("remark_unconfirmed", **told)] if names else []
    for each in data["results"]:
        for one in amounts.awaited(each):
            text = amounts.in_words(one, speech)
            remarks.append(speech.say("unit_said", unit=each["unit"], text=text))
    if units > _MOST_SHEETS:
        remarks.append(speech.say("remark_cut", count=units, most=_MOST_SHEETS))
    remarks.append(speech.told(data["pack"].get("copyright")))
    return "".join(remarks)


def _status(status: str, speech: Speech) -> str:
    return speech.say(status) if status in _STATUS else status


def _ledger(book: Workbook, assessment: Any, speech: Speech) -> None:
    sheet, money = book.add_worksheet(speech.say("ledger_sheet")), _money(book)
    capitals = [] if speech.is_english else ["capitals"]
    heads = ["code", "unit", "matter", "grade", "yuan", *capitals, "cites", "effective", "reverses"]
    sheet.write_row(0, 0, [speech.say(each) for each in heads], _strong(book))
    for line, entry in enumerate(outcomes.entries_of(assessment), start=1):
        told = [speech.told(entry.title), speech.told(entry.grade)]
        texts = [entry.code, entry.unit_name, *told]
        for column, each in enumerate(texts):
            sheet.write_string(line, column, neutral(each))
        awaits = speech.say("to_be_typed") if entry.awaits_amount else f"{entry.amount}"
        _write(sheet, line, 4, awaits, money)
        rest = [entry.capitals] if capitals else []
        rest += [speech.clause(entry.cites), entry.effective_on.isoformat()]
        rest.append(entry.reverses.code if entry.reverses else "")
        for column, each in enumerate(rest, start=5):
            sheet.write_string(line, column, neutral(each))
    sheet.set_column(0, 8, 18)
    sheet.freeze_panes(1, 0)


def _workings(book: Workbook, data: dict[str, Any]) -> None:
    speech = Speech.of(data)
    taken = {speech.say("workings_sheet"), speech.say("ledger_sheet")}
    heads = [speech.say(each) for each in ("item", "value", "how", "cites", "unconfirmed_column")]
    strong = _strong(book)
    indents = [book.add_format({"indent": depth}) for depth in range(_DEEPEST + 1)]
    for result in ranked(data)[:_MOST_SHEETS]:
        name = _sheet_name(result["unit"] or speech.say("unit"), taken)
        taken.add(name)
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, heads, strong)
        for line, step in enumerate(lines_of(result["working"] or {}, speech=speech), start=1):
            sheet.write_string(line, 0, neutral(step["title"]), indents[step["depth"]])
            _write(sheet, line, 1, step["value"], None)
            sheet.write_string(line, 2, neutral(step["how"]))
            sheet.write_string(line, 3, neutral(step["cites"]))
            sheet.write_string(line, 4, "※" if step["unconfirmed"] else "")
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 1, 14)
        sheet.set_column(2, 2, 48)
        sheet.freeze_panes(1, 0)


def _sheet_name(unit: str, taken: set[str]) -> str:
    """A name a sheet may have: short, without signs that spreadsheets forbid, and its own."""
    base = _UNSAFE.sub(" ", unit).strip()[:25] or "—"
    name, count = base, 1
    while name.lower() in {each.lower() for each in taken}:
        count += 1
        name = f"{base} {count}"
    return name


def _write(sheet: Any, line: int, column: int, value: str | None, looks: Any) -> None:
    if value is None or value == "":
        sheet.write_string(line, column, "—")
    elif re.fullmatch(r"-?\d+(\.\d+)?", value):
        sheet.write_number(line, column, float(value), looks)
    else:
        sheet.write_string(line, column, neutral(value))


def _strong(book: Workbook) -> Any:
    return book.add_format({"bold": True, "bg_color": "#EEF2F5"})


def _warning(book: Workbook) -> Any:
    return book.add_format({"font_color": "#8A5A00", "bold": True})


def _money(book: Workbook) -> Any:
    return book.add_format({"num_format": "#,##0.00"})

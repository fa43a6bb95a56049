"""The workbook of results: matrix, workings-out, money, and the records they rest on."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import islice
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from zhijian.assessments.judging import Judged
from zhijian.config.assessing import Answer
from zhijian.config.results import STATUS
from zhijian.domain.explain.document import from_documents
from zhijian.domain.explain.step import Step, shown
from zhijian.domain.policy.citing import cited
from zhijian.domain.records.record import FieldValue
from zhijian.domain.regulation.wording import english_of
from zhijian.domain.words import Titles, Words
from zhijian.foundation.cells import neutral
from zhijian.intake.workbooks.layout import Layout, Sheet, sheet_names
from zhijian.intake.workbooks.table import Table
from zhijian.packs.printing import step_in_words
from zhijian.reports.papers import amounts
from zhijian.reports.papers.speech import Speech

MOST_RECORDS = 50_000
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_WORDS = {
    "matrix": Words("结果", "Results"),
    "working": Words("计分过程", "Workings"),
    "outcomes": Words("奖惩", "Outcomes"),
    "notices": Words("提示", "Notices"),
    "unit": Words("单位", "Unit"),
    "status": Words("状态", "Status"),
    "score": Words("得分", "Score"),
    "grade": Words("等次", "Grade"),
    "amount": Words("金额(元)", "Amount (yuan)"),
    "missing": Words("缺少什么", "What is missing"),
    "line": Words("计分行", "Line"),
    "value": Words("数值", "Value"),
    "how": Words("如何得出", "How"),
    "days": Words("期限(日)", "Days"),
    "cites": Words("依据", "Under"),
    "records": Words("记录", "Records"),
    "mark": Words("备注", "Remark"),
    "default": Words("建议值，未经确认", "proposed, not confirmed"),
    "yes": Words("是", "Yes"),
    "no": Words("否", "No"),
    "place": Words("出处", "Place"),
    "cut": Words("记录超过上限，其余见原工作簿", "more records are in the workbook itself"),
}
_PAGES = ("matrix", "working", "outcomes", "notices")


def results_book(found: Answer, document: Mapping[str, Any], language: str) -> bytes:
    """Return the workbook; the same answer gives the same bytes."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": _CREATED})
        writer = _Writer(book, found, document, language)
        writer.matrix()
        writer.workings()
        writer.outcomes()
        writer.notices()
        writer.records()
    return content.getvalue()


class _Writer:
    def __init__(
        self, book: xlsxwriter.Workbook, found: Answer, document: Mapping[str, Any], language: str
    ) -> None:
        self.book = book
        self.found = found
        self.document = document
        self.language = language
        pack = found.question.pack
        #: What the regulation says, and stores, by its Chinese.
        self.english = english_of(pack) if language == "en" else {}
        self.head: Format = book.add_format(
            {"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True}
        )

    def _word(self, name: str) -> str:
        return _WORDS[name].to(self.language)

    def _told(self, text: str) -> str:
        """Return a text of the regulation in the language of the workbook."""
        return self.english.get(text, text)

    def _page(self, title: str, heads: list[str], widths: list[int]) -> Worksheet:
        page = self.book.add_worksheet(title[:31])
        for place, head in enumerate(heads):
            page.set_column(place, place, widths[place] if place < len(widths) else 14)
            page.write_string(0, place, neutral(head), self.head)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, 0, len(heads) - 1)
        return page

    def _row(self, page: Worksheet, row: int, cells: Sequence[str | Fraction]) -> None:
        """Write numbers as numbers where a spreadsheet keeps them exactly, all else as text.

        A text stays a text even where it looks like a number: clause 1.10 is not clause 1.1.
        """
        for place, cell in enumerate(cells):
            text = shown(cell) if isinstance(cell, Fraction) else cell
            if isinstance(cell, Fraction) and _is_plain_number(text):
                page.write_number(row, place, float(text))
            elif text:
                page.write_string(row, place, neutral(text))

    def matrix(self) -> None:
        """One row for each unit, with its components."""
        scheme = self.found.scheme
        parts = [scheme.line(each).title.to(self.language) for each in scheme.components]
        names = ("unit", "status", "score", "grade", "amount")
        heads = [*(self._word(name) for name in names), *parts, self._word("missing")]
        page = self._page(self._word("matrix"), heads, [24, 12, 10, 10, 14])
        for row, each in enumerate(self.document["results"], start=1):
            told = (each["unit"], STATUS[each["status"]].to(self.language), _number(each["score"]))
            scores = [_number(part["score"]) for part in each["components"]]
            lacks = "; ".join(gap["message"] for gap in each["missing"])
            waits = each["outcomes"] and each["settled_amount"] is None
            is_told = each["status"] != "assessed" or waits
            grade, amount = self._told(each["grade"] or ""), self._amount(each)
            self._row(page, row, [*told, grade, amount, *scores, lacks if is_told else ""])

    def _amount(self, result: Mapping[str, Any]) -> str | Fraction:
        """The amount as a number; what somebody still has to type, with its limits, in words."""
        if not result["open_amounts"]:
            return _number(result["amount"])
        speech = Speech(self.language, self.english)
        return amounts.in_cell(result, speech)[0]

    def workings(self) -> None:
        """Every line of every unit, the result first and what it rests on below."""
        names = ("unit", "line", "value", "how", "cites", "records", "mark")
        page = self._page(
            self._word("working"), [self._word(name) for name in names], [20, 44, 12, 60, 14, 8, 20]
        )
        row = 1
        for each in self.found.judged:
            seen: set[str] = set()
            for root in _roots(each):
                for depth, step in _walk(root, 0, seen):
                    self._row(page, row, [each.unit, *self._step(depth, step)])
                    row += 1

    def _step(self, depth: int, step: Step) -> list[str | Fraction]:
        title = self._told(step.title.to(self.language)) or step.id
        remark = self._word("default") if step.unconfirmed and step.op == "parameter" else ""
        return [
            "  " * depth + title,
            step.value if isinstance(step.value, Fraction) else self._told(shown(step.value)),
            step_in_words(step, self.language, self.english),
            cited(step.cites, self.language),
            Fraction(step.evidence.count) if step.evidence else "",
            remark,
        ]

    def outcomes(self) -> None:
        """What is proposed for each unit."""
        heads = [
            self._word("unit"),
            self._word("outcomes"),
            self._word("amount"),
            self._word("days"),
            self._word("cites"),
        ]
        page = self._page(self._word("outcomes"), heads, [24, 40, 14, 8, 14])
        row = 1
        for each in self.document["results"]:
            for proposal in each["outcomes"]:
                english = self.language == "en" and proposal["title_en"]
                title = proposal["title_en"] if english else proposal["title"]
                told = f"{title} {self._told(proposal['text'])}".strip()
                yuan = self._proposed(proposal, each["open_amounts"])
                days = "" if proposal["days"] is None else Fraction(proposal["days"])
                cites = cited(proposal["cites"], self.language)
                self._row(page, row, [each["unit"], told, yuan, days, cites])
                row += 1

    def _proposed(
        self, proposal: Mapping[str, Any], left_open: Sequence[Mapping[str, Any]]
    ) -> str | Fraction:
        """The amount of a consequence, within which limits it is typed, or nothing yet."""
        for each in left_open:
            if each["rule"] == proposal["rule"]:
                return amounts.in_words(each, Speech(self.language, self.english))
        return "" if proposal["working"]["value"] is None else _number(proposal["yuan"])

    def notices(self) -> None:
        """What a reader has to know, unconfirmed values first of all."""
        page = self._page(self._word("notices"), [self._word("notices")], [120])
        pack = self.document["pack"]
        about = f"{pack['title']} {pack['version']} · {pack['digest']}"
        for row, told in enumerate(
            [
                about,
                self.document["period_title"],
                *(n["message"] for n in self.document["notices"]),
            ],
            start=1,
        ):
            self._row(page, row, [told])

    def records(self) -> None:
        """The records of each kind, with the place where each stands."""
        workbook = self.found.workbook
        if workbook is None:
            return
        kinds = Layout.of(self.found.question.pack).kinds
        titles = [sheet.kind.title.to(self.language) if sheet.kind else "" for sheet in kinds]
        own = [self._word(name) for name in _PAGES]
        names = sheet_names([*own, *titles])[len(own) :]
        for sheet, name in zip(kinds, names, strict=True):
            table = workbook.tables.get(sheet.id)
            if table is not None and len(table):
                self._records(name, sheet, table)

    def _records(self, name: str, sheet: Sheet, table: Table) -> None:
        heads = [self._word("place"), *(each.words.to(self.language) for each in sheet.columns)]
        page = self._page(name, heads, [18])
        row = 1
        for record in islice(table.records(), MOST_RECORDS):
            cells: list[str | Fraction] = [record.key]
            for column in sheet.columns:
                value = record.unit if column.role == "unit" else record.value(column.id)
                cells.append(self._cell(value, column.options))
            self._row(page, row, cells)
            row += 1
        if len(table) > MOST_RECORDS:
            self._row(page, row, [self._word("cut")])

    def _cell(self, value: FieldValue, options: Titles) -> str | Fraction:
        if value is None:
            return ""
        if isinstance(value, bool):
            return self._word("yes" if value else "no")
        if isinstance(value, str) and value in options:
            return options[value].to(self.language)
        return value.isoformat() if isinstance(value, date) else value


def _roots(judged: Judged) -> Iterator[Step]:
    """The grade with the score it rests on, or beside it; then the money that follows."""
    grading = [judged.grading] if judged.grading else []
    amounts = [each["working"] for each in judged.proposals]
    score, *rest = from_documents([judged.working, *grading, *amounts])
    yield from (*rest[: len(grading)], score)
    for proposal, amount in zip(judged.proposals, rest[len(grading) :], strict=True):
        if proposal["kind"] in ("reward", "penalty"):
            yield amount


def _walk(step: Step, depth: int, seen: set[str]) -> Iterator[tuple[int, Step]]:
    if step.op == "constant":
        return
    if step.id in seen and not depth:
        return
    yield depth, step
    if step.id in seen:
        return
    seen.add(step.id)
    for each in step.because:
        yield from _walk(each, depth + 1, seen)


def _number(text: str | None) -> str | Fraction:
    return Fraction(text) if text else ""


def _is_plain_number(cell: str) -> bool:
    digits = cell.removeprefix("-").replace(".", "", 1)
    leading = digits.startswith("0") and "." not in cell and len(digits) > 1
    return digits.isascii() and digits.isdigit() and len(digits) <= 15 and not leading

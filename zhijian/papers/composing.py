"""What stands on a paper: the cells of its form, filled from a case.

A paper is a document of record in Chinese, as the regulation is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone, translation

from zhijian.accounts import queries as accounts
from zhijian.cases.showing.names import Names
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.fact import Fact, FactValue
from zhijian.domain.casework.filling import bodies, due_of, last_of, receivers, reply_by
from zhijian.domain.casework.kind import Form
from zhijian.domain.casework.paper import Cell, PaperPart, PaperRule, Signature
from zhijian.domain.casework.paying import decision_of, owed_in
from zhijian.domain.dates.titles import day_title
from zhijian.domain.exact import plain
from zhijian.domain.money import capitals, grouped
from zhijian.organizations import queries as organizations

if TYPE_CHECKING:
    from zhijian.cases.models import Case

_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Composed:
    """A paper before it has a number: its text, to whom it goes, and until when they answer.

    ``is_personal`` tells that a fact stands on it which pages hide.
    """

    document: dict[str, Any]
    receivers: tuple[int, ...]
    reply_by: datetime | None
    is_personal: bool


def compose(form: Form, rule: PaperRule, case: Case, standing: Standing, at: datetime) -> Composed:
    """Fill a form from a case as it stands at a moment."""
    with translation.override("zh-hans"):
        return _Composing(case, standing, timezone.localtime(at)).paper(form, rule)


def moment_of(until: date | datetime | None) -> datetime | None:
    """Return a time to answer as a moment: a day ends with its last second."""
    if until is None or isinstance(until, datetime):
        return until
    return datetime.combine(until, _END_OF_DAY, timezone.get_default_timezone())


def in_words(at: datetime) -> str:
    """Return a moment as papers write it; the end of a day is the day."""
    local = timezone.localtime(at)
    day = day_title(local.date())
    return day if local.time() == _END_OF_DAY else f"{day} {local:%H:%M}"


class _Composing:
    def __init__(self, case: Case, standing: Standing, at: datetime) -> None:
        self.case, self.standing, self.at = case, standing, at
        self.course, self.kind = standing.course, standing.kind
        self.names = Names.of(self._pairs(), (case.owner_id, case.opener_id, *self._actors()))

    def paper(self, form: Form, rule: PaperRule) -> Composed:
        people = [int(each) for each in receivers(rule, self.course)]
        until = moment_of(reply_by(rule, self.course, self.standing.around, self.at))
        titles = {each.id: each for each in self.standing.pack.header.bodies}
        named = accounts.people_by_id(people)
        to = [named[each].display_name for each in people if each in named]
        for body in bodies(rule):
            to.append(titles[body].title.zh)
            role = titles[body].role
            held = accounts.people_with_role(role, self.case.unit_id) if role else []
            people += [each.id for each in held]
        header = self.standing.pack.header
        document = {
            "title": form.title.zh,
            "form_number": form.number,
            "cites": form.cites,
            "pack": {"title": header.title.zh, "version": header.version},
            "case": self.case.number,
            "to": to,
            "reply": in_words(until) if until else "",
            "parts": [self._part(each) for each in rule.parts],
            "issuer": self._issuer(),
        }
        return Composed(document, tuple(dict.fromkeys(people)), until, self._is_personal(rule))

    def _part(self, part: PaperPart) -> dict[str, Any]:
        return {
            "title": part.title.zh,
            "cells": [
                {"title": each.title.zh, "text": self._text(each), "lines": each.lines}
                for each in part.cells
            ],
            "signatures": [self._signature(each) for each in part.signatures],
        }

    def _text(self, cell: Cell) -> str:
        match cell.source:
            case "fact":
                return self._fact(self.kind.facts[cell.name])
            case "case":
                return self._of_case(cell.name)
            case "due":
                due = due_of(self.course, cell.name, self.standing.around, self.at)
                return in_words(due) if due else ""
            case "compensation":
                return self._compensation().get(cell.name, "")
            case "reason":
                taken = last_of(self.course, (cell.name,))
                return taken.reason if taken else ""
        return ""

    def _fact(self, fact: Fact) -> str:
        value = self.course.facts.get(fact.id)
        match value:
            case None:
                return ""
            case tuple():
                return "；".join(f"附件（SHA-256 {each[:16]}…）" for each in value)
            case datetime():
                return in_words(value)
            case date():
                return day_title(value)
        return self.names.text(fact, value)

    def _of_case(self, name: str) -> str:
        case = self.case
        told = {
            "number": case.number,
            "title": case.title,
            "level": self.kind.levels[case.level].title.zh if case.level else "",
            "state": self.kind.states[case.state].title.zh,
            "owner": self._person(case.owner_id),
            "opener": self._person(case.opener_id),
            "opened": day_title(timezone.localtime(case.opened_at).date()),
        }
        return (
            told[name]
            if name in told
            else organizations.units_by_id([case.unit_id])[case.unit_id].name
        )

    def _compensation(self) -> dict[str, str]:
        """What is paid as it was decided, or as it stands while nothing is decided."""
        decided = decision_of(self.course, self.standing.around)
        owed = decided.owed if decided else owed_in(self.course, self.standing.around)
        if owed is None or owed.yuan is None or owed.rule is None:
            return {}
        yuan = Decimal(plain(owed.yuan, 2))
        return {
            "yuan": grouped(yuan),
            "capitals": capitals(yuan),
            "rule": owed.rule.title.zh,
            "cites": owed.rule.cites,
            "not_paid": "；".join(
                f"{each.what.title.zh} {plain(each.yuan, 2)}（{each.what.cites}）"
                for each in owed.not_paid
            ),
        }

    def _signature(self, signature: Signature) -> dict[str, str]:
        taken = last_of(self.course, signature.steps)
        told = {"title": signature.title.zh, "name": "", "day": ""}
        if taken is not None and taken.actor:
            told["name"] = self.names.people.get(taken.actor, "")
            told["day"] = day_title(taken.at.date())
        return told

    def _person(self, person_id: int | None) -> str:
        return self.names.people.get(str(person_id), "") if person_id else ""

    def _issuer(self) -> str:
        """The organization at the top of the unit of the case."""
        units = {each.id: each for each in organizations.all_units()}
        found = units[self.case.unit_id]
        while found.parent_id is not None and found.parent_id in units:
            found = units[found.parent_id]
        return found.name

    def _is_personal(self, rule: PaperRule) -> bool:
        shown = (cell.name for part in rule.parts for cell in part.cells if cell.source == "fact")
        return any(
            self.kind.facts[name].field.personal and self.course.facts.get(name) is not None
            for name in shown
        )

    def _pairs(self) -> Iterator[tuple[Fact, FactValue]]:
        for name, value in self.course.facts.items():
            yield self.kind.facts[name], value

    def _actors(self) -> Iterator[int | None]:
        for each in self.course.happened:
            yield int(each.actor) if each.actor else None

"""All that is told about one order side by side: the order, calls, visits, rechecks (SPT-18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhijian.accounts import queries as accounts
from zhijian.callbacks import queries
from zhijian.callbacks.models import CallBack, CallState
from zhijian.cases import queries as cases
from zhijian.cases.documents import read_facts
from zhijian.cases.showing.names import Names
from zhijian.domain.callbacks.linking import Told, contradictions
from zhijian.foundation.language import language


@dataclass(frozen=True, slots=True)
class Said:
    """What one record answers to one question; nothing where it does not."""

    text: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One question with what each record answers; they contradict each other or do not."""

    title: str
    said: tuple[Said, ...]
    contradicts: bool


@dataclass(frozen=True, slots=True)
class Linked:
    """Records of one case in columns; ``count`` is the number of questions that contradict."""

    records: tuple[CallBack, ...]
    titles: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def count(self) -> int:
        """How many questions are answered differently."""
        return sum(each.contradicts for each in self.rows)


def linked(user: Any, row: CallBack, *, reveals: bool = False) -> Linked | None:
    """Return what the records of the case of a call-back say, where there are two or more."""
    return of_case(user, row.case, reveals=reveals)


def of_case(user: Any, case: Any, *, reveals: bool = False) -> Linked | None:
    """Return the records of a case side by side; nothing where there is only one."""
    own = [each for each in queries.of_case(case.pk) if each.case_id == case.pk]
    records = [each for each in own if each.state == CallState.DONE]
    if len(records) < 2 or not accounts.may(user, "cases.view"):
        return None
    kind = cases.kind_of(case)
    answers = [read_facts(each.answers or {}) for each in records]
    asked = list(dict.fromkeys(name for each in records for name in _asks(kind, each)))
    told = [Told(each.number, said) for each, said in zip(records, answers, strict=True)]
    compared = [name for name in asked if kind.facts[name].type != "text"]
    differing = {each.fact for each in contradictions(told, compared)}
    names = Names.of((kind.facts[name], said[name]) for said in answers for name in said)
    lang = language()
    return Linked(
        tuple(records),
        tuple(kind.call_backs[each.rule].title.to(lang) for each in records),
        tuple(
            Row(
                kind.facts[name].title.to(lang),
                tuple(_said(names, kind.facts[name], said.get(name), reveals) for said in answers),
                name in differing,
            )
            for name in asked
        ),
    )


def _asks(kind: Any, row: CallBack) -> Sequence[str]:
    return kind.call_backs[row.rule].asks  # type: ignore[no-any-return]


def _said(names: Names, fact: Any, value: Any, reveals: bool) -> Said:
    if value is None:
        return Said("—")
    line = names.line(fact, value, reveals=reveals)
    return Said(line.text, line.is_hidden)

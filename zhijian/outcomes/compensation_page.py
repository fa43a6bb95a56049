"""What is owed as pages show it: on the page of a case, on an entry, and without a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhijian.accounts import queries as accounts
from zhijian.assessments.sheet_page import Reader, Row, rows
from zhijian.cases.to_domain import Standing
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.owing import Owed
from zhijian.domain.casework.paying import decision_of, owed_in
from zhijian.domain.exact import plain
from zhijian.domain.explain.step import Step
from zhijian.domain.money import capitals
from zhijian.domain.policy.citing import cited
from zhijian.foundation.language import language
from zhijian.outcomes import queries


@dataclass(frozen=True, slots=True)
class NotPaidLine:
    """What was asked for and is never paid, with the amount that was asked for."""

    title: str
    yuan: Decimal
    cites: str


@dataclass(frozen=True, slots=True)
class OwedView:
    """What is owed, in words: the amount in yuan, why, what it waits for, how it comes about."""

    yuan: Decimal | None
    capitals: str
    rule: str
    cites: str
    missing: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    not_paid: tuple[NotPaidLine, ...]
    last_day: date | None
    rows: list[Row]


def view_of(kind: CaseKind, owed: Owed) -> OwedView:
    """Return what is owed in the language of the page."""
    lang = language()
    yuan = None if owed.yuan is None else Decimal(plain(owed.yuan, 2))
    return OwedView(
        yuan=yuan,
        capitals=capitals(yuan) if yuan is not None and lang == "zh" else "",
        rule=owed.rule.title.to(lang) if owed.rule else "",
        cites=cited(owed.working.cites, lang),
        missing=tuple(kind.facts[each].title.to(lang) for each in owed.missing),
        unconfirmed=tuple(each.to(lang) for each in owed.unconfirmed),
        not_paid=tuple(
            NotPaidLine(
                each.what.title.to(lang), Decimal(plain(each.yuan, 2)), cited(each.what.cites, lang)
            )
            for each in owed.not_paid
        ),
        last_day=owed.last_day,
        rows=rows_of(kind, owed.working),
    )


def rows_of(kind: CaseKind, working: Step) -> list[Row]:
    """Return a working-out as lines; the words that facts hold are told as the regulation does."""
    lang = language()
    words = {
        word: title.to(lang)
        for fact in kind.facts.values()
        for word, title in fact.field.options.items()
    }
    return rows(_readable(working), Reader(lang, words))


def _readable(step: Step) -> Step:
    """Say yes and no as people do, and that a fact was not entered."""
    value = step.value
    if isinstance(value, bool):
        value = _("是") if value else _("否")
    elif step.op == "fact" and value is None:
        value = _("未填写")
    return step._replace(value=value, because=tuple(_readable(each) for each in step.because))


def fill(user: Any, case: Any, standing: Standing) -> dict[str, Any]:
    """Return the compensation of a case for the page of that case; nothing where no loss counts."""
    if standing.kind.compensation is None:
        return {}
    if not accounts.may(user, queries.VIEW_COMPENSATION, case.unit_id):
        return {}
    found = owed_in(standing.course, standing.around)
    decided = decision_of(standing.course, standing.around)
    if found is None:
        return {}
    is_moved = decided is not None and decided.owed.yuan != found.yuan
    return {
        "owed": view_of(standing.kind, found),
        "decided": view_of(standing.kind, decided.owed) if decided else None,
        "is_moved": is_moved,
        "is_over": bool(case.ends),
        "entries": queries.compensation_of(case.pk),
    }

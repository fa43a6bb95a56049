"""Finding cases by number or by any part of what they tell, quick among millions on PostgreSQL.

Chinese is written without spaces, so that a word may stand anywhere. The index of PostgreSQL holds
every pair of signs of a text; a text with all pairs of what is sought is then compared with it.
SQLite compares every text.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Upper
from django.db.models.lookups import GreaterThan

from zhijian.accounts import queries as accounts
from zhijian.cases.models import Case, CaseText
from zhijian.foundation.engine import is_postgresql

_MANY = 20_000


class _HasPairs(Func):
    """Whether a text has every pair of signs of another, written as the index has it."""

    template = "cases_pieces(%(expressions)s, 2)"
    arg_joiner = ", 2) @> cases_pieces("
    output_field = BooleanField()


def search(rows: QuerySet[Case], text: str, user: Any) -> QuerySet[Case]:
    """Return those of ``rows`` with this number, or with the text in what they tell.

    ``rows`` are the cases that ``user`` may see: nothing else is found. What is personal is
    searched only where they may reveal it.
    """
    told = _told(text, user)
    # Looked up by itself: beside "or", the engine would cut up every text that it finds.
    numbered = rows.filter(number=text.upper()).order_by().values_list("pk", flat=True).first()
    return rows.filter(told if numbered is None else told | Q(pk=numbered))


def _told(text: str, user: Any) -> Q:
    texts = _readable(user)
    if not is_postgresql():
        return Q(Exists(texts.filter(case=OuterRef("pk"), text__icontains=text)))
    # Not ``icontains``: how few it finds is guessed so badly that the names of people and units
    # would be joined the wrong way round.
    texts = texts.filter(GreaterThan(StrIndex(Upper("text"), Upper(Value(text))), 0))
    paired = texts.filter(_HasPairs(F("text"), Value(text))).order_by()
    found = paired.values_list("case_id", flat=True)[: _MANY + 1]
    if len(found) > _MANY:
        # So common that walking through the list fills a page sooner.
        return Q(Exists(texts.filter(case=OuterRef("pk"))))
    return Q(pk__in=list(found))


def _readable(user: Any) -> QuerySet[CaseText]:
    """Return the texts that somebody may read, in whatever case they stand."""
    units = accounts.units_allowed(user, "cases.reveal")
    if units is accounts.ALL:
        return CaseText.objects.all()
    return CaseText.objects.filter(Q(is_personal=False) | Q(case__unit_id__in=units))

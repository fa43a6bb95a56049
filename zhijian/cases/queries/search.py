"""Finding cases by number or by any part of their title, quick among millions on PostgreSQL.

Chinese is written without spaces, so that a word may stand anywhere. The index of PostgreSQL holds
every sign and every pair of signs of a title; a title with all pairs of the text in it is then
compared with the text itself. SQLite compares every title.
"""

from __future__ import annotations

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.functions import StrIndex, Upper
from django.db.models.lookups import GreaterThan

from zhijian.cases.models import Case
from zhijian.foundation.engine import is_postgresql

_PAIR = 2
_MANY = 5000


class _HasPieces(Func):
    """Whether a title has every piece of a text in it, written as the index has it."""

    function = "cases_pieces"
    arg_joiner = ", 1) @> cases_pieces("
    output_field = BooleanField()

    def __init__(self, text: str) -> None:
        super().__init__(F("title"), Value(text))
        self.extra["shortest"] = min(len(text), _PAIR)
        self.template = "%(function)s(%(expressions)s, %(shortest)s)"


def search(rows: QuerySet[Case], text: str) -> QuerySet[Case]:
    """Return those of ``rows`` with this number, or with the text anywhere in the title.

    ``rows`` are the cases that a person may see: nothing else is found.
    """
    titled = _titled(text)
    # Looked up by itself: beside "or", the engine would cut up every title that it finds.
    numbered = rows.filter(number=text.upper()).order_by().values_list("pk", flat=True).first()
    return rows.filter(titled if numbered is None else titled | Q(pk=numbered))


def _titled(text: str) -> Q:
    if not is_postgresql():
        return Q(title__icontains=text)
    # Not ``icontains``: how few it finds is guessed so badly that the names of people and units
    # would be joined the wrong way round.
    has_text = Q(GreaterThan(StrIndex(Upper("title"), Upper(Value(text))), 0))
    return has_text if _is_common(text) else has_text & Q(_HasPieces(text))


def _is_common(text: str) -> bool:
    """Tell whether so many titles have the pieces that walking through the list is quicker."""
    beyond = Case.objects.filter(_HasPieces(text)).order_by().values("pk")[_MANY : _MANY + 1]
    return len(beyond) > 0

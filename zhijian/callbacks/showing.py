"""Call-backs in words: their answers, what a page may offer, and rates with what they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhijian.callbacks import queries
from zhijian.callbacks.models import CallBack, CallState
from zhijian.callbacks.queries import CallStanding
from zhijian.cases.documents import read_facts
from zhijian.cases.showing.names import FactLine, Names
from zhijian.domain.callbacks import calling
from zhijian.domain.callbacks.ledger import Balance, Rate
from zhijian.foundation.language import language
from zhijian.foundation.wording import say

PLACES = 4

LOOKS = {
    CallState.PENDING: "warn",
    CallState.DONE: "good",
    CallState.UNREACHABLE: "bad",
    CallState.REFUSED: "note",
    CallState.EXCLUDED: "note",
}
"""How each state looks on a page."""


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate with its parts: what leads to the rows of each."""

    title: str
    part: int
    whole: int
    part_shown: str
    whole_shown: str
    of: str

    @property
    def share(self) -> Decimal | None:
        """The rate as a share, or nothing where there is nothing to share."""
        return share_of(Rate(self.part, self.whole))


def share_of(rate: Rate) -> Decimal | None:
    """Return a rate as a decimal for the page, or nothing."""
    share = rate.share
    if share is None:
        return None
    return round(Decimal(share.numerator) / Decimal(share.denominator), PLACES)


def rates_of(balance: Balance) -> tuple[RateLine, ...]:
    """Return the three rates of a balance, each with its numerator and denominator."""
    told = (
        (_("回访率"), balance.called, queries.CONCLUDED, queries.DUE, _("应回访")),
        (_("接通率"), balance.reached, "done", queries.CONCLUDED, _("已办回访")),
        (_("满意率"), balance.content, queries.SATISFIED, "done", _("已接通")),
    )
    return tuple(
        RateLine(title, rate.part, rate.whole, part, whole, of)
        for title, rate, part, whole, of in told
    )


def answers_of(row: CallBack, told: CallStanding, *, reveals: bool) -> Sequence[FactLine]:
    """Return the answers of a call-back in words; what is personal only where it is revealed."""
    values = read_facts(row.answers or {})
    facts = told.standing.kind.facts
    pairs = [(facts[name], values[name]) for name in told.rule.asks if name in values]
    names = Names.of(pairs)
    return [names.line(fact, value, reveals=reveals) for fact, value in pairs]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the attempts have come, in words of the rule."""

    made: int
    days: int
    wanted: int
    wanted_days: int
    hours: int
    span: str


def progress_of(told: CallStanding) -> Progress:
    """Return the attempts that reached nobody, beside what makes somebody unreachable."""
    pace = told.pace
    made, days = calling.missed(told.attempts())
    span = str(pace.span) if pace.span else ""
    return Progress(made, days, pace.count, pace.days, pace.hours, span)


def against(user: Any, told: CallStanding) -> tuple[str, ...]:
    """Return why a person may not call, in words."""
    return tuple(say(each.code, dict(each.facts), language()) for each in told.against(user))

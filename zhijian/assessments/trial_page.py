"""The pictures and tables of a trial, made from its stored answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhijian.assessments.words import period_title
from zhijian.domain.scoring.direction import LOWER
from zhijian.domain.words import Words
from zhijian.foundation.charts import Bars, HeatMap, Series

_MOST_UNITS = 60


@dataclass(frozen=True, slots=True)
class Speech:
    """How a page speaks: its language, the English of the rules, which scores are better."""

    language: str
    words: Mapping[str, str]
    better: str

    def told(self, word: str) -> str:
        """Return a word of the rules."""
        return self.words.get(word, word)


@dataclass(frozen=True, slots=True)
class Flow:
    """How many results go from one grade to another."""

    before: str
    after: str
    count: int
    is_move: bool


@dataclass(frozen=True, slots=True)
class TrialPage:
    """Everything the page of an answered trial shows."""

    count: int
    moved: int
    yuan_before: Decimal
    yuan_after: Decimal
    uncounted_before: int
    uncounted_after: int
    flows: tuple[Flow, ...]
    moves: tuple[dict[str, Any], ...]
    alone: tuple[dict[str, Any], ...]
    heat_map: HeatMap | None
    deciding: Bars | None

    @property
    def yuan(self) -> Decimal:
        """What the change costs; negative where it saves."""
        return self.yuan_after - self.yuan_before


def page_of(result: Mapping[str, Any], speech: Speech) -> TrialPage:
    """Return the page of an answer; the results that move come first."""
    moves = [_titled(each, speech) for each in result["moves"]]
    moves.sort(key=lambda each: (not each["moves"], each["unit"], each["period"]))
    # An answer that was kept before amounts were told apart does not say it.
    before, after = result.get("uncounted", (0, 0))
    alone = tuple(_named(each, speech) for each in result["alone"])
    return TrialPage(
        count=len(moves),
        moved=result["moved"],
        yuan_before=Decimal(result["yuan_before"]),
        yuan_after=Decimal(result["yuan_after"]),
        uncounted_before=before,
        uncounted_after=after,
        flows=_flows(moves),
        moves=tuple(moves),
        alone=alone,
        heat_map=_heat_map(result["moves"], speech),
        deciding=_deciding(alone),
    )


def _titled(move: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    sides = {
        side: {**move[side], "grade": speech.told(move[side]["grade"])}
        for side in ("before", "after")
    }
    return {
        **move,
        **sides,
        "title": period_title(move["period"], speech.language),
        "moves": move["before"]["grade"] != move["after"]["grade"],
        "yuan": Decimal(move["yuan"]),
    }


def _named(each: Mapping[str, Any], speech: Speech) -> dict[str, Any]:
    title = Words(each["title"], each["title_en"]).to(speech.language)
    name = title or _("计分与奖惩规则")
    if each["part"]:
        part = speech.told(each["part_title"])
        name = _("%(parameter)s:%(part)s") % {"parameter": name, "part": part}
    return {**each, "name": name, "yuan": Decimal(each["yuan"])}


def _flows(moves: list[dict[str, Any]]) -> tuple[Flow, ...]:
    counted = Counter(
        (move["before"]["grade"] or "—", move["after"]["grade"] or "—") for move in moves
    )
    flows = [Flow(old, new, count, old != new) for (old, new), count in counted.items()]
    return tuple(sorted(flows, key=lambda each: (not each.is_move, -each.count, each.before)))


def _heat_map(moves: list[dict[str, Any]], speech: Speech) -> HeatMap | None:
    found = {(move["unit"], move["period"]): move["difference"] for move in moves}
    units = tuple(dict.fromkeys(move["unit"] for move in moves))[:_MOST_UNITS]
    periods = tuple(dict.fromkeys(move["period"] for move in moves))
    values = tuple(
        tuple(_decimal(found.get((unit, period))) for period in periods) for unit in units
    )
    known = [abs(value) for row in values for value in row if value is not None]
    if not known:
        return None
    widest = max(known) or Decimal(1)
    return HeatMap(
        title=_("得分变化（新规则减现行规则）"),
        rows=units,
        columns=tuple(period_title(period, speech.language) for period in periods),
        values=values,
        falls=(speech.better == LOWER,) * len(periods),
        low=-widest,
        high=widest,
    )


def _deciding(alone: tuple[dict[str, Any], ...]) -> Bars | None:
    if not alone:
        return None
    return Bars(
        title=_("只改这一项时，等次变动的结果数"),
        categories=tuple(each["name"] for each in alone),
        series=(Series(_("等次变动"), tuple(each["moved"] for each in alone)),),
        horizontal=True,
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)

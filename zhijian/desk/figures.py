"""The pictures of the overview: heat map, trend, causes of lost points, satisfaction."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from zhijian.accounts import queries as accounts
from zhijian.assessments import money as told
from zhijian.assessments import queries as assessments
from zhijian.domain.dates.period import Period
from zhijian.domain.exact import to_decimal
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.scoring.direction import LOWER
from zhijian.domain.scoring.scheme import Scheme
from zhijian.domain.statistics.interval import Mean, mean_interval
from zhijian.foundation.charts import Bars, HeatMap, Lines, Pareto, Ranking, Series
from zhijian.intake import queries as intake
from zhijian.packs import queries as packs

if TYPE_CHECKING:
    from zhijian.assessments.models import Assessment, ScoreSheet

_UNITS_SHOWN = 40
_LINES_SHOWN = 8
_PERIODS_SHOWN = 8
_HUNDRED = Decimal(100)


def sheets_of(user: Any, assessment: Assessment) -> QuerySet[ScoreSheet]:
    """Return the current sheets of an assessment that a person may see, best first."""
    rows = assessment.sheets.filter(is_current=True).defer("working", "grading", "proposals")
    allowed = accounts.units_allowed(user, "desk.overview")
    if allowed is not accounts.ALL:
        rows = rows.filter(unit_id__in=allowed)
    scheme = packs.typed_of(assessment.pack_version).schemes[assessment.scheme]
    return rows.order_by(*assessments.best_first(scheme.better))


def heat_map(scheme: Scheme, sheets: list[ScoreSheet], language: str) -> HeatMap:
    """Units × components; the units that are shown are the last, where help is needed."""
    shown = sheets if len(sheets) <= _UNITS_SHOWN else sheets[-_UNITS_SHOWN:]
    return HeatMap(
        title=_("各单位各部分得分"),
        rows=tuple(sheet.unit_name for sheet in shown),
        columns=(*(scheme.line(name).title.to(language) for name in scheme.components), _("总分")),
        values=tuple((*_parts(scheme, sheet), _total(sheet)) for sheet in shown),
        links=tuple(
            tuple(
                reverse("assessments:sheet", args=[sheet.pk])
                for _column in range(len(scheme.components) + 1)
            )
            for sheet in shown
        ),
        falls=(*(scheme.better_of(name) == LOWER for name in scheme.components), _falls(scheme)),
    )


def _parts(scheme: Scheme, sheet: ScoreSheet) -> tuple[Decimal | None, ...]:
    by_id = {each["id"]: each["score"] for each in sheet.components}
    return tuple(
        None if by_id.get(name) is None else _rounded(Decimal(by_id[name]))
        for name in scheme.components
    )


def _falls(scheme: Scheme) -> bool:
    return scheme.better == LOWER


def _total(sheet: ScoreSheet) -> Decimal | None:
    return None if sheet.score is None else _rounded(sheet.score)


def trend(history: list[tuple[Assessment, list[ScoreSheet]]]) -> Lines | None:
    """The mean of all units and, for a few units, each of them, over the last periods."""
    if len(history) < 2:
        return None
    periods = tuple(assessment.period for assessment, _sheets in history)
    by_unit: defaultdict[str, dict[str, Decimal | None]] = defaultdict(dict)
    means = []
    for assessment, sheets in history:
        scores = [sheet.score for sheet in sheets if sheet.score is not None]
        means.append(_rounded(sum(scores, Decimal(0)) / len(scores)) if scores else None)
        for sheet in sheets:
            by_unit[sheet.unit_name][assessment.period] = _total(sheet)
    series = [Series(_("平均"), tuple(means))]
    if len(by_unit) <= _LINES_SHOWN:
        series += [
            Series(unit, tuple(scores.get(period) for period in periods))
            for unit, scores in by_unit.items()
        ]
    return Lines(_("历期得分"), periods, tuple(series), unit=_("分"))


def lost_points(scheme: Scheme, sheets: list[ScoreSheet], language: str) -> Pareto | None:
    """Where points were lost: weight × distance to the best end, added over the units."""
    low, high = (to_decimal(end, 2) for end in scheme.scale)
    lost: defaultdict[str, Decimal] = defaultdict(Decimal)
    for sheet in sheets:
        for each in sheet.components:
            if each["score"] is None:
                continue
            weight = Decimal(each["weight"] or 0) / _HUNDRED
            title, score = scheme.line(each["id"]).title.to(language), Decimal(each["score"])
            away = score - low if scheme.better_of(each["id"]) == LOWER else high - score
            lost[title] += weight * max(Decimal(0), away)
    counts = {name: _rounded(points) for name, points in lost.items() if points > 0}
    return Pareto(_("失分构成"), counts, unit=_("分")) if counts else None


def money(history: list[tuple[Assessment, list[ScoreSheet]]]) -> Bars | None:
    """Rewards and penalties of each period; those that stand as the ledger has them."""
    totals = [told.totals(told.of_sheets(*each).values()) for each in history]
    rewards, penalties = [each.rewards for each in totals], [each.penalties for each in totals]
    if not any(rewards) and not any(penalties):
        return None
    return Bars(
        title=_("各期奖惩金额"),
        categories=tuple(assessment.period for assessment, _sheets in history),
        series=(Series(_("奖励"), tuple(rewards)), Series(_("惩罚"), tuple(penalties))),
        unit=_("元"),
        links=tuple(reverse("assessments:matrix", args=[each.pk]) for each, _rows in history),
    )


def satisfaction(
    pack: Pack, assessment: Assessment, sheets: list[ScoreSheet]
) -> tuple[Ranking, list[tuple[str, Mean]]] | None:
    """The mean of the questionnaires of each unit with its interval and the number of answers."""
    kind = pack.kinds.get("questionnaire")
    if kind is None or kind.field("score") is None:
        return None
    units = {sheet.unit_id: sheet.unit_name for sheet in sheets}
    rows = intake.records(
        assessment.pack_id, Period.parse(assessment.period), [kind.id], list(units)
    )
    answers: defaultdict[str, list[Decimal]] = defaultdict(list)
    for unit_id, values in rows.values_list("unit_id", "values"):
        if unit_id in units and values.get("score"):
            answers[units[unit_id]].append(Decimal(values["score"]))
    means = sorted(
        ((unit, mean_interval(numbers)) for unit, numbers in answers.items()),
        key=lambda pair: pair[1].value,
        reverse=True,
    )[:_UNITS_SHOWN]
    if not means:
        return None
    ranking = Ranking(
        title=_("问卷满意度（95% 区间）"),
        categories=tuple(f"{unit} (n={mean.n})" for unit, mean in means),
        values=tuple(mean.value for _unit, mean in means),
        intervals=tuple((mean.low, mean.high) for _unit, mean in means),
        unit=_("分"),
    )
    return ranking, means


def history_of(user: Any, periods: list[Assessment]) -> list[tuple[Assessment, list[ScoreSheet]]]:
    """Return the last periods, oldest first, with the sheets that a person may see."""
    latest = periods[:_PERIODS_SHOWN]
    return [(each, list(sheets_of(user, each))) for each in reversed(latest)]


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.01"))

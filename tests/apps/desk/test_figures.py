"""The figures behind the pictures of the overview."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from zhijian.assessments.models import Assessment, ScoreSheet
from zhijian.desk.figures import lost_points, trend
from zhijian.domain.words import Words


def quarter(period: str, score: str) -> tuple[Assessment, list[ScoreSheet]]:
    sheet: dict[str, Any] = {"unit_name": "储运中心", "score": Decimal(score)}
    return Assessment(period=period), [ScoreSheet(**sheet)]


def test_the_trend_tells_scores_in_hundredths() -> None:
    found = trend([quarter("2024Q1", "98.380000"), quarter("2024Q2", "97.5")])

    assert found is not None
    told = {each.name: [str(value) for value in each.values] for each in found.series}
    assert told == {"平均": ["98.38", "97.50"], "储运中心": ["98.38", "97.50"]}


def test_lost_points_are_told_in_points() -> None:
    # A part with the weight 0.2 and 30.95 points of 100: 13.81 points of the total are lost.
    line = SimpleNamespace(title=Words("投诉"))
    scheme = SimpleNamespace(
        scale=(Fraction(0), Fraction(100)),
        line=lambda _name: line,
        better_of=lambda _name: "higher",
    )
    sheet = SimpleNamespace(components=[{"id": "complaints", "score": "30.95", "weight": "20"}])

    drawn = lost_points(scheme, [sheet], "zh")  # type: ignore[arg-type]  # as much as is read

    assert drawn is not None
    assert (drawn.unit, drawn.table().rows) == ("分", (("投诉", "13.81", "100.0 %"),))

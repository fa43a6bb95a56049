"""The figures behind the pictures of the overview."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from zhijian.assessments.models import Assessment, ScoreSheet
from zhijian.desk.figures import trend


def quarter(period: str, score: str) -> tuple[Assessment, list[ScoreSheet]]:
    sheet: dict[str, Any] = {"unit_name": "储运中心", "score": Decimal(score)}
    return Assessment(period=period), [ScoreSheet(**sheet)]


def test_the_trend_tells_scores_in_hundredths() -> None:
    found = trend([quarter("2024Q1", "98.380000"), quarter("2024Q2", "97.5")])

    assert found is not None
    told = {each.name: [str(value) for value in each.values] for each in found.series}
    assert told == {"平均": ["98.38", "97.50"], "储运中心": ["98.38", "97.50"]}

"""An amount that lacks data is said to lack them, and is never approved as zero."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.domain.tiny import assess, pack, record, scheme
from tests.quarters import make_quarter
from zhijian.assessments.judging import as_judged
from zhijian.assessments.services.approving import hindrances

PLAN = """
id: main
title: 奖惩
scheme: main
lines: [{id: before, title: 上期, previous: {of: x}}]
rules: [{id: r, title: r, kind: penalty, yuan: before}]
"""


def test_a_result_says_what_an_amount_lacks() -> None:
    files = scheme("- {id: x, title: 得, mean: check.points}") | {"outcomes/main.yaml": PLAN}

    judged = as_judged(assess(pack(files), record("check", points=Fraction(90))))

    assert (judged.status, judged.score, judged.yuan) == ("assessed", "90.00", None)
    assert [(each["line"], each["reason"]) for each in judged.missing] == [
        ("before", "no_earlier_period")
    ]


@pytest.mark.django_db
def test_an_open_amount_stands_in_the_way_of_the_approval() -> None:
    quarter = make_quarter()
    quarter.complete("市场经营部")
    quarter.compute()
    assessment = quarter.assessment
    assert "assessments.amounts_open" not in [each.code for each in hindrances(assessment)]

    sheet = assessment.sheets.filter(is_current=True).exclude(yuan=None).first()
    assessment.sheets.filter(pk=sheet.pk).update(yuan=None)

    assert "assessments.amounts_open" in [each.code for each in hindrances(assessment)]

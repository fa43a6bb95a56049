"""Laws that hold for every pack and every record, tried on thousands of invented ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.breaking import TREES, changed, places
from tests.domain.regulation.department import files
from tests.domain.tiny import FILES, QUARTER, context, parameter, raws, record
from zhijian.domain.exact import plain, rounded
from zhijian.domain.explain.step import Step
from zhijian.domain.policy.values import Weights
from zhijian.domain.records.memory import MemoryFacts
from zhijian.domain.regulation.assess import Assessor, Result
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import read_pack
from zhijian.domain.scoring.context import Context, Unit
from zhijian.foundation.wording import catalogue
from zhijian.packs.files import load_pack

#: Whether every branch is tried is seen by other tests; watching so many cases takes long.
pytestmark = pytest.mark.no_cover
PACKS = Path(__file__).parents[3] / "packs"
LOADED = load_pack(PACKS / "quarterly-service-quality")
assert isinstance(LOADED, Pack)
QUARTERLY: Pack = LOADED
ASSESSOR = Assessor.of(QUARTERLY)
UNIT = Unit(QUARTERLY.header.units[0])
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

hundredths = st.integers(0, 10_000).map(lambda number: Fraction(number, 100))


def judged(fixed: Mapping[str, Any], **more: Any) -> Result:
    law = QUARTERLY.law(QUARTER.last, replaced=more.get("replaced"))
    facts = MemoryFacts(more.get("records", ()), QUARTER.last)
    return ASSESSOR.assess(
        Context(UNIT, facts, law, QUARTERLY.absence(), QUARTER.months(), fixed=fixed)
    )


@pytest.mark.req("ASM-10", "ASM-11", "ASM-12", "ASM-13")
def test_every_hundredth_around_the_limits_has_its_grade_and_its_money() -> None:
    for number in (*range(0, 8_900, 100), *range(8_900, 10_001)):
        score = Fraction(number, 100)
        result = judged({"total": score})

        expected = "合格" if score == 95 else "优秀" if score > 95 else "不合格"
        yuan = (score - 95) * 2000 if score > 95 else (max(score, Fraction(90)) - 95) * 1000
        assert (result.sheet.grade, result.yuan) == (expected, yuan)
        assert len(result.proposals) == 1


@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(hundredths, hundredths)
def test_money_never_falls_as_the_score_rises(one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))

    less, more = judged({"total": low}).yuan, judged({"total": high}).yuan

    assert less is not None
    assert more is not None
    assert less <= more


@st.composite
def shares(draw: Any) -> Weights:
    first = draw(st.integers(0, 100))
    second = draw(st.integers(0, 100 - first))
    parts = {"self_check": first, "survey": second, "complaints": 100 - first - second}
    return Weights(tuple((part, Fraction(weight)) for part, weight in parts.items()))


@settings(derandomize=True, max_examples=80, deadline=None, suppress_health_check=SLOW)
@given(
    st.fixed_dictionaries({part: hundredths for part in ("self_check", "survey", "complaints")}),
    st.sampled_from(["self_check", "survey", "complaints"]),
    hundredths,
    shares(),
)
@pytest.mark.req("ASM-03")
def test_a_score_never_falls_when_a_part_rises(
    parts: dict[str, Fraction], risen: str, by: Fraction, weights: Weights
) -> None:
    call_backs = {"call_back": Fraction(1, 2)}
    higher = {**parts, risen: min(Fraction(100), parts[risen] + by)}

    before = judged({**parts, **call_backs}, replaced={"weights": weights})
    after = judged({**higher, **call_backs}, replaced={"weights": weights})

    assert before.sheet.score is not None
    assert after.sheet.score is not None
    assert before.sheet.score <= after.sheet.score
    assert 0 <= after.sheet.score <= 100


# --- the lines of a working-out add up to the last digit -----------------------------------------


@st.composite
def quarters(draw: Any) -> tuple[Any, ...]:
    """Records of one unit, complete enough to be assessed."""
    unit = UNIT.id
    marks = st.integers(0, 10_000).map(lambda number: Fraction(number, 100))
    found = [
        record("self_check", f"2024-{month:02}-01", key=f"s{month}", unit=unit, score=draw(marks))
        for month in (1, 2, 3)
    ]
    sampled = f"2024-{draw(st.integers(1, 3)):02}-01"
    found.append(record("office_sample", sampled, key="o", unit=unit, score=draw(marks)))
    for number in range(draw(st.integers(1, 7))):
        found.append(record("questionnaire", key=f"q{number}", unit=unit, score=draw(marks)))
    for number in range(draw(st.integers(0, 4))):
        word = draw(st.sampled_from(["有效", "无效"]))
        found.append(record("complaint", key=f"c{number}", unit=unit, validity=word))
    for number in range(draw(st.integers(0, 3))):
        points = Fraction(draw(st.integers(5, 10)), 10)
        found.append(record("call_back_finding", key=f"b{number}", unit=unit, points=points))
    found.append(record("register_check", "2024-03-31", key="r", unit=unit, complete="齐全"))
    return tuple(found)


def by_hand(step: Step) -> Any:
    """Work a line out again from nothing but the lines below it and what it was given.

    This is what a person does with the printed sheet and a pocket calculator.
    """
    told = dict(step.given)
    below = [each.value for each in step.because]
    value = _REDONE[step.op](step, told, below)
    if "floor" in told:
        assert plain(value) == told["before_floor"]
        value = Fraction(told["floor"])
    if "round" in told:
        places, mode = told["round"].split()
        value = rounded(value, int(places), mode)  # type: ignore[arg-type]
    return value


def _difference(step: Step, told: dict[str, str], below: list[Any]) -> Any:
    return below[0] - sum(below[1:])


def _weighted(step: Step, told: dict[str, str], below: list[Any]) -> Any:
    weighed = [
        (each.number, Fraction(told[f"weight.{each.id}"]))
        for each in step.because
        if f"weight.{each.id}" in told
    ]
    return sum(mark * weight for mark, weight in weighed) / Fraction(told["divided_by"])


def _deducted(step: Step, told: dict[str, str], below: list[Any]) -> Any:
    start, *rest = step.because
    counted = {each.id: told.get(f"points.{each.id}") for each in rest}
    taken = Fraction(0)
    for name, product in counted.items():
        if product is not None:
            count, per = product.split(" × ")
            taken += Fraction(count) * Fraction(per)
        elif not name.startswith("parameter."):
            taken += next(each.number for each in rest if each.id == name)
    return start.number - taken


def _measured(step: Step, told: dict[str, str], below: list[Any]) -> Any:
    """The evidence leads to the records; here it is enough that months make their mean."""
    months = [value for _, value in step.evidence.months] if step.evidence else []
    return sum(months, Fraction(0)) / len(months) if months else step.value


def _banded(step: Step, told: dict[str, str], below: list[Any]) -> Any:
    gaps = [("0", "0"), ("1", "0.5"), ("3", "1"), ("5", "2"), ("10", "5")]
    return next((Fraction(is_) for top, is_ in gaps if below[0] <= Fraction(top)), Fraction(10))


_REDONE: dict[str, Callable[[Step, dict[str, str], list[Any]], Any]] = {
    "subtract": _difference,
    "absolute": lambda _step, _told, below: abs(below[0]),
    "value": lambda _step, _told, below: below[0],
    "require": lambda _step, _told, below: below[0],
    "switch": lambda _step, _told, below: below[0],
    "replace": lambda _step, told, below: below[2] if told["replaced"] == "yes" else below[0],
    "weighted_mean": _weighted,
    "deduct": _deducted,
    "band": _banded,
    **dict.fromkeys(("mean", "sum", "count", "latest"), _measured),
}


@settings(derandomize=True, max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(quarters())
def test_the_lines_of_a_working_out_add_up_to_the_last_digit(records: tuple[Any, ...]) -> None:
    result = judged({}, records=records)

    assert result.status == "assessed"
    for step in result.sheet.working.walk():
        if step.op in ("parameter", "constant"):
            continue
        assert by_hand(step) == step.value, step.id


@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(quarters())
def test_a_valid_complaint_more_never_makes_the_score_better(records: tuple[Any, ...]) -> None:
    one_more = (*records, record("complaint", key="more", unit=UNIT.id, validity="有效"))

    before, after = judged({}, records=records), judged({}, records=one_more)

    assert before.sheet.score is not None
    assert after.sheet.score is not None
    assert after.sheet.score <= before.sheet.score


# --- reading never breaks -------------------------------------------------------------------------

SOUND = raws(
    {
        **FILES,
        **files(),
        **parameter("cut", "[{at_least: '60', is: 好}, {below: '60', is: 差}]", "bands"),
        "budgets/fund.yaml": "id: fund\ntitle: 经费\nlimit: parameter.limit\nper: year\n",
        "limits/reply.yaml": "id: reply\ntitle: 答\ncites: 第一条\nkind: natural_day\ncount: 5\n",
        "reports/main.yaml": "id: main\ntitle: 报\nparts: [{id: a, title: 一}]\n",
        "examples/x.yaml": "- {name: a, ask: records, given: {period: 2024}, expect: {}}\n",
    }
)


@settings(derandomize=True, max_examples=300, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_reading_a_broken_pack_gives_problems_with_words_and_never_breaks(data: Any) -> None:
    found = dict(SOUND)
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(sorted(found)))
        place = data.draw(st.sampled_from(places(found[path])))
        found[path] = changed(found[path], place, data.draw(TREES))

    answer = read_pack(found)

    if not isinstance(answer, Pack):
        assert answer
        assert all(each.code in catalogue() for each in answer)
        return
    # What reads well also assesses without breaking, whatever it then says.
    for scheme in answer.schemes:
        own = context(
            answer,
            record("check", points=Fraction(70), sort="甲类"),
            unit=Unit("甲", "", {"kind": "乙", "size": Fraction(3)}),
        )
        Assessor.of(answer, scheme).assess(own)


@pytest.mark.parametrize("score", [Fraction(number, 100) for number in range(9_490, 9_511)])
def test_a_third_more_or_less_is_not_lost_before_it_is_rounded(score: Fraction) -> None:
    """Three thirds of a hundredth are a hundredth, whichever line they came through."""
    third = Fraction(1, 300)
    parts = {"self_check": score + third, "survey": score + third, "complaints": score + third}

    result = judged({**parts, "call_back": third})

    assert result.sheet.score == score

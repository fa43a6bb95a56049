"""Which value applies on a day, to whom, and what people have decided about it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from textwrap import dedent

import pytest

from tests.domain.tiny import FILES, assess, pack, problems, read, record, scheme
from zhijian.domain.dates.period import Period
from zhijian.domain.policy.header import Header
from zhijian.domain.policy.interval import Interval
from zhijian.domain.policy.law import Law
from zhijian.domain.policy.parameter import (
    Citation,
    Entry,
    InForce,
    NotInForce,
    Parameter,
)
from zhijian.domain.policy.values import cell_of
from zhijian.domain.words import Words

RATE = """
    id: rate
    title: 率
    unit: percent
    verified_until: 2024-06-30
    entries:
      - {starts: 2020-01-01, value: 1, cites: 第一条, proposed: true}
      - starts: 2022-01-01
        value: 2
        cites: {document: 通知, clause: 第三条, published: 2021-12-01}
        for_groups: {后勤: 3}
        for_units: {乙: 4}
      - {starts: 2023-01-01, repealed: true, cites: 第一条}
      - {starts: 2024-01-01, value: 5, cites: 第一条}
    """
PACK = pack({"parameters/rate.yaml": RATE})


def on(day: str, unit: str = "", group: str = "") -> object:
    found = PACK.law(date.fromisoformat(day)).find("rate", unit, group)
    return found.value if isinstance(found, InForce) else found.reason


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2019-12-31", "not_yet"),
        ("2020-01-01", 1),
        ("2021-12-31", 1),
        ("2022-01-01", 2),
        ("2022-12-31", 2),
        ("2023-01-01", "repealed"),
        ("2023-12-31", "repealed"),
        ("2024-01-01", 5),
        ("2090-01-01", 5),
    ],
)
def test_the_value_of_a_day(day: str, value: object) -> None:
    assert on(day) == value


@pytest.mark.parametrize(
    ("unit", "group", "value"),
    [
        ("", "", 2),
        ("甲", "", 2),
        ("甲", "后勤", 3),
        ("乙", "后勤", 4),
        ("乙", "", 4),
        ("丙", "前台", 2),
    ],
)
def test_a_unit_outranks_its_group_which_outranks_everybody(
    unit: str, group: str, value: int
) -> None:
    assert on("2022-06-01", unit, group) == value


@pytest.mark.parametrize(("day", "overdue"), [("2024-06-30", False), ("2024-07-01", True)])
def test_a_value_goes_on_applying_and_says_that_its_review_is_overdue(
    day: str, overdue: bool
) -> None:
    found = PACK.law(date.fromisoformat(day)).find("rate")

    assert isinstance(found, InForce)
    assert found.review_overdue is overdue


def test_a_proposed_value_is_proposed_until_somebody_confirms_or_replaces_it() -> None:
    day = date(2021, 1, 1)

    def proposed(law: Law) -> tuple[object, bool]:
        found = law.find("rate")
        assert isinstance(found, InForce)
        return found.value, found.proposed

    assert proposed(PACK.law(day)) == (1, True)
    assert proposed(PACK.law(day, frozenset({"rate"}))) == (1, False)
    assert proposed(PACK.law(day, replaced={"rate": Fraction(9)})) == (9, False)
    assert PACK.law(day).unconfirmed() == ("rate",)
    assert PACK.law(day, frozenset({"rate"})).unconfirmed() == ()
    assert PACK.law(date(2019, 1, 1)).unconfirmed() == ()


def test_a_replaced_value_is_not_brought_into_force() -> None:
    found = PACK.law(date(2019, 1, 1), replaced={"rate": Fraction(9)}).find("rate")

    assert found == NotInForce("not_yet")


def test_every_value_it_ever_had() -> None:
    assert PACK.parameters["rate"].values() == (1, 2, 4, 3, 5)
    assert not PACK.parameters["rate"].is_for_everybody


def test_the_text_a_value_rests_on() -> None:
    found = PACK.law(date(2022, 1, 1)).find("rate")

    assert isinstance(found, InForce)
    assert found.cites == Citation("通知", "第三条", date(2021, 12, 1))


def test_an_unconfirmed_value_colours_all_that_rests_on_it() -> None:
    lines = "- {id: a, title: 甲, value: parameter.rate}\n- {id: x, title: 得, add: [a, '1']}"
    files = {**scheme(lines), "parameters/rate.yaml": RATE.replace("2024-06-30", "2020-06-30")}
    found = pack(files)
    period = pack().law_day  # the law of the last day governs unless the pack says otherwise

    result = assess(found, record("check"), period=_quarter("2021Q1"))

    assert (result.sheet.score, result.unconfirmed) == (2, ("rate",))
    assert result.sheet.working.unconfirmed
    assert result.sheet.review_overdue == ("rate",)
    assert period(_quarter("2021Q1")) == date(2021, 3, 31)


def _quarter(text: str) -> Period:
    return Period.parse(text)


def test_a_parameter_in_code_keeps_the_same_rules() -> None:
    words, cites = Words("率"), Citation("办法", "第一条")
    one = Entry(date(2020, 1, 1), Fraction(1), cites)
    with pytest.raises(ValueError, match="at least one"):
        Parameter("p", words, "", "number", (), date(2030, 1, 1))
    with pytest.raises(ValueError, match="does not follow"):
        Parameter("p", words, "", "number", (one, one), date(2030, 1, 1))


def test_cells_of_what_has_none() -> None:
    assert cell_of(Fraction(1), ("a",)) is None
    assert cell_of(None, ("a",)) is None


# --- the front page ------------------------------------------------------------------------------

HEADER = """
    id: tiny
    title: {zh: 小办法, en: Small Measures}
    version: "0.9"
    issued: 2015-06-30
    revised: 2016-04-18
    effective: 2016-07-01
    law_day: first_day
    attributes: [{id: kind, title: 类, type: choice, options: [甲], required: true}]
    bodies: [{id: board, title: 委员会, aliases: [会], role: committee, duties: [审定]}]
    """


@pytest.mark.req("POL-04")
def test_issue_revision_and_effective_dates_are_three_fields() -> None:
    header = pack({"pack.yaml": HEADER}).header

    assert (header.issued, header.revised, header.effective) == (
        date(2015, 6, 30),
        date(2016, 4, 18),
        date(2016, 7, 1),
    )
    assert pack().header.issued is pack().header.revised is None


@pytest.mark.parametrize(
    ("version", "draft"), [("0.1", True), ("0.99", True), ("1.0", False), ("1.0.1", False)]
)
def test_a_version_below_one_is_a_draft(version: str, draft: bool) -> None:
    header: Header = pack({"pack.yaml": HEADER.replace("0.9", version)}).header

    assert header.is_draft is draft


def test_the_day_whose_law_governs_is_part_of_the_pack() -> None:
    found = pack({"pack.yaml": HEADER})

    assert found.law_day(_quarter("2024Q1")) == date(2024, 1, 1)


def test_the_blocks_of_a_pack_and_its_articles() -> None:
    found = pack()

    assert found.blocks()["目标与政策"] == ("第一条",)
    assert found.blocks()["培训"] == ()
    assert found.article("第一条") is found.articles[0]
    assert found.article("第二条") is None


@pytest.mark.parametrize("name", ["pack.yaml", "articles.yaml"])
def test_a_missing_file_is_named(name: str) -> None:
    assert problems({name: ""}) == [("policy.file_missing", name)]


def test_articles_that_cannot_be_read_do_not_hide_the_others() -> None:
    articles = dedent(FILES["articles.yaml"]) + "- {number: 第二条}\n- 5\n"

    assert [code for code, _ in problems({"articles.yaml": articles})] == [
        "policy.key_missing",
        "policy.not_a_mapping",
    ]


def test_problems_come_in_the_order_of_the_files() -> None:
    found = read({"notes.yaml": "a: 1", "parameters/limit.yaml": "id: limit\nx: 1\ny: 2\n"})

    assert isinstance(found, tuple)
    assert [each.where for each in found] == ["notes.yaml:1", "parameters/limit.yaml:1"]


# --- intervals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("interval", "empty", "text"),
    [
        (Interval(), False, "(-∞, +∞)"),
        (Interval(Fraction(1), True, Fraction(1), True), False, "[1, 1]"),
        (Interval(Fraction(1), True, Fraction(1), False), True, "[1, 1)"),
        (Interval(Fraction(2), False, Fraction(1), False), True, "(2, 1)"),
        (Interval(Fraction(1), False, Fraction(2), True), False, "(1, 2]"),
    ],
)
def test_intervals(interval: Interval, empty: bool, text: str) -> None:
    assert interval.is_empty is empty
    assert str(interval) == text

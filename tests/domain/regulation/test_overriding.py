"""A newer regulation of one issuer prevails over the contrary rules of older ones."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain import tiny
from zhijian.domain.regulation.overriding import Contrary, contraries, overrides
from zhijian.domain.words import Words

DAY = date(2024, 1, 1)
PREVAILS = "overrides: 此前有关规定与本办法相抵触的，以本办法为准"


def pack(id_: str, effective: str, more: str = "", files: dict[str, str] | None = None):
    front = f"""
        id: {id_}
        title: {id_}
        version: "1.0"
        effective: {effective}
        issuer: 公司
        {more}
        """
    return tiny.pack({"pack.yaml": front, **(files or {})})


def parameter(value: str, more: str = "") -> dict[str, str]:
    return tiny.parameter("mark", value) | tiny.scheme(
        "- {id: x, title: x, value: parameter.mark}", more
    )


def limit(count: int, title: str = "时限") -> dict[str, str]:
    text = f"id: answer\ntitle: {title}\ncites: 第一条\nkind: working_day\ncount: {count}\n"
    return {"limits/answer.yaml": text}


@pytest.mark.req("POL-09")
def test_the_newer_of_one_issuer_prevails_when_it_says_so() -> None:
    older, newer = pack("old", "2013-01-01"), pack("new", "2013-07-01", PREVAILS)

    assert overrides(newer, older)
    assert not overrides(older, newer)
    assert not overrides(newer, newer)
    assert not overrides(pack("new", "2013-07-01"), older)
    assert not overrides(pack("new", "2013-01-01", PREVAILS), older)
    assert not overrides(pack("new", "2012-12-31", PREVAILS), older)


def test_another_issuer_or_none_is_not_overridden() -> None:
    newer = pack("new", "2013-07-01", PREVAILS)
    stranger = tiny.pack(
        {"pack.yaml": 'id: a\ntitle: a\nversion: "1.0"\neffective: 2013-01-01\nissuer: 别的公司\n'}
    )
    nobody = tiny.pack({"pack.yaml": 'id: a\ntitle: a\nversion: "1.0"\neffective: 2013-01-01\n'})
    nameless = tiny.pack(
        {"pack.yaml": f'id: b\ntitle: b\nversion: "1.0"\neffective: 2014-01-01\n{PREVAILS}\n'}
    )

    assert not overrides(newer, stranger)
    assert not overrides(newer, nobody)
    assert not overrides(nameless, nobody)


@pytest.mark.req("POL-09")
def test_contrary_rules_are_those_of_one_name_that_say_different_things() -> None:
    older = pack("old", "2013-01-01", files={**parameter('"90"'), **limit(15)})
    newer = pack("new", "2013-07-01", PREVAILS, {**parameter('"95"'), **limit(10)})

    assert contraries(newer, older, DAY) == (
        Contrary("parameter", "mark", Words("mark"), "90", "95"),
        Contrary("limit", "answer", Words("时限")),
    )


def test_equal_rules_and_rules_of_one_side_contradict_nothing() -> None:
    same = {**parameter('"90"'), **limit(15)}
    older = pack("old", "2013-01-01", files=same)

    assert (
        contraries(pack("new", "2013-07-01", files={**same, **limit(15, "别名")}), older, DAY) == ()
    )
    assert contraries(pack("new", "2013-07-01"), older, DAY) == ()
    assert contraries(older, pack("new", "2013-07-01"), DAY) == ()


def test_a_value_that_does_not_apply_on_the_day_contradicts_nothing() -> None:
    counted = {
        **tiny.parameter("days", '"10"'),
        **limit(1),
    }
    counted["limits/answer.yaml"] = counted["limits/answer.yaml"].replace(
        "count: 1", "count: parameter.days"
    )
    other = {**counted, **tiny.parameter("days", '"12"')}
    older, newer = pack("old", "2013-01-01", files=counted), pack("new", "2013-07-01", files=other)

    assert [each.kind for each in contraries(newer, older, DAY)] == ["parameter", "limit"]
    assert contraries(newer, older, date(2019, 12, 31)) == ()

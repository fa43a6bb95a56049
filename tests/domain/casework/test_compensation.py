"""What is owed for a loss is worked out, decided by another, and paid only as it was decided."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest

from tests.domain.casework.complaints import COMPLAINT, MANAGER, OFFICE, WAITER, changed, read
from tests.domain.casework.losses import (
    CLAIMING,
    COMPENSATION,
    DAY,
    FACTS,
    PERIOD,
    STEPS,
    around,
    files,
    pack_of,
    parameter,
)
from zhijian.domain.casework.advancing import Asked, advance
from zhijian.domain.casework.course import Course
from zhijian.domain.casework.fact import FactValue
from zhijian.domain.casework.owing import Owed
from zhijian.domain.casework.paying import decision_of, owed_in, supposed, trial_of
from zhijian.domain.casework.who import Person
from zhijian.domain.regulation.pack import Pack

KNOWN: dict[str, FactValue] = {
    "bought_on": date(2024, 6, 11),
    "asked_at": datetime.fromisoformat("2024-06-21T23:59+08:00"),
    "cause": "本店",
    "value": Fraction(100),
    "share": Fraction(30),
}


def owed(facts: dict[str, FactValue], pack: Pack | None = None, day: date = DAY) -> Owed:
    pack = pack or pack_of()
    found = owed_in(Course(pack.cases["complaint"]), around(pack, day), facts)
    assert found is not None
    return found


def test_an_amount_is_worked_out_exactly_and_leads_back_to_the_facts() -> None:
    found = owed({**KNOWN, "share": Fraction(100, 3)})

    assert found.yuan == Fraction("33.33")
    assert found.rule is not None
    assert (found.rule.id, found.rule.cites) == ("by_share", "第二条")
    told = {each.id: each.value for each in found.working.walk()}
    assert told["worth"] == Fraction(100, 3)
    assert (told["value"], told["parameter.whole"]) == (100, 100)
    assert found.working.given == (("round", "2 half_up"),)
    assert (found.missing, found.unconfirmed) == ((), ())


def test_an_exclusion_comes_to_nothing_with_its_clause() -> None:
    found = owed({**KNOWN, "cause": "自己"})

    assert found.yuan == 0
    assert (found.working.title.zh, found.working.cites) == ("自己打碎", "第三条")


@pytest.mark.parametrize(
    ("asked", "rule"), [("2024-06-21T23:59", "by_share"), ("2024-06-22T00:00", "late")]
)
def test_the_last_day_of_the_period_counts(asked: str, rule: str) -> None:
    moment = datetime.fromisoformat(f"{asked}+08:00")

    found = owed({**KNOWN, "asked_at": moment})

    assert found.rule is not None
    assert found.rule.id == rule
    assert found.last_day == date(2024, 6, 21)
    assert found.yuan == (0 if rule == "late" else 30)


@pytest.mark.parametrize("name", ["bought_on", "asked_at", "cause", "value", "share"])
def test_what_waits_for_a_fact_names_it(name: str) -> None:
    found = owed({**KNOWN, name: None})

    assert (found.yuan, found.missing) == (None, (name,))
    assert found.working.status == "not_assessed"


def test_without_a_rule_nothing_is_made_up() -> None:
    found = owed({**KNOWN, "cause": "不明"})

    assert (found.yuan, found.rule, found.missing) == (None, None, ())
    assert found.working.reason == "no_rule"


def test_a_parameter_without_value_holds_it_up() -> None:
    found = owed(KNOWN, day=date(2023, 12, 31))

    assert found.yuan is None
    assert found.working.status == "blocked"
    assert found.working.reason.startswith("parameter_")


def test_an_amount_below_nothing_holds_it_up() -> None:
    found = owed({**KNOWN, "value": Fraction(-5)})

    assert (found.yuan, found.working.reason) == (None, "negative_amount")


def test_what_is_never_paid_is_told_where_it_was_asked_for() -> None:
    assert owed(KNOWN).not_paid == ()
    assert owed({**KNOWN, "fright": Fraction(0)}).not_paid == ()

    (found,) = owed({**KNOWN, "fright": Fraction(50)}).not_paid

    assert (found.what.fact, found.what.cites, found.yuan) == ("fright", "第二条", 50)


def test_without_a_period_the_rules_alone_decide() -> None:
    text = COMPENSATION.replace(PERIOD, "")
    plain = read(
        changed(
            ("facts:\n", FACTS),
            ("levels:\n", text),
            ("steps:\n", STEPS),
            parameters__whole=parameter("whole", "100"),
        )
    )
    assert isinstance(plain, Pack)

    assert owed({"cause": "自己"}, plain).yuan == 0
    assert "第二条" in plain.cases["complaint"].clauses


def test_a_period_that_is_a_plain_number_of_days_counts_too() -> None:
    plain = files()
    plain["limits/claiming.yaml"] = CLAIMING.replace("parameter.days", "9")
    del plain["parameters/days.yaml"]
    pack = read(plain)
    assert isinstance(pack, Pack)

    found = owed(KNOWN, pack)

    assert (found.last_day, found.yuan) == (date(2024, 6, 20), 0)
    assert found.rule is not None
    assert found.rule.id == "late"


def test_a_kind_without_compensation_owes_nothing() -> None:
    pack = read(changed())
    assert isinstance(pack, Pack)

    course = Course(pack.cases["complaint"])

    assert owed_in(course, around(pack)) is None
    assert decision_of(course, around(pack)) is None


class Told:
    """A case on its way: what is taken is taken at the same moment."""

    def __init__(self, pack: Pack) -> None:
        self.pack, self.course = pack, Course(pack.cases["complaint"])
        self.at = datetime.fromisoformat("2024-06-21T10:00:00+08:00")
        self.take("register", WAITER, **COMPLAINT)
        self.take("answer", MANAGER, answer="换茶")

    def take(self, step: str, who: Person, **facts: object) -> list[str]:
        asked = Asked(step, who, facts)  # type: ignore[arg-type]
        moved = advance(self.course, asked, self.at, around(self.pack))
        if isinstance(moved, Course):
            self.course = moved
            return []
        return [each.code for each in moved]


WEIGHED = {
    "bought_on": "2024-06-11", "asked_at": "2024-06-20T10:00", "cause": "本店", "value": "100",
    "share": "30",
}  # fmt: skip


def test_it_is_decided_by_another_and_paid_as_decided() -> None:
    told = Told(pack_of())

    assert told.take("pay", MANAGER) == ["casework.compensation_undecided"]
    assert told.take("decide", OFFICE) == ["casework.compensation_open"]
    told.take("weigh", MANAGER, **WEIGHED)
    assert told.take("decide", Person("wang", frozenset({"office"}))) == ["casework.four_eyes"]
    assert told.take("decide", OFFICE) == []
    decided = decision_of(told.course, around(told.pack))
    assert decided is not None
    assert (decided.owed.yuan, decided.step.actor) == (30, "zong")
    assert told.take("nothing", MANAGER) == ["casework.compensation_unpaid"]
    assert told.take("pay", MANAGER) == []


def test_what_changed_after_the_decision_is_not_paid() -> None:
    told = Told(pack_of())
    told.take("weigh", MANAGER, **WEIGHED)
    told.take("decide", OFFICE)
    told.take("weigh", MANAGER, share="40")

    assert told.take("pay", MANAGER) == ["casework.compensation_moved"]
    decided = decision_of(told.course, around(told.pack))
    assert decided is not None
    assert decided.owed.yuan == 30
    told.take("weigh", MANAGER, cause="不明")
    assert told.take("pay", MANAGER) == ["casework.compensation_moved"]
    assert told.take("decide", OFFICE) == ["casework.compensation_no_rule"]


def test_what_is_entered_with_the_decision_counts_in_it() -> None:
    told = Told(pack_of())
    told.take("weigh", MANAGER, **WEIGHED)

    assert told.take("decide", OFFICE, share="50") == []
    decided = decision_of(told.course, around(told.pack))
    assert decided is not None
    assert decided.owed.yuan == 50


def test_nothing_owed_is_closed_without_payment() -> None:
    told = Told(pack_of())
    assert told.take("nothing", MANAGER) == ["casework.compensation_undecided"]
    told.take("weigh", MANAGER, **{**WEIGHED, "cause": "自己"})
    told.take("decide", OFFICE)

    assert told.take("pay", MANAGER) == ["casework.compensation_nothing"]
    assert told.take("nothing", MANAGER) == []


def test_a_figure_that_nobody_confirmed_keeps_from_paying() -> None:
    told = Told(pack_of(proposed=", proposed: true"))
    told.take("weigh", MANAGER, **WEIGHED)
    assert told.take("decide", OFFICE) == []

    assert told.take("pay", MANAGER) == ["casework.compensation_unconfirmed"]
    found = owed_in(told.course, around(told.pack))
    assert found is not None
    assert [each.zh for each in found.unconfirmed] == ["days的数"]


def test_what_would_be_owed_is_told_without_a_case() -> None:
    pack = pack_of()
    kind, at = pack.cases["complaint"], datetime.fromisoformat("2024-06-21T10:00:00+08:00")
    entered = {name: str(value) for name, value in WEIGHED.items()}

    assert trial_of(kind).asks == (
        "bought_on", "asked_at", "cause", "value", "share", "asked", "fright"
    )  # fmt: skip
    found = supposed(kind, entered, at, around(pack))
    assert isinstance(found, Owed)
    assert found.yuan == 30
    wrong = supposed(kind, {**entered, "value": "many", "payee": "本人"}, at, around(pack))
    assert isinstance(wrong, tuple)
    assert [each.where for each in wrong] == ["value", "payee"]
    without = read(changed())
    assert isinstance(without, Pack)
    assert supposed(without.cases["complaint"], {}, at, around(without)) is None
    assert trial_of(without.cases["complaint"]).asks == ()


def test_what_a_personal_text_says_stands_nowhere() -> None:
    line = "  - {id: asked, title: 要求金额, type: decimal}\n"
    own = (line, line + "  - {id: who, title: 谁, type: text, personal: true}\n")
    asked = ("fright, payee]", "fright, payee, who]")
    rule = ("when: {cause: 本店}", "when: {cause: 本店, who: {empty: false}}")
    pack = pack_of(own, asked, rule)

    found = owed({**KNOWN, "who": "张三"}, pack)

    assert found.yuan == 30
    assert "张三" not in str(found.working)

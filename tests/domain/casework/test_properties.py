"""Laws that hold for every kind of case, whoever does what in whichever order."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.breaking import TREES, changed, places
from zhijian.domain.casework.advancing import Asked, advance
from zhijian.domain.casework.conditions import Circumstances
from zhijian.domain.casework.consequences import consequences_due
from zhijian.domain.casework.course import Course, replay
from zhijian.domain.casework.fact import Fact
from zhijian.domain.casework.kind import CaseKind
from zhijian.domain.casework.permitting import open_steps
from zhijian.domain.casework.step import CaseStep
from zhijian.domain.casework.timing import clock_events, clocks
from zhijian.domain.casework.who import PLATFORM, Person
from zhijian.domain.regulation.checks import check_pack
from zhijian.domain.regulation.pack import Pack
from zhijian.domain.regulation.reading import read_pack
from zhijian.domain.scoring.context import Unit
from zhijian.foundation.wording import catalogue
from zhijian.packs.calendars import load_calendar
from zhijian.packs.files import load_pack, read_folder

#: Whether every branch is tried is seen by other tests; watching so many cases takes long.
pytestmark = pytest.mark.no_cover
ROOT = Path(__file__).parents[3]
CALENDAR = load_calendar(ROOT / "packs" / "calendar-cn")
FOLDERS = [ROOT / "tests" / "golden" / "case_pack", *sorted((ROOT / "packs").glob("*/cases"))]
PACKS = [load_pack(folder if folder.name == "case_pack" else folder.parent) for folder in FOLDERS]
KINDS = [(pack, kind) for pack in PACKS if isinstance(pack, Pack) for kind in pack.cases.values()]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
START = datetime.fromisoformat("2024-06-20T09:00")
PEOPLE = ("li", "wang", "chen")

every_kind = pytest.mark.parametrize(
    ("pack", "kind"), KINDS, ids=[f"{pack.id}: {kind.id}" for pack, kind in KINDS]
)


def test_every_pack_with_cases_is_walked() -> None:
    assert all(isinstance(pack, Pack) for pack in PACKS)
    assert len(KINDS) > 10


def entered(data: Any, fact: Fact, at: datetime) -> Any:
    """A value that often fits, and sometimes does not."""
    sign = {"past": -1, "future": 1}.get(fact.time, data.draw(st.sampled_from((-1, 1))))
    moment = at + sign * data.draw(st.sampled_from((timedelta(), timedelta(hours=30))))
    fitting: dict[str, Any] = {
        "choice": st.sampled_from(tuple(fact.field.options)) if fact.field.options else st.none(),
        "flag": st.sampled_from((True, True, False)),
        "integer": st.integers(0, 6),
        "decimal": st.integers(0, 100),
        "date": st.just(moment.date()),
        "moment": st.just(moment),
        "file": st.just(("a",)),
        "person": st.sampled_from(PEOPLE),
    }
    strange = st.sampled_from((None, "", "x", date(2024, 1, 1), ("a", "b")))
    wanted = fitting.get(fact.type, st.just("甲"))
    return data.draw(strange if data.draw(st.integers(0, 9)) == 0 else wanted)


def asked(data: Any, pack: Pack, course: Course, at: datetime) -> Asked:
    """Somebody asks for a step, mostly one that leads on from here."""
    kind = course.kind
    onward = kind.steps_from(course.state) or tuple(kind.steps.values())
    steps = onward if data.draw(st.integers(0, 9)) else tuple(kind.steps.values())
    step = data.draw(st.sampled_from(steps))
    bodies = frozenset(body.id for body in pack.header.bodies)
    roles = bodies if data.draw(st.booleans()) else frozenset(data.draw(st.sets(_of(bodies))))
    someone = Person(data.draw(st.sampled_from(PEOPLE)), roles)
    who = data.draw(st.sampled_from((someone, someone, someone, PLATFORM)))
    names = [each for each in step.asks if each in step.needs or data.draw(st.booleans())]
    facts = {name: entered(data, kind.facts[name], at) for name in names}
    level = data.draw(st.sampled_from(("", *kind.levels))) if step.level else ""
    return Asked(step.id, who, facts, data.draw(st.sampled_from(("", "理由"))), level)


def _of(bodies: frozenset[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(bodies)) if bodies else st.nothing()


def barred(step: CaseStep) -> set[str]:
    """The steps whose actors may not take this one."""
    own = set() if step.alone else set(step.verifies)
    return own | {each.name for each in step.not_by if each.word == "step"}


def check(pack: Pack, before: Course, after: Course, given_: Circumstances) -> None:
    """What holds after every step."""
    kind, event = after.kind, after.happened[-1]
    step = kind.steps[event.step]
    assert replay(kind, after.happened) == after
    assert not before.ends or step.reopens
    if event.actor:
        earlier = {each.actor for each in before.happened if each.step in barred(step)}
        assert event.actor not in earlier
    if after.ends:
        assert not any(timed.runs for timed in clock_events(after).values())
    for fact in kind.facts.values():
        if fact.lasting or fact.id == kind.confidential:
            assert before.facts.get(fact.id) is not True or after.facts[fact.id] is True
    for name, level in ((each.id, each) for each in kind.levels.values()):
        if after.ends == "closed" and after.level == name:
            assert all(after.facts.get(need) is not None for need in level.needs)


@every_kind
@settings(derandomize=True, max_examples=12, deadline=None, suppress_health_check=SLOW)
@given(data=st.data())
def test_no_walk_breaks_the_laws(pack: Pack, kind: CaseKind, data: Any) -> None:
    around = Circumstances(pack.law(START.date()), pack.limits, CALENDAR, Unit("甲"))
    course, at, keys = Course(kind), START, set[str]()
    for _ in range(data.draw(st.integers(1, 12))):
        ask = asked(data, pack, course, at)
        told = {each.step.id: each.problems for each in open_steps(course, ask.who, at, around)}
        answer = advance(course, ask, at, around)
        if isinstance(answer, Course):
            assert told[ask.step] == ()
            check(pack, course, answer, around)
            course = answer
        else:
            assert answer
            assert {each.code for each in answer} <= catalogue().keys()
            assert set(told.get(ask.step, ())) <= set(answer)
        faults = {each.key for each in consequences_due(course, around, at)}
        assert keys <= faults
        keys = faults
        clocks(course, around, at)
        at += data.draw(st.sampled_from((timedelta(), timedelta(minutes=20), timedelta(days=2))))


# --- reading never breaks -------------------------------------------------------------------------

SOUND = {}
for _folder in (ROOT / "tests/golden/case_pack", ROOT / "packs/restaurant-service-inspection"):
    SOUND[_folder.name] = read_folder(_folder)[0]


@settings(derandomize=True, max_examples=120, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_reading_a_broken_kind_gives_problems_with_words_and_never_breaks(data: Any) -> None:
    found = dict(SOUND[data.draw(st.sampled_from(sorted(SOUND)))])
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from([each for each in sorted(found) if "cases/" in each]))
        place = data.draw(st.sampled_from(places(found[path])))
        found[path] = changed(found[path], place, data.draw(TREES))

    answer = read_pack(found)

    problems = answer if isinstance(answer, tuple) else check_pack(answer, CALENDAR)[0]
    assert all(each.code in catalogue() for each in problems)
    assert answer


@settings(derandomize=True, max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_a_broken_example_is_red_and_never_breaks(data: Any) -> None:
    found = dict(SOUND["case_pack"])
    path = "examples/complaint.yaml"
    place = data.draw(st.sampled_from(places(found[path])))
    found[path] = changed(found[path], place, data.draw(TREES))

    answer = read_pack(found)

    if isinstance(answer, Pack):
        verdicts = check_pack(answer, CALENDAR)[1]
        told = [problem for each in verdicts for problem in each.problems]
        assert all(each.code in catalogue() for each in told)

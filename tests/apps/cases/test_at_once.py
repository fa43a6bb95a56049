"""Several at once, and kill -9: one event, one refusal, no gap, nothing half-written."""

from __future__ import annotations

import json

import pytest

from tests.racing import Stage, site, stage

__all__ = ["site", "stage"]
pytestmark = pytest.mark.slow
ACTING = "tests.apps.cases.acting"

SET_UP = """
from django.db import transaction
from tests.apps.cases.stories import Story, make_office
with transaction.atomic():
    people = make_office()
# What is read for the first case is then there for those who act.
with transaction.atomic():
    Story(people).open()
    transaction.set_rollback(True)
print("ready")
"""
_STATE = """
import json
from zhijian.cases.models import Case, CaseEvent, CaseFault, CaseNotice
from zhijian.cases.verifying import verify
print(json.dumps({
    "numbers": sorted(Case.objects.values_list("number", flat=True)),
    "events": CaseEvent.objects.count(),
    "faults": CaseFault.objects.count(),
    "notices": CaseNotice.objects.count(),
    "wrong": [str(each) for each in verify().discrepancies],
}))
"""


def state(site: Stage) -> dict[str, object]:
    told: dict[str, object] = json.loads(site.ask(_STATE))
    return told


def opened(site: Stage) -> str:
    assert site.at_once(("open_cases", "1", "first")) == ["done"]
    return site.ask("from zhijian.cases.models import Case; print(Case.objects.get().pk)")


@pytest.mark.req("SYS-05")
def test_numbers_have_no_gap_when_several_open_at_once(site: Stage) -> None:
    told = site.at_once(*(("open_cases", "5", f"k{number}") for number in range(4)))

    assert told == ["done"] * 4
    after = state(site)
    year = str(after["numbers"])[4:8]
    assert after["numbers"] == [f"CK{year}-{number:04d}" for number in range(1, 21)]
    assert (after["events"], after["wrong"]) == (20, [])


def test_the_same_key_at_the_same_moment_opens_one_case(site: Stage) -> None:
    told = site.at_once(("open_cases", "3", "k"), ("open_cases", "3", "k"))

    assert told == ["done", "done"]
    after = state(site)
    assert (len(after["numbers"]), after["wrong"]) == (3, [])  # type: ignore[arg-type]


def test_of_two_who_act_at_once_one_is_told(site: Stage) -> None:
    case_id = opened(site)

    told = site.at_once(("answer", "clerk", case_id, "1"), ("answer", "clerk", case_id, "1"))

    assert [each.split()[0] for each in told] == ["cases.moved_on", "done"]
    after = state(site)
    assert (after["events"], after["wrong"]) == (2, [])


def test_two_sweeps_at_once_write_everything_once(site: Stage) -> None:
    site.at_once(("open_cases", "4", "k"))

    told = site.at_once(("sweep", "2099-01-01T08:00"), ("sweep", "2099-01-01T08:00"))

    assert told == ["done", "done"]
    after = state(site)
    # Of the first: a reminder, the due moment, two levels. The others repeat and are grave, with
    # the due moment only. Of each a fault and a step of the platform.
    assert (after["notices"], after["faults"], after["events"]) == (4 + 3, 4, 8)
    assert after["wrong"] == []


@pytest.mark.parametrize("phase", ["numbered", "written"])
def test_a_killed_opening_leaves_nothing_and_no_gap(site: Stage, phase: str) -> None:
    site.killed("open_held", phase)

    assert state(site)["events"] == 0
    assert site.at_once(("open_cases", "1", "held")) == ["done"]
    after = state(site)
    assert str(after["numbers"]).endswith("-0001']")
    assert after["wrong"] == []

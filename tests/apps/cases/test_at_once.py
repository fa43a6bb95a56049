"""Several at once, and kill -9: one event, one refusal, no gap, nothing half-written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes import ENGINES, Site, fresh_database, wait_for

pytestmark = pytest.mark.slow
ACTING = "tests.apps.cases.acting"

_SET_UP = """
from django.db import transaction
from tests.apps.cases.stories import make_office
with transaction.atomic():
    make_office()
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


@pytest.fixture(scope="module", params=ENGINES)
def prepared(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    migrated: Callable[[str], str],
) -> Iterator[tuple[str, str]]:
    """A database of each engine with everybody and a regulation."""
    folder = tmp_path_factory.mktemp("prepared")
    with fresh_database(request.param, folder, like=migrated(request.param)) as url:
        Site(url, folder).shell(_SET_UP)
        yield request.param, url


@pytest.fixture
def site(prepared: tuple[str, str], tmp_path: Path) -> Iterator[Site]:
    """A copy of it for each test."""
    engine, url = prepared
    with fresh_database(engine, tmp_path, like=url) as copy, Site(copy, tmp_path) as made:
        yield made


def state(site: Site) -> dict[str, object]:
    told: dict[str, object] = json.loads(site.ask(_STATE))
    return told


def at_once(site: Site, *acts: tuple[str, ...]) -> list[str]:
    """Let several processes go at the same moment; return how it went, sorted."""
    for old in (*site.folder.glob("ready-*"), *site.folder.glob("go")):
        old.unlink()
    processes = [
        site.start("-m", ACTING, act, str(site.folder), *arguments) for act, *arguments in acts
    ]
    wait_for(lambda: len(list(site.folder.glob("ready-*"))) == len(acts), site)
    (site.folder / "go").touch()
    answers = [process.communicate(timeout=120)[0].strip() for process in processes]
    assert all(answers), site.log()
    return sorted(answers)


def opened(site: Site) -> str:
    assert at_once(site, ("open_cases", "1", "first")) == ["done"]
    return site.ask("from zhijian.cases.models import Case; print(Case.objects.get().pk)")


@pytest.mark.req("SYS-05")
def test_numbers_have_no_gap_when_several_open_at_once(site: Site) -> None:
    told = at_once(site, *(("open_cases", "5", f"k{number}") for number in range(4)))

    assert told == ["done"] * 4
    after = state(site)
    year = str(after["numbers"])[4:8]
    assert after["numbers"] == [f"CK{year}-{number:04d}" for number in range(1, 21)]
    assert (after["events"], after["wrong"]) == (20, [])


def test_the_same_key_at_the_same_moment_opens_one_case(site: Site) -> None:
    told = at_once(site, ("open_cases", "3", "k"), ("open_cases", "3", "k"))

    assert told == ["done", "done"]
    after = state(site)
    assert (len(after["numbers"]), after["wrong"]) == (3, [])  # type: ignore[arg-type]


def test_of_two_who_act_at_once_one_is_told(site: Site) -> None:
    case_id = opened(site)

    told = at_once(site, ("answer", "clerk", case_id, "1"), ("answer", "clerk", case_id, "1"))

    assert told == ["cases.moved_on", "done"]
    after = state(site)
    assert (after["events"], after["wrong"]) == (2, [])


def test_two_sweeps_at_once_write_everything_once(site: Site) -> None:
    at_once(site, ("open_cases", "4", "k"))

    told = at_once(site, ("sweep", "2099-01-01T08:00"), ("sweep", "2099-01-01T08:00"))

    assert told == ["done", "done"]
    after = state(site)
    # Of the first: a reminder, the due moment, two levels. The others repeat and are grave, with
    # the due moment only. Of each a fault and a step of the platform.
    assert (after["notices"], after["faults"], after["events"]) == (4 + 3, 4, 8)
    assert after["wrong"] == []


@pytest.mark.parametrize("phase", ["numbered", "written"])
def test_a_killed_opening_leaves_nothing_and_no_gap(site: Site, phase: str) -> None:
    process = site.start("-m", ACTING, "open_held", str(site.folder), phase)
    try:
        wait_for((site.folder / phase).exists, site)
    finally:
        process.kill()
        process.communicate()

    assert state(site)["events"] == 0
    assert at_once(site, ("open_cases", "1", "held")) == ["done"]
    after = state(site)
    assert str(after["numbers"]).endswith("-0001']")
    assert after["wrong"] == []

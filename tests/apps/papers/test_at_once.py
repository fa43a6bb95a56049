"""Two who issue papers at the same moment: every number once, one paper in force, no one waits."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.racing import Stage, site, stage

__all__ = ["site", "stage"]
pytestmark = pytest.mark.slow
ACTING = "tests.apps.papers.acting"

# No paper is printed here: those who act are forks, and the threads that print stay behind.
SET_UP = """
from django.db import transaction
from tests.apps.papers.stories import make_office
with transaction.atomic():
    make_office()
print("ready")
"""
_STATE = """
import json
from zhijian.cases.models import Case
from zhijian.foundation.audit.queries import verify_chain
from zhijian.foundation.files import queries as files
from zhijian.papers.models import Paper, PaperEvent
from zhijian.papers.owners import PDF
papers = list(Paper.objects.order_by("pk"))
print(json.dumps({
    "cases": list(Case.objects.order_by("pk").values_list("pk", flat=True)),
    "papers": [
        {"number": each.number, "case": each.case_id, "state": str(each.state), "form": each.form,
         "replaces": each.replaces.number if each.replaces else "", "filed": each.pdf_id > 0,
         "events": list(each.events.order_by("pk").values_list("word", flat=True))}
        for each in papers
    ],
    "broken": verify_chain().broken_at is not None,
}))
"""


def state(site: Stage) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(site.ask(_STATE))
    return told


@pytest.mark.req("SYS-05")
def test_cases_that_issue_papers_at_once_give_every_number_once(site: Stage) -> None:
    told = site.at_once(*(("register", f"k{each}") for each in range(4)))

    assert told == ["done"] * 4
    after = state(site)
    numbers = sorted(each["number"] for each in after["papers"] if each["form"] == "notice")
    assert [each[-4:] for each in numbers] == ["0001", "0002", "0003", "0004"]
    assert all(each["filed"] for each in after["papers"])
    assert not after["broken"]


def test_two_who_issue_a_paper_anew_make_a_chain_and_leave_one_in_force(site: Stage) -> None:
    site.at_once(("register", "k"))
    (case_id,) = state(site)["cases"]
    anew = ("issue", str(case_id), "notice")

    told = site.at_once((*anew, "地址写错"), (*anew, "时限写错"))

    assert told == ["done", "done"]
    papers = [each for each in state(site)["papers"] if each["form"] == "notice"]
    assert [each["state"] for each in papers] == ["replaced", "replaced", "issued"]
    assert [each["replaces"] for each in papers] == ["", papers[0]["number"], papers[1]["number"]]
    assert [each["number"][-4:] for each in papers] == ["0001", "0002", "0003"]


def test_a_paper_by_hand_and_one_by_a_step_never_wait_for_each_other(site: Stage) -> None:
    site.at_once(("register", "first"))
    (case_id,) = state(site)["cases"]

    told = site.at_once(
        ("issue", str(case_id), "notice", "地址写错"),
        ("register", "second"),
        ("register", "third"),
    )

    assert told == ["done"] * 3
    after = state(site)
    numbers = sorted(each["number"][-4:] for each in after["papers"] if each["form"] == "notice")
    assert numbers == ["0001", "0002", "0003", "0004"]
    assert not after["broken"]

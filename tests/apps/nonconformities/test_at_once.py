"""Several cross a control count at one moment: one proposal with every case, and no second one."""

from __future__ import annotations

import json

import pytest

from tests.racing import Stage, site, stage

__all__ = ["site", "stage"]
pytestmark = pytest.mark.slow
ACTING = "tests.apps.nonconformities.acting"

SET_UP = """
from django.db import transaction
from tests.apps.nonconformities.checks import make_checks
with transaction.atomic():
    make_checks()
print("ready")
"""
_STATE = """
import json
from zhijian.nonconformities.models import Proposal
print(json.dumps([[row.step, row.found, len(row.case_ids)] for row in Proposal.objects.all()]))
"""


@pytest.mark.req("CAP-01")
def test_a_crossing_is_proposed_once_whoever_comes_first(site: Stage) -> None:
    told = site.at_once(*(("find", f"{number}-", "2") for number in range(3)))
    assert told == ["done"] * 3
    assert site.at_once(("sweep",), ("sweep",)) == ["done"] * 2

    assert json.loads(site.ask(_STATE)) == [["over_count", 6, 6]]

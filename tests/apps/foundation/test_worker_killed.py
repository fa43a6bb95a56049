"""A worker dies by kill -9 in the middle of a job; the effect comes exactly once all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.processes import ENGINES, Site, fresh_database, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(params=ENGINES)
def site(
    request: pytest.FixtureRequest, tmp_path: Path, migrated: Callable[[str], str]
) -> Iterator[Site]:
    """Give a site on an empty database of each engine."""
    like = migrated(request.param)
    with fresh_database(request.param, tmp_path, like) as url, Site(url, tmp_path) as made:
        yield made


@pytest.mark.parametrize("phase", ["computing", "writing"])
def test_the_effect_comes_exactly_once(site: Site, phase: str, tmp_path: Path) -> None:
    job_id = site.ask(
        "from tests.apps.foundation.job_tasks import slow;"
        f"print(slow.enqueue({str(tmp_path)!r}, {phase!r}).id)"
    )

    with site.worker() as first:
        wait_for((tmp_path / f"{phase}-1").exists, site)
        first.kill()
        first.wait()
    with site.worker():
        wait_for((tmp_path / "writing-2").exists, site)
        wait_for(lambda: _state(site, job_id).startswith("done"), site)

    assert _state(site, job_id) == "done 2 1"


def _state(site: Site, job_id: str) -> str:
    return site.ask(
        "from zhijian.foundation.jobs.models import Job;"
        "from zhijian.foundation.numbering.models import NumberSeries;"
        f"job = Job.objects.get(pk={job_id!r});"
        "last = NumberSeries.objects.filter(kind='slow').values_list('last', flat=True).first();"
        "print(job.state, job.attempts, last)"
    )

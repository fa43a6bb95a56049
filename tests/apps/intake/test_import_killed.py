"""A worker dies by kill -9 in the middle of an import; nothing is half-done, nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.apps.foundation.test_worker_killed import Site, site, wait_for

__all__ = ["site"]
pytestmark = pytest.mark.slow

_BEGIN = """
from tests.apps.intake import killing
print(killing.begin())
"""
_SEEN = """
from tests.apps.intake import killing
print(killing.seen())
"""


def test_all_or_nothing_and_only_once(site: Site, tmp_path: Path) -> None:
    site.environment["ZHIJIAN_KILLED_FOLDER"] = str(tmp_path)
    site.ask(_BEGIN)

    with site.worker() as first:
        wait_for((tmp_path / "writing-1").exists, site)
        first.kill()
        first.wait()
    assert site.ask(_SEEN) == "staged 0"
    with site.worker():
        wait_for(lambda: site.ask(_SEEN).startswith("committed"), site)

    assert site.ask(_SEEN) == "committed 300"

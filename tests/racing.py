"""Several at one moment, and kill -9 at a chosen one: a story that is put back for each test.

A module names its ``ACTING`` (the module of the acts, see ``tests.acting``) and its ``SET_UP`` (the
lines that make the story in an empty database), and takes the fixtures ``stage`` and ``site``.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acting import told_by
from tests.processes import ENGINES, Site, fresh_database, put_back, wait_for


class Stage(Site):
    """A site on which people act in processes of their own; ``marks`` is the folder of signs."""

    def __init__(self, database: str, folder: Path, acting: str) -> None:
        super().__init__(database, folder)
        self.database, self.acting, self.marks = database, acting, folder

    def killed(self, act: str, phase: str, *arguments: str) -> None:
        """Let somebody act, and kill -9 the process at a moment of the act."""
        process = self._begin("alone", act, phase, *arguments)
        try:
            wait_for((self.marks / phase).exists, self)
        finally:
            os.kill(process, signal.SIGKILL)
            self._end(process)

    def at_once(self, *acts: tuple[str, ...]) -> list[str]:
        """Let several processes go at the same moment; return how it went, sorted."""
        for old in (*self.marks.glob("ready-*"), *self.marks.glob("go")):
            old.unlink()
        processes = [self._begin("together", *act) for act in acts]
        wait_for(lambda: len(list(self.marks.glob("ready-*"))) == len(acts), self)
        (self.marks / "go").touch()
        for each in processes:
            self._end(each)
        told = [told_by(str(self.marks), each).read_text(encoding="utf-8") for each in processes]
        assert all(told), self.log()
        return sorted(each.strip() for each in told)

    def _begin(self, manner: str, act: str, *arguments: str) -> int:
        told = (manner, self.acting, act, str(self.marks), *arguments)
        return int(self.ask(f"from tests.acting import begin; print(begin(*{told!r}))"))

    def _end(self, process: int) -> None:
        self.ask(f"from tests.acting import end; print(end({process}))")


@pytest.fixture(scope="module", params=ENGINES)
def stage(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    migrated: Callable[[str], str],
) -> Iterator[tuple[Stage, str]]:
    """A database of each engine with the story of the module, and a copy that is only copied."""
    engine, folder = request.param, tmp_path_factory.mktemp("stage")
    with (
        fresh_database(engine, folder, like=migrated(engine)) as url,
        Stage(url, folder, request.module.ACTING) as made,
    ):
        made.ask(request.module.SET_UP)
        with fresh_database(engine, folder, like=url) as kept:
            yield made, kept


@pytest.fixture
def site(stage: tuple[Stage, str], tmp_path: Path) -> Stage:
    """The story as it was made, for each test."""
    made, kept = stage
    put_back(made.database, kept)
    made.marks = tmp_path
    return made

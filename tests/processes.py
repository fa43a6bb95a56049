"""Processes of the program on databases of their own, for tests that kill or race them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).parents[1]
LEASE_SECONDS = "2"
PATIENCE_SECONDS = 120

#: Parameters of a fixture that gives each engine in turn; each lane of the suite runs its own.
ENGINES = (
    pytest.param("sqlite", marks=pytest.mark.sqlite),
    pytest.param("postgresql", marks=pytest.mark.postgres),
)


@contextmanager
def fresh_database(engine: str, folder: Path, like: str = "") -> Iterator[str]:
    """Give the address of a database of its own, empty or a copy of another one."""
    if engine == "sqlite":
        path = folder / f"{uuid.uuid4().hex[:12]}.sqlite3"
        if like:
            shutil.copyfile(like.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    name = f"zhijian_test_{uuid.uuid4().hex[:12]}"
    template = f" TEMPLATE {_name(like)}" if like else ""
    _administer(f"CREATE DATABASE {name}{template}")
    try:
        yield f"{_server()}/{name}"
    finally:
        _administer(f"DROP DATABASE {name} WITH (FORCE)")


def put_back(database: str, like: str) -> None:
    """Make a database, which nobody uses now, a copy of another one again."""
    if like.startswith("sqlite:///"):
        path = Path(database.removeprefix("sqlite:///"))
        for beside in path.parent.glob(f"{path.name}-*"):
            beside.unlink()
        shutil.copyfile(like.removeprefix("sqlite:///"), path)
        return
    _administer(
        f"DROP DATABASE {_name(database)} WITH (FORCE)",
        f"CREATE DATABASE {_name(database)} TEMPLATE {_name(like)}",
    )


def _name(database: str) -> str:
    return database.rpartition("/")[2]


def _server() -> str:
    """The address of the server without a database: the one for tests, else that of this run."""
    url = os.environ.get("ZHIJIAN_TEST_POSTGRES_URL") or os.environ["DATABASE_URL"]
    return url.rpartition("/")[0]


def _administer(*statements: str) -> None:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(f"{_server()}/postgres", autocommit=True) as admin:
        for each in statements:
            admin.execute(each)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Set the database of the run up, and keep a copy of it from before the first test."""
    with django_db_blocker.unblock():
        name = str(connection.settings_dict["NAME"])
        connection.close()
    like = f"sqlite:///{name}" if connection.vendor == "sqlite" else name
    with fresh_database(connection.vendor, tmp_path_factory.mktemp("empty"), like) as kept:
        yield kept


@pytest.fixture(scope="session")
def migrated(
    django_db_setup: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    """Give the address of an empty database of an engine with all tables, to be copied only."""
    made = {connection.vendor: django_db_setup}
    with ExitStack() as kept:

        def of(engine: str) -> str:
            if engine not in made:
                folder = tmp_path_factory.mktemp("migrated")
                made[engine] = kept.enter_context(fresh_database(engine, folder))
                Site(made[engine], folder).manage("migrate", "-v", "0")
            return made[engine]

        yield of


class Site:
    """Processes of the program on one database; ``with`` ends the one that answers questions."""

    def __init__(self, database: str, folder: Path) -> None:
        self.folder = folder
        self._console: subprocess.Popen[str] | None = None
        self.environment = {
            **os.environ,
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "zhijian.config.settings.test",
            "ZHIJIAN_VAR": str(folder / "var"),
            "ZHIJIAN_TEST_VAR": str(folder / "var"),
        }

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._console:
            self._console.communicate(timeout=PATIENCE_SECONDS)

    def manage(self, *arguments: str) -> str:
        """Run a command and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def shell(self, code: str) -> str:
        """Run some lines in a process of their own and return the last one printed."""
        return self.manage("shell", "--no-imports", "-v", "0", "-c", code).splitlines()[-1]

    def ask(self, code: str) -> str:
        """Run some lines in the process kept for questions and return the last one printed."""
        if self._console is None:
            self._console = self.start("-m", "tests.console")
        questions, answers = self._console.stdin, self._console.stdout
        assert questions is not None
        assert answers is not None
        questions.write(f"{json.dumps(code)}\n")
        questions.flush()
        answer = answers.readline()
        assert answer, self.log()
        told: str = json.loads(answer)
        return told.splitlines()[-1]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start Python with some arguments; what it prints is kept for the caller."""
        with (self.folder / "started.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=self.environment,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            )  # fmt: skip

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """Keep a worker running for a while."""
        command = [sys.executable, "manage.py", "worker", "--lease", LEASE_SECONDS, "--poll", "0.1"]
        with (self.folder / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log
            )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_SECONDS)

    def log(self) -> str:
        """Return what the processes complained about."""
        logs = sorted(self.folder.glob("*.log"))
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in logs)


def wait_for(happened: Callable[[], bool], site: Site) -> None:
    """Wait until something has happened, but not for ever."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < until, site.log()
        time.sleep(0.05)

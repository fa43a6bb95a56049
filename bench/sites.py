"""Sites to measure on: databases of their own, and processes of the program on them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENGINES = ("postgresql", "sqlite")
ROOT = Path(__file__).parents[1]
_SETTINGS = "zhijian.config.settings.dev"


@dataclass(frozen=True, slots=True)
class Site:
    """One database, and the folder where everything else of the site lies."""

    engine: str
    url: str
    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """Return what a process of this site is started with."""
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": _SETTINGS,
            "ZHIJIAN_VAR": str(self.folder / "var"),
            "LOG_LEVEL": "WARNING",
            "SAMPLE_SITE": "",
        }

    def told(self, module: str, *arguments: str) -> dict[str, Any]:
        """Run a module of the bench on this site; return the JSON of its last line."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return answer

    def manage(self, *arguments: str) -> None:
        """Run a command of ``manage.py`` on this site."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip


def engines(*wanted: str) -> list[str]:
    """Return the engines that can be measured here, all or those that are wanted."""
    there = (each for each in ENGINES if each == "sqlite" or server())
    return [each for each in there if not wanted or each in wanted]


def server() -> str:
    """Return the address of a PostgreSQL server, or nothing."""
    found = subprocess.run(
        [sys.executable, "scripts/find_postgres.py"], cwd=ROOT, capture_output=True, text=True
    )
    return found.stdout.strip()


@contextmanager
def site(engine: str) -> Iterator[Site]:
    """Give an empty site with all tables; nothing of it is left afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _database(engine, folder) as url:
            made = Site(engine, url, folder)
            made.manage("migrate", "-v", "0")
            yield made


@contextmanager
def _database(engine: str, folder: Path) -> Iterator[str]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    import psycopg

    base, name = server().rpartition("/")[0], f"zhijian_bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(f"{base}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{base}/{name}"
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")

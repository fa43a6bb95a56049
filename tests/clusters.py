"""A PostgreSQL server of a test's own, which may be killed: made where the programs for it are."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_NAME = "zhijian"
_PATIENCE_SECONDS = 60


def programs() -> Path | None:
    """Return the folder of the programs that make and run a server."""
    named = shutil.which("initdb")
    folders = [Path(named).parent] if named else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders += sorted(Path("/usr/local/opt").glob("postgresql*/bin"), reverse=True)
    return next((each for each in folders if (each / "initdb").exists()), None)


def other_user() -> dict[str, Any]:
    """Return as whom the server is run: it refuses to be run by root."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}


@dataclass(frozen=True)
class Cluster:
    """A server in a folder of its own, durable as one is that nobody has tuned."""

    programs: Path
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{_NAME}"

    def start(self) -> None:
        """Start the server, and wait until it answers; after a kill it first recovers."""
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", log, "-w", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """Kill -9 the server and everybody who works for it."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        for each in (first, *children(first)):
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def fill(self, like: str) -> None:
        """Make the database a copy of one on another server."""
        self._run("createdb", *self._named, _NAME)
        dump = self._run("pg_dump", "--dbname", like)
        self._run("psql", *self._named, "-q", "-v", "ON_ERROR_STOP=1", "-d", _NAME, given=dump)

    @property
    def _named(self) -> tuple[str, ...]:
        return ("-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres")

    def _run(self, program: str, *arguments: str, given: bytes | None = None) -> bytes:
        # What goes on running in the background must not hold a pipe open that is waited for.
        with tempfile.TemporaryFile() as told:
            done = subprocess.run(
                [str(self.programs / program), *arguments], input=given, stdout=told,
                stderr=subprocess.STDOUT if given is not None else None, cwd="/",
                timeout=_PATIENCE_SECONDS, check=False, **other_user(),
            )  # fmt: skip
            told.seek(0)
            text = told.read()
        assert done.returncode == 0, f"{program}: {text.decode(errors='replace')[-2000:]}"
        return text


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Give a server that runs; nothing of it is left afterwards."""
    found = programs()
    assert found is not None, "the lane of clusters was to be left out here"
    folder = Path(tempfile.mkdtemp(prefix="zhijian-cluster-"))
    try:
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            made = Cluster(found, folder, probe.getsockname()[1])
        made._run("initdb", "-D", str(folder / "data"), "-U", "postgres", "-E", "UTF8",
                  "--locale=C.UTF-8", "--auth=trust", "--no-sync")  # fmt: skip
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(
                f"listen_addresses = '127.0.0.1'\nport = {made.port}\n"
                f"unix_socket_directories = '{folder}'\nlc_messages = 'C'\n"
            )
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def children(parent: int) -> list[int]:
    """Return the processes that one started, as the system tells."""
    try:
        told = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    return [int(each) for each in told.split()]

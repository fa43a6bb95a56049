"""A PostgreSQL server of a test's own, which may be killed: made where the programs for it are."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
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
    wanted = ("initdb", "pg_ctl", "createdb", "pg_dump", "psql")
    return next((at for at in folders if all((at / each).exists() for each in wanted)), None)


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
        log = self.folder / "log"
        try:
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", str(log), "-w", "start")
        except AssertionError as error:
            raise AssertionError(log.read_text(encoding="utf-8", errors="replace")) from error

    def stop(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def kill(self) -> None:
        """Kill -9 the server and everybody who works for it."""
        held = self.folder / "data" / "postmaster.pid"
        first = int(held.read_text().splitlines()[0])
        # Held still, so that it starts nobody else meanwhile.
        os.kill(first, signal.SIGSTOP)
        processes = (*children(first), first)
        for each in processes:
            try:
                os.kill(each, signal.SIGKILL)
            except ProcessLookupError:
                continue
        until = time.monotonic() + _PATIENCE_SECONDS
        while any(map(is_running, processes)) and time.monotonic() < until:
            time.sleep(0.01)
        # Its number is still taken until the system has buried it; a new server would take that
        # for the old one.
        held.unlink()

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
                # A socket in a folder has a lock of its own, which would outlive a kill.
                "unix_socket_directories = ''\nlc_messages = 'C'\n"
            )
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_running(process: int) -> bool:
    """Tell whether a process runs; one that is dead and waits for its burial does not."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return told.rpartition(")")[2].split()[0] not in ("Z", "X")


def children(parent: int) -> list[int]:
    """Return the processes that one started, as the system tells."""
    try:
        told = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(each) for each in told.split()]

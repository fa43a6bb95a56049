"""How long ``make run`` takes to answer when everything was made before.

Prints the seconds of each start as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import tempfile
import time

from bench.pages import wait_for
from bench.sites import ROOT

_GRACE = 30


def main() -> None:
    """Start once to make everything, then time the starts after it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "ZHIJIAN_VAR": folder, "LOG_LEVEL": "WARNING"}
        environment.pop("DATABASE_URL", None)
        subprocess.run(
            ["make", "-s", "setup", f"{folder}/.prepared-{_key()}"],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        print(json.dumps([start(environment) for _run in range(args.runs)]))


def start(environment: dict[str, str]) -> float:
    """Run ``make run`` on a free port until it answers; return the seconds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    process = subprocess.Popen(
        ["make", "-s", "run", f"PORT={port}"],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        wait_for(port)
        return time.perf_counter() - begun
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(_GRACE)


def _key() -> str:
    """Return the number that the Makefile gives the embedded database."""
    told = subprocess.run(["cksum"], input=b"", capture_output=True, check=True)
    return told.stdout.split()[0].decode()


if __name__ == "__main__":
    main()
